-- render_html.lua -- blocks as one HTML page that stands alone: no script, no request, light and
-- dark, from 360 pixels to a wall, and on paper.
--
-- render(blocks, options): lang, title, footer, fragment (only what stands inside the body).

local blocks = require "alliance.blocks"
local html = require "alliance.html"
local svg = require "alliance.svg"
local text = require "alliance.text"

local element = html.element

-- ---- The style ------------------------------------------------------------------------------------------

local function colours(palette)
  local names, out = {}, {}
  for name in pairs(palette) do names[#names + 1] = name end
  table.sort(names)
  for i, name in ipairs(names) do out[i] = ("--%s:%s"):format(name, palette[name]) end
  return table.concat(out, ";")
end

local rules = [[
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--sheet);color:var(--ink);font:1rem/1.5 FONT;overflow-wrap:break-word}
main,header,footer{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem)}
.wide main,.wide header,.wide footer{max-width:100rem}
header{padding-top:clamp(1.25rem,3vw,2.5rem)}
h1,h2,h3,h4{font-family:TITLE;line-height:1.2;margin:0;text-wrap:balance}
h1{font-size:clamp(1.6rem,1.2rem + 1.6vw,2.4rem)}
.subtitle{margin:.4rem 0 0;color:var(--muted);font-size:1.1rem;max-width:60rem}
h2{font-size:1.4rem;margin:2.5rem 0 .8rem;padding-top:.7rem;border-top:3px solid var(--accent)}
h3{font-size:1.1rem;margin:1.6rem 0 .5rem}
h4{font-size:1rem;margin:1.2rem 0 .4rem}
p{margin:.6rem 0;max-width:46rem}
ul,ol{margin:.6rem 0;padding-left:1.3rem;max-width:46rem}
li{margin:.25rem 0}
code{font:.92em ui-monospace,monospace;background:var(--wash);padding:0 .2em}
.tick>li{padding-left:1.5rem;position:relative}
.tick>li::before{content:"";position:absolute;left:.1rem;top:.28em;width:.85em;height:.85em;
  border:1.5px solid var(--muted)}
