-- csv.lua -- tables as CSV (RFC 4180) that a spreadsheet opens without running anything.

local text = require "alliance.text"

local csv = {}

--- One field. A text that a spreadsheet would take for a formula gets an apostrophe before it;
--- numbers are written as they are.
function csv.field(value)
  if value == nil then return "" end
  if type(value) == "number" then return tostring(value) end
  local field = text.clean(value)
  if field:find("^%s*[=+%-@|]") or field:find("^[\t]") then field = "'" .. field end
  if field:find('[",;\n\t]') or field:find("^ ") or field:find(" $") then
    field = '"' .. field:gsub('"', '""') .. '"'
  end
  return field
end

--- One line, with its end. `count`: how many fields, when the last may be nil.
function csv.row(fields, count)
  local out = {}
  for i = 1, count or #fields do out[i] = csv.field(fields[i]) end
  return table.concat(out, ",") .. "\r\n"
end

return csv
