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

-- Lines of a text after a first word, then under it; a first word that would leave much of the other
-- lines blank is text, too.
function Page:wrapped(value, first, rest, style)
  rest = rest or first
  local room = self.width - math.max(text.width(first), text.width(rest))
  if room < 12 or text.width(first) > text.width(rest) + 8 then
    local indent = first:match("^ *")
    first, value = indent, first:sub(#indent + 1) .. value
    room = self.width - math.max(#indent, text.width(rest))
  end
  for i, line in ipairs(text.wrap(value, math.max(4, room))) do
    self:add((i == 1 and first or rest) .. self:style(line, style))
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
    local bullet = page.plain and (block.ordered and "" or "- ") or block.tick and "☐ " or block.ordered and "" or "• "
    local first = (block.ordered and index .. ". " or "") .. bullet
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

-- Wider columns for longer words, as far as `left` columns of the screen go: the shortest steps first, so
-- that as few words as can be are cut in the middle. Changes `least`; gives what is left.
local function spare_words(least, longest, left)
  local order = {}
  for c in ipairs(least) do order[c] = c end
  table.sort(order, function(a, b)
    local step_a, step_b = longest[a] - least[a], longest[b] - least[b]
    if step_a ~= step_b then return step_a < step_b end
    return a < b
  end)
  for _, c in ipairs(order) do
    local step = longest[c] - least[c]
    if step <= left then least[c], left = longest[c], left - step end
  end
  return left
end

-- The widths of columns that fit: each at least its longest word up to 14, then its longest word where
-- the screen allows it, the rest by need; nil when even the first is too wide.
local function column_widths(page, heads, rows)
  local least, longest, want, total, wanted = {}, {}, {}, 0, 0
  for c, head in ipairs(heads) do
    longest[c], want[c] = 1, text.width(head)
    local function see(value)
      want[c] = math.max(want[c], text.width(value))
      for word in text.typeset(value):gmatch("%S+") do longest[c] = math.max(longest[c], text.width(word)) end
    end
    see(head)
    for _, row in ipairs(rows) do see(row[c].text) end
    least[c] = math.min(14, longest[c])
    total, wanted = total + least[c], wanted + want[c]
  end
  local room = page.width - 3 * (#heads - 1)
  if wanted <= room then return want end
  if total > room then return nil end
  local widths, left = {}, spare_words(least, longest, room - total)
  local over = wanted - (room - left)
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
  if box.note then add(text.line(box.note), "", "", "muted") end
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
local fills = { "█", "▒", "░" }       -- of series: they differ without colour, too

local function bar_of(share, width, series)
  local size = math.max(0, math.min(1, share)) * width * 8
  local whole, rest = math.floor(size) // 8, math.floor(size) % 8
  if series == 1 then return ("█"):rep(whole) .. (eighths[rest] or "") end
  return fills[series]:rep(math.max(1, whole + rest // 4))
end

-- What a row of bars says without its bars.
local function bars_in_words(page, block, row)
  if row.text then return text.line(row.text) end
  local parts = {}
  for i, value in ipairs(blocks.bar_values(row)) do
    local said = type(value) == "number" and number.format(value, { lang = page.lang }) or "?"
    parts[#parts + 1] = (block.legend and block.legend[i] and text.line(block.legend[i]) .. " " or "") .. said
  end
  return table.concat(parts, ", ") .. (block.unit and " " .. text.line(block.unit) or "")
end

local function plain_bars(page, block)
  for _, row in ipairs(block.rows or {}) do
    page:wrapped(bars_in_words(page, block, row), text.line(row.label) .. blocks.words(page.lang).colon, "  ")
  end
  if block.legend and block.rows and block.rows[1] and block.rows[1].text then
    page:wrapped("(" .. table.concat(block.legend, " → ") .. ")", "", "", "muted")
  end
  caption(page, block)
end

function draw.bars(page, block)
  if page.plain or page.width < 44 then return plain_bars(page, block) end
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
    local values, bars = blocks.bar_values(row), {}
    for i, value in ipairs(values) do
      if #values == 1 or value > 0 then
        bars[#bars + 1] = page:style(text.pad(bar_of(value / largest, width, math.min(i, 3)), width),
          row.tone or series_tones[i])
      end
    end
    for i = 1, math.max(#bars, #label, #said) do
      page:add((text.pad(label[i] or "", label_width) .. "  " .. (bars[i] or (" "):rep(width)) .. "  "
        .. text.pad(said[i] or "", text_width, "right")):gsub(" +$", ""))
    end
  end
  for i, name in ipairs(block.legend or {}) do
    page:wrapped(text.line(name), page:style(fills[math.min(i, 3)], series_tones[i]) .. " ", "  ")
  end
  caption(page, block)
end

-- One line a cell that says something, under its row.
local function plain_matrix(page, block)
  local colon = blocks.words(page.lang).colon
  for r, label in ipairs(block.rows or {}) do
    if r > 1 then page:gap() end
    page:wrapped(text.line(blocks.cell(label, page.lang)), "", "", "strong")
    for c, column in ipairs(block.columns or {}) do
      local cell = block.cells and block.cells[r] and block.cells[r][c]
      local said = cell and text.line(blocks.cell(cell.text or cell.value, page.lang))
      if said then
        page:wrapped(blocks.marked(said, cell.tone), "  " .. text.line(blocks.cell(column, page.lang)) .. colon, "    ")
      end
    end
  end
  caption(page, block)
end

function draw.matrix(page, block)
  if page.plain then return plain_matrix(page, block) end
  local columns, rows, legend
  local function set(is_narrow)
    local heads, labels
    heads, labels, legend = blocks.matrix_labels(block, page.lang, is_narrow)
    columns, rows = { { text = "" } }, {}
    for c, head in ipairs(heads) do columns[c + 1] = { text = head, align = "center" } end
    for r, label in ipairs(labels) do
      rows[r] = { label }
      for c = 1, #heads do
        local cell = block.cells and block.cells[r] and block.cells[r][c]
        rows[r][c + 1] = cell and { text = cell.text or cell.value, tone = cell.tone } or "·"
      end
    end
    table.insert(heads, 1, "")
    return column_widths(page, heads, shown_cells(page, { columns = columns, rows = rows }))
  end
  local widths, is_high = set(false), false
  for c, width in ipairs(widths or {}) do is_high = is_high or #text.wrap(columns[c].text, width) > 3 end
  if (not widths or is_high) and not set(true) then return plain_matrix(page, block) end
  draw["table"](page, { columns = columns, rows = rows })
  for _, line in ipairs(legend) do page:wrapped(line, "", "    ", "muted") end
  caption(page, block)
end

-- Which quarter of the grid a point is in: 1 and 2 above, 3 and 4 below, from left to right.
local function quarter(point)
  return ((point.y or 0) >= 0.5 and 1 or 3) + ((point.x or 0) >= 0.5 and 1 or 0)
end

-- The end of an axis in words: "Power: high".
local function axis_end(page, axis, is_high)
  local name, said = axis and axis.text or "", axis and (is_high and axis.high or axis.low) or ""
  return text.line(name ~= "" and said ~= "" and name .. blocks.words(page.lang).colon .. said or name .. said)
end

function draw.grid(page, block)
  local boxes = {}
  for i = 1, 4 do
    local ends = axis_end(page, block.y, i < 3) .. ", " .. axis_end(page, block.x, i % 2 == 0)
    boxes[i] = { title = block.quadrants and block.quadrants[i] or ends, items = {},
      empty = blocks.words(page.lang).nothing, note = block.quadrants and ends or nil }
  end
  for _, point in ipairs(block.points or {}) do
    table.insert(boxes[quarter(point)].items, { text = point.label, tone = point.tone, note = point.note })
  end
  if page.plain or page.width < 60 then
    boxes_as_list(page, boxes)
  else
    boxes_in_grid(page, boxes, 2)
  end
  caption(page, block)
end

-- Where a day falls in a strip.
local function place_in(first, last, width)
  return function(day)
    return math.max(0, math.min(width - 1, math.floor((day - first) / (last - first) * (width - 1) + 0.5)))
  end
end

-- The strip of one item: a bar or a point, arrows where an end is open, a line for today; without an
-- item, only that line.
local function strip_of(item, at, width, today)
  local cells = {}
  for i = 1, width do cells[i] = " " end
  if today then cells[at(today) + 1] = "┊" end
  if not item then return table.concat(cells) end
  local from, to = at(item.from or item.to), at(item.to or item.from)
  if from == to and not item.starts_open and not item.ends_open then
    cells[from + 1] = "◆"
  else
    for i = from, to do cells[i + 1] = "━" end
    if item.starts_open then cells[from + 1] = "◀" end
    if item.ends_open then cells[to + 1] = "▶" end
  end
  return table.concat(cells)
end

-- Years over the strips.
local function years_over(first, last, at, width)
  local line = (" "):rep(width)
  local free = 0
  for _, mark in ipairs(blocks.years(first, last, width // 6)) do
    local place = math.min(at(mark.day), width - #mark.label)
    if place >= free then
      line = line:sub(1, place) .. mark.label .. line:sub(place + #mark.label + 1)
      free = place + #mark.label + 1
    end
  end
  return line
end

function draw.timeline(page, block)
  local colon, label_width = blocks.words(page.lang).colon, 10
  for _, item in ipairs(block.items or {}) do
    label_width = math.max(label_width, text.width(text.line(item.text or "")))
  end
  if page.plain or page.width < 60 then
    for _, item in ipairs(block.items or {}) do
      page:wrapped(blocks.marked(text.line(item.label), item.tone), text.line(item.text or "") .. colon, "  ",
        item.tone)
    end
    return caption(page, block)
  end
  local first, last = blocks.span(block)
  label_width = math.min(label_width, page.width // 4)
  local width = math.max(10, page.width * 3 // 10)
  local at = place_in(first, last, width)
  local today = block.today and block.today >= first and block.today <= last and block.today or nil
  local years = years_over(first, last, at, width)
  if years:find("%d") then page:add(page:style((" "):rep(label_width + 2) .. years, "muted"):gsub(" +$", "")) end
  for _, item in ipairs(block.items or {}) do
    local strip, blank = strip_of(item, at, width, today), strip_of(nil, at, width, today)
    local when = text.wrap(text.line(item.text or ""), label_width)
    local what = text.wrap(blocks.marked(text.line(item.label), item.tone),
      math.max(12, page.width - label_width - width - 4))
    for i = 1, math.max(#when, #what) do
      page:add((text.pad(when[i] or "", label_width) .. "  " .. page:style(i == 1 and strip or blank,
        i == 1 and item.tone or "info") .. "  " .. page:style(what[i] or "", item.tone)):gsub(" +$", ""))
    end
  end
  if today then
    page:add((page:style((" "):rep(label_width + 2 + at(today)) .. "┊ " .. blocks.words(page.lang).today, "muted")))
  end
  caption(page, block)
end

-- Who is tied to whom: each tie once, under the node that comes first.
function draw.network(page, block)
  local labels, near = {}, {}
  for _, node in ipairs(block.nodes or {}) do labels[node.id], near[node.id] = text.line(node.label), {} end
  for _, edge in ipairs(block.edges or {}) do
    local said = (labels[edge.to] or "?") .. (edge.label and " (" .. text.line(edge.label) .. ")" or "")
    if near[edge.from] then table.insert(near[edge.from], said) end
  end
  for _, node in ipairs(block.nodes or {}) do
    if #near[node.id] > 0 then
      page:wrapped(table.concat(near[node.id], ", "), "  " .. labels[node.id] .. " — ", "    ")
    end
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
