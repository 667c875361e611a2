-- boot.lua -- the first thing that runs in a worker's state: builds what a plugin sees, then
-- runs it.  `host` has the few functions that C gives; `job` says what to do.
--
-- Errors that begin with "load-error:", "skipped:" or "wrong-setting:" are outcomes of their
-- own; any other error is the plugin's.

local host, job = ...

-- What this file needs, taken before any plugin could change it.
local error, ipairs, next, pcall, rawget, select, setmetatable, getmetatable, tostring, type =
  error, ipairs, next, pcall, rawget, select, setmetatable, getmetatable, tostring, type
local string, table, math, utf8, coroutine = string, table, math, utf8, coroutine

-- ---- A closed world --------------------------------------------------------------------

-- Keys in a fixed order: integers, then texts by bytes, then the rest as they come.
local function by_key(a, b)
  local type_a, type_b = math.type(a) or type(a), math.type(b) or type(b)
  if type_a ~= type_b then
    return type_a < type_b
  end
  return a < b
end

local function sorted_keys(t)
  local keys, rest = {}, {}
  for key in next, t do
    local kind = type(key)
    if kind == "number" or kind == "string" then
      keys[#keys + 1] = key
    else
      rest[#rest + 1] = key
    end
  end
  table.sort(keys, by_key)
  table.move(rest, 1, #rest, #keys + 1, keys)
  return keys
end

-- pairs, but in an order that never depends on chance.
local function ordered_pairs(t)
  local meta = type(t) ~= "string" and getmetatable(t)
  if type(meta) == "table" and rawget(meta, "__pairs") then
    return meta.__pairs(t)
  end
  if type(t) ~= "table" then
    error("pairs needs a table, not a " .. type(t), 2)
  end
  local keys, index = sorted_keys(t), 0
  return function()
    local value
    repeat
      index = index + 1
      if keys[index] == nil then
        return nil
      end
      value = t[keys[index]]
    until value ~= nil
    return keys[index], value
  end, t, nil
end

-- tostring without addresses: what a thing is, not where.
local function plain_tostring(value)
  local kind = type(value)
  if kind == "table" or kind == "userdata" then
    local meta = getmetatable(value)
    if kind == "table" and type(meta) == "table" and rawget(meta, "__tostring") then
      return tostring(value)
    elseif kind == "userdata" then
      local fine, text = pcall(tostring, value)
      return fine and not text:find("^userdata: ") and text or "userdata"
    end
    return "table"
  elseif kind == "function" or kind == "thread" then
    return kind
  end
  return tostring(value)
end

local raw_format = string.format

local function plain_format(form, ...)
  if type(form) == "string" and form:find("%%[-+ #0-9.]*p") then
    error("string.format has no %p here", 2)
  end
  local values, count = { ... }, select("#", ...)
  for i = 1, count do
    if type(values[i]) ~= "string" and type(values[i]) ~= "number" then
      local kind = type(values[i])
      if kind == "table" or kind == "userdata" or kind == "function" or kind == "thread" then
        values[i] = plain_tostring(values[i])
      end
    end
  end
  return raw_format(form, table.unpack(values, 1, count))
end

string.format = plain_format

local function copy(t)
  local new = {}
  for key, value in next, t do
    new[key] = value
  end
  return new
end

-- Methods of texts cannot be changed by anybody: ("x"):rep comes from a copy nobody else has.
do
  local meta = getmetatable("")
  meta.__index = copy(string)
  meta.__metatable = false
end

local alliance = { api = 1, unknown = host.unknown, none = host.none, date = host.date }
local features = { blocks = true, patterns = true, kernels = true }

function alliance.has(feature)
  return features[feature] == true
end

local loaded = {}
local environment

-- require: "alliance.NAME" is a module that ships, "lib.NAME" the plugin folder's own.
local function plain_require(name)
  if type(name) ~= "string" then
    error("require needs the name of a module", 2)
  end
  if loaded[name] ~= nil then
    return loaded[name]
  end
  local short = name:match("^alliance%.([%w_]+)$")
  local chunk
  if name == "alliance" then
    loaded[name] = alliance
    return alliance
  elseif name == "alliance.kernels" then
    loaded[name] = host.kernels()
    return loaded[name]
  elseif short == "host" then
    loaded[name] = { width = host.width, fold = host.fold, match = host.match, text = host.text,
      word = host.word, list = host.list, date = host.date, type = host.type,
      languages = job.languages }
    return loaded[name]
  elseif short then
    chunk = host.module("stdlib/lua/" .. short .. ".lua", environment())
  end
  if not chunk then
    error("there is no module '" .. name .. "'", 2)
  end
  loaded[name] = true
  local value = chunk(name)
  if value ~= nil then
    loaded[name] = value
  end
  return loaded[name]
end

-- Each chunk has an environment of its own: nobody finds globals of another.
function environment()
  local env = {
    assert = assert, error = error, getmetatable = getmetatable, ipairs = ipairs, next = next,
    pairs = ordered_pairs, pcall = pcall, rawequal = rawequal, rawget = rawget, rawlen = rawlen,
    rawset = rawset, require = plain_require, select = select, setmetatable = setmetatable,
    tonumber = tonumber, tostring = plain_tostring, type = type, xpcall = xpcall,
    _VERSION = _VERSION,
    string = copy(string), table = copy(table), math = copy(math), utf8 = copy(utf8),
    coroutine = copy(coroutine), alliance = copy(alliance),
  }
  env._G = env
  return env
end

local function own(name)
  return host.module("plugins/host/lua/" .. name .. ".lua", environment())(host, job, alliance)
end

-- ---- The run ---------------------------------------------------------------------------

local manifest = own("manifest")
local chunk
do
  local fine, problem = pcall(function() chunk = host.plugin(environment()) end)
  if not fine then
    error("load-error: " .. plain_tostring(problem), 0)
  end
end

local fine, plugin = pcall(chunk)
if not fine then
  error("load-error: " .. plain_tostring(plugin), 0)
end
manifest.check(plugin)
for _, feature in ipairs(plugin.needs or {}) do
  if not alliance.has(feature) then
    error("skipped: it needs '" .. feature .. "'", 0)
  end
end

if job.mode == "manifest" then
  host.send(manifest.describe(plugin))
elseif job.mode == "check" then
  own("check").run(plugin)
else
  own("document").run(plugin)
end
