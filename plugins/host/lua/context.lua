-- context.lua -- what a plugin sees: `ctx` and `model`, and the texts it gives in every language.

local host, job, alliance = ...

local context = {}
local deepest = 8       -- lists within lists of a value

-- ---- Texts ------------------------------------------------------------------------------

-- One value as a person reads it in a language: titles for entities, "a, b and c" for lists; a table
-- `{ en =, fr = }` is read by language.
local function value_text(value, language, depth)
  local kind = host.type(value)
  depth = depth or 1
  if value == alliance.unknown then
    return "?"
  elseif kind == "entity" then
    return host.text(value, language)
  elseif kind == "table" and type(value[language]) == "string" then
    return value[language]
  elseif kind == "table" then
    local parts = {}
    if depth > deepest then
      error("a value is nested too deeply", 0)
    end
    for i, item in ipairs(value) do
      parts[i] = value_text(item, language, depth + 1)
    end
    local last = language == "fr" and " et " or " and "
    if #parts < 2 then
      return parts[1] or ""
    end
    return table.concat(parts, ", ", 1, #parts - 1) .. last .. parts[#parts]
  elseif kind == "number" then
    if math.type(value) == "float" then
      local text = ("%.2f"):format(value):gsub("0+$", ""):gsub("%.$", "")
      return language == "fr" and (text:gsub("%.", ",")) or text
    end
    return tostring(value)
  elseif kind == "boolean" then
    return language == "fr" and (value and "oui" or "non") or (value and "yes" or "no")
  elseif kind == "string" then
    return value
  end
  return host.text(value, language)
end

context.value_text = value_text

-- The names between braces, as a set.
function context.placeholders(form)
  local names = {}
  for name in form:gmatch("{([%a_][%w_-]*):?[^{}]*}") do
    names[name] = true
  end
  return names
end

-- {name}, {name:one|many}: by number.
function context.fill(form, values, language)
  return (form:gsub("{([%a_][%w_-]*)(:?[^{}]*)}", function(name, rest)
    local value = values[name]
    if rest ~= "" then
      local one, many = rest:match("^:([^|]*)|(.*)$")
      if not one then
        return nil
      end
      local count = type(value) == "table" and #value or tonumber(value) or 0
      local is_one = count == 1 or language == "fr" and count < 2 and count > -2
      return is_one and one or many
    end
    if value == nil then
      return nil
    end
    return value_text(value, language)
  end))
end

-- ---- The model --------------------------------------------------------------------------

local model = {}
local collections = {}      -- English plural → kind, filled at the first question

local function model_index(_, name)
  if model[name] then
    return model[name]
  end
  if name == "alliance" then
    return host.alliance()
  end
  local kind = collections[name]
  if kind == nil then
    kind = host.kind_of(name) or false
    collections[name] = kind
  end
  if kind then
    return host.all(kind)
  end
  error("the model has no collection '" .. tostring(name) .. "'", 2)
end

function model:all(kind)
  return host.all(kind)
end

-- Without a kind: every entity, in order of reading.
function model:each(kind)
  if kind == nil then
    local row = 0
    return function()
      local entity
      row, entity = host.next(row)
      return row and entity
    end
  end
  local list, index = host.all(kind), 0
  return function()
    index = index + 1
    return list[index]
  end
end

function model:find(name)
  return host.find(name)
end

function model:query(text)
  return host.query(text)
end

context.model = setmetatable({}, {
  __index = model_index,
  __newindex = function() error("the model is read-only", 2) end,
  __metatable = false,
})

-- ---- Findings -------------------------------------------------------------------------

-- What the checks found, each with the entities that it is about instead of their paths.
local function findings()
  local by_path, list = nil, {}
  for i, given in ipairs(job.findings) do
    if not by_path then
      by_path = {}
      for entity in model:each() do
        by_path[entity.path] = entity
      end
    end
    local finding = { entities = {} }
    for key, value in pairs(given) do
      finding[key] = value
    end
    for _, path in ipairs(given.objects) do
      finding.entities[#finding.entities + 1] = by_path[path]
    end
    finding.objects = nil
    list[i] = finding
  end
  return list
end

-- ---- ctx --------------------------------------------------------------------------------

-- The parts that every kind of plugin has.
function context.new(options)
  local entity = host.alliance()
  local status = entity and entity.status
  if type(status) ~= "string" then
    status = "idea"
  end
  local ctx = {
    model = context.model, options = options, today = host.date(job.today), lang = job.lang,
    alliance = entity, status = status, left_out = job.left_out or 0,
    confidential = job.confidential or 0, version = job.version,
    files = job.files, hash = job.hash, medium = job.medium, width = job.width,
    findings = job.findings and findings(), not_checked = job.not_checked,
  }
  function ctx:text(texts)
    return context.fill(texts[job.lang] or texts[job.languages[1]] or "", texts, job.lang)
  end
  function ctx:texts(texts)
    local filled = {}
    for _, language in ipairs(job.languages) do
      filled[language] = context.fill(texts[language] or "", texts, language)
    end
    return filled
  end
  function ctx:word(role, id, kind)
    return host.word(role, id, kind, job.lang) or id
  end
  function ctx:log(...)
    local parts = table.pack(...)
    for i = 1, parts.n do
      parts[i] = value_text(parts[i], job.lang)
    end
    host.send { type = "log", text = table.concat(parts, " ") }
  end
  return ctx
end

return context
