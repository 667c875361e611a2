-- json.lua -- reads the JSON files of the tests: text in, Lua values out.
--
-- Objects and arrays become tables (arrays from 1), null becomes json.null so
-- that it keeps its place. Strict; meant for files that we wrote ourselves.

local json = { null = setmetatable({}, { __tostring = function() return "null" end }) }

local escapes = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
}

local literals = { ["true"] = true, ["false"] = false, null = json.null }

local function fail(text, at, what)
  local _, line = text:sub(1, at):gsub("\n", "")
  error(("JSON line %d: %s"):format(line + 1, what), 0)
end

local function skip(text, at)
  return text:find("[^ \t\r\n]", at) or #text + 1
end

local function read_string(text, at)
  local parts, from = {}, at + 1
  while true do
    local stop = text:find('["\\]', from) or fail(text, at, "a text is not closed")
    parts[#parts + 1] = text:sub(from, stop - 1)
    if text:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
    local letter = text:sub(stop + 1, stop + 1)
    if letter == "u" then
      local digits = text:match("^%x%x%x%x", stop + 2) or fail(text, stop, "four digits expected")
      parts[#parts + 1] = utf8.char(tonumber(digits, 16))
      from = stop + 6
    else
      parts[#parts + 1] = escapes[letter] or fail(text, stop, "unknown escape")
      from = stop + 2
    end
  end
end

local read_value

local function read_list(text, at)
  local list = {}
  at = skip(text, at + 1)
  if text:sub(at, at) == "]" then return list, at + 1 end
  while true do
    list[#list + 1], at = read_value(text, at)
    at = skip(text, at)
    local mark = text:sub(at, at)
    if mark == "]" then return list, at + 1 end
    if mark ~= "," then fail(text, at, "',' or ']' expected") end
    at = skip(text, at + 1)
  end
end

local function read_object(text, at)
  local object = {}
  at = skip(text, at + 1)
  if text:sub(at, at) == "}" then return object, at + 1 end
  while true do
    if text:sub(at, at) ~= '"' then fail(text, at, "a name expected") end
    local key, after = read_string(text, at)
    at = skip(text, after)
    if text:sub(at, at) ~= ":" then fail(text, at, "':' expected") end
    object[key], at = read_value(text, skip(text, at + 1))
    at = skip(text, at)
    local mark = text:sub(at, at)
    if mark == "}" then return object, at + 1 end
    if mark ~= "," then fail(text, at, "',' or '}' expected") end
    at = skip(text, at + 1)
  end
end

function read_value(text, at)
  local mark = text:sub(at, at)
  if mark == '"' then return read_string(text, at) end
  if mark == "[" then return read_list(text, at) end
  if mark == "{" then return read_object(text, at) end
  local word = text:match("^%a+", at)
  if word then
    local value = literals[word]
    if value == nil then fail(text, at, "unknown word " .. word) end
    return value, at + #word
  end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", at) or fail(text, at, "a value expected")
  return tonumber(number), at + #number
end

--- Reads one JSON text; an error says the line.
function json.read(text)
  local value, at = read_value(text, skip(text, 1))
  if skip(text, at) <= #text then fail(text, at, "something follows the value") end
  return value
end

return json
