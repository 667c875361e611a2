-- dot.lua -- names and labels for the DOT language of Graphviz, always in quotes.

local text = require "alliance.text"

local dot = {}

--- A text in quotes, for a name or a label: nothing in it can end the quotes, and no backslash
--- means anything.
function dot.quote(value)
  return '"' .. text.clean(value):gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", "\\n") .. '"'
end

--- Attributes, sorted by name: [color="red", label="…"].
function dot.attributes(attributes)
  local names = {}
  for name in pairs(attributes) do names[#names + 1] = name end
  table.sort(names)
  local out = {}
  for i, name in ipairs(names) do
    if name:find("[^%a_]") then error("not an attribute: " .. name, 2) end
    out[i] = name .. "=" .. dot.quote(attributes[name])
  end
  return "[" .. table.concat(out, ", ") .. "]"
end

return dot
