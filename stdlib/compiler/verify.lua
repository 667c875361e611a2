-- verify.lua -- what has to be true of the data: complete in each language, one meaning per place.
--
-- Every problem is found in one run. `verify.all(data, languages)` returns a list of sentences,
-- each with its file and line.

local fold = require "compiler.fold"
local words = require "compiler.words"

local verify = {}

local function report(problems, place, format, ...)
  problems[#problems + 1] = string.format("%s:%d: " .. format, place.file, place.line, ...)
end

-- All spellings of an entry that are read.
function verify.spellings(entry)
  local list = { entry.usual }
  for _, form in ipairs { "plural", "feminine" } do
    if entry.role ~= "kind" and entry[form] then
      list[#list + 1] = entry[form]
    end
  end
  for _, spelling in ipairs(entry.also) do
    list[#list + 1] = spelling
  end
  return list
end

-- ---- Complete ---------------------------------------------------------------------------

-- What each language has to say: role, scope, id, and which sentences go with the word.
local function wanted(data)
  local list = {}
  local function want(role, scope, id, place, ...)
    list[#list + 1] = { role = role, scope = scope, id = id, place = place, needs = { ... } }
  end
  for _, role in ipairs { "core", "command", "check", "choice" } do
    local ids = data[role == "core" and "core" or role .. "s"]
    for _, place in ipairs(ids.places) do
      for _, id in ipairs(place.words) do
        if role == "command" then
          want(role, "", id, place, "about")
        else
          want(role, "", id, place)
        end
      end
    end
  end
  for role, ids in pairs { unit = data.units, month = data.months, answer = data.answers } do
    for _, row in ipairs(ids) do
      want(role, "", row.id, row)
    end
  end
  for _, row in ipairs(data.lists) do
    if not row.is_currency then
      for _, id in ipairs(row.own) do
        want("listed", row.id, id, row)
      end
    end
  end
  local function want_property(kind, property)
    if property.is_derived then
      want("property", kind, property.id, property, "about")
    else
      want("property", kind, property.id, property, "about", "ask")
    end
  end
  for _, property in ipairs(data.common) do
    want_property("", property)
  end
  for _, kind in ipairs(data.kinds) do
    want("kind", "", kind.id, kind, "plural", "about", "ask")
    for _, property in ipairs(kind.properties) do
      want_property(kind.id, property)
    end
  end
  return list
end

local function complete(problems, data, language)
  local used = {}
  for _, want in ipairs(wanted(data)) do
    local own = words.entry(language, want.role, want.scope, want.id)
    local general = want.role == "property" and words.entry(language, "property", "", want.id)
    local name = want.scope ~= "" and want.scope .. "." .. want.id or want.id
    if not own and not general then
      report(problems, want.place, "the %s `%s` has no word in `%s`", want.role, name, language.code)
    else
      used[own or general] = true
      used[general or own] = true
      local function has(what)
        return (own and own[what]) or (general and general[what])
      end
      if not has("usual") then
        report(problems, own or general, "`%s` has no word", name)
      end
      for _, need in ipairs(want.needs) do
        if not has(need) then
          report(problems, own or general, "`%s` has no `%s`", name, need)
        end
      end
    end
  end
  for _, entry in ipairs(language.entries) do
    if entry.role ~= "type" and entry.role ~= "reference" and not used[entry] then
      report(problems, entry, "no %s is called `%s` in the vocabulary", entry.role, entry.id)
    end
    if entry.role == "kind" and (entry.gender ~= nil) ~= language.genders then
      report(problems, entry, "`%s`: %s", entry.id,
        language.genders and "its gender is missing" or "this language has no genders")
    end
    if entry.role == "property" and entry.gender and not language.genders then
      report(problems, entry, "`%s`: this language has no genders", entry.id)
    end
    if entry.gender and entry.gender ~= "masculine" and entry.gender ~= "feminine" then
      report(problems, entry, "a gender is masculine or feminine, not `%s`", entry.gender)
    end
  end
  for _, article in ipairs { "a", "the", "of", "no", "named" } do
    if not language.articles[article] then
      report(problems, language, "the article `%s` is missing", article)
    end
  end
end

-- ---- Well formed ------------------------------------------------------------------------

local function well_formed(problems, entry, spelling)
  local key, letter = fold.key(spelling)
  if not key then
    report(problems, entry, "the letter `%s` of `%s` is not in compiler/fold.lua", letter, spelling)
  elseif not key:find("^[%l\x80-\xff]") or key:find("[^%w\x80-\xff'-]") or key:find("[-'][-']")
    or key:find("[-']$") then
    report(problems, entry, "`%s` is not one word: letters, digits, and `-` or `'` between them",
      spelling)
  end
end

-- ---- One meaning per place (ids may share a word only where no reader can mix them up) ----

-- Adds spellings to a place, and says when two ids of it fold to one key.
local function place_of(problems, language, name)
  local seen = {}
  local function put(entry, spelling, id)
    local key = fold.key(spelling)
    local other = key and seen[key]
    if other and other.id ~= id then
      report(problems, entry, "in `%s`, `%s` is also a word for `%s` (%s:%d), %s", language.code,
        spelling, other.id, other.entry.file, other.entry.line, name)
    elseif key and not other then
      seen[key] = { entry = entry, id = id }
    end
  end
  return put
end

local function put_entry(put, entry, prefix)
  for _, spelling in ipairs(verify.spellings(entry)) do
    put(entry, spelling, (prefix or "") .. entry.id)
  end
end

-- The word of a property of a kind: its own, or the one for every kind; where it stands.
function verify.property_word(language, kind, id)
  local own = words.entry(language, "property", kind, id)
  local general = words.entry(language, "property", "", id)
  local entry = own and own.usual and own or general
  return entry and entry.usual, entry
end

local function put_properties(put, data, language, kind, with_derived)
  for _, list in ipairs { data.common, kind.properties } do
    for _, property in ipairs(list) do
      local spelling, entry = verify.property_word(language, kind.id, property.id)
      if spelling and (with_derived or not property.is_derived) then
        put(entry, spelling, "property " .. property.id)
      end
    end
  end
end

local function put_all(put, language, role, ids, prefix)
  for _, id in ipairs(ids) do
    local entry = words.entry(language, role, "", type(id) == "table" and id.id or id)
    if entry then
      put_entry(put, entry, prefix)
    end
  end
end

local function core_place(data, name)
  for _, place in ipairs(data.core.places) do
    if place.name == name then
      return place.words
    end
  end
  return {}
end

local function statements(problems, data, language)
  local put = place_of(problems, language, "where a statement begins")
  put_all(put, language, "core", core_place(data, "statement"), "core ")
  put_all(put, language, "core", core_place(data, "header"), "core ")
  put_all(put, language, "kind", data.kinds, "kind ")
end

local function blocks(problems, data, language)
  for _, kind in ipairs(data.kinds) do
    local put = place_of(problems, language, "in the block of " .. kind.id)
    put_all(put, language, "core", core_place(data, "item"), "core ")
    put_properties(put, data, language, kind, false)
    for _, child in ipairs(data.kinds) do
      for _, place in ipairs(child.places) do
        if place == kind.id then
          put_all(put, language, "kind", { child.id }, "kind ")
        end
      end
    end
    put = place_of(problems, language, "as a field of " .. kind.id)
    put_properties(put, data, language, kind, true)
  end
end

local function collections(problems, data, language)
  local put = place_of(problems, language, "as a collection")
  put_all(put, language, "core", core_place(data, "operand"), "core ")
  put_all(put, language, "core", core_place(data, "condition"), "core ")
  for _, kind in ipairs(data.kinds) do
    local entry = words.entry(language, "kind", "", kind.id)
    if entry and entry.plural then
      put(entry, entry.plural, "kind " .. kind.id)
      put(entry, entry.noun or entry.usual, "kind " .. kind.id)
    end
  end
end

local function lists(problems, data, language)
  for _, list in ipairs(data.lists) do
    local put = place_of(problems, language, "in the list " .. list.id)
    for _, id in ipairs(list.words) do
      local entry = verify.listed_entry(data, language, list, id)
      if entry then
        put_entry(put, entry)
      end
    end
  end
end

-- The entry of a listed word: in its list, or in the one that the list includes.
function verify.listed_entry(data, language, list, id)
  while list do
    local entry = words.entry(language, "listed", list.id, id)
    if entry then
      return entry
    end
    list = list.includes and data.lists.by[list.includes]
  end
end

local function units(problems, data, language)
  local put = place_of(problems, language, "after a number")
  put_all(put, language, "unit", data.units, "unit ")
  put_all(put, language, "month", data.months, "month ")
  for _, id in ipairs(data.core.ids) do
    local entry = id ~= "min" and words.entry(language, "core", "", id)
    for _, spelling in ipairs(entry and verify.spellings(entry) or {}) do
      put(entry, spelling, "a core word")
    end
  end
end

local function named_places(problems, data, language, role, ids)
  for _, place in ipairs(ids.places) do
    local put = place_of(problems, language, "in the place " .. place.name)
    put_all(put, language, role, place.words)
  end
end

-- No word of an expression is the word of something that a query may name.
local function expression_words(problems, data, language)
  local reserved = {}
  for id in pairs(data.core.reserved) do
    local entry = words.entry(language, "core", "", id)
    for _, spelling in ipairs(entry and verify.spellings(entry) or {}) do
      reserved[fold.key(spelling) or ""] = id
    end
  end
  local roles = { property = true, listed = true, kind = true, unit = true, month = true }
  for _, entry in ipairs(language.entries) do
    if roles[entry.role] then
      local list = entry.usual and verify.spellings(entry) or {}
      list[#list + 1] = entry.role == "kind" and entry.plural or nil
      list[#list + 1] = entry.noun
      for _, spelling in ipairs(list) do
        local id = reserved[fold.key(spelling) or ""]
        if id then
          report(problems, entry, "in `%s`, `%s` is the word `%s` of expressions", language.code,
            spelling, id)
        end
      end
    end
  end
end

-- ---- Confusions -------------------------------------------------------------------------

-- Is the word in the list, by its id?
local function is_listed(data, list, id)
  for _, word in ipairs(data.lists.by[list] and data.lists.by[list].words or {}) do
    if word == id then
      return true
    end
  end
  return false
end

local function confusions(problems, data, language)
  local seen, kinds = {}, {}
  for _, entry in ipairs(language.entries) do
    if entry.role == "kind" and entry.usual then
      kinds[fold.key(entry.usual) or ""] = entry.id
    end
  end
  for _, row in ipairs(language.confusions) do
    well_formed(problems, row, row.written)
    local exists = ({
      title = not row.id and row.instead,
      percent = not row.id and row.instead,
      kind = row.id and data.kinds.by[row.id],
      property = row.id and data.properties.numbers[row.id],
      unit = row.id and data.units.by[row.id],
      month = row.id and data.months.by[row.id],
      currency = row.id and data.currencies.by[row.id],
      listed = is_listed(data, row.scope, row.id),
    })[row.role]
    if not exists then
      report(problems, row, "`%s %s` is nothing that can be meant", row.role, row.id or "")
    end
    local of = row.role == "listed" and row.scope or row.id or ""
    local key = row.role .. " " .. of .. " " .. (fold.key(row.written) or "")
    if seen[key] then
      report(problems, row, "`%s` stands twice for one %s", row.written, row.role)
    end
    for _, id in ipairs(row.role == "listed" and exists and data.lists.by[row.scope].words or {}) do
      local entry = verify.listed_entry(data, language, data.lists.by[row.scope], id)
      for _, spelling in ipairs(entry and verify.spellings(entry) or {}) do
        if fold.key(spelling) == fold.key(row.written) then
          report(problems, row, "`%s` is itself a word of `%s`", row.written, row.scope)
        end
      end
    end
    seen[key] = true
    if row.role == "kind" and kinds[fold.key(row.written) or ""] then
      report(problems, row, "`%s` is itself the word of a kind", row.written)
    end
  end
end

function verify.all(data, languages)
  local problems = {}
  for _, language in ipairs(languages) do
    complete(problems, data, language)
    for _, entry in ipairs(language.entries) do
      if entry.usual and entry.role ~= "type" and entry.role ~= "reference" then
        for _, spelling in ipairs(verify.spellings(entry)) do
          well_formed(problems, entry, spelling)
        end
        if entry.role == "kind" and entry.plural then
          well_formed(problems, entry, entry.plural)
        end
      end
    end
    statements(problems, data, language)
    blocks(problems, data, language)
    collections(problems, data, language)
    lists(problems, data, language)
    units(problems, data, language)
    named_places(problems, data, language, "core", data.core)
    named_places(problems, data, language, "command", data.commands)
    named_places(problems, data, language, "check", data.checks)
    named_places(problems, data, language, "choice", data.choices)
    expression_words(problems, data, language)
    confusions(problems, data, language)
  end
  return problems
end

return verify
