-- words.lua -- from the rows of stdlib/words/LANGUAGE to the words, sentences and questions of
-- one language.
--
-- A Words is { code, name, decimal_comma, spaced_colon, articles, entries, confusions }.
-- An entry is { role, id, scope, usual, plural, feminine, noun, also, about, ask, gender };
-- role is core, kind, property, listed, unit, month, answer, command, check, choice or type; scope is
-- the kind of a property ("" for every kind) or the list of a listed word.

local reader = require "compiler.reader"

local words = {}

local function flag(row, word)
  local value = reader.word(row, word)
  if value ~= "yes" and value ~= "no" then
    reader.fail(row, "`%s` is yes or no", word)
  end
  return value == "yes"
end

local function key(role, scope, id)
  return role .. "\0" .. (scope or "") .. "\0" .. id
end

-- The entry of (role, scope, id) in a language, or nil.
function words.entry(language, role, scope, id)
  return language.by[key(role, scope, id)]
end

local function add(language, row, entry)
  entry.file, entry.line = row.file, row.line
  entry.scope = entry.scope or ""
  local name = key(entry.role, entry.scope, entry.id)
  local other = language.by[name]
  if other then
    reader.fail(row, "`%s` has its word already, in %s:%d", entry.id, other.file, other.line)
  end
  language.by[name] = entry
  language.entries[#language.entries + 1] = entry
  return entry
end

local function usual(row)
  local first = row.values and row.values[1]
  if not first or first.kind ~= "text" or #row.values > 1 then
    reader.fail(row, "the word stands in quotes after the colon")
  end
  return first.value
end

-- A row `ROLE ID: "word" { plural: … }`.
local function simple(role, ...)
  local allowed = { "feminine", "plural", "also", "about", ... }
  return function(language, row)
    reader.only(row, table.unpack(allowed))
    add(language, row, {
      role = role, id = row.name, usual = usual(row), plural = reader.text(row, "plural"),
      feminine = reader.text(row, "feminine"), also = reader.list(row, "also"),
      about = reader.text(row, "about"), example = reader.text(row, "example"),
    })
  end
end

local function property(language, row, kind)
  reader.only(row, "gender", "about", "ask")
  add(language, row, {
    role = "property", scope = kind, id = row.name, usual = row.title, also = {},
    gender = reader.word(row, "gender"),
    about = reader.text(row, "about"), ask = reader.text(row, "ask"),
    is_derived = row.word == "derived",
  })
end

local read = {}

read.core = simple("core")
read.month = simple("month")
read.unit = simple("unit")
read.command = simple("command")
read.choice = simple("choice")
read["check-id"] = simple("check")
read.type = simple("type", "example")
read.reference = simple("reference")

function read.answer(language, row)
  reader.only(row)
  add(language, row, { role = "answer", id = row.name, usual = usual(row), also = {} })
end

function read.tongue(language, row)
  reader.only(row, "decimal-comma", "spaced-colon", "zero-is-plural", "genders", "vowels")
  if language.name then
    reader.fail(row, "the language has its `tongue` row already")
  end
  if row.name ~= language.code then
    reader.fail(row, "this folder is for `%s`", language.code)
  end
  language.name = row.title
  language.decimal_comma = flag(row, "decimal-comma")
  language.spaced_colon = flag(row, "spaced-colon")
  language.zero_is_plural = flag(row, "zero-is-plural")
  language.vowels = reader.text(row, "vowels")
    or reader.fail(row, "a language lists its `vowels`, before which articles change")
  language.genders = flag(row, "genders")
  language.file, language.line = row.file, row.line
end

function read.article(language, row)
  reader.only(row, "usual", "feminine", "vowel")
  language.articles[row.name] = {
    usual = reader.text(row, "usual") or reader.fail(row, "an article has a usual form"),
    feminine = reader.text(row, "feminine"), vowel = reader.text(row, "vowel"),
  }
end

function read.list(language, row)
  reader.only(row, "word")
  for _, item in ipairs(row.items) do
    reader.only(item, "also")
    add(language, item, {
      role = "listed", scope = row.name, id = item.name, usual = item.title,
      also = reader.list(item, "also"),
    })
  end
end

function read.property(language, row)
  property(language, row, "")
end
read.derived = read.property

function read.kind(language, row)
  reader.only(row, "noun", "plural", "gender", "about", "ask", "property", "derived")
  add(language, row, {
    role = "kind", id = row.name, usual = row.title, noun = reader.text(row, "noun"),
    plural = reader.text(row, "plural"), gender = reader.word(row, "gender"), also = {},
    about = reader.text(row, "about"), ask = reader.text(row, "ask"),
  })
  for _, item in ipairs(row.items) do
    if not item.is_property then
      property(language, item, row.name)
    end
  end
end

function read.confuse(language, row)
  reader.only(row, "means", "instead")
  local means = reader.list(row, "means")
  local of_list = means[1] == "listed"
  if not row.title or #means < 1 or #means > 3 or of_list ~= (#means == 3) then
    reader.fail(row, 'a confusion is written `confuse "budget" { means: property, cost }`, or '
      .. '`confuse "shop" { means: listed, partner-type, company }`')
  end
  language.confusions[#language.confusions + 1] = {
    written = row.title, role = means[1], id = means[#means > 1 and #means or 2],
    scope = of_list and means[2] or "",
    instead = reader.text(row, "instead"), file = row.file, line = row.line,
  }
end

-- The words of the language `code`, from the rows of all its files in order.
function words.load(code, rows)
  local language = { code = code, by = {}, entries = {}, articles = {}, confusions = {} }
  for _, row in ipairs(rows) do
    local read_row = read[row.word]
      or reader.fail(row, "`%s` is no row of a language", row.word)
    read_row(language, row)
  end
  if not language.name then
    error(string.format("stdlib/words/%s: the language has no `tongue` row", code), 0)
  end
  return language
end

return words
