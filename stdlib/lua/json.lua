-- json.lua -- Lua values as JSON, the same bytes for the same value.

local text = require "alliance.text"

local json = {}

--- Stands for null inside tables.
json.null = setmetatable({}, { __tostring = function() return "null" end })

--- An empty list, which a table alone could not tell from an empty object.
json.empty = setmetatable({}, { __tostring = function() return "[]" end })

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function escape(letter)
  return escapes[letter] or ("\\u%04x"):format(letter:byte())
end

-- Control characters above 127, marks of direction, separators of lines: no text to see.
local function escape_mark(letter)
  local code = utf8.codepoint(letter)
  if code < 0xa0 or code == 0x61c or code == 0x200e or code == 0x200f
    or code >= 0x2028 and code <= 0x202e or code >= 0x2066 and code <= 0x2069 then
    return ("\\u%04x"):format(code)
  end
end

--- A text in quotes. `<` after a quote of a page can end nothing: `</` becomes `<\/`.
function json.text(value)
  if not utf8.len(value) then value = text.clean(value) end
  value = value:gsub('[\0-\31"\\\127]', escape):gsub("</", "<\\/")
  return '"' .. value:gsub("[\xc2\xd8][\x80-\xbf]", escape_mark)
    :gsub("\xe2[\x80\x81][\x80-\xbf]", escape_mark) .. '"'
end

local function number(value)
  if math.type(value) == "integer" then return ("%d"):format(value) end
  if value ~= value or value == math.huge or value == -math.huge then
    error("JSON has no such number", 0)
  end
  local short = ("%.15g"):format(value)
  return tonumber(short) == value and short or ("%.17g"):format(value)
end

local encode

local function object(value, indent, margin)
  local keys = {}
  for key in pairs(value) do
    if type(key) ~= "string" then error("the keys of an object are texts", 0) end
    keys[#keys + 1] = key
  end
  table.sort(keys)
  local inner, parts = margin .. indent, {}
  for i, key in ipairs(keys) do
    parts[i] = inner .. json.text(key) .. ":" .. (indent ~= "" and " " or "")
      .. encode(value[key], indent, inner)
  end
  if #parts == 0 then return "{}" end
  local line = indent ~= "" and "\n" or ""
  return "{" .. line .. table.concat(parts, "," .. line) .. line .. margin .. "}"
end

local function list(value, indent, margin)
  local inner, parts = margin .. indent, {}
  for i, item in ipairs(value) do parts[i] = inner .. encode(item, indent, inner) end
  local line = indent ~= "" and "\n" or ""
  return "[" .. line .. table.concat(parts, "," .. line) .. line .. margin .. "]"
end

function encode(value, indent, margin)
  local kind = type(value)
  if value == nil or value == json.null then return "null" end
  if value == json.empty then return "[]" end
  if kind == "string" then return json.text(value) end
  if kind == "number" then return number(value) end
  if kind == "boolean" then return tostring(value) end
  if kind ~= "table" or getmetatable(value) then return json.text(tostring(value)) end
  if #value > 0 then return list(value, indent, margin) end
  return object(value, indent, margin)
end

--- A value as JSON: tables with a first element are lists, others objects with sorted keys;
--- entities, amounts and dates are their text. `indent`: blanks a level, or nothing.
function json.encode(value, indent)
  return encode(value, (" "):rep(indent or 0), "")
end

return json
