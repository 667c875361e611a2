-- index.lua -- makes the index of the shipped plugins at build time, so that the program knows
-- their names, titles and options without compiling one.
--
--   lua5.4 index.lua OUTPUT ROOT FILE…      the files are plugins; writes one C file

local output, root = arg[1], arg[2]
local languages = { "en", "fr" }

-- A plugin may require modules at its top: those that ship are read, the host's are empty.
local loaded = {}
function require(name)    -- luacheck: ignore
  local short = name:match("^alliance%.([%w_]+)$")
  if loaded[name] == nil then
    local chunk = short and loadfile(root .. "/stdlib/lua/" .. short .. ".lua")
    loaded[name] = chunk and chunk(name) or {}
  end
  return loaded[name]
end
alliance = { api = 1, has = function() return true end }    -- luacheck: ignore

local function c_text(text)
  if text == nil then
    return "NULL"
  end
  return '"' .. text:gsub('[%c"\\?\128-\255]', function(c)
    return ("\\%03o"):format(c:byte())
  end) .. '"'
end

local function c_texts(texts)
  local parts = {}
  for i, language in ipairs(languages) do
    parts[i] = c_text(texts and texts[language])
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function c_number(number)
  return number and c_text(tostring(number)) or "NULL"
end

local function c_list(texts)
  local parts = {}
  for i, text in ipairs(texts) do
    parts[i] = c_text(text)
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end

-- Severity by status as one text, in the order of the names: "framing=warning idea=note".
local function levels(severity)
  if type(severity) ~= "table" then
    return severity or "warning"
  end
  local parts = {}
  for status, level in pairs(severity) do
    parts[#parts + 1] = status .. "=" .. level
  end
  table.sort(parts)
  return table.concat(parts, " ")
end

-- Those of a check: its own, then those of its messages that have one.
local function severities_of(plugin)
  local rows, names = { ("{NULL, %s}"):format(c_text(levels(plugin.severity))) }, {}
  for name, message in pairs(plugin.messages or {}) do
    if message.severity then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    rows[#rows + 1] = ("{%s, %s}"):format(c_text(name), c_text(levels(plugin.messages[name].severity)))
  end
  return rows
end

local types = { check = "PLUGIN_CHECK", view = "PLUGIN_VIEW", export = "PLUGIN_EXPORT",
  import = "PLUGIN_IMPORT" }
local lines = {
  "/* Made by stdlib/index.lua from the plugins that ship. */",
  '#include "plugins/host/host_registry.h"', "",
}
local rows = {}

-- A text for every language, when only one was given.
local function in_each_language(value)
  return type(value) == "string" and { en = value, fr = value } or value
end

local function option_text(value)
  if type(value) == "table" then
    return table.concat(value, ", ")
  end
  return value ~= nil and tostring(value) or ""
end

for i = 3, #arg do
  local path = arg[i]
  local plugin = assert(loadfile(root .. "/" .. path))()
  assert(types[plugin.kind] and plugin.id, path .. ": no kind or no id")
  local names = {}
  for name in pairs(plugin.options or {}) do
    names[#names + 1] = name
  end
  table.sort(names)
  local options = "NULL"
  if #names > 0 then
    options = ("options_%d"):format(i - 2)
    for o, name in ipairs(names) do
      local values = plugin.options[name].values
      if values then
        lines[#lines + 1] = ("static const char *const values_%d_%d[] = %s;"):format(i - 2, o, c_list(values))
      end
    end
    lines[#lines + 1] = ("static const PluginOption %s[] = {"):format(options)
    for o, name in ipairs(names) do
      local option = plugin.options[name]
      lines[#lines + 1] = ("    {{%s, %s, %s, %s, %s, %d}, %s, %s, %s},"):format(c_text(name),
        c_text(option.type), c_number(option.min), c_number(option.max),
        option.values and ("values_%d_%d"):format(i - 2, o) or "NULL", #(option.values or {}),
        c_text(option_text(option.default)), c_texts(option.about), tostring(option.convention == true))
    end
    lines[#lines + 1] = "};"
  end
  local checks = type(plugin.findings) == "table" and plugin.findings or {}
  local findings = "NULL"
  if #checks > 0 then
    findings = ("findings_%d"):format(i - 2)
    lines[#lines + 1] = ("static const char *const %s[] = %s;"):format(findings, c_list(checks))
  end
  local severities = plugin.kind == "check" and severities_of(plugin) or {}
  if #severities > 0 then
    lines[#lines + 1] = ("static const PluginSeverity severities_%d[] = {%s};"):format(i - 2,
      table.concat(severities, ", "))
  end
  local example = plugin.examples and plugin.examples[1] or {}
  rows[#rows + 1] = ([[
    {
        .type = %s, .origin = ORIGIN_SHIPPED, .id = %s,
        .word = %s,
        .title = %s,
        .about = %s,
        .source = %s, .category = %s, .profile = %s,
        .severities = %s, .severity_count = %d,
        .path = %s, .options = %s, .option_count = %d,
        .wants_findings = %s, .findings = %s, .findings_count = %d,
        .example_bad = %s, .example_good = %s, .is_trusted = true,
    },]]):format(types[plugin.kind], c_text(plugin.id), c_texts(plugin.word),
    c_texts(plugin.title), c_texts(plugin.about), c_texts(in_each_language(plugin.source)),
    c_text(plugin.category), c_text(plugin.profile or "standard"),
    #severities > 0 and ("severities_%d"):format(i - 2) or "NULL", #severities, c_text(path), options, #names,
    plugin.findings and "true" or "false", findings, #checks, c_text(example.bad), c_text(example.good))
end

lines[#lines + 1] = ""
lines[#lines + 1] = "const PluginInfo shipped_plugins[] = {"
for _, row in ipairs(rows) do
  lines[#lines + 1] = row
end
if #rows == 0 then
  lines[#lines + 1] = "    {0},"
end
lines[#lines + 1] = "};"
lines[#lines + 1] = ("const size_t shipped_plugin_count = %d;"):format(#rows)

local file = assert(io.open(output, "wb"))
assert(file:write(table.concat(lines, "\n"), "\n"))
assert(file:close())
