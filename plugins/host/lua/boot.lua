-- boot.lua -- the first thing that runs in a worker's state: builds what a plugin sees, then
-- runs it.  `host` has the few functions that C gives; `job` says what to do.
--
-- host.fail(outcome, text) ends the run with an outcome of its own ("load-error", "skipped",
-- "wrong-setting"); any other error is the plugin's.

local host, job = ...

-- What this file needs, taken before any plugin could change it.
local error, getmetatable, ipairs, next, pcall, rawget, select, setmetatable, tostring, type =
  error, getmetatable, ipairs, next, pcall, rawget, select, setmetatable, tostring, type
local string, table, math, utf8, coroutine = string, table, math, utf8, coroutine

table.sort = host.sort
-- What only some builds of Lua have.
for _, name in ipairs { "atan2", "cosh", "frexp", "ldexp", "log10", "pow", "sinh", "tanh" } do
  math[name] = nil
end

-- ---- A closed world --------------------------------------------------------------------

local function refuse_key(key)
  error(("the keys of this table have no order, since one is a %s; keep a list besides")
    :format(host.type(key)), 0)
end

-- pairs, but in an order that never depends on chance: no, yes, numbers, texts by bytes, entities as
-- in the file.
local function ordered_pairs(t)
  local meta = type(t) ~= "string" and getmetatable(t)
  if type(meta) == "table" and rawget(meta, "__pairs") then
    return meta.__pairs(t)
  end
  if type(t) ~= "table" then
    error("pairs needs a table, not a " .. type(t), 2)
  end
  local iterator, culprit = host.pairs(t)
  return iterator or refuse_key(culprit), t, nil
end

local function sorted_keys(t)
  local keys, culprit = host.keys(t)
  return keys or refuse_key(culprit)
end

-- next in the same order.  Who goes on from where it was last needs no new sorting.
local walked, walked_keys, walked_at

local function ordered_next(t, key)
  if type(t) ~= "table" then
    error("next needs a table, not a " .. type(t), 2)
  elseif key == nil and next(t) == nil then
    return nil
  end
  if key == nil then
    walked, walked_keys, walked_at = t, sorted_keys(t), 0
  elseif walked ~= t or walked_keys[walked_at] ~= key then
    walked, walked_keys, walked_at = t, sorted_keys(t), 0
    for i, other in ipairs(walked_keys) do
      walked_at = other == key and i or walked_at
    end
    if walked_at == 0 then
      error("next needs a key of the table", 2)
    end
  end
  repeat
    walked_at = walked_at + 1
    key = walked_keys[walked_at]
  until key == nil or rawget(t, key) ~= nil
  if key == nil then
    walked, walked_keys = nil, nil
    return nil
  end
  return key, rawget(t, key)
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
  if type(form) == "string" and form:gsub("%%%%", ""):find("%%[-+ #0-9.]*p") then
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

-- A world: chunks that share modules.  What the plugin loads and changes is never what the
-- program's own files see.
local function new_world()
  local world, loaded, loading = {}, {}, {}

  -- "alliance.NAME" is a module that ships, "lib.NAME" the plugin folder's own.
  local function chunk_of(name)
    local short, library = name:match("^alliance%.([%w_]+)$"), name:match("^lib%.([%w_-]+)$")
    if short then
      return host.module("stdlib/lua/" .. short .. ".lua", world.environment())
    end
    return library and host.library(library, world.environment())
  end

  local function plain_require(name)
    if type(name) ~= "string" then
      error("require needs the name of a module", 2)
    elseif loaded[name] ~= nil then
      return loaded[name]
    elseif loading[name] then
      error("the module '" .. name .. "' requires itself, in a circle", 2)
    end
    local chunk = chunk_of(name)
    if not chunk then
      error("there is no module '" .. name .. "'", 2)
    end
    loading[name] = true
    local value = chunk(name)
    loading[name] = nil
    loaded[name] = value == nil and true or value
    return loaded[name]
  end

  loaded["alliance"] = copy(alliance)
  loaded["alliance.kernels"] = host.kernels()
  loaded["alliance.host"] = {
    width = host.width, fold = host.fold, match = host.match, text = host.text,
    word = host.word, list = host.list, date = host.date, type = host.type,
    languages = copy(job.languages),
  }

  -- Each chunk has an environment of its own: nobody finds globals of another.
  function world.environment()
    local env = {
      assert = assert, error = error, getmetatable = getmetatable, ipairs = ipairs,
      next = ordered_next, pairs = ordered_pairs, pcall = pcall, rawequal = rawequal,
      rawget = rawget, rawlen = rawlen, rawset = rawset, require = plain_require,
      select = select, setmetatable = setmetatable, tonumber = tonumber,
      tostring = plain_tostring, type = type, xpcall = xpcall, _VERSION = _VERSION,
      string = copy(string), table = copy(table), math = copy(math), utf8 = copy(utf8),
      coroutine = copy(coroutine), alliance = copy(alliance),
    }
    env._G = env
    return env
  end

  return world
end

local program, stranger = new_world(), new_world()

-- The other files of this folder: each is run once, and may ask for others.
local owned = {}

local function own(name)
  if not owned[name] then
    local chunk_of_file = host.module("plugins/host/lua/" .. name .. ".lua", program.environment())
    owned[name] = chunk_of_file(host, job, alliance, own)
  end
  return owned[name]
end

-- ---- The run ---------------------------------------------------------------------------

local manifest = own("manifest")
local chunk
do
  local fine, problem = pcall(function() chunk = host.plugin(stranger.environment()) end)
  if not fine then
    host.fail("load-error", plain_tostring(problem))
  end
end

local fine, plugin = pcall(chunk)
if not fine then
  host.fail("load-error", plain_tostring(plugin))
end
manifest.check(plugin)
for _, feature in ipairs(plugin.needs or {}) do
  if job.mode ~= "manifest" and not alliance.has(feature) then
    host.fail("skipped", "it needs '" .. feature .. "', which this program does not have")
  end
end

if job.mode == "manifest" then
  host.send(manifest.describe(plugin))
elseif job.mode == "examples" then
  local function send(examples)
    for _, example in ipairs(examples) do
      host.send { type = "example", bad = example.bad, good = example.good,
        expect = example.expect or {} }
    end
  end
  send(plugin.examples or {})
  local names = {}
  for name in ordered_pairs(plugin.messages or {}) do
    names[#names + 1] = name
  end
  host.send { type = "messages", names = names }
  for _, name in ipairs(job.specs) do
    local more = host.library(name, stranger.environment())()
    if type(more) ~= "table" then
      host.fail("load-error", name .. ".lua should return a list of examples")
    end
    send(more)
  end
elseif job.mode == "check" then
  own("check").run(plugin)
else
  own("document").run(plugin)
end
