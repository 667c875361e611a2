-- reference.lua -- the reference page of the vocabulary, one a language, in Markdown.

local reader = require "compiler.reader"
local verify = require "compiler.verify"
local words = require "compiler.words"

local reference = {}

local function say(language, id)
  local entry = words.entry(language, "reference", "", id)
    or reader.fail(language, "`%s` has no row `reference %s`", language.code, id)
  return entry.usual
end

local function type_entry(language, what)
  return words.entry(language, "type", "", what)
    or reader.fail(language, "`%s` has no row `type %s`", language.code, what)
end

local function code(text)
  return "`" .. text .. "`"
end

local function kind_word(language, id)
  return words.entry(language, "kind", "", id).usual
end

-- What a general or own entry of a property says.
local function sentence(language, kind, id, what)
  local own = words.entry(language, "property", kind, id)
  local general = words.entry(language, "property", "", id)
  return own and own[what] or general and general[what] or ""
end

local function colon(language)
  return language.spaced_colon and " : " or ": "
end

local function joined(list, last)
  if #list < 2 then
    return list[1] or ""
  end
  return table.concat(list, ", ", 1, #list - 1) .. " " .. last .. " " .. list[#list]
end

local function listed(data, language, list)
  local spellings = {}
  for index, id in ipairs(list.words) do
    spellings[index] = code(verify.listed_entry(data, language, list, id).usual)
  end
  return spellings
end

local function refs(language, what)
  local names = {}
  for index, id in ipairs(what.refs) do
    names[index] = code(kind_word(language, id))
  end
  return #names == 0 and say(language, "anything") or joined(names, say(language, "or"))
end

-- What to write for a type: `one of a, b or c`, `the name of a partner`, `a date`…
local function value_text(data, language, what)
  local kind = what.type
  if kind == "word" or kind == "words" then
    local list = data.lists.by[what.list]
    if list.is_currency then
      return say(language, "currencies")
    end
    return say(language, kind == "word" and "one-of" or "some-of") .. " "
      .. joined(listed(data, language, list), say(language, "or"))
  elseif kind:find("^ref") then
    local text = say(language, kind:find("s$") and "names-of" or "name-of") .. " "
      .. refs(language, what)
    return kind:find("text") and text .. ", " .. say(language, "or-text") or text
  end
  local entry = type_entry(language, kind)
  local text = entry.usual
  if what.low and kind ~= "level" and kind ~= "position" then
    text = string.format("%s, %d %s %d", text, what.low, say(language, "from-to"), what.high)
  end
  return entry.example and kind ~= "yes-no" and not kind:find("^text")
    and text .. colon(language) .. code(entry.example) or text
end

local function example(data, language, what)
  if what.type == "word" then
    local list = data.lists.by[what.list]
    return verify.listed_entry(data, language, list, list.words[1]).usual
  end
  return type_entry(language, what.type:find("^ref") and "ref" or what.type).example
end

-- A head as it is written: `goal name "…"`, `reading 2024-06-30: 420 seniors`.
local function head_text(data, language, kind)
  local word, text = kind_word(language, kind.id), type_entry(language, "text").example
  local name = type_entry(language, "ref").example
  if kind.head == "named" then
    return word .. " " .. name .. " " .. text
  elseif kind.head == "titled" then
    return word .. " " .. text
  elseif kind.head == "measured" then
    return word .. " " .. type_entry(language, "money").example .. " " .. text
  elseif kind.head == "link" then
    return word .. " a -> b " .. text
  end
  return word .. " " .. example(data, language, kind.key) .. colon(language)
    .. example(data, language, kind.value)
end

local function row(...)
  return "| " .. table.concat({ ... }, " | "):gsub("\n", " ") .. " |"
end

local function head_of_table(out, ...)
  local rules = {}
  for index = 1, select("#", ...) do
    rules[index] = "---"
  end
  out[#out + 1] = row(...)
  out[#out + 1] = row(table.unpack(rules))
end

local function property_table(out, data, language, kind, list)
  head_of_table(out, say(language, "property"), say(language, "value"), say(language, "says"),
    say(language, "ask"))
  for _, property in ipairs(list) do
    if not property.is_derived then
      local says = sentence(language, kind, property.id, "about")
      if property.required_from then
        says = string.format("%s (%s %s)", says, say(language, "required"),
          code(verify.listed_entry(data, language, data.lists.by["alliance-status"],
            property.required_from).usual))
      end
      out[#out + 1] = row(code((verify.property_word(language, kind, property.id))),
        value_text(data, language, property), says,
        sentence(language, kind, property.id, "ask"))
    end
  end
  out[#out + 1] = ""
end

local function derived_line(out, language, kind, list)
  local fields = {}
  for _, property in ipairs(list) do
    if property.is_derived then
      fields[#fields + 1] = string.format("%s (%s)",
        code((verify.property_word(language, kind, property.id))),
        sentence(language, kind, property.id, "about"))
    end
  end
  if #fields > 0 then
    out[#out + 1] = say(language, "derived") .. colon(language) .. table.concat(fields, ", ") .. "."
    out[#out + 1] = ""
  end
end

local function has_declared(list)
  for _, property in ipairs(list) do
    if not property.is_derived then
      return true
    end
  end
  return false
end

local function kind_section(out, data, language, kind)
  local entry = words.entry(language, "kind", "", kind.id)
  local places = {}
  for index, place in ipairs(kind.places) do
    places[index] = place == "top" and say(language, "place-top")
      or say(language, "place-block") .. " " .. code(kind_word(language, place))
  end
  out[#out + 1] = "### " .. entry.usual .. "\n"
  out[#out + 1] = entry.about .. " *" .. entry.ask .. "*\n"
  out[#out + 1] = string.format("%s %s. %s %s.\n", say(language, "place"),
    joined(places, say(language, "or")), say(language, "written"),
    code(head_text(data, language, kind)))
  if has_declared(kind.properties) then
    property_table(out, data, language, kind.id, kind.properties)
  end
  derived_line(out, language, kind.id, kind.properties)
end

-- A table of words with one column a language, this one first.
local function glossary(out, languages, first, title, ids, role)
  out[#out + 1] = "## " .. title .. "\n"
  local names = { first.code }
  local columns = { first }
  for _, language in ipairs(languages) do
    if language ~= first then
      columns[#columns + 1] = language
      names[#names + 1] = language.code
    end
  end
  head_of_table(out, table.unpack(names))
  for _, id in ipairs(ids) do
    local cells = {}
    for index, language in ipairs(columns) do
      local entry = words.entry(language, role, "", type(id) == "table" and id.id or id)
      cells[index] = code(entry.usual) .. (entry.plural and ", " .. code(entry.plural) or "")
    end
    out[#out + 1] = row(table.unpack(cells))
  end
  out[#out + 1] = ""
end

-- The name of the page and its text.
function reference.page(data, languages, language)
  local out = { "<!-- " .. say(language, "made") .. " -->", "# " .. say(language, "title"), "",
    say(language, "intro"), "", "## " .. say(language, "contents"), "" }
  head_of_table(out, say(language, "kind"), say(language, "plural"), say(language, "about"))
  for _, kind in ipairs(data.kinds) do
    local entry = words.entry(language, "kind", "", kind.id)
    out[#out + 1] = row(code(entry.usual), code(entry.plural), entry.about)
  end
  out[#out + 1] = "\n### " .. say(language, "every-block") .. "\n"
  property_table(out, data, language, "", data.common)
  derived_line(out, language, "", data.common)
  for _, kind in ipairs(data.kinds) do
    kind_section(out, data, language, kind)
  end
  glossary(out, languages, language, say(language, "core"), data.core.ids, "core")
  glossary(out, languages, language, say(language, "units"), data.units, "unit")
  glossary(out, languages, language, say(language, "months"), data.months, "month")
  glossary(out, languages, language, say(language, "commands"), data.commands.ids, "command")
  glossary(out, languages, language, say(language, "checks"), data.checks.ids, "check")
  return say(language, "file"), (table.concat(out, "\n"):gsub("\n+$", "") .. "\n")
end

return reference
