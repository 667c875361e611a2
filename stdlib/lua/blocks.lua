-- blocks.lua -- what the renderers of blocks share: the visual language, the places of the nine
-- boxes, cells as text, the footer. Described for people in doc/design.md.

local has_host, host = pcall(require, "alliance.host")
local number = require "alliance.number"
local text = require "alliance.text"

local blocks = {}

--- The colours, on white and on black. Every ink has a contrast of at least 4.5 to its paper,
--- and the tones differ in lightness and have a mark, so that colour never speaks alone.
blocks.palette = {
  light = {
    paper = "#ffffff", sheet = "#f4f2ed", ink = "#1d2733", muted = "#55606c", line = "#c9ccd1",
    accent = "#1f4e79", wash = "#e9eff5",
    good = "#0b6b4f", warn = "#8a5300", bad = "#a8321a", info = "#1f4e79",
  },
  dark = {
    paper = "#14191f", sheet = "#0c1014", ink = "#e9edf1", muted = "#a7b1bb", line = "#3b4651",
    accent = "#8fc1ee", wash = "#1d2731",
    good = "#63cfa9", warn = "#f0b75a", bad = "#ff9a82", info = "#8fc1ee",
  },
}

--- What stands in a cell for the same as in the row above.
blocks.ditto = "″"

--- The mark of a tone, before its text.
blocks.marks = { good = "✓", warn = "▲", bad = "✗", info = "•", muted = "" }

--- The face: what every system has; metric twins of Helvetica first.
blocks.fonts = {
  text = "'Source Sans 3', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif",
  title = "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, 'Liberation Serif', serif",
}

--- The nine boxes on ten columns and three rows: column, row, columns, rows.
blocks.places = {
  partners = { 1, 1, 2, 2 }, activities = { 3, 1, 2, 1 }, resources = { 3, 2, 2, 1 },
  offers = { 5, 1, 2, 2 }, relations = { 7, 1, 2, 1 }, channels = { 7, 2, 2, 1 },
  beneficiaries = { 9, 1, 2, 2 }, costs = { 1, 3, 5, 1 }, funding = { 6, 3, 5, 1 },
}

--- The boxes in the order of reading, from left to right and from top to bottom.
blocks.reading_order = { "partners", "activities", "resources", "offers", "relations", "channels",
  "beneficiaries", "costs", "funding" }

local said = {
  en = {
    colon = ": ", made_by = "Made with Alliance {version}", on = " on {date}", from = " from {file}",
    hash = " (SHA-256 {hash})", full_stop = ".",
    left_out = "{count} confidential item is left out.",
    left_out_many = "{count} confidential items are left out.",
    nothing_left_out = "Nothing confidential was left out.",
    kept = "It holds {count} confidential item: not to be passed on.",
    kept_many = "It holds {count} confidential items: not to be passed on.",
    nothing = "Nothing.", today = "today", total = "total", page = "Contents",
  },
  fr = {
    colon = "\u{A0}: ", made_by = "Fait avec Alliance {version}", on = " le {date}",
    from = " à partir de {file}", hash = " (SHA-256 {hash})", full_stop = ".",
    left_out = "{count} élément confidentiel n'y figure pas.",
    left_out_many = "{count} éléments confidentiels n'y figurent pas.",
    nothing_left_out = "Aucun élément confidentiel n'a été retiré.",
    kept = "{count} élément confidentiel y figure\u{A0}: à ne pas transmettre.",
    kept_many = "{count} éléments confidentiels y figurent\u{A0}: à ne pas transmettre.",
    nothing = "Rien.", today = "aujourd'hui", total = "total", page = "Sommaire",
  },
}

--- The renderers' own words, in a language.
function blocks.words(lang)
  return said[lang] or said.en
end

--- What a cell says: a text, a number, an amount, a date, or { text = … }.
function blocks.cell(cell, lang)
  if type(cell) == "table" and not getmetatable(cell) then cell = cell.text end
  if cell == nil then return "" end
  if type(cell) == "number" then return number.format(cell, { lang = lang }) end
  return text.clean(tostring(cell))
end

--- Tone and note of a cell, an item or nothing.
function blocks.tone(cell)
  return type(cell) == "table" and blocks.marks[cell.tone] and cell.tone or nil
end

function blocks.note(cell)
  return type(cell) == "table" and cell.note and text.clean(tostring(cell.note)) or nil
end