ul.tick{list-style:none;padding-left:0}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.info{color:var(--info)}
.muted,.note{color:var(--muted)}
.note{display:block;font-size:.86em}
figure{margin:1rem 0}
figcaption{color:var(--muted);font-size:.9rem;padding:.4rem 0}
.scroll{overflow-x:auto;margin:1rem 0;border:1px solid var(--line);background:SHADOWS}
.scroll table{background:none;border:0}
figure>.scroll{margin:0}
.pair{max-width:46rem}
.letter,.legend-line,.small{display:none}
.bars{margin:1rem 0 .3rem}
table{border-collapse:collapse;width:100%;background:var(--paper);border:1px solid var(--line);font-size:.95rem}
th,td{padding:.45rem .65rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
thead th{background:var(--wash);border-top:0;font-weight:600}
tbody th{font-weight:600}
.right{text-align:right;font-variant-numeric:tabular-nums}
.fixed{white-space:nowrap}
.center{text-align:center}
.matrix td{text-align:center;font-variant-numeric:tabular-nums;white-space:nowrap}
.matrix .note{white-space:normal}
.callout{background:var(--paper);border:1px solid var(--line);border-left:5px solid var(--accent);
  padding:.7rem 1rem;margin:1rem 0;max-width:46rem}
.callout.good{border-left-color:var(--good)}.callout.warn{border-left-color:var(--warn)}
.callout.bad{border-left-color:var(--bad)}
.callout>*{color:var(--ink);margin:.2rem 0}
.callout>strong{display:block}
.boxes{display:grid;gap:.75rem;margin:1.25rem 0}
.box{background:var(--paper);border:1px solid var(--line);border-top:4px solid var(--accent);
  padding:.7rem .85rem .9rem;min-width:0}
.box h3{font:600 1rem/1.3 FONT;color:var(--accent);margin:0 0 .5rem}
.box ul{list-style:none;margin:0;padding:0}
.box li{margin:0 0 .5rem;padding-left:.85rem;position:relative;line-height:1.35}
.box li::before{content:"";position:absolute;left:0;top:.5em;width:.32em;height:.32em;border-radius:50%;
  background:var(--accent)}
.box li{break-inside:avoid}
.box .empty{margin:0;color:var(--muted);font-style:italic}
@media(min-width:40rem){.boxes{grid-template-columns:repeat(2,minmax(0,1fr))}
.canvas .offers,.canvas .partners{grid-column:span 1}}
@media(min-width:40rem){.canvas .offers,.canvas .beneficiaries,.canvas .funding{grid-column:auto}}
@media(min-width:68rem){
.boxes{grid-template-columns:repeat(3,minmax(0,1fr))}
.canvas{grid-template-columns:repeat(10,minmax(0,1fr));
  grid-template-rows:minmax(11rem,auto) minmax(11rem,auto) minmax(7rem,auto);gap:0;border:1px solid var(--line);
  background:var(--paper)}
.canvas .box{border-width:4px 1px 1px 0;border-right:1px solid var(--line);border-bottom:1px solid var(--line)}
PLACES}
.bars{width:100%}
.bars th,.bars td{padding:.35rem .65rem;vertical-align:middle}
.bars th{width:28%}
.bars .track{width:50%}
.bar{display:block;height:.7rem;margin:.15rem 0;min-width:2px;background:var(--info)}
.bar.s2{background:repeating-linear-gradient(45deg,var(--warn) 0 3px,var(--paper) 3px 5px);
  border:1px solid var(--warn)}
.bar.s3{background:none;border:2px solid var(--good)}
.bar.none{visibility:hidden}
.bar.good{background:var(--good)}.bar.warn{background:var(--warn)}.bar.bad{background:var(--bad)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.4rem 0;padding:0;list-style:none;font-size:.9rem}
.legend .bar{display:inline-block;width:1.4rem;margin-right:.4rem;vertical-align:baseline}
.timeline{list-style:none;margin:1rem 0;padding:.4rem .8rem;max-width:none;background:var(--paper);
  border:1px solid var(--line)}
.timeline li{display:grid;grid-template-columns:minmax(6rem,9rem) minmax(0,1fr);gap:.1rem 1rem;margin:0;
  padding:.4rem 0;border-top:1px solid var(--line)}
.timeline li:first-child{border-top:0}
.timeline .when{color:var(--muted);font-variant-numeric:tabular-nums}
.timeline .strip{grid-column:1/-1;height:.55rem;background:var(--wash);position:relative}
.timeline .strip span{position:absolute;top:0;bottom:0;min-width:.55rem;background:var(--info)}
.timeline .strip .good{background:var(--good)}.timeline .strip .warn{background:var(--warn)}
.timeline .strip .bad{background:var(--bad)}.timeline .strip .muted{background:var(--muted)}
.timeline .strip .ends{background:linear-gradient(90deg,var(--info) 40%,transparent)}
.timeline .strip .starts{background:linear-gradient(270deg,var(--info) 40%,transparent)}
.timeline .strip .now{min-width:0;width:2px;background:var(--bad)}
.timeline .today{position:absolute;color:var(--bad)}
.timeline .ticks{grid-column:1/-1;height:1.3rem;position:relative;color:var(--muted);font-size:.8rem}
.timeline .ticks span{position:absolute;padding:0 .25rem;border-left:1px solid var(--line)}
.timeline .ticks .last{border-left:0;border-right:1px solid var(--line)}
@media(min-width:48rem){.timeline li{grid-template-columns:9rem minmax(0,1fr) minmax(10rem,32%);
  align-items:center}.timeline .strip,.timeline .ticks{grid-column:3}}
svg{display:block;max-width:100%;height:auto}
@media screen and (max-width:39.99rem){
.stack table,.stack tbody,.stack tr,.stack th,.stack td{display:block}
.stack thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stack tr{padding:.55rem .75rem;border-top:1px solid var(--line)}
.stack tr:first-child,.stack .more{border-top:0}
.stack .more{padding-top:0}.stack .more>.ditto{display:none}
.stack th,.stack td{border:0;padding:.1rem 0;text-align:left}
.stack td:empty{display:none}
.stack td::before{content:attr(data-label);color:var(--muted)}
.matrix{font-size:.9rem}
.matrix th,.matrix td{padding:.4rem .2rem}
.matrix tbody th{min-width:7rem;overflow-wrap:anywhere;padding-left:.5rem;hyphens:auto}
.whole,.large{display:none}.letter{display:inline}.small,.legend-line{display:block}
abbr{text-decoration:none}
.bars tr{display:grid;grid-template-columns:minmax(0,1fr) auto;border-top:1px solid var(--line);padding:.3rem .65rem}
.bars th,.bars td{border:0;padding:.1rem 0}
.bars th{grid-column:1/-1;width:auto}.bars .track{width:auto;align-self:center;margin-right:.8rem}
}
footer{color:var(--muted);font-size:.85rem;padding-top:1.5rem;padding-bottom:2rem}
footer p{margin:.15rem 0;max-width:none}
@page{size:A4;margin:16mm 15mm}
@page canvas{size:SHEET landscape;margin:9mm}
@media print{
:root{LIGHT}
body{background:#fff;font-size:10pt;line-height:1.4}
main,header,footer,.wide main,.wide header,.wide footer{max-width:none;padding:0}
h1{font-size:20pt}h2{font-size:14pt;margin-top:7mm;break-after:avoid}h3,h4{break-after:avoid}
h2:first-child{margin-top:4mm}
tr,li,.callout,figure{break-inside:avoid}
figure.tabular{break-inside:auto}figcaption{break-before:avoid}
svg{max-height:110mm}
thead{display:table-header-group}
.scroll{overflow:visible;background:none;border:0}
.scroll table{border:1px solid var(--line)}
table{font-size:9pt}
.timeline li{grid-template-columns:33mm minmax(0,1fr) 55mm;align-items:center}
.timeline .strip,.timeline .ticks{grid-column:3}
.bar,.strip span,.box li::before,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.boxes{gap:0}
.canvas{grid-template-columns:repeat(10,minmax(0,1fr));
  grid-template-rows:repeat(3,auto);align-content:stretch;
  border:.2mm solid #999;background:none;margin:3mm 0 0;page:canvas;font-size:var(--print)}
.canvas .box{border:.1mm solid #999;border-top:1mm solid var(--accent);padding:.5em .7em .6em}
.canvas .box h3{font-size:1.05em;margin-bottom:.35em}
.canvas .box li{margin-bottom:.3em;line-height:1.25}
PLACES
.leaf{page:canvas;break-before:page;break-after:page;display:flex;flex-direction:column;min-height:LEAFmm}
.leaf h2{margin-top:0}
.leaf .canvas{flex:1}
.wide{display:flex;flex-direction:column;min-height:LEAFmm;page:canvas}
.wide main{flex:1;display:flex;flex-direction:column;width:100%}
.wide header,.wide footer{width:100%}
.wide .canvas{flex:1}
.wide h1{font-size:HEADpt}.wide .subtitle{font-size:LEADpt;margin:1mm 0 0;max-width:none}
footer{font-size:8pt;padding:6mm 0 0}
.wide footer{padding:2mm 0 0;font-size:FOOTpt}
}
]]

-- Sheets: the width and the height inside the margins, and the room of the boxes on a page of their
-- own, in millimetres.
local sheets = {
  a4 = { size = "A4", width = 279, height = 191, boxes = 158, head = 17, lead = 10, foot = 7.5 },
  a3 = { size = "A3", width = 402, height = 278, boxes = 236, head = 24, lead = 14, foot = 10 },
}

-- What slides under the edge of a wide table casts a shadow there: the first two layers go along with the
-- table and cover the last two, which stay, where it ends.
local shadows = {}
for i, side in ipairs { "90deg,%s) 0", "270deg,%s) 100%%" } do
  shadows[i] = ("linear-gradient(" .. side .. " 0/2.5rem 100%% no-repeat local")
    :format("var(--paper) 40%,transparent")
  shadows[i + 2] = ("linear-gradient(" .. side .. " 0/.8rem 100%% no-repeat scroll")
    :format("color-mix(in srgb,var(--muted) 45%,transparent),transparent")
end
shadows = table.concat(shadows, ",") .. ",var(--paper)"

-- Where each box of a canvas stands.
local function places()
  local out = {}
  for _, id in ipairs(blocks.reading_order) do
    local place = blocks.places[id]
    out[#out + 1] = (".canvas .%s{grid-area:%d/%d/span %d/span %d}")
      :format(id, place[2], place[1], place[4], place[3])
  end
  return table.concat(out, "\n") .. "\n.canvas .two{columns:2;column-gap:1.6em}\n"
end

local function style(sheet)
  local light = colours(blocks.palette.light)
  local filled = rules:gsub("FONT", function() return blocks.fonts.text end)
    :gsub("TITLE", function() return blocks.fonts.title end)
    :gsub("SHADOWS", function() return shadows end)
    :gsub("PLACES", places()):gsub("SHEET", sheet.size):gsub("LEAF", tostring(sheet.height)):gsub("LIGHT", light)
    :gsub("HEAD", tostring(sheet.head)):gsub("LEAD", tostring(sheet.lead)):gsub("FOOT", tostring(sheet.foot))
  return ":root{color-scheme:light dark;" .. light .. "}\n@media screen and (prefers-color-scheme:dark){:root{"
    .. colours(blocks.palette.dark) .. "}}\n" .. filled .. svg.classes() .. "\n"
end

-- ---- The blocks ------------------------------------------------------------------------------------------

local draw = {}

-- A text in which a word that is longer than any of a language may break, so that no column is as wide as
-- it; never before what belongs to the letter before.
local longest_word = 28

local function breakable(line)
  if not line:find(("%S"):rep(longest_word)) then return line end
  local out, run, piece = {}, 0, {}
  for _, code in utf8.codes(line) do
    local is_part = code >= 0x300 and code <= 0x36F or code == 0x200D or code >= 0xFE00 and code <= 0xFE0F
      or code >= 0x1F3FB and code <= 0x1F3FF
    local is_end = code == 0x20 or code == 0xA0 or code == 0x2D
    run = is_end and 0 or is_part and run or run + 1
    if run > longest_word and not is_part then
      out[#out + 1], out[#out + 2] = table.concat(piece), element("wbr")
      piece, run = {}, 1
    end
    piece[#piece + 1] = utf8.char(code)
  end
  out[#out + 1] = table.concat(piece)
  return out
end

-- A text whose line ends are kept.
local function lines_of(value)
  local out = {}
  for line in (text.clean(value) .. "\n"):gmatch("([^\n]*)\n") do
    if #out > 0 then out[#out + 1] = element("br") end
    out[#out + 1] = breakable(text.typeset(line))
  end
  return out
end

-- A text of which what stands between backquotes is code, when `has_code` says so.
local function worded(value, has_code)
  if not has_code then return lines_of(value) end
  local out = {}
  for _, part in ipairs(blocks.code_parts(text.clean(value))) do
    out[#out + 1] = part.code and element("code", nil, part.code) or lines_of(part.text)
  end
  return out
end

-- A cell or an item: its text with the mark and colour of its tone, its note under it.
local function content(page, cell)
  local tone, note = blocks.tone(cell), blocks.note(cell)
  local has_code = type(cell) == "table" and cell.code
  local shown = worded(blocks.marked(blocks.cell(cell, page.lang), tone), has_code)
  if tone then shown = element("span", { class = tone }, shown) end
  return { shown, note and element("span", { class = "note" }, worded(note, has_code)) or "" }
end

-- The same where texts are long: only the mark has the colour.
local function marked_content(page, item)
  local tone, note = blocks.tone(item), blocks.note(item)
  local mark = tone and blocks.marks[tone] or ""
  if mark == "" then return content(page, item) end
  return { element("span", { class = tone }, mark), " ", worded(blocks.cell(item, page.lang), item.code),
    note and element("span", { class = "note" }, worded(note, item.code)) or "" }
end

local function figure(block, ...)
  if not block.caption then return { ... } end
  return element("figure", nil, { ... }, element("figcaption", nil, block.caption))
end

-- A table that may be wider than the screen: named for who cannot see it by what stands under or over it.
local function tabular(page, class, under, markup)
  local named = under and text.line(under[1]) or page.heading
  local scroll = element("div", { class = class, tabindex = "0", role = named and "region" or false,
    ["aria-label"] = named or false }, markup)
  if not under then return scroll end
  return element("figure", { class = "tabular" }, scroll, element("figcaption", nil, under))
end

function draw.heading(page, block)
  local level = math.max(2, math.min(4, block.level or 2))
  local id = html.id(block.id or block.text)
  while page.ids[id] do id = id .. "-2" end
  page.ids[id], page.heading = true, block.text
  return element("h" .. level, { id = id }, block.text)
end

function draw.paragraph(_, block)
  return element("p", { class = blocks.marks[block.tone] and block.tone or false },
    lines_of(blocks.marked(text.clean(block.text), block.tone)))
end

function draw.list(page, block)
  local items = {}
  for i, item in ipairs(block.items or {}) do items[i] = element("li", nil, marked_content(page, item)) end
  return element(block.ordered and "ol" or "ul", { class = block.tick and "tick" or false }, items)
end

function draw.callout(_, block)
  return element("div", { class = "callout " .. (blocks.marks[block.tone] and block.tone or "info"), role = "note" },
    block.title and element("strong", nil, worded(blocks.callout_title(block), block.code)),
    block.text and element("p", nil, worded(block.text, block.code)))
end

-- The class of a cell; a short one at the right stays on one line.
local longest_fixed = 24

local function aligned(column, shown)
  local align = column and column.align
  if align == "right" then
    return utf8.len(text.clean(shown or "")) <= longest_fixed and "right fixed" or "right"
  end
  return align == "center" and align or false
end

-- One row of a table: on a narrow screen, where rows stand one under the other, each cell says its column.
-- `above` is what the ditto marks of the first column stand for.
local function row_of(page, block, row, above)
  local cells, words = {}, blocks.words(page.lang)
  local is_more = blocks.cell(row[1]) == blocks.ditto
  cells[1] = element("th", { scope = "row", class = is_more and "ditto" or aligned(block.columns[1]),
    ["aria-label"] = is_more and above or false }, content(page, row[1]))
  for c = 2, #block.columns do
    local column, shown = block.columns[c], blocks.cell(row[c], page.lang)
    cells[c] = element("td", { class = aligned(column, shown),
      ["data-label"] = #block.columns > 2 and column.text and text.line(column.text) .. words.colon or false },
      shown ~= "" and content(page, row[c]) or "")
  end
  return element("tr", { class = is_more and "more" or false }, cells)
end

draw["table"] = function(page, block)
  local heads, rows, above = {}, {}, nil
  for c, column in ipairs(block.columns) do
    local align = aligned(column)
    heads[c] = element("th", { scope = "col", class = align and align:match("%a+") }, column.text)
  end
  for r, row in ipairs(block.rows or {}) do
    rows[r] = row_of(page, block, row, above)
    local first = blocks.cell(row[1], page.lang)
    if first ~= blocks.ditto then above = first end
  end
  if #rows == 0 then return element("p", { class = "muted" }, blocks.words(page.lang).nothing) end
  return tabular(page, #block.columns > 2 and "scroll stack" or "scroll pair", block.caption and { block.caption },
    element("table", nil, element("thead", nil, element("tr", nil, heads)), element("tbody", nil, rows)))
end

local function box_of(page, box)
  local items = {}
  for i, item in ipairs(box.items or {}) do items[i] = element("li", nil, content(page, item)) end
  local id = html.id(box.id or box.title)
  return element("section", { class = "box " .. id, id = "box-" .. id },
    element("h3", nil, lines_of(box.title)),
    #items > 0 and element("ul", { class = blocks.columns_of(box) > 1 and "two" or false }, items)
      or element("p", { class = "empty" }, lines_of(box.empty or "")))
end

-- The size of text with which nine boxes fill a printed page, in millimetres.
local function print_size(page, block)
  local sheet = page.sheet
  local set = blocks.fit_canvas(block.boxes, sheet.width, sheet.boxes * 0.94, 1.9, sheet.size == "A3" and 5.4 or 3.9)
  return ("--print:%.2fmm"):format(set.size)
end

function draw.boxes(page, block)
  local list = {}
  for i, box in ipairs(block.boxes or {}) do list[i] = box_of(page, box) end
  if block.layout ~= "canvas" then return figure(block, element("div", { class = "boxes" }, list)) end
  return figure(block, element("div", { class = "boxes canvas", style = print_size(page, block) }, list))
end

function draw.bars(_, block)
  local largest, rows = blocks.largest(block), {}
  for r, row in ipairs(block.rows or {}) do
    local tracks = {}
    for i, value in ipairs(blocks.bar_values(row)) do
      local size = type(value) == "number" and math.max(0, value) / largest * 100 or 0
      local class = "bar" .. (row.tone and " " .. row.tone or i > 1 and " s" .. math.min(i, 3) or "")
        .. (size == 0 and " none" or "")
      tracks[i] = element("span", { class = class, style = ("width:%.1f%%"):format(size) })
    end
    rows[r] = element("tr", nil, element("th", { scope = "row" }, lines_of(row.label)),
      element("td", { class = "track" }, tracks), element("td", { class = "right" }, lines_of(row.text or "")))
  end
  local legend = {}
  for i, name in ipairs(block.legend or {}) do
    legend[i] = element("li", nil, element("span", { class = "bar" .. (i > 1 and " s" .. math.min(i, 3) or "") }), name)
  end
  return figure(block, element("table", { class = "bars" }, element("tbody", nil, rows)),
    #legend > 0 and element("ul", { class = "legend" }, legend))
end

function draw.matrix(page, block)
  local labels, names, legend, is_whole = blocks.matrix_labels(block, page.lang)
  local heads, rows, short = { element("td") }, {}, {}
  for c, label in ipairs(labels) do
    local letter = is_whole and #labels > 2 and blocks.letters_of(c)
    heads[c + 1] = element("th", { scope = "col", class = "center" }, not letter and label
      or { element("span", { class = "whole" }, lines_of(label)),
        element("abbr", { class = "letter", title = label }, letter) })
    short[c] = letter and element("span", { class = "legend-line" }, letter .. "\u{A0} " .. label) or nil
  end
  for r, name in ipairs(names) do
    local cells = { element("th", { scope = "row" }, lines_of(name)) }
    for c = 1, #labels do
      local cell = block.cells and block.cells[r] and block.cells[r][c]
      cells[c + 1] = element("td", nil, cell
        and content(page, { text = cell.text or cell.value, tone = cell.tone, note = cell.note })
        or element("span", { class = "muted" }, "·"))
    end
    rows[r] = element("tr", nil, cells)
  end
  local under = (block.caption or #legend > 0 or #short > 0) and { block.caption or "",
    #legend > 0 and block.caption and element("br") or "", table.concat(legend, ", "), short } or nil
  return tabular(page, "scroll", under, element("table", { class = "matrix" },
    element("thead", nil, element("tr", nil, heads)), element("tbody", nil, rows)))
end

-- An end that is open fades; else the colour of the tone.
local function strip_class(item)
  if item.ends_open then return "ends" end
  if item.starts_open then return "starts" end
  return blocks.marks[item.tone] and item.tone or false
end

function draw.timeline(page, block)
  local first, last = blocks.span(block)
  local function at(day) return (day - first) / (last - first) * 100 end
  local items, ticks = {}, {}
  for i, mark in ipairs(blocks.years(first, last, 6)) do
    local place = at(mark.day)
    ticks[i] = element("span", { class = place > 85 and "last" or false,
      style = (place > 85 and "right:%.2f%%" or "left:%.2f%%"):format(place > 85 and 100 - place or place) },
      mark.label)
  end
  if #ticks > 0 then
    items[1] = element("li", { ["aria-hidden"] = "true" }, element("span", { class = "ticks" }, ticks))
  end
  local now = block.today
  now = now and now >= first and now <= last
    and element("span", { class = "now", style = ("left:%.2f%%"):format(at(now)) }) or nil
  for _, item in ipairs(block.items or {}) do
    local from, to = item.from or item.to, item.to or item.from
    local left = math.min(at(from), 97)
    items[#items + 1] = element("li", nil, element("span", { class = "when" }, lines_of(item.text or "")),
      element("span", { class = blocks.marks[item.tone] and item.tone or false },
        lines_of(blocks.marked(text.line(item.label), item.tone))),
      element("span", { class = "strip", ["aria-hidden"] = "true" },
        element("span", { class = strip_class(item),
          style = ("left:%.2f%%;width:%.2f%%"):format(left, math.min(at(to) - at(from), 100 - left)) }), now))
  end
  if now then
    local place = at(block.today)
    items[#items + 1] = element("li", nil, element("span", { class = "ticks" }, element("span", {
      class = place > 85 and "today last" or "today",
      style = (place > 85 and "right:%.2f%%" or "left:%.2f%%"):format(place > 85 and 100 - place or place) },
      blocks.words(page.lang).today)))
  end
  return figure(block, element("ul", { class = "timeline" }, items))
end

-- A picture: its own width at most, smaller on a small screen.
local function picture(class, width, label, markup, height)
  return element("svg", { viewBox = ("0 0 %s %s"):format(svg.number(width), svg.number(height)), class = class,
    width = svg.number(width), height = svg.number(height), role = "img", ["aria-label"] = label or false }, markup)
end

-- Two pictures of the same, of which a screen shows one: letters that shrink with a picture cannot be read.
local broad, narrow = 760, 330

function draw.grid(page, block)
  local label = block.caption and text.line(block.caption) or page.heading
  return figure(block, picture("large", 560, label, svg.grid(block, 560)),
    picture("small", narrow, label, svg.grid(block, narrow)))
end

function draw.network(page, block)
  local label = block.caption and text.line(block.caption) or page.heading
  return figure(block, picture("large", broad, label, svg.network(block, broad)),
    picture("small", narrow, label, svg.numbered_network(block, narrow)))
end

-- ---- The page ----------------------------------------------------------------------------------------------

local function is_canvas(block)
  return block.block == "boxes" and block.layout == "canvas"
end

-- A document that is nothing but a canvas has the width of the screen and one sheet of its own.
local function shape_of(list)
  local canvas, others
  for _, block in ipairs(list) do
    if is_canvas(block) then canvas = block
    elseif block.block ~= "title" and block.block ~= "footer" then others = true end
  end
  return canvas, canvas and not others
end

-- In a longer document, a canvas and the heading before it share a sheet of their own.
local function body_of(page, list, alone)
  local out = {}
  local index = 1
  while index <= #list do
    local block, following = list[index], list[index + 1]
    if not alone and block.block == "heading" and following and is_canvas(following) then
      out[#out + 1] = element("section", { class = "leaf" }, draw.heading(page, block),
        draw.boxes(page, following))
      index = index + 1
    elseif draw[block.block] then
      out[#out + 1] = draw[block.block](page, block)
    end
    index = index + 1
  end
  return out
end

local function render(list, options)
  options = options or {}
  local lang = options.lang or "en"
  local canvas, alone = shape_of(list)
  local page = { lang = lang, ids = {}, sheet = sheets[canvas and canvas.paper] or sheets.a4 }
  local title, subtitle = blocks.title(list, options)
  local body = body_of(page, list, alone)
  if options.fragment then return html.markup(body) end
  local footer = {}
  for i, sentence in ipairs(blocks.footer(blocks.footer_of(list, options), lang)) do
    footer[i] = element("p", nil, sentence)
  end
  local shown = text.line(title or options.title or "Alliance")
  return "<!DOCTYPE html>\n" .. html.markup(element("html", { lang = lang },
    "\n", element("head", nil, "\n",
      element("meta", { charset = "utf-8" }), "\n",
      element("meta", { ["http-equiv"] = "Content-Security-Policy",
        content = "default-src 'none'; style-src 'unsafe-inline'" }), "\n",
      element("meta", { name = "viewport", content = "width=device-width, initial-scale=1" }), "\n",
      element("meta", { name = "referrer", content = "no-referrer" }), "\n",
      element("title", nil, shown), "\n",
      element("style", nil, html.raw("\n" .. style(page.sheet)))), "\n",
    element("body", { class = alone and "wide" or false }, "\n",
      element("header", nil, element("h1", nil, shown),
        subtitle and element("p", { class = "subtitle" }, lines_of(subtitle))), "\n",
      element("main", nil, "\n", body), "\n",
      #footer > 0 and element("footer", nil, footer), "\n"))) .. "\n"
end

return { render = render }
