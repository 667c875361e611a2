-- html.lua -- HTML in which a text can only be a text: elements escape what they hold.
--
-- html.element("p", { class = "note" }, "5 < 6", html.element("b", nil, "!")) gives a piece of
-- HTML; texts inside are escaped, pieces are taken as they are, lists are gone through.

local text = require "alliance.text"

local html = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

--- A text as HTML, fit for the inside of an element and for an attribute in quotes.
function html.text(value)
  return (text.clean(value):gsub("[&<>\"']", entities))
end

local Piece = {}

--- A piece of HTML that is already right. Only for constants and for what this module made.
function html.raw(markup)
  return setmetatable({ markup = markup }, Piece)
end

function html.is_piece(value)
  return getmetatable(value) == Piece
end

local function add(out, value)
  if value == nil or value == false then return end
  if html.is_piece(value) then
    out[#out + 1] = value.markup
  elseif type(value) == "table" then
    for _, item in ipairs(value) do add(out, item) end
  else
    out[#out + 1] = html.text(value)
  end
end

--- The markup of pieces, texts and lists of those.
function html.markup(...)
  local out = {}
  for i = 1, select("#", ...) do add(out, (select(i, ...))) end
  return table.concat(out)
end

local void = { br = true, wbr = true, hr = true, img = true, meta = true, link = true, col = true }
local unsafe_name = "[^%w%-:]"

local function attribute_list(attributes)
  local names = {}
  for name in pairs(attributes or {}) do
    if name:find(unsafe_name) or name:find("^on") then error("not an attribute: " .. name, 3) end
    names[#names + 1] = name
  end
  table.sort(names)
  local out = {}
  for _, name in ipairs(names) do
    local value = attributes[name]
    if value == true then
      out[#out + 1] = " " .. name
    elseif value ~= false then
      out[#out + 1] = (' %s="%s"'):format(name, html.text(value))
    end
  end
  return table.concat(out)
end

--- An element. Attributes: a table, or nil; the rest is what it holds.
function html.element(name, attributes, ...)
  if name:find(unsafe_name) or name == "script" then error("not an element: " .. name, 2) end
  local open = "<" .. name .. attribute_list(attributes) .. ">"
  if void[name] then return html.raw(open) end
  return html.raw(open .. html.markup(...) .. "</" .. name .. ">")
end

--- An address fit for a link, or nil: only https and http, or a path inside the project.
function html.address(address)
  if text.clean(address) ~= address or address:find("[%s\"'<>\\`]") then return nil end
  if address:find("^https?://[^/]") then return address end
  if address:find(":") or address:find("^/") or address:find("%.%.") then return nil end
  return address
end

--- A name fit for `id`: letters, digits and hyphens, from any text.
function html.id(value)
  local id = text.fold(text.clean(value)):gsub("[^%w]+", "-"):gsub("^%-+", ""):gsub("%-+$", "")
  if not id:find("^%a") then id = "x-" .. id end
  return id
end

return html
