-- render_terminal.lua -- blocks as text for a terminal: frames of thin lines, marks beside colours,
-- and nothing wider than the screen.
--
-- render(blocks, options): lang, width (columns, 80 without it), colour (whether escapes are
-- wanted), plain (no frames: one thing a line, for screen readers and for other programs), footer.

local blocks = require "alliance.blocks"
local number = require "alliance.number"
local text = require "alliance.text"

local styles = { strong = "1", muted = "2", good = "32", warn = "33", bad = "31", info = "36", title = "1" }

-- What is being written: lines, and how.
local Page = {}
Page.__index = Page

function Page:style(value, style)
  local code = self.colour and styles[style]
  if not code or value == "" then return value end
  return "\27[" .. code .. "m" .. value .. "\27[0m"
end

function Page:add(line)
  self.lines[#self.lines + 1] = line or ""
end

-- A blank line, never two.
function Page:gap()
  if #self.lines > 0 and self.lines[#self.lines] ~= "" then self:add() end
end

function Page:wrapped(value, first, rest, style)
  for i, line in ipairs(text.wrap(value, math.max(12, self.width - text.width(first)))) do
    self:add((i == 1 and first or rest or first) .. self:style(line, style))
  end
end

local draw = {}

function draw.title(page, block)
  page:wrapped(text.line(block.text), "", "", "title")
  if block.subtitle then page:wrapped(text.line(block.subtitle), "", "", "muted") end
end

function draw.heading(page, block)
  page:gap()
  local shown = text.line(block.text)
  if (block.level or 2) <= 2 and not page.plain then
    page:wrapped(shown, "", "", "title")
    page:add(page:style(("─"):rep(math.min(page.width, math.max(3, text.width(shown)))), "muted"))
  else
    page:wrapped(shown, "", "", "title")
  end
end

function draw.paragraph(page, block)
  page:wrapped(blocks.marked(text.clean(block.text), block.tone), "", "", block.tone)
end

function draw.list(page, block)
  for index, item in ipairs(block.items or {}) do
    local first = block.ordered and index .. ". " or page.plain and "- " or "• "
    local rest = "  " .. (" "):rep(text.width(first))
    page:wrapped(blocks.marked(blocks.cell(item, page.lang), blocks.tone(item)), "  " .. first, rest, blocks.tone(item))
    if blocks.note(item) then page:wrapped(blocks.note(item), rest, rest, "muted") end
  end
end

function draw.callout(page, block)
  local first = page.plain and "" or page:style("▌ ", block.tone)
  local function add(value, style)
    for _, line in ipairs(text.wrap(value, page.width - 2)) do page:add(first .. page:style(line, style)) end
  end
  if block.title then add(blocks.callout_title(block), "strong") end
  if block.text then add(text.clean(block.text)) end
end

-- ---- Tables -------------------------------------------------------------------------------------------

local function shown_cells(page, block)
  local rows = {}
  for r, row in ipairs(block.rows or {}) do
    rows[r] = {}
    for c = 1, #block.columns do
      local cell = row[c]
      local shown = blocks.marked(text.line(blocks.cell(cell, page.lang)), blocks.tone(cell))
      if blocks.note(cell) then shown = shown .. " (" .. text.line(blocks.note(cell)) .. ")" end
      rows[r][c] = { text = shown, tone = blocks.tone(cell) }
    end
  end
  return rows
end

-- The widths of columns that fit: each at least its longest word up to 14, the rest by need; nil when
-- even that is too wide.
local function column_widths(page, heads, rows)
  local least, want, total, wanted = {}, {}, 0, 0
  for c, head in ipairs(heads) do
    least[c], want[c] = 3, text.width(head)
    local function see(value)
      want[c] = math.max(want[c], text.width(value))
      for word in value:gmatch("%S+") do least[c] = math.max(least[c], math.min(14, text.width(word))) end
    end
    see(head)
    for _, row in ipairs(rows) do see(row[c].text) end
    total, wanted = total + least[c], wanted + want[c]
  end
  local room = page.width - 3 * (#heads - 1)
  if wanted <= room then return want end
  if total > room then return nil end
  local widths, left = {}, room - total
  local over = wanted - total
  for c in ipairs(heads) do
    widths[c] = least[c] + (over > 0 and (want[c] - least[c]) * left // over or 0)
  end
  return widths
end

local function table_line(page, columns, widths, cells, style)
  local wrapped, height = {}, 1
  for c, cell in ipairs(cells) do
    wrapped[c] = text.wrap(cell.text, widths[c])
    height = math.max(height, #wrapped[c])
  end
  for line = 1, height do
    local parts = {}
    for c in ipairs(cells) do
      local shown = wrapped[c][line] or ""
      local align = columns[c].align
      parts[c] = page:style(text.pad(shown, widths[c], align), style or cells[c].tone)
    end
    page:add((table.concat(parts, page:style(" │ ", "muted")):gsub(" +$", "")))
  end
end

-- A table that is too wide for the screen: one line a cell.
local function table_records(page, heads, rows)
  local colon = blocks.words(page.lang).colon
  for r, row in ipairs(rows) do
    if r > 1 then page:gap() end
    for c, head in ipairs(heads) do
      if row[c].text ~= "" then
        local first = (c == 1 or head == "") and "" or "  " .. head .. colon
        page:wrapped(row[c].text, first, (" "):rep(math.min(4, text.width(first))), c == 1 and "strong" or nil)
      end
    end
  end
end

local function caption(page, block)
  if block.caption then page:wrapped(text.line(block.caption), "", "", "muted") end
end

draw["table"] = function(page, block)
  local heads, rows = {}, shown_cells(page, block)
  for c, column in ipairs(block.columns) do heads[c] = text.line(column.text or "") end
  local widths = not page.plain and column_widths(page, heads, rows)
  if #rows == 0 then
    page:add(page:style(blocks.words(page.lang).nothing, "muted"))
  elseif not widths then
    table_records(page, heads, rows)
  else
    local head, rule = {}, {}
    for c in ipairs(heads) do
      head[c] = { text = heads[c] }
      rule[c] = ("─"):rep(widths[c])
    end
    table_line(page, block.columns, widths, head, "strong")
    page:add(page:style(table.concat(rule, "─┼─"), "muted"))
    for _, row in ipairs(rows) do table_line(page, block.columns, widths, row) end
  end
  caption(page, block)
end

-- ---- The nine boxes -------------------------------------------------------------------------------------

-- The lines of a box's inside, in a width: { text, style }.
local function box_lines(page, box, width)
  local lines = {}
  local function add(value, first, rest, style)
    for i, line in ipairs(text.wrap(value, math.max(4, width - text.width(first)))) do
      lines[#lines + 1] = { text = (i == 1 and first or rest) .. line, style = style }
    end
  end
  add(text.line(box.title or ""), "", "", "strong")
  if #(box.items or {}) == 0 then
    add(text.clean(tostring(box.empty or "")), "", "", "muted")
  end
  for _, item in ipairs(box.items or {}) do
    add(blocks.cell(item, page.lang), blocks.tone(item) and blocks.marks[item.tone] .. " " or "• ", "  ",
      blocks.tone(item))
    if blocks.note(item) then add(blocks.note(item), "  ", "  ", "muted") end
  end
  return lines
end

-- Rows of boxes side by side that share their frame; each row is { { box, width } … }.
local function box_rows(page, rows)
  local total = page.width
  local borders = {}          -- where vertical lines stand, row by row
  for r, row in ipairs(rows) do
    local at = 1
    borders[r] = { [1] = true }
    for c, cell in ipairs(row) do
      if c == #row then cell.width = total - at - 1 end
      at = at + cell.width + 1
      borders[r][at] = true
    end
  end
  local function rule(above, below)
    local out = {}
    for at = 1, total do
      local up, down = above and above[at], below and below[at]
      local left, right = at > 1, at < total
      out[at] = up and down and (left and (right and "┼" or "┤") or "├")
        or up and (left and (right and "┴" or "┘") or "└")
        or down and (left and (right and "┬" or "┐") or "┌") or "─"
    end
    page:add(page:style(table.concat(out), "muted"))
  end
  for r, row in ipairs(rows) do
    rule(borders[r - 1], borders[r])
    local height, lines = 3, {}
    for c, cell in ipairs(row) do
      lines[c] = box_lines(page, cell.box, cell.width - 2)
      height = math.max(height, #lines[c])
    end
    local bar = page:style("│", "muted")
    for line = 1, height do
      local parts = {}
      for c, cell in ipairs(row) do
        local shown = lines[c][line] or { text = "" }
        parts[c] = " " .. page:style(shown.text, shown.style)
          .. (" "):rep(cell.width - 1 - text.width(shown.text))
      end
      page:add(bar .. table.concat(parts, bar) .. bar)
    end
  end
  rule(borders[#rows], nil)
end

-- The true canvas: tall boxes beside pairs of boxes. Columns are set apart, then joined line by line.
local function wide_canvas(page, by)
  local inner, rest, widths = (page.width - 6) // 5, (page.width - 6) % 5, {}
  for c = 1, 5 do widths[c] = inner + (c <= rest and 1 or 0) end
  local columns = { { "partners" }, { "activities", "resources" }, { "offers" }, { "relations", "channels" },
    { "beneficiaries" } }
  local first, second, tall = 4, 4, 9
  local lines = {}
  for c, ids in ipairs(columns) do
    lines[c] = {}
    for i, id in ipairs(ids) do lines[c][i] = box_lines(page, by[id], widths[c] - 2) end
    if ids[2] then
      first, second = math.max(first, #lines[c][1]), math.max(second, #lines[c][2])
    else
      tall = math.max(tall, #lines[c][1])
    end
  end
  if first + second + 1 < tall then
    first = math.max(first, (tall - 1) // 2)
    second = math.max(second, tall - 1 - first)
  end
  local bar = page:style("│", "muted")
  local function rule(left, join, right, fills)
    local out = left
    for c = 1, 5 do
      out = out .. fills[c]:rep(widths[c]) .. (c < 5 and join[c] or right)
    end
    page:add(page:style(out, "muted"))
  end
  local dash, space = "─", " "
  rule("┌", { "┬", "┬", "┬", "┬" }, "┐", { dash, dash, dash, dash, dash })
  for line = 1, first + 1 + second do
    local out = bar
    for c, ids in ipairs(columns) do
      local shown
      if ids[2] and line == first + 1 then
        shown = { text = dash:rep(widths[c]), style = "muted", whole = true }
      elseif ids[2] and line > first + 1 then
        shown = lines[c][2][line - first - 1]
      else
        shown = lines[c][1][line]
      end
      shown = shown or { text = "" }
      local body = shown.whole and page:style(shown.text, "muted")
        or " " .. page:style(shown.text, shown.style) .. space:rep(widths[c] - 1 - text.width(shown.text))
      local edge = bar
      if line == first + 1 then
        edge = page:style(ids[2] and (c < 5 and "┤" or "│") or (c < 5 and columns[c + 1][2] and "├" or "│"), "muted")
      end
      out = out .. body .. edge
    end
    page:add(out)
  end
  return widths
end

-- The two boxes at the bottom, under a canvas whose columns end at given places.
local function canvas_bottom(page, by, widths)
  local left = (page.width - 3) // 2
  local sizes = { left, page.width - 3 - left }
  local ends, at = {}, 1
  for c = 1, 4 do
    at = at + widths[c] + 1
    ends[at] = true
  end
  local out = {}
  for place = 1, page.width do
    local up, down = ends[place], place == left + 2
    out[place] = place == 1 and "├" or place == page.width and "┤"
      or up and down and "┼" or up and "┴" or down and "┬" or "─"
  end
  page:add(page:style(table.concat(out), "muted"))
  local lines = { box_lines(page, by.costs, sizes[1] - 2), box_lines(page, by.funding, sizes[2] - 2) }
  local bar = page:style("│", "muted")
  for line = 1, math.max(3, #lines[1], #lines[2]) do
    local parts = {}
    for c = 1, 2 do
      local shown = lines[c][line] or { text = "" }
      parts[c] = " " .. page:style(shown.text, shown.style) .. (" "):rep(sizes[c] - 1 - text.width(shown.text))
    end
    page:add(bar .. table.concat(parts, bar) .. bar)
  end
  page:add(page:style("└" .. ("─"):rep(sizes[1]) .. "┴" .. ("─"):rep(sizes[2]) .. "┘", "muted"))
end

-- Narrower: three boxes a row, read from left to right.
local narrow_rows = { { "partners", "offers", "beneficiaries" }, { "activities", "relations", "channels" },
  { "resources", "costs", "funding" } }

local function boxes_in_grid(page, list, per_row)
  local rows = {}
  local inner = (page.width - per_row - 1) // per_row
  for i, box in ipairs(list) do
    local r = (i - 1) // per_row + 1
    rows[r] = rows[r] or {}
    table.insert(rows[r], { box = box, width = inner })
  end
  box_rows(page, rows)
end

local function boxes_as_list(page, list)
  for _, box in ipairs(list) do
    page:gap()
    for i, line in ipairs(box_lines(page, box, page.width - 2)) do
      page:add((i == 1 and "" or "  ") .. page:style(line.text, line.style))
    end
  end
end

function draw.boxes(page, block)
  local list, by = block.boxes or {}, {}
  for _, box in ipairs(list) do by[box.id or ""] = box end
  local is_canvas = block.layout == "canvas"
  for id in pairs(blocks.places) do is_canvas = is_canvas and by[id] ~= nil end
  if page.plain or page.width < 60 then
    boxes_as_list(page, list)
  elseif is_canvas and page.width >= 110 then
    canvas_bottom(page, by, wide_canvas(page, by))
  elseif is_canvas then
    local ordered = {}
    for _, row in ipairs(narrow_rows) do
      for _, id in ipairs(row) do ordered[#ordered + 1] = by[id] end
    end
    boxes_in_grid(page, ordered, 3)
  else
    boxes_in_grid(page, list, page.width >= 110 and 4 or page.width >= 80 and 3 or 2)
  end
  caption(page, block)
end

-- ---- Charts ---------------------------------------------------------------------------------------------

local eighths = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

local function bar_of(share, width)
  local size = math.max(0, math.min(1, share)) * width * 8
  local whole, rest = math.floor(size) // 8, math.floor(size) % 8
  return ("█"):rep(whole) .. (eighths[rest] or "")
end

function draw.bars(page, block)
  local label_width, text_width, largest = 8, 4, blocks.largest(block)
  for _, row in ipairs(block.rows or {}) do
    label_width = math.max(label_width, text.width(text.line(row.label)))
    text_width = math.max(text_width, text.width(text.line(row.text or "")))
  end
  label_width, text_width = math.min(label_width, page.width // 3), math.min(text_width, page.width // 3)
  local width = math.max(6, page.width - label_width - text_width - 4)
  local series_tones = { "info", "warn", "good" }
  for _, row in ipairs(block.rows or {}) do
    local label = text.wrap(text.line(row.label), label_width)
    local said = text.wrap(text.line(row.text or ""), text_width)
    local values = blocks.bar_values(row)
    for i = 1, math.max(#values, #label, #said) do
      local value = values[i]
      local shown = value and bar_of((type(value) == "number" and value or 0) / largest, width) or ""
      page:add((text.pad(label[i] or "", label_width) .. "  " .. page:style(text.pad(shown, width),
        row.tone or series_tones[i]) .. "  " .. text.pad(said[i] or "", text_width, "right")):gsub(" +$", ""))
    end
  end
  for i, name in ipairs(block.legend or {}) do
    page:wrapped(text.line(name), page:style("█", series_tones[i]) .. " ", "  ")
  end
  caption(page, block)
end

function draw.matrix(page, block)
  local columns = { { text = "" } }
  for c, label in ipairs(block.columns or {}) do
    columns[c + 1] = { text = blocks.cell(label, page.lang), align = "center" }
  end
  local rows = {}
  for r, label in ipairs(block.rows or {}) do
    rows[r] = { blocks.cell(label, page.lang) }
    for c = 1, #(block.columns or {}) do
      local cell = block.cells and block.cells[r] and block.cells[r][c]
      rows[r][c + 1] = cell and { text = cell.text or cell.value, tone = cell.tone } or "·"
    end
  end
  draw["table"](page, { columns = columns, rows = rows, caption = block.caption })
end

function draw.grid(page, block)
  local rows = {}
  for i, point in ipairs(block.points or {}) do
    rows[i] = { { text = point.label, tone = point.tone }, number.percent(point.x or 0, page.lang),
      number.percent(point.y or 0, page.lang) }
  end
  draw["table"](page, { columns = { { text = "" }, { text = block.x and block.x.text or "x", align = "right" },
    { text = block.y and block.y.text or "y", align = "right" } }, rows = rows, caption = block.caption })
end

function draw.timeline(page, block)
  local first, last = blocks.span(block)
  local label_width = 10
  for _, item in ipairs(block.items or {}) do
    label_width = math.max(label_width, text.width(text.line(item.text or "")))
  end
  label_width = math.min(label_width, page.width // 4)
  local width = math.max(10, page.width // 4)
  for _, item in ipairs(block.items or {}) do
    local function at(day) return math.floor((day - first) / (last - first) * (width - 1) + 0.5) end
    local from, to = at(item.from or item.to), at(item.to or item.from)
    local strip = (" "):rep(from) .. (from == to and "◆" or ("━"):rep(to - from + 1))
    local when = text.wrap(text.line(item.text or ""), label_width)
    local what = text.wrap(text.line(item.label), math.max(12, page.width - label_width - width - 4))
    for i = 1, math.max(#when, #what) do
      page:add((text.pad(when[i] or "", label_width) .. "  " .. page:style(text.pad(i == 1 and strip or "", width),
        item.tone or "info") .. "  " .. (what[i] or "")):gsub(" +$", ""))
    end
  end
  caption(page, block)
end

function draw.network(page, block)
  local labels = {}
  for _, node in ipairs(block.nodes or {}) do labels[node.id] = text.line(node.label) end
  for _, edge in ipairs(block.edges or {}) do
    page:wrapped((labels[edge.from] or "?") .. " — " .. (labels[edge.to] or "?")
      .. (edge.label and " (" .. text.line(edge.label) .. ")" or ""), "  ")
  end
  caption(page, block)
end

local function render(list, options)
  options = options or {}
  local page = setmetatable({ lines = {}, lang = options.lang or "en", width = math.max(20, options.width or 80),
    colour = options.colour and not options.plain, plain = options.plain }, Page)
  if options.title and not blocks.title(list, {}) then draw.title(page, { text = options.title }) end
  for _, block in ipairs(list) do
    local drawing = draw[block.block]
    if drawing then
      if block.block ~= "heading" and block.block ~= "title" then page:gap() end
      drawing(page, block)
      if block.block == "heading" and (block.level or 2) > 2 then page:add() end
    end
  end
  local footer = blocks.footer_of(list, options)
  if footer then
    page:gap()
    for _, sentence in ipairs(blocks.footer(footer, page.lang)) do
      page:wrapped(sentence, "", "", "muted")
    end
  end
  return table.concat(page.lines, "\n") .. "\n"
end

return { render = render }
