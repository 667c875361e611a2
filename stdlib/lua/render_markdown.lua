-- render_markdown.lua -- blocks as Markdown (CommonMark with tables).
--
-- render(blocks, options): lang, title, footer.

local blocks = require "alliance.blocks"
local markdown = require "alliance.markdown"
local number = require "alliance.number"
local text = require "alliance.text"

local draw = {}

local function heading(level, value)
  return ("#"):rep(level) .. " " .. markdown.text(value)
end

-- A text of one line; what stands between backquotes is code, when `has_code` says so.
local function worded(value, has_code)
  value = text.line(value)
  if not has_code then return markdown.cell(value) end
  local out = {}
  for i, part in ipairs(blocks.code_parts(value)) do
    if part.code then
      out[i] = "`" .. part.code:gsub("|", "\\|") .. "`"
    else        -- only the first part begins a line
      out[i] = i == 1 and markdown.text(part.text) or markdown.text("x" .. part.text):sub(2)
    end
  end
  return table.concat(out)
end

-- A cell or an item: its text with the mark of its tone; its note.
local function cell_parts(cell, lang)
  local has_code = type(cell) == "table" and cell.code
  local note = blocks.note(cell)
  return worded(blocks.marked(text.line(blocks.cell(cell, lang)), blocks.tone(cell)), has_code),
    note and worded(note, has_code)
end

local function cell_text(cell, lang)
  local shown, note = cell_parts(cell, lang)
  return note and shown .. " (" .. note .. ")" or shown
end

