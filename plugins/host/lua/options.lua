-- options.lua -- the options of a plugin: its defaults, then what alliance.conf and the files set,
-- then what the command line says.

local host, job = ...

local options = {}

-- Sentences for those who set an option, in the language of the run.
local sentences = {
  unknown = { en = "`%s` is no option of `%s`", fr = "`%s` n'est pas une option de `%s`" },
  nearest = { en = "; the nearest is `%s`", fr = " ; la plus proche est `%s`" },
  wrong = { en = "`%s` takes %s, not `%s`", fr = "`%s` attend %s, pas `%s`" },
  range = { en = " from %s to %s", fr = " de %s à %s" },
  least = { en = ", %s at least", fr = ", %s au moins" },
  most = { en = ", %s at most", fr = ", %s au plus" },
  values = { en = "one of these words: %s", fr = "l'un de ces mots : %s" },
}

local function sentence(name, ...)
  local forms = sentences[name]
  return (forms[job.lang] or forms.en):format(...)
end

-- ---- Types --------------------------------------------------------------------------------

local truths = { yes = true, oui = true, ["true"] = true, no = false, non = false, ["false"] = false }

local function to_number(given)
  if host.type(given) == "amount" then
    return given.number
  end
  return tonumber((tostring(given):gsub("%s*%%$", ""):gsub(",", ".")))
end

local function to_amount(given, language)
  return host.type(given) == "amount" and given or host.amount(tostring(given), language)
end

-- How each type reads what was given: a value of a file, which has its type already, or a text of
-- the command line or of the plugin's own default; nil: it does not fit.  And what it is called.
local types = {
  number = { en = "a number", fr = "un nombre", read = to_number },
  percent = { en = "a percentage", fr = "un pourcentage", read = to_number },
  integer = { en = "a whole number", fr = "un nombre entier", read = function(given)
    local number = to_number(given)
    return number and math.tointeger(number)
  end },
  bool = { en = "yes or no", fr = "oui ou non", read = function(given)
    if type(given) == "boolean" then
      return given
    end
    return truths[tostring(given)]
  end },
  date = { en = "a date such as 2024-06-30, 2024-06 or 2024",
    fr = "une date comme 2024-06-30, 2024-06 ou 2024", read = function(given)
    return host.type(given) == "date" and given or host.date(tostring(given))
  end },
  duration = { en = "a duration such as `2 months`", fr = "une durée comme `2 mois`",
    read = function(given, language)
    local amount = to_amount(given, language)
    return amount and amount.family == "time" and not amount.per and amount or nil
  end },
  money = { en = "an amount of money such as `500 EUR`", fr = "une somme comme `500 EUR`",
    read = function(given, language)
    local amount = to_amount(given, language)
    return amount and amount.family == "money" and not amount.per and amount or nil
  end },
  text = { en = "a text", fr = "un texte", read = tostring },
  word = { en = "a word", fr = "un mot", read = function(given)
    return type(given) == "table" and #given == 1 and given[1] or type(given) == "string" and given or nil
  end },
  list = { en = "words with commas between them", fr = "des mots, séparés par des virgules",
    read = function(given)
    if type(given) == "table" then
      return given
    end
    local items = {}
    for item in tostring(given):gmatch("[^,]+") do
      items[#items + 1] = item:match("^%s*(.-)%s*$")
    end
    return items
  end },
}

-- One of the words that an option lists, as it lists it.
local function choice_of(option, given)
  for _, choice in ipairs(option.values) do
    if host.fold(choice) == host.fold(tostring(given)) then
      return choice
    end
  end
end

-- What the option makes of a value; nil: it does not take it.
local function read(option, given, language)
  local value = types[option.type].read(given, language)
  if value == nil then
    return nil
  elseif option.values then
    return choice_of(option, value)
  elseif type(value) == "number" and (option.min and value < option.min
    or option.max and value > option.max) then
    return nil
  end
  return value
end

local function expected(option)
  local text = types[option.type][job.lang] or types[option.type].en
  if option.values then
    return sentence("values", table.concat(option.values, ", "))
  elseif option.min and option.max then
    return text .. sentence("range", option.min, option.max)
  elseif option.min then
    return text .. sentence("least", option.min)
  elseif option.max then
    return text .. sentence("most", option.max)
  end
  return text
end

-- ---- What is set --------------------------------------------------------------------------

-- The id, or the plugin's word in any language.
function options.is_called(plugin, name)
  if name == plugin.id then
    return true
  end
  for _, language in ipairs(job.languages) do
    local word = plugin.word and plugin.word[language]
    if word and host.fold(word) == host.fold(name or "") then
      return true
    end
  end
  return false
end

-- What alliance.conf and the files set for this plugin: the last one holds.  A name may be that of a
-- check and a view, each with options of its own; what neither has was told where it is written.
local function set_in_files(plugin, declared)
  local given = {}
  for _, setting in ipairs(host.settings()) do
    if declared[setting.option] and options.is_called(plugin, setting.plugin) then
      given[setting.option] = setting.value
    end
  end
  return given
end

-- The options of a plugin as it sees them; `given`: texts of the command line; `nearest(name,
-- names)` gives the name that was probably meant; `wrong` is called with a sentence for a name or
-- value that does not fit.
function options.of(plugin, given, nearest, wrong)
  local declared, values = plugin.options or {}, {}
  for name, option in pairs(declared) do
    local default = option.default
    values[name] = default ~= nil and types[option.type].read(default, "en") or default
  end
  local function take(all)
    for name, value in pairs(all) do
      local option = declared[name]
      local taken = option and read(option, value, job.lang)
      if not option then
        local known = next(declared) and nearest(name, declared)
        wrong(sentence("unknown", name, plugin.id) .. (known and sentence("nearest", known) or ""))
      elseif taken == nil then
        wrong(sentence("wrong", name, expected(option), host.text(value, job.lang)))
      else
        values[name] = taken
      end
    end
  end
  take(set_in_files(plugin, declared))
  take(given)
  return values
end

return options
