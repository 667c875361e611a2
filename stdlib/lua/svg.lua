-- svg.lua -- SVG in which a text can only be a text, and the pictures that pages share.

local blocks = require "alliance.blocks"
local html = require "alliance.html"
local text = require "alliance.text"

local svg = {}

--- A text as XML: the encoder of HTML, whose five references XML has too.
svg.text = html.text
svg.raw = html.raw
svg.markup = html.markup

--- A number without needless digits, and never in another locale or form.
function svg.number(value)
  if value ~= value or value == math.huge or value == -math.huge then return "0" end
  return (("%.2f"):format(value):gsub("0+$", ""):gsub("%.$", ""):gsub("^%-0$", "0"))
end

--- An element; numbers in attributes are shortened.
function svg.element(name, attributes, ...)
  local written = {}
  for key, value in pairs(attributes or {}) do
    written[key] = type(value) == "number" and svg.number(value) or value
  end
  return html.element(name, written, ...)
end

--- The rules that colour a picture by its classes, for a picture that stands alone.
function svg.style()
  local function colours(palette)
    local out = {}
    for _, name in ipairs { "paper", "sheet", "ink", "muted", "line", "accent", "wash", "good", "warn",
      "bad", "info" } do
      out[#out + 1] = ("--%s:%s"):format(name, palette[name])
    end
    return table.concat(out, ";")
  end
  return "svg{" .. colours(blocks.palette.light) .. "}"
    .. "@media(prefers-color-scheme:dark){svg{" .. colours(blocks.palette.dark) .. "}}"
    .. svg.classes()
end

--- The classes that pictures use; their colours are variables of the page or of the picture.
function svg.classes()
  local out = {
    "svg text{font-family:" .. blocks.fonts.text .. ";fill:var(--ink)}",
    "svg .title{font-family:" .. blocks.fonts.title .. ";font-weight:700}",
    "svg .strong{font-weight:700}", "svg .number{fill:var(--paper);font-weight:700}", "svg .muted{fill:var(--muted)}",
    "svg .empty{fill:var(--muted);font-style:italic}", "svg .accent{fill:var(--accent)}",
    "svg .paper{fill:var(--paper)}", "svg .sheet{fill:var(--sheet)}", "svg .wash{fill:var(--wash)}",
    "svg .box{fill:var(--paper);stroke:var(--line)}", "svg .line{stroke:var(--line);fill:none}",
    "svg .axis{stroke:var(--muted);fill:none}", "svg .edge{stroke:var(--muted);fill:none;opacity:.6}",
  }
  for _, tone in ipairs { "good", "warn", "bad", "info" } do
    out[#out + 1] = ("svg .%s{fill:var(--%s)}"):format(tone, tone)
  end
  -- Series differ by how they are filled, too.
  out[#out + 1] = "svg .series1{fill:var(--info)}svg .series2{fill:var(--warn);fill-opacity:.45;stroke:var(--warn)}"
    .. "svg .series3{fill:none;stroke:var(--good);stroke-width:2}svg .today{stroke:var(--bad);stroke-width:1.5}"
  return table.concat(out)
end

--- A line of text at a place. `class`: one or several of svg.classes.
function svg.line(x, y, size, value, class, anchor)
  return svg.element("text", { x = x, y = y, ["font-size"] = size, class = class or false,
    ["text-anchor"] = anchor or false }, value)
end

-- ---- The nine boxes ---------------------------------------------------------------------------

local function box_picture(set, id, x, y, width, height)
  local part = set.boxes[id]
  local size, padding = set.size, set.padding
  local out = {
    svg.element("rect", { x = x, y = y, width = width, height = height, class = "box",
      ["stroke-width"] = size * 0.06 }),
    svg.element("rect", { x = x, y = y, width = width, height = size * 0.32, class = "accent" }),
    svg.line(x + padding, y + size * 1.75, size * 1.05, part.box.title, "strong accent"),
  }
  local at, column, left = y + set.head, 1, x + padding
  for _, entry in ipairs(part.entries) do
    if entry.column ~= column then
      at, column, left = y + set.head, entry.column, x + padding + (entry.column - 1) * part.step
    end
    local class = entry.is_empty and "empty" or entry.tone
    for index, line in ipairs(entry.lines) do
      at = at + size * 1.28
      if index == 1 and not entry.is_empty then
        out[#out + 1] = svg.element("circle", { cx = left + size * 0.22, cy = at - size * 0.32,
          r = size * 0.16, class = "accent" })
      end
      out[#out + 1] = svg.line(left + entry.indent, at, size, line, class)
    end
    for _, line in ipairs(entry.notes) do
      at = at + size * 1.12
      out[#out + 1] = svg.line(left + entry.indent, at, size * 0.86, line, "muted")
    end
    at = at + size * 0.5
  end
  return out
end

--- The nine boxes as a picture: markup and its height, in the unit of `width`.
function svg.canvas(boxes, width, height, least, most, x, y)
  local set = blocks.fit_canvas(boxes, width, height, least, most)
  local column, tops = width / 10, { y, y + set.rows[1], y + set.rows[1] + set.rows[2] }
  local out = {}
  for _, id in ipairs(blocks.reading_order) do
    local place = blocks.places[id]
    if set.boxes[id] then
      local high = set.rows[place[2]] + (place[4] == 2 and set.rows[2] or 0)
      out[#out + 1] = svg.element("g", { id = "box-" .. id },
        box_picture(set, id, x + (place[1] - 1) * column, tops[place[2]], place[3] * column, high))
    end
  end
  return out, set.height
end

-- ---- Charts: each gives markup and its height ---------------------------------------------------

-- Points of a grid by place: { x, y (0 to 1), points = list of { point, number } }.
local function places_of(points)
  local list, by = {}, {}
  for number, point in ipairs(points) do
    local key = ("%.3f %.3f"):format(point.x or 0, point.y or 0)
    if not by[key] then
      by[key] = { x = point.x or 0, y = point.y or 0, points = {} }
      list[#list + 1] = by[key]
    end
    table.insert(by[key].points, { point = point, number = number })
  end
  return list
end

-- The axes of a grid of a side, with the names of its quarters.
local function axes(block, left, top, side)
  local out = {
    svg.element("rect", { x = left, y = top, width = side, height = side, class = "box" }),
    svg.element("path", { class = "line",
      d = ("M%s %sv%sM%s %sh%s"):format(svg.number(left + side / 2), svg.number(top), svg.number(side),
        svg.number(left), svg.number(top + side / 2), svg.number(side)) }),
    svg.line(left + side / 2, top + side + 34, 13, block.x and block.x.text or "", "strong", "middle"),
    svg.line(left, top + side + 18, 12, block.x and block.x.low or "", "muted"),
    svg.line(left + side, top + side + 18, 12, block.x and block.x.high or "", "muted", "end"),
    svg.element("g", { transform = ("rotate(-90 14 %s)"):format(svg.number(top + side / 2)) },
      svg.line(14, top + side / 2, 13, block.y and block.y.text or "", "strong", "middle"),
      svg.line(14 - side / 2, top + side / 2 + 18, 12, block.y and block.y.low or "", "muted"),
      svg.line(14 + side / 2, top + side / 2 + 18, 12, block.y and block.y.high or "", "muted", "end")),
  }
  for i, name in ipairs(block.quadrants or {}) do
    local right, below = i % 2 == 0, i > 2
    out[#out + 1] = svg.line(left + (right and side - 8 or 8), top + (below and side - 8 or 18), 12, name, "muted",
      right and "end" or nil)
  end
  return out
end

-- A dot with its number.
local function numbered_dot(x, y, number, tone)
  return { svg.element("circle", { cx = x, cy = y, r = 10, class = tone or "accent" }),
    svg.line(x, y + 4, 11, tostring(number), "number", "middle") }
end

-- Who the numbers are, under what is drawn; gives the markup and where it ends.
local function numbered_names(things, left, top, width)
  local out = {}
  for number, thing in ipairs(things) do
    local label = number .. "\u{A0}" .. text.line(blocks.marked(thing.label, thing.tone))
    for i, line in ipairs(text.wrap(label, (width - left) / 13, blocks.measure)) do
      top = top + 18
      out[#out + 1] = svg.line(left + (i > 1 and 14 or 0), top, 13, line)
    end
  end
  return out, top
end

--- Two axes with numbered points on them, and who they are under them; points of one place stand side by
--- side.
function svg.grid(block, width)
  local side, left, top = math.min(width - 60, 420), 46, 12
  local out = axes(block, left, top, side)
  local high = side - (block.quadrants and 44 or 0)       -- what the names of the quarters leave
  for _, place in ipairs(places_of(block.points or {})) do
    local x, y = left + place.x * side, top + side / 2 + (0.5 - place.y) * high
    for i, each in ipairs(place.points) do
      local at = x + (i - (#place.points + 1) / 2) * 22
      out[#out + 1] = numbered_dot(at, y, each.number, each.point.tone)
    end
  end
  local bottom
  out[#out + 1], bottom = numbered_names(block.points or {}, left, top + side + 46, width)
  return out, bottom + 14
end

-- Where the nodes of a ring stand, and the lines between them.
local function ring(block, width, height, side, edge)
  local where, out, nodes = {}, {}, block.nodes or {}
  for index, node in ipairs(nodes) do
    local angle = 2 * math.pi * (index - 1) / #nodes - math.pi / 2
    where[node.id] = { x = width / 2 + (width / 2 - side) * math.cos(angle),
      y = height / 2 + (height / 2 - edge) * math.sin(angle) }
  end
  for _, line in ipairs(block.edges or {}) do
    local from, to = where[line.from], where[line.to]
    if from and to then
      out[#out + 1] = svg.element("line", { x1 = from.x, y1 = from.y, x2 = to.x, y2 = to.y,
        class = "edge", ["stroke-width"] = math.min(6, 1 + (line.weight or 1)) },
        line.label and svg.element("title", nil, line.label))
    end
  end
  return where, out
end

--- The same network where there is no room for names beside it: numbers, and who they are under them.
function svg.numbered_network(block, width)
  local height = math.max(200, math.min(width, 30 * #(block.nodes or {})))
  local where, out = ring(block, width, height, 14, 14)
  for number, node in ipairs(block.nodes or {}) do
    out[#out + 1] = numbered_dot(where[node.id].x, where[node.id].y, number, node.tone)
  end
  local bottom
  out[#out + 1], bottom = numbered_names(block.nodes or {}, 4, height + 8, width)
  return out, bottom + 14
end

--- Nodes on a ring with the lines between them; enough for the twenty partners of an alliance. Labels have
--- the room they need, up to three tenths of the width on each side, in several lines.
function svg.network(block, width)
  local nodes, room = block.nodes or {}, 60
  for _, node in ipairs(nodes) do room = math.max(room, blocks.measure_bold(text.line(node.label)) * 14 + 24) end
  room = math.min(room, width * 0.3)
  local height = math.max(240, math.min(620, 40 * #nodes + 120))
  local where, out = ring(block, width, height, room, 44)
  for _, node in ipairs(nodes) do
    local at = where[node.id]
    local side = at.x < width / 2 - 5 and "end" or at.x > width / 2 + 5 and "start" or "middle"
    local shift = side == "end" and -12 or side == "start" and 12 or 0
    local label = blocks.marked(text.line(node.label), node.tone)
    local lines = text.wrap(label, (side == "middle" and width * 0.6 or room - 20) / 13, blocks.measure_bold)
    local is_above = side == "middle" and at.y < height / 2
    local first = side == "middle" and (is_above and -14 - 16 * (#lines - 1) or 24) or 5 - 8 * (#lines - 1)
    out[#out + 1] = svg.element("circle", { cx = at.x, cy = at.y, r = 8, class = node.tone or "accent" })
    for i, line in ipairs(lines) do
      out[#out + 1] = svg.line(at.x + shift, at.y + first + 16 * (i - 1), 13, line, "strong", side)
    end
  end
  return out, height
end

return svg
