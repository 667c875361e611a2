-- tables_words.lua -- words_ids.h and words.c: what lang/syntax/words.c looks words up in.

local ctext = require "compiler.ctext"
local fold = require "compiler.fold"
local verify = require "compiler.verify"
local words = require "compiler.words"

local tables_words = {}

local function ids_of(list)
  local ids = {}
  for index, row in ipairs(list) do
    ids[index] = row.id
  end
  return ids
end

-- TIME_UNITS(X): each unit of time, its family, and how many of the smallest unit it holds.
local function time_units(data)
  local lines = {
    "/* X(UNIT, FAMILY, FACTOR): units of one family convert by their factors. */",
    "#define TIME_UNITS(X) \\",
  }
  for _, unit in ipairs(data.units) do
    lines[#lines + 1] = string.format("    X(%s, %s, %d) \\", ctext.constant("TIME", unit.id),
      unit.family:upper(), unit.factor)
  end
  lines[#lines + 1] = "    /* end */\n"
  return table.concat(lines, "\n")
end

-- words_ids.h: the neutral ids as numbers.
function tables_words.header(data, languages)
  local out = { ctext.banner, "#ifndef WORDS_IDS_H\n#define WORDS_IDS_H\n" }
  local lines = { "enum {" }
  for _, language in ipairs(languages) do
    lines[#lines + 1] = "    " .. ctext.constant("LANG", language.code) .. ","
  end
  lines[#lines + 1] = "    LANG_COUNT\n};\n"
  out[#out + 1] = table.concat(lines, "\n")
  out[#out + 1] = ctext.enum("CORE", data.core.ids)
  out[#out + 1] = ctext.enum("KIND", ids_of(data.kinds))
  out[#out + 1] = "/* Properties and derived fields. */"
  out[#out + 1] = ctext.enum("PROPERTY", data.properties.ids)
  out[#out + 1] = ctext.enum("LIST", ids_of(data.lists))
  out[#out + 1] = "/* Words of lists. */"
  out[#out + 1] = ctext.enum("WORD", data.words.ids)
  out[#out + 1] = ctext.enum("TIME", ids_of(data.units), "TimeUnit")
  out[#out + 1] = time_units(data)
  out[#out + 1] = ctext.enum("COMMAND", data.commands.ids)
  out[#out + 1] = ctext.enum("CHECK", data.checks.ids)
  out[#out + 1] = "/* What options and commands of the program take. */"
  out[#out + 1] = ctext.enum("CHOICE", data.choices.ids)
  out[#out + 1] = "#endif"
  return table.concat(out, "\n") .. "\n"
end

-- The numbers behind an entry: the C role, id and scope.
local function numbers(data, entry)
  local id = ({
    core = data.core.numbers, property = data.properties.numbers, listed = data.words.numbers,
    command = data.commands.numbers, check = data.checks.numbers,
    choice = data.choices.numbers,
  })[entry.role]
  id = id and id[entry.id]
  local by = ({ kind = data.kinds.by, unit = data.units.by, month = data.months.by,
    answer = data.answers.by })[entry.role]
  id = id or by[entry.id].number
  local scope = 0
  if entry.role == "property" and entry.scope ~= "" then
    scope = data.kinds.by[entry.scope].number
  elseif entry.role == "listed" then
    scope = data.lists.by[entry.scope].number
  end
  return id, scope
end

local role_order = {
  "core", "kind", "collection", "property", "listed", "unit", "month", "answer", "command",
  "check", "choice", "confused", "currency",
}
local role_number = {}
for index, role in ipairs(role_order) do
  role_number[role] = index
end

local function role_constant(role)
  return role == "answer" and "ROLE_YES_NO" or ctext.constant("ROLE", role)
end

-- The entries of a language as rows of words, those of lists that include others and of the
-- currencies too: { role, id, scope, usual, plural, feminine, noun, about, ask, gender }.
local function rows_of(data, language)
  local rows = {}
  for _, entry in ipairs(language.entries) do
    if entry.role ~= "type" and entry.role ~= "reference" then
      local id, scope = numbers(data, entry)
      local general = entry.role == "property" and entry.scope ~= ""
        and words.entry(language, "property", "", entry.id) or {}
      rows[#rows + 1] = {
        role = entry.role, id = id, scope = scope, entry = entry,
        usual = entry.usual or general.usual, plural = entry.plural, feminine = entry.feminine,
        noun = entry.noun, about = entry.about or general.about, ask = entry.ask or general.ask,
        is_feminine = entry.gender == "feminine",
        spellings = entry.usual and verify.spellings(entry) or { general.usual },
      }
    end
  end
  for _, list in ipairs(data.lists) do
    for _, id in ipairs(list.words) do
      if not words.entry(language, "listed", list.id, id) then
        local entry = verify.listed_entry(data, language, list, id)
        rows[#rows + 1] = {
          role = "listed", id = data.words.numbers[id], scope = list.number,
          usual = entry and entry.usual or id, spellings = entry and verify.spellings(entry) or { id },
        }
      end
    end
  end
  table.sort(rows, function(a, b)
    if a.role ~= b.role then
      return role_number[a.role] < role_number[b.role]
    elseif a.scope ~= b.scope then
      return a.scope < b.scope
    end
    return a.id < b.id
  end)
  return rows
end

-- What is meant by a row of the confusion table: C role, id, and scope (the list of a word).
local function meant(data, row)
  local by = {
    kind = data.kinds.by, unit = data.units.by, month = data.months.by,
    currency = data.currencies.by,
  }
  if row.role == "title" then
    return "ROLE_NONE", 0, 0
  elseif row.role == "percent" then
    return "ROLE_PERCENT", 0, 0
  elseif row.role == "property" then
    return "ROLE_PROPERTY", data.properties.numbers[row.id], 0
  elseif row.role == "listed" then
    return "ROLE_LISTED", data.words.numbers[row.id], data.lists.by[row.scope].number
  end
  return ctext.constant("ROLE", row.role), by[row.role][row.id].number, 0
end

-- All that a key may mean: { key, language, role, id, scope }, without doubles.
local function meanings_of(data, languages, all_rows, confused)
  local list, seen = {}, {}
  local function mean(language, spelling, role, id, scope)
    local key = assert(fold.key(spelling))
    local name = table.concat({ key, language, role, id, scope }, "\0")
    if not seen[name] then
      seen[name] = true
      list[#list + 1] = { key = key, language = language, role = role, id = id, scope = scope }
    end
  end
  for number, language in ipairs(languages) do
    for _, row in ipairs(all_rows[number]) do
      for _, spelling in ipairs(row.spellings) do
        mean(number - 1, spelling, row.role, row.id, row.scope)
      end
      if row.role == "kind" then
        mean(number - 1, row.plural, "collection", row.id, 0)
        if row.noun then
          mean(number - 1, row.noun, "collection", row.id, 0)
        end
      end
    end
    for _, row in ipairs(language.confusions) do
      mean(number - 1, row.written, "confused", confused[row], 0)
    end
  end
  table.sort(list, function(a, b)
    if a.key ~= b.key then
      return a.key < b.key
    elseif a.language ~= b.language then
      return a.language < b.language
    elseif a.role ~= b.role then
      return role_number[a.role] < role_number[b.role]
    elseif a.scope ~= b.scope then
      return a.scope < b.scope
    end
    return a.id < b.id
  end)
  return list
end

local function add(out, format, ...)
  out[#out + 1] = string.format(format, ...)
end

-- The table of rows, sorted by language, role, scope, id, and where each role begins in it.
local function write_rows(out, blob, languages, all_rows)
  local first, count = {}, 0
  add(out, "static const WordRow word_rows[] = {")
  for number, language in ipairs(languages) do
    first[number] = {}
    for _, row in ipairs(all_rows[number]) do
      local range = first[number][row.role]
      if not range then
        range = { from = count, to = count }
        first[number][row.role] = range
      end
      add(out, "    {%d, %d, {%d, %d, %d, %d}, %d, %d, %d},", row.scope, row.id,
        blob.offset(row.usual), blob.offset(row.plural), blob.offset(row.feminine),
        blob.offset(row.noun), blob.offset(row.about), blob.offset(row.ask),
        row.is_feminine and 1 or 0)
      count = count + 1
      range.to = count
    end
    assert(language.code)
  end
  add(out, "};\n")
  add(out, "static const WordRange word_ranges[LANG_COUNT][ROLE_END] = {")
  for number, language in ipairs(languages) do
    add(out, "    [%s] = {", ctext.constant("LANG", language.code))
    for _, role in ipairs(role_order) do
      local range = first[number][role]
      if range then
        add(out, "        [%s] = {%d, %d},", role_constant(role), range.from, range.to)
      end
    end
    add(out, "    },")
  end
  add(out, "};\n")
end

-- The keys with their meanings, and the hash table over them (open addressing, step 1).
local function write_keys(out, blob, list)
  local keys = {}
  add(out, "static const WordMeaning word_meanings[] = {")
  for index, meaning in ipairs(list) do
    if not keys[1] or keys[#keys].text ~= meaning.key then
      keys[#keys + 1] = { text = meaning.key, first = index - 1, count = 0 }
    end
    keys[#keys].count = keys[#keys].count + 1
    add(out, "    {%d, %s, %d, %d},", meaning.language, role_constant(meaning.role), meaning.id,
      meaning.scope)
  end
  add(out, "};\n")
  add(out, "static const WordKey word_keys[] = {")
  for _, key in ipairs(keys) do
    add(out, "    {%d, %d, %d, %d},", blob.offset(key.text), #key.text, key.first, key.count)
  end
  add(out, "};\n")
  local size = 1
  while size < 2 * #keys do
    size = size * 2
  end
  local slots = {}
  for index, key in ipairs(keys) do
    local slot = fold.hash(key.text) % size
    while slots[slot] do
      slot = (slot + 1) % size
    end
    slots[slot] = index
  end
  add(out, "static const uint16_t word_slots[%d] = {", size)
  for slot = 0, size - 1 do
    if slots[slot] then
      add(out, "    [%d] = %d,", slot, slots[slot])
    end
  end
  add(out, "};\n")
  return #keys, size
end

local function write_confusions(out, data, languages, confused)
  local count = 0
  add(out, "static const Confusion word_confusions[] = {\n    {ROLE_NONE, 0, 0, NULL},")
  for _, language in ipairs(languages) do
    for _, row in ipairs(language.confusions) do
      count = count + 1
      confused[row] = count
      local role, id, scope = meant(data, row)
      add(out, "    {%s, %d, %d, %s},", role, id, scope, row.instead and ctext.literal(row.instead) or "NULL")
    end
  end
  add(out, "};\n")
  return count
end

local function write_languages(out, languages)
  add(out, "static const LanguageRow word_languages[LANG_COUNT] = {")
  for _, language in ipairs(languages) do
    add(out, "    {%s, %s, %s, %s, %s, %s, {", ctext.literal(language.code),
      ctext.literal(language.name), ctext.literal(language.vowels),
      tostring(language.decimal_comma), tostring(language.spaced_colon),
      tostring(language.zero_is_plural))
    for _, article in ipairs { "a", "the", "of", "no", "named" } do
      local forms = language.articles[article]
      local feminine = forms.feminine or forms.usual
      add(out, "        {%s, %s, %s, %s},", ctext.literal(forms.usual), ctext.literal(feminine),
        ctext.literal(forms.vowel or forms.usual), ctext.literal(forms.vowel or feminine))
    end
    add(out, "    }},")
  end
  add(out, "};\n")
end

local function write_currencies(out, data)
  add(out, "static const CurrencyRow word_currencies[] = {\n    {\"\", \"\", 0},")
  for _, currency in ipairs(data.currencies) do
    add(out, "    {\"%s\", %s, %d},", currency.id, ctext.literal(currency.sign or ""),
      currency.decimals)
  end
  add(out, "};\n")
end

local function write_reserved(out, data)
  add(out, "static const bool word_reserved[CORE_ID_END] = {")
  for _, id in ipairs(data.core.ids) do
    if data.core.reserved[id] then
      add(out, "    [%s] = true,", ctext.constant("CORE", id))
    end
  end
  add(out, "};\n")
end

-- words.c: the tables, constant, with nothing to do when the program starts.
function tables_words.source(data, languages)
  local blob = ctext.blob("word_texts")
  local out, all_rows, confused = {}, {}, {}
  for number, language in ipairs(languages) do
    all_rows[number] = rows_of(data, language)
  end
  write_rows(out, blob, languages, all_rows)
  local confusion_count = write_confusions(out, data, languages, confused)
  local key_count, slot_count = write_keys(out, blob,
    meanings_of(data, languages, all_rows, confused))
  write_languages(out, languages)
  write_currencies(out, data)
  write_reserved(out, data)
  add(out, [[const Words words_tables = {
    .texts = word_texts,
    .rows = word_rows,
    .ranges = word_ranges,
    .meanings = word_meanings,
    .keys = word_keys,
    .slots = word_slots,
    .confusions = word_confusions,
    .languages = word_languages,
    .currencies = word_currencies,
    .reserved = word_reserved,
    .key_count = %d,
    .slot_count = %d,
    .confusion_count = %d,
    .currency_count = %d,
};]], key_count, slot_count, confusion_count, #data.currencies)
  return ctext.banner .. '#include "lang/syntax/words_rows.h"\n\n' .. blob.define() .. "\n"
    .. table.concat(out, "\n") .. "\n"
end

return tables_words
