-- manifest.lua -- the rules of the table that a plugin returns: one list, every key checked.

local host, job = ...

local manifest = {}

local kinds = { check = true, view = true, export = true, import = true }
local severities = { error = true, warning = true, note = true }
local profiles = { light = true, standard = true, strict = true }
local categories = {
  purpose = true, partners = true, fairness = true, results = true, calendar = true,
  governance = true, money = true, ecosystem = true, growth = true,
}
local option_types = {
  bool = true, integer = true, number = true, text = true, word = true, list = true,
  date = true, duration = true, money = true, percent = true,
}

local statuses = {}
for _, status in ipairs(host.list("alliance", "status")) do
  statuses[status] = true
end

local function fail(form, ...)
  host.fail("load-error", form:format(...))
end

-- The key that was probably meant.
function manifest.nearest(name, keys)
  local best, least
  for key in pairs(keys) do
    local same = 0
    for i = 1, math.min(#key, #name) do
      if key:sub(i, i) == name:sub(i, i) then
        same = same + 1
      end
    end
    local distance = math.max(#key, #name) - same
    if not least or distance < least then
      best, least = key, distance
    end
  end
  return best
end

local function text(value, where)
  if type(value) ~= "string" or value == "" then
    fail("%s should be a text", where)
  end
end

-- { en = "…", fr = "…" }: every language of the program.
local function texts(value, where)
  if type(value) ~= "table" then
    fail("%s should be a table of texts by language: { en = \"…\", fr = \"…\" }", where)
  end
  for _, language in ipairs(job.languages) do
    if type(value[language]) ~= "string" then
      fail("%s has no text in the language '%s'", where, language)
    end
  end
end

local function is_function(value, where)
  if type(value) ~= "function" then
    fail("%s should be a function", where)
  end
end

local function list_of_texts(value, where)
  if type(value) ~= "table" then
    fail("%s should be a list of texts", where)
  end
  for _, item in ipairs(value) do
    text(item, "each item of " .. where)
  end
end

-- placeholders of a text, as a set
local function placeholders(value)
  local names = {}
  for name in value:gmatch("{([%a_][%w_-]*)[:}]") do
    names[name] = true
  end
  return names
end

local function check_message(name, message)
  local where = "message '" .. tostring(name) .. "'"
  if type(name) ~= "string" or not name:find("^%l[%w_-]*$") then
    fail("%s should have a word for its name", where)
  end
  texts(message, where)
  local first = job.languages[1]
  local names = placeholders(message[first])
  for _, language in ipairs(job.languages) do
    local other = placeholders(message[language])
    for placeholder in pairs(names) do
      if not other[placeholder] then
        fail("%s: {%s} stands in '%s' and not in '%s'", where, placeholder, first, language)
      end
    end
    for placeholder in pairs(other) do
      if not names[placeholder] then
        fail("%s: {%s} stands in '%s' and not in '%s'", where, placeholder, language, first)
      end
    end
  end
  if message.why then
    texts(message.why, where .. ", why")
  end
  if message.next then
    for _, language in ipairs(job.languages) do
      list_of_texts(message.next[language], where .. ", next, " .. language)
    end
  end
  if message.severity then
    manifest.check_severity(message.severity)
  end
  for key in pairs(message) do
    local known = key == "why" or key == "next" or key == "severity"
    for _, language in ipairs(job.languages) do
      known = known or key == language
    end
    if not known then
      fail("%s: '%s' is not known", where, tostring(key))
    end
  end
end

local function check_option(name, option)
  local where = "option '" .. tostring(name) .. "'"
  if type(option) ~= "table" or not option_types[option.type] then
    fail("%s needs a type: bool, integer, number, text, word, list, date, duration, money or percent",
      where)
  end
  if option.about then
    texts(option.about, where .. ", about")
  end
  local keys = { type = 1, default = 1, about = 1, min = 1, max = 1, values = 1, convention = 1 }
  for key in pairs(option) do
    if not keys[key] then
      fail("%s: '%s' is not known; the nearest is '%s'", where, tostring(key),
        manifest.nearest(tostring(key), keys))
    end
  end
end

function manifest.check_severity(value)
  if type(value) == "string" then
    if not severities[value] then
      fail("severity should be error, warning or note, not '%s'", value)
    end
  elseif type(value) == "table" then
    for status, severity in pairs(value) do
      if not statuses[status] then
        fail("severity: '%s' is no status; the nearest is '%s'", tostring(status),
          manifest.nearest(tostring(status), statuses))
      elseif not severities[severity] then
        fail("severity of '%s' should be error, warning or note", tostring(status))
      end
    end
  else
    fail("severity should be a word, or a table by status")
  end
end

local function check_word(value)
  texts(value, "word")
end

local function one_of(choices, where)
  return function(value)
    if not choices[value] then
      local words = {}
      for word in pairs(choices) do
        words[#words + 1] = word
      end
      fail("%s should be one of: %s", where, table.concat(words, ", "))
    end
  end
end

local function each_of(check, where)
  return function(value)
    if type(value) ~= "table" then
      fail("%s should be a table", where)
    end
    for name, row in pairs(value) do
      check(name, row)
    end
  end
end

-- Which keys there are, for whom, and what each must be.
local keys = {
  api = { check = function(value)
    if value ~= 1 then
      fail("api should be 1: this program knows version 1 of the plugin API")
    end
  end },
  kind = { check = one_of(kinds, "kind") },
  id = { check = function(value)
    if type(value) ~= "string" or not value:find("^[%l][%l%d-]*$")
      and not value:find("^[%l][%l%d-]*/[%l][%l%d-]*$") then
      fail("id should be a word such as 'charter', or 'pack/word'")
    end
  end },
  word = { check = check_word },
  title = { check = function(value) texts(value, "title") end },
  about = { check = function(value) texts(value, "about") end },
  source = { check = function(value)
    if type(value) == "table" then
      texts(value, "source")
    else
      text(value, "source")
    end
  end },
  category = { check = one_of(categories, "category"), of = "check" },
  tags = { check = function(value) list_of_texts(value, "tags") end },
  profile = { check = one_of(profiles, "profile"), of = "check" },
  severity = { check = manifest.check_severity, of = "check" },
  messages = { check = each_of(check_message, "messages") },
  options = { check = each_of(check_option, "options") },
  needs = { check = function(value) list_of_texts(value, "needs") end },
  examples = { check = function(value)
    for _, example in ipairs(value) do
      text(example.bad or example.good, "an example's bad or good")
    end
  end },
  visit = { check = each_of(function(kind, visitor)
    is_function(visitor, "visit." .. tostring(kind))
    if not pcall(host.all, kind) then
      fail("visit.%s: there is no such kind", tostring(kind))
    end
  end, "visit"), of = "check" },
  finish = { check = function(value) is_function(value, "finish") end, of = "check" },
  run = { check = function(value) is_function(value, "run") end },
  format = { check = function(value) texts(value, "format") end, of = "export" },
  extensions = { check = function(value) list_of_texts(value, "extensions") end, of = "export" },
  build = { check = function(value) is_function(value, "build") end, of = "view" },
  findings = { check = function(value)
    if value ~= true then
      list_of_texts(value, "findings (else true, for those of all checks)")
    end
  end, of = "view" },
  detect = { check = function(value) is_function(value, "detect") end, of = "import" },
}

local needed = {
  check = { "title", "about", "messages" },
  view = { "title", "build" },
  export = { "title", "run" },
  import = { "title", "detect", "run" },
}

-- Stops with "load-error: …" at the first thing that is wrong.
function manifest.check(plugin)
  if type(plugin) ~= "table" then
    fail("a plugin returns one table, and this returned a %s", type(plugin))
  elseif getmetatable(plugin) ~= nil then
    fail("a plugin returns one plain table, and this one has a metatable")
  end
  for _, name in ipairs { "api", "kind", "id" } do
    if plugin[name] == nil then
      fail("the key '%s' is missing", name)
    end
    keys[name].check(plugin[name])
  end
  for name, value in pairs(plugin) do
    local key = keys[name]
    if not key then
      fail("the key '%s' is not known; the nearest is '%s'", tostring(name),
        manifest.nearest(tostring(name), keys))
    elseif key.of and key.of ~= plugin.kind then
      fail("the key '%s' is for a plugin of kind '%s'", name, key.of)
    end
    key.check(value)
  end
  for _, name in ipairs(needed[plugin.kind]) do
    if plugin[name] == nil then
      fail("the key '%s' is missing", name)
    end
  end
  if plugin.kind == "check" and not (plugin.visit or plugin.run or plugin.finish) then
    fail("a check needs 'visit', 'finish' or 'run'")
  end
end

-- A text for every language, when only one was given.
local function in_each_language(value)
  if type(value) ~= "string" then
    return value
  end
  local all = {}
  for _, language in ipairs(job.languages) do
    all[language] = value
  end
  return all
end

local function option_text(value)
  if type(value) == "table" then
    return table.concat(value, ", ")
  end
  return value ~= nil and tostring(value) or ""
end

-- Severity by status as one text: "framing=warning idea=note".
local function levels(severity)
  if type(severity) ~= "table" then
    return severity or "warning"
  end
  local parts = {}
  for status, level in pairs(severity) do
    parts[#parts + 1] = status .. "=" .. level
  end
  return table.concat(parts, " ")
end

-- That of the check, then those of its messages that have one.
local function severities_of(plugin)
  local rows = { { levels = levels(plugin.severity) } }
  for name, message in pairs(plugin.messages or {}) do
    if message.severity then
      rows[#rows + 1] = { message = name, levels = levels(message.severity) }
    end
  end
  return rows
end

-- What the program keeps of the table: plain data.
function manifest.describe(plugin)
  local options = {}
  for name, option in pairs(plugin.options or {}) do
    options[#options + 1] = { name = name, type = option.type,
      default = option_text(option.default), about = option.about,
      min = option.min and tostring(option.min), max = option.max and tostring(option.max),
      values = option.values, convention = option.convention == true }
  end
  local example = plugin.examples and plugin.examples[1] or {}
  return {
    type = "manifest", kind = plugin.kind, id = plugin.id, word = plugin.word,
    title = plugin.title, about = plugin.about, source = in_each_language(plugin.source),
    category = plugin.category, profile = plugin.profile or "standard",
    severities = plugin.kind == "check" and severities_of(plugin) or nil,
    extensions = plugin.extensions, findings = plugin.findings, options = options,
    bad = example.bad, good = example.good,
  }
end

return manifest