--- A text in parts, those between backquotes as { code = … }, the others as { text = … }; a backquote
--- without its pair is text.
function blocks.code_parts(value)
  local parts, position = {}, 1
  while true do
    local first, last = value:find("`[^`]+`", position)
    local before = value:sub(position, (first or 0) - 1)
    if before ~= "" then parts[#parts + 1] = { text = before } end
    if not first then return parts end
    parts[#parts + 1] = { code = value:sub(first + 1, last - 1) }
    position = last + 1
  end
end

--- A text with the mark of its tone.
function blocks.marked(value, tone)
  local mark = blocks.marks[tone]
  return mark and mark ~= "" and mark .. " " .. value or value
end

--- The title of a callout: with the mark of its tone, unless it only informs.
function blocks.callout_title(block)
  if not block.title then return nil end
  local title = text.line(block.title)
  return block.tone == "info" and title or blocks.marked(title, block.tone)
end

local most_heads = 6        -- columns of a matrix with their whole names

-- A, B … Z, AA, AB …
local function letters_of(index)
  local letters = ""
  repeat
    index = index - 1
    letters = string.char(65 + index % 26) .. letters
    index = index // 26
  until index == 0
  return letters
end

--- The labels of a matrix: heads of columns, labels of rows, a legend (a list of texts), and whether the heads
--- are whole. With many columns, or when `is_narrow`, letters stand for the columns; where rows are the same
--- things, they have the letters too, and need no legend.
function blocks.matrix_labels(block, lang, is_narrow)
  local heads, rows, legend, is_square = {}, {}, {}, #(block.rows or {}) == #(block.columns or {})
  for c, label in ipairs(block.columns or {}) do heads[c] = text.line(blocks.cell(label, lang)) end
  for r, label in ipairs(block.rows or {}) do
    rows[r] = text.line(blocks.cell(label, lang))
    is_square = is_square and rows[r] == heads[r]
  end
  if #heads <= most_heads and not is_narrow then return heads, rows, legend, true end
  for c, head in ipairs(heads) do
    heads[c] = letters_of(c)
    if is_square then
      rows[c] = letters_of(c) .. "\u{A0} " .. rows[c]
    else
      legend[c] = letters_of(c) .. "\u{A0} " .. head
    end
  end
  return heads, rows, legend
end

--- The letter of a column of a matrix, by its place: A, B … Z, AA …
blocks.letters_of = letters_of

--- The values of a row of bars, one a series.
function blocks.bar_values(row)
  return row.values or { row.value }
end

--- The largest value of a block of bars; 1 when there is none above zero.
function blocks.largest(block)
  local largest = 0
  for _, row in ipairs(block.rows or {}) do
    for _, value in ipairs(blocks.bar_values(row)) do
      if type(value) == "number" and value > largest then largest = value end
    end
  end
  return largest > 0 and largest or 1
end

--- The first and last day of a timeline, with what it marks as today inside.
function blocks.span(block)
  local first, last = math.huge, -math.huge
  for _, item in ipairs(block.items or {}) do
    first = math.min(first, item.from or item.to or first)
    last = math.max(last, item.to or item.from or last)
  end
  if first > last then return 0, 1 end
  if last == first then last = first + 1 end
  return first, last
end

--- Year, month and day of a day number (0 is 1970-01-01).
function blocks.civil(day)
  local z = day + 719468
  local era = z // 146097
  local of_era = z - era * 146097
  local year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * year + year // 4 - year // 100)
  local shifted = (5 * of_year + 2) // 153
  local month = shifted < 10 and shifted + 3 or shifted - 9
  return year + era * 400 + (month <= 2 and 1 or 0), month, of_year - (153 * shifted + 2) // 5 + 1
end

-- The day number of the first of January.
local function january(year)
  local y = year - 1
  return 365 * y + y // 4 - y // 100 + y // 400 - 719162
end

--- Where years begin inside a span of days: { { day =, label = "2014" } … }, at most `most`.
function blocks.years(first, last, most)
  local from, to = blocks.civil(first), blocks.civil(last)
  local step = math.max(1, math.ceil((to - from + 1) / (most or 12)))
  local marks = {}
  for year = from, to, step do
    local day = january(year)
    if day >= first and day <= last then marks[#marks + 1] = { day = day, label = tostring(year) } end
  end
  return marks
end

--- What the footer says: the block that the host adds, or what the options say.
function blocks.footer_of(list, options)
  for _, block in ipairs(list) do
    if block.block == "footer" then return block end
  end
  return options.footer
end

--- The block that names the page: its title and subtitle, else what the options say.
function blocks.title(list, options)
  for _, block in ipairs(list) do
    if block.block == "title" then return block.text, block.subtitle end
  end
  return options.title
end

--- The footer as sentences: where the document comes from, and what it leaves out.
function blocks.footer(footer, lang)
  if not footer then return {} end
  local words = blocks.words(lang)
  local function fill(template, value)
    return (template:gsub("{%a+}", function() return text.line(value) end))
  end
  local made = fill(words.made_by, footer.version or "")
  local date = footer.date
  if date and has_host and host.date(date) then date = host.text(host.date(date), lang) end
  if date then made = made .. fill(words.on, date) end
  -- The name alone: a folder is nobody's business.
  if footer.file then made = made .. fill(words.from, (tostring(footer.file):gsub("^.*/", ""))) end
  if footer.hash then made = made .. fill(words.hash, tostring(footer.hash):sub(1, 12)) end
  local count = footer.left_out or 0
  local left = count == 0 and words.nothing_left_out
    or fill(text.plural(count, words.left_out, words.left_out_many, lang), count)
  local kept = footer.confidential or 0
  local held = kept > 0 and fill(text.plural(kept, words.kept, words.kept_many, lang), kept) or nil
  return { made .. words.full_stop, left, held }
end

-- ---- The nine boxes on a page ----------------------------------------------------------------

-- Advance widths of Helvetica for ASCII, in thousandths of the size.
local widths = {
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

-- The width of one letter that is not ASCII.
local function other_width(code)
  if code == 0xA0 then return 278 end
  if code >= 0x1100 then return code >= 0x2000 and code < 0x2E80 and 600 or 1000 end
  local letter = utf8.char(code)
  local base = text.fold(letter)
  local capital = letter ~= base and letter == text.upper(letter) and 150 or 0
  return (#base == 1 and widths[base:byte() - 31] or 600) + capital
end

--- About how wide a text is, for a size of 1; as much more than in Helvetica as the widest face that
--- stands in for it (DejaVu Sans) needs.
function blocks.measure(value)
  local total = 0
  for _, code in utf8.codes(value) do
    total = total + (widths[code - 31] or other_width(code))
  end
  return total * 1.16 / 1000
end

--- The same in bold letters.
function blocks.measure_bold(value) return blocks.measure(value) * 1.1 end

-- Puts the entries of a box into columns of about the same height; gives the height of the highest.
local function in_columns(entries, count)
  local total, sum, most, used, column = 0, 0, 0, 0, 1
  for _, entry in ipairs(entries) do total = total + entry.height end
  for _, entry in ipairs(entries) do
    if used > 0 and column < count and sum + entry.height / 2 > total * column / count then
      column, used = column + 1, 0
    end
    entry.column, sum, used = column, sum + entry.height, used + entry.height
    most = math.max(most, used)
  end
  return most
end

--- How many columns of items a box of the canvas has: the widest ones have two, when there is much in them.
function blocks.columns_of(box)
  local place = blocks.places[box.id]
  return place and place[3] >= 5 and #(box.items or {}) > 3 and 2 or 1
end

-- The lines of one box at a size, and the height they take in so many columns, each of this width, in the
-- unit of the page.
local function set_box(box, width, size, columns)
  local entries = {}
  local items = box.items or {}
  if #items == 0 then items = { { text = box.empty or "", tone = "muted", is_empty = true } } end
  for _, item in ipairs(items) do
    local entry = { tone = blocks.tone(item), is_empty = type(item) == "table" and item.is_empty }
    local indent = entry.is_empty and 0 or size * 0.8
    local shown = blocks.cell(item)
    if entry.tone and not entry.is_empty then shown = blocks.marked(shown, entry.tone) end
    local function fit(value, at) return text.wrap(value, (width - indent) / at, blocks.measure) end
    entry.indent, entry.lines = indent, fit(shown, size)
    entry.notes = blocks.note(item) and fit(blocks.note(item), size * 0.86) or {}
    entry.height = #entry.lines * size * 1.28 + #entry.notes * size * 1.12 + size * 0.5
    entries[#entries + 1] = entry
  end
  return entries, in_columns(entries, columns)
end

--- Sets the nine boxes in a width at a size of text: the lines of each box, and the height of
--- each of the three rows. A box is { id, title, items, empty }; an entry says in which `column` of its
--- box it stands, and a box how far apart those are (`step`).
function blocks.set_canvas(boxes, width, size)
  local column, padding, head = width / 10, size * 0.8, size * 2.7
  local set, need = {}, {}
  for _, box in ipairs(boxes) do
    local place = blocks.places[box.id]
    if place then
      local columns = blocks.columns_of(box)
      local step = column * place[3] / columns        -- from the start of a column to that of the next
      local entries, height = set_box(box, step - 2 * padding, size, columns)
      set[box.id] = { entries = entries, box = box, step = step }
      need[box.id] = height + head + padding
    end
  end
  local function most(...)
    local largest = size * 6
    for _, id in ipairs { ... } do largest = math.max(largest, need[id] or 0) end
    return largest
  end
  local first, second = most("activities", "relations"), most("resources", "channels")
  local tall = most("partners", "offers", "beneficiaries")
  if tall > first + second then
    local more = (tall - first - second) / 2
    first, second = first + more, second + more
  end
  return { boxes = set, rows = { first, second, most("costs", "funding") }, size = size,
    padding = padding, head = head, width = width }
end

--- The largest size of text, from `most` down to `least`, with which the boxes fit a height; the
--- rows then share what is left. Too much text: the least size, and a greater height.
function blocks.fit_canvas(boxes, width, height, least, most)
  local set = blocks.set_canvas(boxes, width, most)
  local function total() return set.rows[1] + set.rows[2] + set.rows[3] end
  if total() > height then
    local low, high = least, most
    for _ = 1, 6 do             -- the size is known to a hundredth, which no eye sees
      local size = (low + high) / 2
      set = blocks.set_canvas(boxes, width, size)
      if total() > height then high = size else low = size end
    end
    set = blocks.set_canvas(boxes, width, low)
  end
  local left = height - total()
  if left > 0 then
    for row, share in ipairs { 0.36, 0.36, 0.28 } do set.rows[row] = set.rows[row] + left * share end
  end
  set.height = total()
  return set
end

return blocks