local function with_caption(block, lines)
  if block.caption then
    lines[#lines + 1] = ""
    lines[#lines + 1] = "*" .. markdown.text(block.caption) .. "*"
  end
  return lines
end

local function table_lines(columns, rows, lang)
  local head, rule, lines = {}, {}, {}
  local rules = { right = "---:", center = ":---:" }
  for c, column in ipairs(columns) do
    head[c], rule[c] = markdown.cell(column.text or ""), rules[column.align] or "---"
  end
  lines[1] = "| " .. table.concat(head, " | ") .. " |"
  lines[2] = "| " .. table.concat(rule, " | ") .. " |"
  for _, row in ipairs(rows) do
    local cells = {}
    for c = 1, #columns do cells[c] = cell_text(row[c], lang) end
    lines[#lines + 1] = "| " .. table.concat(cells, " | ") .. " |"
  end
  return lines
end

function draw.title(block)
  local lines = { heading(1, block.text) }
  if block.subtitle then
    lines[2], lines[3] = "", markdown.text(block.subtitle)
  end
  return lines
end

function draw.heading(block)
  return { heading(math.max(2, math.min(4, block.level or 2)), block.text) }
end

-- Lines of a text, each a line of its own in the page.
local function text_lines(value)
  local lines = {}
  for line in (text.clean(value) .. "\n"):gmatch("([^\n]*)\n") do lines[#lines + 1] = markdown.text(line) end
  for i = 1, #lines - 1 do
    if lines[i] ~= "" and lines[i + 1] ~= "" then lines[i] = lines[i] .. "\\" end
  end
  return lines
end

function draw.paragraph(block)
  return text_lines(blocks.marked(text.clean(block.text), block.tone))
end

function draw.list(block, lang)
  local lines = {}
  for i, item in ipairs(block.items or {}) do
    local bullet = block.ordered and i .. ". " or "- "
    local shown, note = cell_parts(item, lang)
    lines[#lines + 1] = bullet .. (block.tick and "[ ] " or "") .. shown .. (note and "\\" or "")
    if note then lines[#lines + 1] = (" "):rep(#bullet) .. note end
  end
  return lines
end

function draw.callout(block)
  local lines = {}
  if block.title then lines[1] = "> **" .. worded(blocks.callout_title(block), block.code) .. "**" end
  if block.text then
    if #lines > 0 then lines[2] = ">" end
    local shown = block.code and { worded(block.text, true) } or text_lines(block.text)
    for _, line in ipairs(shown) do lines[#lines + 1] = "> " .. line end
  end
  return lines
end

draw["table"] = function(block, lang)
  if #(block.rows or {}) == 0 then return { blocks.words(lang).nothing } end
  return with_caption(block, table_lines(block.columns, block.rows, lang))
end

function draw.boxes(block, lang)
  local lines = {}
  for i, box in ipairs(block.boxes or {}) do
    if i > 1 then lines[#lines + 1] = "" end
    lines[#lines + 1] = heading(3, box.title or "")
    lines[#lines + 1] = ""
    for _, item in ipairs(box.items or {}) do lines[#lines + 1] = "- " .. cell_text(item, lang) end
    if #(box.items or {}) == 0 then lines[#lines + 1] = "*" .. markdown.text(box.empty or "") .. "*" end
  end
  return with_caption(block, lines)
end

function draw.bars(block, lang)
  local columns, rows = { { text = "" } }, {}
  local legend = block.legend or { block.unit or "" }
  for c, name in ipairs(legend) do columns[c + 1] = { text = name, align = "right" } end
  local has_text = false
  for r, row in ipairs(block.rows or {}) do
    rows[r] = { row.label }
    for c, value in ipairs(blocks.bar_values(row)) do rows[r][c + 1] = value end
    if row.text then
      has_text = true
      rows[r][#legend + 2] = row.text
    end
  end
  if has_text then
    columns[#columns + 1] = { text = "", align = "right" }
    if not block.legend then        -- the text says the value already
      for _, row in ipairs(rows) do table.remove(row, 2) end
      table.remove(columns, 2)
    end
  end
  return with_caption(block, table_lines(columns, rows, lang))
end

function draw.matrix(block, lang)
  local columns, rows = { { text = "" } }, {}
  for c, label in ipairs(block.columns or {}) do
    columns[c + 1] = { text = blocks.cell(label, lang), align = "center" }
  end
  for r, label in ipairs(block.rows or {}) do
    rows[r] = { blocks.cell(label, lang) }
    for c = 1, #(block.columns or {}) do
      local cell = block.cells and block.cells[r] and block.cells[r][c]
      rows[r][c + 1] = cell and { text = cell.text or cell.value, tone = cell.tone } or "·"
    end
  end
  return with_caption(block, table_lines(columns, rows, lang))
end

function draw.grid(block, lang)
  local rows = {}
  for i, point in ipairs(block.points or {}) do
    rows[i] = { { text = point.label, tone = point.tone }, number.percent(point.x or 0, lang),
      number.percent(point.y or 0, lang) }
  end
  return with_caption(block, table_lines({ { text = "" }, { text = block.x and block.x.text or "x", align = "right" },
    { text = block.y and block.y.text or "y", align = "right" } }, rows, lang))
end

function draw.timeline(block)
  local lines = {}
  for i, item in ipairs(block.items or {}) do
    lines[i] = "- **" .. markdown.cell(item.text or "") .. "** " .. markdown.cell(item.label)
  end
  return with_caption(block, lines)
end

function draw.network(block)
  local labels, lines = {}, {}
  for _, node in ipairs(block.nodes or {}) do labels[node.id] = node.label end
  for i, edge in ipairs(block.edges or {}) do
    lines[i] = "- " .. markdown.cell(labels[edge.from] or "?") .. " — " .. markdown.cell(labels[edge.to] or "?")
      .. (edge.label and " (" .. markdown.cell(edge.label) .. ")" or "")
  end
  return with_caption(block, lines)
end

local function render(list, options)
  options = options or {}
  local parts = {}
  if options.title and not blocks.title(list, {}) then parts[1] = heading(1, options.title) end
  for _, block in ipairs(list) do
    if draw[block.block] then
      local lines = draw[block.block](block, options.lang or "en")
      if #lines > 0 then parts[#parts + 1] = table.concat(lines, "\n") end
    end
  end
  local footer = blocks.footer_of(list, options)
  if footer then
    local lines = {}
    for i, sentence in ipairs(blocks.footer(footer, options.lang)) do lines[i] = markdown.text(sentence) end
    parts[#parts + 1] = "---"
    parts[#parts + 1] = table.concat(lines, "\n")
  end
  return table.concat(parts, "\n\n") .. "\n"
end

return { render = render }
