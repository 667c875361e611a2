-- render_svg.lua -- blocks as one SVG picture that stands alone.
--
-- render(blocks, options): lang, title, footer. A canvas has the shape of its sheet; other documents
-- are one column.

local blocks = require "alliance.blocks"
local svg = require "alliance.svg"
local text = require "alliance.text"

local element = svg.element

local measure, measure_bold = blocks.measure, blocks.measure_bold

-- What is being drawn: a column of pieces, each under the one before.
local Page = {}
Page.__index = Page

function Page:put(markup, height)
  self.out[#self.out + 1] = markup
  self.y = self.y + height
end

function Page:lines(value, size, class, x, width)
  x, width = x or self.left, width or self.width
  local lines = {}
  for i, line in ipairs(text.wrap(value, width / size, measure)) do
    lines[i] = svg.line(x, self.y + size * (i * 1.35 - 0.25), size, line, class)
  end
  self:put(lines, #lines * size * 1.35)
end

-- A picture of its own coordinates, at this place.
function Page:picture(markup, height)
  self:put(element("g", { transform = ("translate(%s %s)"):format(svg.number(self.left), svg.number(self.y)) },
    markup), height)
end

local draw = {}

function draw.heading(page, block)
  page.y = page.y + 18
  page:lines(text.line(block.text), block.level == 1 and 26 or block.level == 3 and 16 or 20, "title")
  page.y = page.y + 4
end

function draw.paragraph(page, block)
  page:lines(blocks.marked(text.clean(block.text), block.tone), 14, block.tone)
  page.y = page.y + 6
end

function draw.list(page, block)
  for i, item in ipairs(block.items or {}) do
    page:put(svg.line(page.left, page.y + 14, 14, (block.ordered and i .. "." or "")
      .. (block.tick and "☐" or block.ordered and "" or "•"), "accent"), 0)
    page:lines(blocks.marked(blocks.cell(item, page.lang), blocks.tone(item)), 14, blocks.tone(item),
      page.left + 22, page.width - 22)
    if blocks.note(item) then page:lines(blocks.note(item), 12, "muted", page.left + 22, page.width - 22) end
  end
  page.y = page.y + 6
end

function draw.callout(page, block)
  local top = page.y
  page.y = page.y + 8
  if block.title then
    page:lines(blocks.callout_title(block), 14, "strong", page.left + 16, page.width - 24)
  end
  if block.text then page:lines(text.clean(block.text), 14, nil, page.left + 16, page.width - 24) end
  page.y = page.y + 8
  page.out[#page.out + 1] = element("rect", { x = page.left, y = top, width = 4, height = page.y - top,
    class = block.tone or "info" })
  page.y = page.y + 8
end

-- Each column has at least its longest word, up to a fifth of the width; the rest is shared by what they
-- hold.
local function column_widths(page, columns, rows)
  local least, want, room, wanted = {}, {}, page.width, 0
  for c, column in ipairs(columns) do
    local longest, most = 13, 13
    local function see(value, width)
      value = text.line(value)
      most = math.max(most, math.min(28, width(value)) * 13)
      for word in text.typeset(value):gmatch("%S+") do longest = math.max(longest, width(word) * 13) end
    end
    see(column.text or "", measure_bold)
    for _, row in ipairs(rows) do
      see(blocks.marked(blocks.cell(row[c], page.lang), blocks.tone(row[c])), measure)
    end
    least[c] = math.min(longest + 16, page.width / 5)
    want[c] = math.max(0, most + 16 - least[c])
    room, wanted = room - least[c], wanted + want[c]
  end
  local widths, total = {}, 0
  for c in ipairs(columns) do
    widths[c] = least[c] + (room > 0 and (wanted > 0 and want[c] / wanted or 1 / #columns) * room or 0)
    total = total + widths[c]
  end
  for c in ipairs(widths) do widths[c] = widths[c] / total * page.width end
  return widths
end

local function table_row(page, columns, widths, cells, size, class)
  local x, height, out = page.left, 0, {}
  local width = class == "strong" and measure_bold or measure
  for c, column in ipairs(columns) do
    local cell = cells[c]
    local shown = blocks.marked(text.line(blocks.cell(cell, page.lang)), blocks.tone(cell))
    if blocks.note(cell) then shown = shown .. " (" .. text.line(blocks.note(cell)) .. ")" end
    local right, center = column.align == "right", column.align == "center"
    local at = right and x + widths[c] - 7 or center and x + widths[c] / 2 or x + 7
    for i, line in ipairs(text.wrap(shown, (widths[c] - 14) / size, width)) do
      out[#out + 1] = svg.line(at, page.y + i * size * 1.35, size, line, class or blocks.tone(cell),
        right and "end" or center and "middle" or nil)
      height = math.max(height, i * size * 1.35)
    end
    x = x + widths[c]
  end
  height = height + 10
  out[#out + 1] = element("path", { class = "line",
    d = ("M%s %sh%s"):format(svg.number(page.left), svg.number(page.y + height), svg.number(page.width)) })
  page:put(out, height)
end

local function caption(page, block)
  if block.caption then
    page.y = page.y + 4
    page:lines(text.line(block.caption), 12, "muted")
  end
  page.y = page.y + 8
end

draw["table"] = function(page, block)
  local rows = block.rows or {}
  local widths = column_widths(page, block.columns, rows)
  local heads = {}
  for c, column in ipairs(block.columns) do heads[c] = column.text or "" end
  table_row(page, block.columns, widths, heads, 13, "strong")
  for _, row in ipairs(rows) do table_row(page, block.columns, widths, row, 13) end
  caption(page, block)
end

function draw.matrix(page, block)
  local heads, names, legend = blocks.matrix_labels(block, page.lang)
  local columns, rows = { { text = "" } }, {}
  for c, head in ipairs(heads) do columns[c + 1] = { text = head, align = "center" } end
  for r, name in ipairs(names) do
    rows[r] = { name }
    for c = 1, #heads do
      local cell = block.cells and block.cells[r] and block.cells[r][c]
      rows[r][c + 1] = cell and { text = cell.text or cell.value, tone = cell.tone } or "·"
    end
  end
  if #legend > 0 then
    draw["table"](page, { columns = columns, rows = rows, caption = table.concat(legend, ", ") })
    caption(page, block)
  else
    draw["table"](page, { columns = columns, rows = rows, caption = block.caption })
  end
end

function draw.boxes(page, block)
  if block.layout == "canvas" then
    local markup, height = svg.canvas(block.boxes, page.width, page.canvas_height, 8, 17, page.left, page.y)
    page:put(markup, height)
  else
    for _, box in ipairs(block.boxes or {}) do
      page:lines(text.line(box.title or ""), 15, "strong")
      if #(box.items or {}) == 0 then page:lines(tostring(box.empty or ""), 14, "empty") end
      draw.list(page, { items = box.items })
    end
  end
  caption(page, block)
end

local series = { "series1", "series2", "series3" }

function draw.bars(page, block)
  local largest = blocks.largest(block)
  local label_width, text_width = page.width * 0.3, page.width * 0.2
  local track = page.width - label_width - text_width - 20
  for _, row in ipairs(block.rows or {}) do
    local values, top = blocks.bar_values(row), page.y
    local out = {}
    for i, value in ipairs(values) do
      local size = type(value) == "number" and math.max(0, value) / largest * track or 0
      out[i] = element("rect", { x = page.left + label_width, y = top + 4 + (i - 1) * 14, width = math.max(1, size),
        height = 11, class = row.tone or series[math.min(i, 3)] })
    end
    out[#out + 1] = svg.line(page.left + page.width, top + 14, 13, text.line(row.text or ""), nil, "end")
    page.out[#page.out + 1] = out
    page:lines(text.line(row.label), 13, nil, page.left, label_width - 10)
    page.y = math.max(page.y, top + #values * 14 + 8)
  end
  for i, name in ipairs(block.legend or {}) do
    page.out[#page.out + 1] = element("rect", { x = page.left, y = page.y + 5, width = 18, height = 11,
      class = series[math.min(i, 3)] })
    page:lines(text.line(name), 13, nil, page.left + 26, page.width - 26)
  end
  caption(page, block)
end

function draw.timeline(page, block)
  local first, last = blocks.span(block)
  local track, dates = page.width * 0.3, 170
  local function at(day) return page.left + page.width - track + (day - first) / (last - first) * (track - 8) end
  for _, mark in ipairs(blocks.years(first, last, 5)) do
    page.out[#page.out + 1] = svg.line(at(mark.day), page.y + 12, 11, mark.label, "muted", "middle")
  end
  page.y = page.y + 18
  local begin = page.y
  for _, item in ipairs(block.items or {}) do
    local top = page.y
    local from, to = at(item.from or item.to), at(item.to or item.from)
    page.out[#page.out + 1] = element("rect", { x = from, y = top + 6, width = math.max(8, to - from), height = 8,
      class = item.tone or "info" })
    page:lines(text.line(item.text or ""), 12, "muted", page.left, dates - 12)
    local below = page.y
    page.y = top
    page:lines(blocks.marked(text.line(item.label), item.tone), 13, item.tone, page.left + dates,
      page.width - track - dates - 15)
    page.y = math.max(page.y, below, top + 20) + 4
  end
  local today = block.today
  if today and today >= first and today <= last then
    page.out[#page.out + 1] = element("line", { x1 = at(today), y1 = begin, x2 = at(today), y2 = page.y,
      class = "today" })
    page.out[#page.out + 1] = svg.line(at(today), page.y + 12, 11, blocks.words(page.lang).today, "muted", "middle")
    page.y = page.y + 18
  end
  caption(page, block)
end

function draw.grid(page, block)
  page:picture(svg.grid(block, math.min(page.width, 560)))
  caption(page, block)
end

function draw.network(page, block)
  page:picture(svg.network(block, page.width))
  caption(page, block)
end

local function canvas_of(list)
  local canvas, others
  for _, block in ipairs(list) do
    if block.block == "boxes" and block.layout == "canvas" then canvas = block
    elseif block.block ~= "title" and block.block ~= "footer" then others = true end
  end
  return canvas and not others and canvas or nil
end

local function render(list, options)
  options = options or {}
  local lang, alone = options.lang or "en", canvas_of(list)
  local width = alone and 1400 or 900
  local margin = alone and 32 or 28
  local page = setmetatable({ out = {}, y = margin, left = margin, width = width - 2 * margin, lang = lang,
    canvas_height = alone and 780 or 560 }, Page)
  local title, subtitle = blocks.title(list, options)
  title = text.line(title or "Alliance")
  page:lines(title, 28, "title")
  if subtitle then page:lines(text.clean(subtitle), 15, "muted") end
  page.y = page.y + 14
  for _, block in ipairs(list) do
    if draw[block.block] then draw[block.block](page, block) end
  end
  for _, sentence in ipairs(blocks.footer(blocks.footer_of(list, options), lang)) do
    page:lines(sentence, 11, "muted")
  end
  local height = page.y + margin
  return '<?xml version="1.0" encoding="UTF-8"?>\n' .. svg.markup(element("svg", {
    xmlns = "http://www.w3.org/2000/svg", viewBox = ("0 0 %s %s"):format(svg.number(width), svg.number(height)),
    width = width, height = height, role = "img", ["xml:lang"] = lang, ["aria-label"] = title },
    element("title", nil, title), element("style", nil, svg.raw(svg.style())),
    element("rect", { width = "100%", height = "100%", class = "paper" }), page.out)) .. "\n"
end

return { render = render }
