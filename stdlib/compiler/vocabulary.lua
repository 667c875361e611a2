-- vocabulary.lua -- from the rows of stdlib/vocabulary to kinds, properties, lists and units.
--
-- Everything keeps the order of the data, and the same data always gives the same numbers.

local reader = require "compiler.reader"

local vocabulary = {}

-- The types of PROPERTY_TYPES in lang/model/vocabulary.h, and what follows them in a row.
local types = {
  text = "", texts = "", link = "", date = "", period = "", duration = "", money = "",
  amount = "", number = "", integers = "", percent = "", target = "", level = "",
  position = "", ["yes-no"] = "", word = "list", words = "list", ["open-words"] = "",
  ref = "kinds", refs = "kinds", ["ref-or-text"] = "kinds", ["ref-or-texts"] = "kinds",
}
local derived_types = { bag = "", entities = "kinds", any = "" }

local heads = { named = true, titled = true, measured = true, keyed = true, link = true }
local places = {
  top = true, alliance = true, partner = true, goal = true, kpi = true, milestone = true,
  pilot = true,
}
local families = { clock = true, day = true, calendar = true, work = true }

-- A list of ids that are numbered from 1 in order of appearance, once each.
local function numbering()
  local ids, numbers = {}, {}
  local function number(id)
    if not numbers[id] then
      ids[#ids + 1] = id
      numbers[id] = #ids
    end
    return numbers[id]
  end
  return { ids = ids, numbers = numbers, number = number }
end

-- TYPE [ "," LIST | "," KIND … ], as `values` of a row.
local function typed(row, values, is_derived)
  local names = {}
  for index, entry in ipairs(values or {}) do
    if entry.kind ~= "word" then
      reader.fail(entry, "a type is written as a word")
    end
    names[index] = entry.value
  end
  local what = names[1]
    or reader.fail(row, "`%s` has no type", row.name or row.word)
  local follows = types[what] or (is_derived and derived_types[what])
  if not follows then
    reader.fail(row, "`%s` is no type", what)
  end
  local result = { type = what, refs = {} }
  if follows == "list" then
    result.list = names[2] or reader.fail(row, "`%s` needs the name of a list", what)
    if #names > 2 then
      reader.fail(row, "`%s` takes one list", what)
    end
  elseif follows == "kinds" then
    table.move(names, 2, #names, 1, result.refs)
  elseif #names > 1 then
    reader.fail(row, "nothing follows the type `%s`", what)
  end
  if what == "level" then
    result.low, result.high = 0, 4
  elseif what == "position" then
    result.low, result.high = -4, 4
  end
  return result
end

local function with_range(row, result)
  local range = reader.property(row, "range")
  if range then
    local bounds = range.values[1]
    if bounds.kind ~= "range" or #range.values > 1 then
      reader.fail(range, "a range is written `1..17`")
    end
    result.low, result.high = bounds.low, bounds.high
  end
  return result
end

local function property_of(row, properties)
  local is_derived = row.word == "derived"
  local property = with_range(row, typed(row, row.values, is_derived))
  property.id, property.is_derived = row.name, is_derived
  property.file, property.line = row.file, row.line
  property.required_from = reader.word(row, "required-from")
  reader.only(row, "range", "required-from")
  properties.number(row.name)
  return property
end

local function add_property(list, property)
  for _, other in ipairs(list) do
    if other.id == property.id then
      reader.fail(property, "`%s` stands twice here", property.id)
    end
  end
  list[#list + 1] = property
end

local function kind_of(row, properties)
  local kind = {
    id = row.name, file = row.file, line = row.line, properties = {}, places = {},
    head = reader.word(row, "head"),
  }
  if not heads[kind.head] then
    reader.fail(row, "kind `%s` needs a head: named, titled, measured, keyed or link", kind.id)
  end
  for _, place in ipairs(reader.list(row, "places")) do
    if not places[place] then
      reader.fail(row, "`%s` is no place", place)
    end
    kind.places[#kind.places + 1] = place
  end
  if #kind.places == 0 then
    reader.fail(row, "kind `%s` stands nowhere: say its places", kind.id)
  end
  local key, value = reader.property(row, "key"), reader.property(row, "value")
  if (kind.head == "keyed") ~= (key ~= nil)
    or (kind.head == "keyed" or kind.head == "measured") ~= (value ~= nil) then
    reader.fail(row, "keyed kinds have a key and a value, measured ones a value")
  end
  kind.key = key and typed(row, key.values)
  kind.value = value and with_range(row, typed(row, value.values))
  for _, item in ipairs(row.items) do
    if not item.is_property then
      add_property(kind.properties, property_of(item, properties))
    end
  end
  reader.only(row, "head", "places", "key", "value", "range", "property", "derived")
  return kind
end

local function add(list, row, entry)
  entry.file, entry.line = row.file, row.line
  if list.by[entry.id] then
    reader.fail(row, "`%s` is there already, in %s:%d", entry.id, list.by[entry.id].file,
      list.by[entry.id].line)
  end
  list[#list + 1] = entry
  list.by[entry.id] = entry
  entry.number = #list
end

local read = {}

function read.kind(data, row)
  add(data.kinds, row, kind_of(row, data.properties))
end

function read.property(data, row)
  add_property(data.common, property_of(row, data.properties))
end
read.derived = read.property

function read.list(data, row)
  reader.only(row, "words", "includes")
  local list = { id = row.name, words = {}, own = {} }
  local includes = reader.word(row, "includes")
  if includes then
    local other = data.lists.by[includes]
      or reader.fail(row, "the list `%s` must stand before this one", includes)
    list.includes = includes
    table.move(other.words, 1, #other.words, 1, list.words)
  end
  for _, word in ipairs(reader.list(row, "words")) do
    data.words.number(word)
    list.words[#list.words + 1] = word
    list.own[#list.own + 1] = word
  end
  add(data.lists, row, list)
end

function read.unit(data, row)
  reader.only(row, "family", "factor")
  local family = reader.word(row, "family")
  local factor = reader.property(row, "factor")
  if not families[family] or not factor or factor.values[1].kind ~= "number" then
    reader.fail(row, "a unit has a family (clock, day, calendar, work) and a factor")
  end
  add(data.units, row, { id = row.name, family = family, factor = factor.values[1].value })
end

function read.currency(data, row)
  reader.only(row, "sign")
  local decimals = row.values and row.values[1].value
  if not row.name:find("^%u%u%u$") or math.type(decimals) ~= "integer" then
    reader.fail(row, "a currency is its code and its decimals: `currency EUR: 2`")
  end
  add(data.currencies, row, { id = row.name, decimals = decimals, sign = reader.text(row, "sign") })
end

function read.month(data, row)
  add(data.months, row, { id = row.name })
end

function read.answer(data, row)
  add(data.answers, row, { id = row.title })
end

-- A row that lists ids: where they stand is its name.
local function places_of(list)
  return function(data, row)
    reader.only(row, "words")
    local place = { name = row.name, words = reader.list(row, "words"), file = row.file, line = row.line }
    for _, word in ipairs(place.words) do
      data[list].number(word)
    end
    data[list].places[#data[list].places + 1] = place
  end
end
read["core-place"] = places_of("core")
read["command-place"] = places_of("commands")
read["check-list"] = places_of("checks")
read["choice-list"] = places_of("choices")

read["core-reserved"] = function(data, row)
  reader.only(row, "words")
  for _, word in ipairs(reader.list(row, "words")) do
    if not data.core.numbers[word] then
      reader.fail(row, "the core word `%s` stands in no place", word)
    end
    data.core.reserved[word] = true
  end
end

local function new_list()
  return { by = {} }
end

-- The currencies as a list like any other, for `currency: EUR` in an alliance.
local function currency_list(data)
  local first = data.currencies[1]
  local list = { id = "currency", words = {}, own = {}, is_currency = true }
  for _, currency in ipairs(data.currencies) do
    data.words.number(currency.id)
    list.words[#list.words + 1] = currency.id
  end
  add(data.lists, first, list)
end

-- Whatever a row names exists: lists, kinds, statuses.
local function resolve(data)
  local statuses = data.lists.by["alliance-status"]
  local function check(row, what)
    if what.list and not data.lists.by[what.list] then
      reader.fail(row, "there is no list `%s`", what.list)
    end
    for _, kind in ipairs(what.refs) do
      if not data.kinds.by[kind] then
        reader.fail(row, "there is no kind `%s`", kind)
      end
    end
    if what.required_from then
      for rank, status in ipairs(statuses and statuses.words or {}) do
        if status == what.required_from then
          what.required_rank = rank
        end
      end
      if not what.required_rank then
        reader.fail(row, "`%s` is no status of the alliance", what.required_from)
      end
    end
  end
  for _, property in ipairs(data.common) do
    check(property, property)
  end
  for _, kind in ipairs(data.kinds) do
    for _, what in ipairs { kind.key, kind.value } do
      check(kind, what)
    end
    for _, property in ipairs(kind.properties) do
      check(property, property)
      for _, other in ipairs(data.common) do
        if other.id == property.id then
          reader.fail(property, "every kind has `%s` already", property.id)
        end
      end
    end
  end
end

-- The vocabulary in `rows`, the rows of all its files in order.
function vocabulary.load(rows)
  local data = {
    kinds = new_list(), lists = new_list(), units = new_list(), currencies = new_list(),
    months = new_list(), answers = new_list(), common = {},
    properties = numbering(), words = numbering(), core = numbering(),
    commands = numbering(), checks = numbering(), choices = numbering(),
  }
  data.core.places, data.commands.places, data.checks.places = {}, {}, {}
  data.choices.places = {}
  data.core.reserved = {}
  for _, row in ipairs(rows) do
    local read_row = read[row.word]
      or reader.fail(row, "`%s` is no row of a vocabulary", row.word)
    read_row(data, row)
  end
  if data.currencies[1] then
    currency_list(data)
  end
  resolve(data)
  return data
end

return vocabulary
