-- draw.lua -- for tests/documents.py: puts texts through every encoder and every renderer.
--
-- lua5.4 tests/lua/draw.lua < TEXTS > JSON: the input is one text a line, its bytes as hexadecimal
-- digits; the output one JSON list with, for each text, what each encoder and renderer made of it
-- (as hexadecimal digits too, since a broken encoder may make anything).

local root = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/../.."
table.insert(package.searchers, 2, function(name)
  local module = name:match("^alliance%.([%w_]+)$")
  if not module or module == "host" then return nil end
  return assert(loadfile(root .. "/stdlib/lua/" .. module .. ".lua", "t")), module
end)

local csv = require "alliance.csv"
local dot = require "alliance.dot"
local html = require "alliance.html"
local json = require "alliance.json"
local markdown = require "alliance.markdown"
local svg = require "alliance.svg"
local text = require "alliance.text"

local function hex(bytes)
  return (bytes:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end))
end

local function unhex(digits)
  return (digits:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end))
end

-- A text in every place of every block where a document may put one.
local function blocks_with(value)
  local boxes = {}
  for i, id in ipairs(require("alliance.blocks").reading_order) do
    boxes[i] = { id = id, title = value, items = i % 2 == 1 and { { text = value, note = value, tone = "warn" } } or {},
      empty = value }
  end
  return {
    { block = "title", text = value, subtitle = value },
    { block = "heading", text = value, level = 2, id = value },
    { block = "heading", text = value, level = 3 },
    { block = "paragraph", text = value },
    { block = "list", items = { value, { text = value, note = value } } },
    { block = "list", items = { { text = value, note = value, tone = "warn" } }, ordered = true, tick = true },
    { block = "table", columns = { { text = value }, { text = value, align = "right" } },
      rows = { { value, { text = value, note = value, tone = "bad" } } }, caption = value },
    { block = "boxes", layout = "canvas", boxes = boxes },
    { block = "bars", rows = { { label = value, value = 3, text = value } }, caption = value, legend = { value } },
    { block = "bars", rows = { { label = value, values = { 3, 0, 2 } } }, unit = value,
      legend = { value, value, value } },
    { block = "matrix", rows = { value }, columns = { value }, cells = { { { text = value, tone = "good" } } },
      caption = value },
    { block = "grid", x = { text = value, low = value, high = value }, y = { text = value, low = value, high = value },
      points = { { label = value, note = value, x = 0.5, y = 0.5 } }, quadrants = { value, value, value, value },
      caption = value },
    { block = "timeline", items = { { label = value, text = value, from = 0, to = 900, tone = "bad" },
      { label = value, text = value, from = 400, to = 900, ends_open = true } }, today = 500, caption = value },
    { block = "network", nodes = { { id = value, label = value }, { id = "b", label = value } },
      edges = { { from = value, to = "b", label = value } }, caption = value },
    { block = "callout", title = value, text = value, tone = "info" },
    { block = "callout", title = value, text = value, tone = "warn", code = true },
    { block = "list", items = { { text = value, note = value, tone = "bad", code = true } } },
    { block = "footer", file = value, date = value, version = "1", hash = "00", left_out = 2 },
  }
end

local out = {}
for line in io.lines() do
  local value = unhex(line)
  local made = {
    clean = text.clean(value), html = html.markup(html.element("p", { title = value }, value)),
    svg = svg.markup(svg.element("text", { id = value }, value)), markdown = markdown.text(value),
    cell = markdown.cell(value), json = json.text(value), csv = csv.row { value, 1, value },
    dot = "digraph { " .. dot.quote(value) .. " " .. dot.attributes { label = value } .. "; }",
    id = html.id(value), address = html.address(value) or "",
  }
  for _, medium in ipairs { "html", "svg", "markdown", "terminal", "json" } do
    local renderer = require("alliance.render_" .. medium)
    made["page_" .. medium] = renderer.render(blocks_with(value), { lang = "en", width = 80, title = value })
  end
  local terminal = require "alliance.render_terminal"
  made.page_narrow = terminal.render(blocks_with(value), { lang = "en", width = 40, title = value })
  made.page_plain = terminal.render(blocks_with(value), { lang = "en", width = 60, plain = true, title = value })
  for name, bytes in pairs(made) do made[name] = hex(bytes) end
  out[#out + 1] = made
end
io.write(json.encode(out), "\n")
