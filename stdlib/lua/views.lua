-- views.lua -- what checks, views and exporters share: everything that is derived from an alliance
-- is derived here, once.
--
-- Each function takes the model of a plugin and gives plain tables that hold entities and values;
-- the words around them are the plugin's. Lists are in the order of the file.

local grids = require "alliance.stakeholders"
local host = require "alliance.host"
local text = require "alliance.text"

local views = {}

-- ---- Half-known values --------------------------------------------------------------------------

--- Whether a value is written, known, and applies.
function views.known(value)
  return value ~= nil and value ~= alliance.unknown and value ~= alliance.none
end

--- The known items of a property that holds one thing or several, and how many are `?`.
function views.list(value)
  if value == alliance.unknown then return {}, 1 end
  if not views.known(value) then return {}, 0 end
  if type(value) ~= "table" or getmetatable(value) then return { value }, 0 end
  local items, unknown = {}, 0
  for _, item in ipairs(value) do
    if item == alliance.unknown then unknown = unknown + 1
    elseif item ~= alliance.none then items[#items + 1] = item end
  end
  return items, unknown
end

--- Whether an item of a property is an entity (of a kind); others are texts or values.
function views.is_entity(item, kind)
  return host.type(item) == "entity" and (kind == nil or item:is_a(kind))
end

--- The partners among the items of a property, groups and bodies opened: a list without doubles, and
--- how many items are `?`.
function views.partners_in(value)
  local found, seen = {}, {}
  local items, unknown = views.list(value)
  local function add(item, depth)
    if not views.is_entity(item) then return end
    if item:is_a("partner") and not seen[item.path] then
      seen[item.path] = true
      found[#found + 1] = item
    elseif (item:is_a("group") or item:is_a("body")) and depth < 8 then
      local members, more = views.list(item.members)
      unknown = unknown + more
      for _, member in ipairs(members) do add(member, depth + 1) end
    end
  end
  for _, item in ipairs(items) do add(item, 0) end
  return found, unknown
end

--- The partners that several properties of an entity name, without doubles, and how many items are `?`.
function views.partners_of(entity, ...)
  local items, unknown = {}, 0
  for i = 1, select("#", ...) do
    local some, more = views.list(entity[(select(i, ...))])
    unknown = unknown + more
    table.move(some, 1, #some, #items + 1, items)
  end
  local partners, more = views.partners_in(items)
  return partners, unknown + more
end

--- The items that say nothing of a property, then those of which it is `?`.
function views.gaps(items, property)
  local missing, open = {}, {}
  for _, item in ipairs(items) do
    local value = item[property]
    local known, unknown = views.list(value)
    if value == nil then missing[#missing + 1] = item
    elseif unknown > 0 and #known == 0 then open[#open + 1] = item end
  end
  return missing, open
end

--- The day a duration after a date; nil when the duration is no number of days, weeks, months or years.
function views.day_after(duration, date)
  local fine, day = pcall(function() return duration:after(date) end)
  return fine and day or nil
end

--- How many names a sentence holds.
views.most_named = 8

--- Names (a list of `{ en =, fr = }`) in words, as a text for each language, each once; of many, the
--- first ones and how many others. `more`: how many there are that the list does not name.
function views.several(names, more)
  local others = { en = "%d others", fr = "%d autres" }
  local texts = {}
  for _, language in ipairs(host.languages) do
    local all, seen, parts = {}, {}, {}
    for _, name in ipairs(names) do
      if not seen[name[language]] then all[#all + 1] = name[language] end
      seen[name[language]] = true
    end
    local count = #all + (more or 0)
    local named = count > views.most_named and math.min(views.most_named - 1, #all) or #all
    table.move(all, 1, named, 1, parts)
    if count > named then parts[#parts + 1] = others[language]:format(count - named) end
    texts[language] = text.list(parts, language)
  end
  return texts
end

local untitled = {
  brings = { en = "what %s brings", fr = "ce qu'apporte %s" },
  receives = { en = "what %s gains", fr = "ce qu'y gagne %s" },
}

--- The title of an entity between quotation marks, as a text for each language; a contribution or a
--- benefit without one is said by its partner.
function views.quote(entity)
  local label = entity.label
  local form = not entity.title and untitled[entity.kind]
  if form and entity.partner then
    label = entity.partner.label
  else
    form = { en = "“%s”", fr = "« %s »" }
  end
  return { en = form.en:format(label), fr = form.fr:format(label) }
end

--- The same for several entities, as `several` puts them.
function views.quoted(entities)
  local names = {}
  for i, entity in ipairs(entities) do names[i] = views.quote(entity) end
  return views.several(names)
end

--- The titles without marks, for partners and other actors; `more` as in `several`.
function views.named(entities, more)
  local names = {}
  for i, entity in ipairs(entities) do names[i] = { en = entity.label, fr = entity.label } end
  return views.several(names, more)
end

local few = 3

local function labels(entities)
  local found = {}
  for i, entity in ipairs(entities) do found[i] = entity.label end
  return found
end

--- Partners, of the `total` that there are: "the 12 partners" when they are all, and more than a few;
--- else their titles.
function views.those(partners, total)
  if #partners < total or total <= few then
    return { en = text.list(labels(partners), "en"), fr = text.list(labels(partners), "fr") }
  end
  return { en = ("the %d partners"):format(total), fr = ("les %d partenaires"):format(total) }
end

--- The same for a sentence that counts them: who = "5 partners" and names = ": A, B, C, D and E", or
--- "the 12 partners" and nothing more; each a text for each language.
function views.counted(partners, total)
  local names = views.those(partners, total)
  if #partners == total and total > few then return names, { en = "", fr = "" } end
  local one = #partners == 1
  return { en = (one and "%d partner" or "%d partners"):format(#partners),
      fr = (one and "%d partenaire" or "%d partenaires"):format(#partners) },
    { en = ": " .. names.en, fr = " : " .. names.fr }
end

--- A word of a list of a kind as running text writes it, for each language.
function views.word(id, kind)
  local words = {}
  for _, language in ipairs(host.languages) do
    words[language] = text.plain_words(host.word("word", id, kind, language) or id)
  end
  return words
end

--- Whether the file studies an alliance that exists: what is planned is then nobody's to do.
function views.is_studied(model)
  return model.alliance ~= nil and model.alliance.mode == "analysis"
end

-- ---- The nine boxes -----------------------------------------------------------------------------

--- The boxes in the order in which the method fills them, each with the kind it is made from.
views.filling_order = {
  { id = "partners", kind = "partner" }, { id = "offers", kind = "offer" },
  { id = "beneficiaries", kind = "beneficiary" }, { id = "channels", kind = "channel" },
  { id = "relations", kind = "relation" }, { id = "activities", kind = "activity" },
  { id = "resources", kind = "resource" }, { id = "costs", kind = "cost" },
  { id = "funding", kind = "funding" },
}

--- The nine boxes, first the ones that the method fills first: { id, kind, items = entities,
--- state, said = the `box` that speaks of it, or nil }. state: "filled", "unknown" (`box …: ?`),
--- "none" (it does not apply), "told" (only a sentence of the `box`), "empty".
function views.boxes(model)
  local said = {}
  if model.alliance then
    for _, box in ipairs(model.alliance:children("box")) do said[box.key] = box end
  end
  local boxes = {}
  for i, row in ipairs(views.filling_order) do
    local box = { id = row.id, kind = row.kind, items = model:all(row.kind), said = said[row.id] }
    local value = box.said and box.said.value
    if #box.items > 0 then
      box.state = "filled"
    elseif value == alliance.unknown then
      box.state = "unknown"
    elseif value == alliance.none then
      box.state = "none"
    else
      box.state = value and "told" or "empty"
    end
    boxes[i] = box
  end
  return boxes
end

-- ---- What each gives and receives ---------------------------------------------------------------

-- Whether a contribution or a benefit says something, rather than only `?`.
local function says_something(item)
  return item.title ~= nil or views.known(item.amount) or views.known(item.nature)
end

local function split(items)
  local told, open = {}, {}
  for _, item in ipairs(items) do
    local list = says_something(item) and told or open
    list[#list + 1] = item
  end
  return told, open
end

-- Resources and fundings that come from a partner: it gives them, wherever it is written.
local function lent(model)
  local by = {}
  for _, kind in ipairs { "resource", "funding" } do
    for _, item in ipairs(model:all(kind)) do
      if not (kind == "funding" and item.status == "refused") then
        for _, from in ipairs((views.list(item.from))) do
          if views.is_entity(from, "partner") then
            by[from.path] = by[from.path] or {}
            table.insert(by[from.path], item)
          end
        end
      end
    end
  end
  return by
end

--- The ledger: one row a partner, { partner, gives, receives (what is told), gives_open,
--- receives_open (only `?`), lends (resources and fundings that come from it) }.
function views.ledger(model)
  local rows, lends = {}, lent(model)
  for i, partner in ipairs(model:all("partner")) do
    local row = { partner = partner, lends = lends[partner.path] or {} }
    row.gives, row.gives_open = split(partner:children("brings"))
    row.receives, row.receives_open = split(partner:children("receives"))
    rows[i] = row
  end
  return rows
end

-- ---- Amounts that can be added ------------------------------------------------------------------

-- The unit in which a unit is counted, and how many of it it makes.
local factors = {
  min = { "hour", 1 / 60 }, minute = { "hour", 1 / 60 }, h = { "hour", 1 }, hour = { "hour", 1 },
  day = { "day", 1 }, week = { "day", 7 }, month = { "month", 1 }, year = { "month", 12 },
}

-- The hours of a working day, when the alliance says so.
local function hours_of_day(model)
  local day = model.alliance and model.alliance.workday
  if not views.known(day) then return nil end
  local factor = factors[day.unit]
  return factor and factor[1] == "hour" and day.number * factor[2] or nil
end

--- An amount as a number in a unit that others of its sort share: the number, the unit. Only
--- person-days become hours, and only when the alliance says how long a working day is; days and
--- hours never join.
function views.measure(model, amount)
  local unit, number = amount.unit or "", amount.number
  if amount.family == "time" then
    local factor = factors[unit]
    local hours = unit == "person-day" and hours_of_day(model)
    if hours then
      number, unit = number * hours, "hour"
    elseif factor then
      number, unit = number * factor[2], factor[1]
    end
  end
  if amount.per then unit = unit .. "/" .. amount.per end
  return number, unit
end

--- The amount of a contribution that can be added: its total over the period when it is a rate,
--- else what is written; nil when it is not known.
function views.total(item)
  local total = item.total
  if views.known(total) then return total end
  local amount = item.amount
  if views.known(amount) and not amount.per then return amount end
  return nil
end

local time_natures = { volunteering = true, staff = true, ["civic-service"] = true,
  ["skills-sponsorship"] = true }

--- What a contribution is made of: "money", "time", or "other"; nil when nothing tells.
function views.matter(item)
  local amount = item.amount
  if views.known(amount) and type(amount) ~= "number" then
    if amount.family == "money" or amount.family == "time" then return amount.family end
    return time_natures[item.nature] and "time" or "other"
  end
  if item.nature == "money" then return "money" end
  if time_natures[item.nature] then return "time" end
  return views.known(item.nature) and "other" or nil
end

--- Sums by unit of what each partner brings in one matter ("money" or "time"): a list of
--- { unit, by = path -> number, total, one = an amount of one unit, or nil }, in the order in which
--- units appear, and the contributions that cannot be counted because a value is missing or not known.
function views.sums(model, ledger, matter)
  local sums, by_unit, missing = {}, {}, {}
  for _, row in ipairs(ledger) do
    for _, item in ipairs(row.gives) do
      local made_of = views.matter(item)
      if made_of == matter then
        local total = views.total(item)
        if total then
          local number, unit = views.measure(model, total)
          local sum = by_unit[unit]
          if not sum then
            sum = { unit = unit, by = {}, total = 0 }
            by_unit[unit] = sum
            sums[#sums + 1] = sum
          end
          sum.by[row.partner.path] = (sum.by[row.partner.path] or 0) + number
          sum.total = sum.total + number
          if not sum.one and number ~= 0 and number == total.number then sum.one = total / total.number end
        else
          missing[#missing + 1] = item
        end
      elseif made_of == nil then
        missing[#missing + 1] = item
      end
    end
    for _, item in ipairs(row.gives_open) do missing[#missing + 1] = item end
  end
  return sums, missing
end

--- A number of a sum, as an amount in the language of the run: to two decimals, unless that would leave
--- nothing of it. What is written in the file is shown as written; a sum over a period is not written.
function views.shown(sum, value)
  local rounded = math.floor(value * 100 + 0.5) / 100
  if rounded ~= 0 then value = rounded end
  local said = sum.one and tostring(sum.one * value) or ("%g %s"):format(value, sum.unit)
  return (said:gsub("([.,])(%d%d)0+%f[%D]", function(mark, digits) return digits == "00" and "" or mark .. digits end))
end

--- How many activities each partner answers for: by = path -> number, total (all of them), open
--- (those whose owner is not known or not written).
function views.accountabilities(model)
  local count = { by = {}, total = 0, open = {} }
  for _, activity in ipairs(model:all("activity")) do
    count.total = count.total + 1
    local owners = views.partners_in(activity.owner)
    for _, owner in ipairs(owners) do
      count.by[owner.path] = (count.by[owner.path] or 0) + 1
    end
    if #owners == 0 then count.open[#count.open + 1] = activity end
  end
  return count
end

-- ---- Positions ----------------------------------------------------------------------------------

--- Goals that are the alliance's, not one partner's own.
function views.shared_goals(model)
  local goals = {}
  for _, goal in ipairs(model:all("goal")) do
    if goal.own ~= true and not views.known(goal.partner) then goals[#goals + 1] = goal end
  end
  return goals
end

--- The matrix of positions: { goals, partners, at[goal path][partner path] = a number, the value
--- `?`, or nil, said[goal path] = the partners of which it says something, written = how many are numbers }.
function views.positions(model)
  local matrix = { goals = model:all("goal"), partners = model:all("partner"), at = {}, said = {}, written = 0 }
  for _, goal in ipairs(matrix.goals) do matrix.at[goal.path], matrix.said[goal.path] = {}, {} end
  for _, partner in ipairs(matrix.partners) do
    for _, position in ipairs(partner:children("position")) do
      local goal = position.key
      local at = views.is_entity(goal) and matrix.at[goal.path]
      if at and position.value ~= nil then
        if at[partner.path] == nil then table.insert(matrix.said[goal.path], partner) end
        at[partner.path] = position.value
        if type(position.value) == "number" then matrix.written = matrix.written + 1 end
      end
    end
  end
  return matrix
end

--- Who stands where on each shared goal: rows { goal, favourable, against (0 or less), unknown
--- (`?`) of partners, silent = how many others there are (views.silent lists them) }. A partner that carries a
--- goal or answers for it supports it, unless a position says otherwise.
function views.support(model)
  local matrix, rows, order = views.positions(model), {}, {}
  for i, partner in ipairs(matrix.partners) do order[partner.path] = i end
  for i, goal in ipairs(views.shared_goals(model)) do
    local row = { goal = goal, favourable = {}, against = {}, unknown = {} }
    local at, carries, places = matrix.at[goal.path], {}, {}
    for _, partner in ipairs(matrix.said[goal.path]) do places[#places + 1] = order[partner.path] end
    for _, partner in ipairs((views.partners_of(goal, "carried-by", "owner"))) do
      carries[partner.path] = true
      if at[partner.path] == nil then places[#places + 1] = order[partner.path] end
    end
    table.sort(places)
    local named = 0
    for _, place in ipairs(places) do
      local partner = matrix.partners[place]
      local position = at[partner.path]
      local side
      if type(position) == "number" then
        side = position > 0 and row.favourable or row.against
      elseif carries[partner.path] then
        side = row.favourable
      else
        side = position == alliance.unknown and row.unknown or nil
      end
      if side then side[#side + 1], named = partner, named + 1 end
    end
    row.silent = #matrix.partners - named
    rows[i] = row
  end
  return rows
end

--- The partners of which a row of views.support says nothing.
function views.silent(model, row)
  local list, named = {}, {}
  for _, side in ipairs { row.favourable, row.against, row.unknown } do
    for _, partner in ipairs(side) do named[partner.path] = true end
  end
  for _, partner in ipairs(model:all("partner")) do
    if not named[partner.path] then list[#list + 1] = partner end
  end
  return list
end

-- The goal that most partners support; the first of those in the file.
local function closest(rows)
  local best = rows[1]
  for _, row in ipairs(rows) do
    if #row.favourable > #best.favourable then best = row end
  end
  return best
end

--- Whether one goal is everybody's: { rows (of support), shared = a row that all partners support, or
--- nil; best = the nearest to it, first of those that nobody is known to oppose, is_open = whether it is
--- one of these, asks = whether only positions that are `?` stand between it and being shared }; nil
--- without a shared goal.
function views.common_goal(model)
  local rows, open = views.support(model), {}
  if #rows == 0 then return nil end
  local found = { rows = rows }
  for _, row in ipairs(rows) do
    if #row.against == 0 then
      open[#open + 1] = row
      if #row.unknown + row.silent == 0 then found.shared = found.shared or row end
    end
  end
  found.is_open = #open > 0
  found.best = closest(found.is_open and open or rows)
  found.asks = not found.shared and found.is_open and #found.best.unknown > 0 and found.best.silent == 0
  return found
end

--- Who works for what: for each shared goal a row { goal, partners }: those who answer for it, carry
--- it, answer for or work in its workstream or one of its activities, or bring something for it. To
--- support a goal is not yet to work for it: see `support`.
function views.carriers(model)
  local rows, by = {}, {}
  for i, goal in ipairs(views.shared_goals(model)) do
    rows[i] = { goal = goal, partners = {}, seen = {} }
    by[goal.path] = rows[i]
  end
  local function add(goals, value)
    local partners = views.partners_in(value)
    for _, goal in ipairs((views.list(goals))) do
      local row = views.is_entity(goal) and by[goal.path]
      for _, partner in ipairs(row and partners or {}) do
        if not row.seen[partner.path] then
          row.seen[partner.path] = true
          row.partners[#row.partners + 1] = partner
        end
      end
    end
  end
  for _, row in ipairs(rows) do
    local workstream = row.goal.workstream
    add(row.goal, row.goal.owner)
    add(row.goal, row.goal["carried-by"])
    if views.is_entity(workstream) then
      add(row.goal, workstream.owner)
      add(row.goal, workstream.contributes)
    end
  end
  for _, activity in ipairs(model:all("activity")) do
    add(activity.goals, activity.owner)
    add(activity.goals, activity.with)
  end
  for _, item in ipairs(model:all("brings")) do add(item["for"], item.partner) end
  return rows
end

--- The positions that are numbers: { partners, goals (both with a position at least), silent (partners without
--- any), positions[i] (of a partner: place of a goal to a number; goals on which it has none are not there) }.
function views.positioned(model)
  local matrix = views.positions(model)
  local found, rows = { partners = {}, goals = {}, silent = {}, positions = {} }, {}
  for _, goal in ipairs(matrix.goals) do
    local at, place = matrix.at[goal.path], nil
    for _, partner in ipairs(matrix.said[goal.path]) do
      local path = partner.path
      if type(at[path]) == "number" then
        if not place then
          place = #found.goals + 1
          found.goals[place] = goal
        end
        rows[path] = rows[path] or {}
        rows[path][place] = at[path]
      end
    end
  end
  for _, partner in ipairs(matrix.partners) do
    local row = rows[partner.path]
    local list = row and found.partners or found.silent
    list[#list + 1], found.positions[#found.positions + 1] = partner, row
  end
  return found
end

-- ---- Those around the alliance --------------------------------------------------------------------

--- Where a stakeholder stands: { power, interest, legitimacy, urgency (levels, or nil), quadrant
--- (Mendelow), class, level (Mitchell, Agle & Wood), each nil while a figure is missing, open = the
--- figures that are not known }. A level counts as high from `midpoint` on (2 of 4 without it): a
--- convention, since neither source gives a boundary.
function views.standing(stakeholder, midpoint)
  midpoint = midpoint or 2
  local found, has = { open = {} }, {}
  for _, figure in ipairs { "power", "interest", "legitimacy", "urgency" } do
    local level = stakeholder[figure]
    if math.type(level) then
      found[figure], has[figure] = level, level >= midpoint
    else
      found.open[#found.open + 1] = figure
    end
  end
  local place = grids.mendelow { power = found.power, interest = found.interest, midpoint = midpoint }
  local kind = grids.mitchell(has)
  found.quadrant = place and place.quadrant
  found.class, found.level = kind and kind.class, kind and kind.level
  return found
end

-- Where being named means that something is done together.
local together = { "activity", "agreement", "body", "channel", "funding", "group", "link", "resource",
  "ritual", "scale-up", "workstream" }

--- Whether something is planned with a stakeholder or a support: somebody goes to it (`engaged-by`), or
--- it takes part in an activity, a ritual, a body, an agreement and the like.
function views.is_engaged(entity)
  if entity:is_a("stakeholder") and entity:has("engaged-by") then return true end
  for _, kind in ipairs(together) do
    if #entity:used_by(kind) > 0 then return true end
  end
  return false
end

-- ---- Needs --------------------------------------------------------------------------------------

-- What leads from a thing to the need that it serves; and the other way round: a partner has needs of
-- its own, a workstream has activities.
local leads = {
  offer = { "answers" }, goal = { "need" }, beneficiary = { "need" }, opportunity = { "answers" },
  activity = { "offer", "goals", "for" }, resource = { "for" }, funding = { "for" }, brings = { "for" },
  channel = { "to" }, relation = { "with" }, ["scale-up"] = { "need" },
}
local led_to = { { kind = "need", property = "partner" }, { kind = "activity", property = "workstream" } }

-- A function that gives the needs that an entity serves in the end, as a set of paths.
local function servant(model)
  local back, known = {}, {}
  for _, row in ipairs(led_to) do
    for _, item in ipairs(model:all(row.kind)) do
      local from = item[row.property]
      if views.is_entity(from) then
        back[from.path] = back[from.path] or {}
        table.insert(back[from.path], item)
      end
    end
  end
  local function served(entity)
    if known[entity.path] then return known[entity.path] end
    local found = {}
    known[entity.path] = found
    if entity:is_a("need") then found[entity.path] = true end
    local function follow(item)
      if not views.is_entity(item) then return end
      for path in pairs(served(item)) do found[path] = true end
    end
    for _, property in ipairs(leads[entity.kind] or {}) do
      for _, item in ipairs((views.list(entity[property]))) do follow(item) end
    end
    for _, item in ipairs(back[entity.path] or {}) do follow(item) end
    return found
  end
  return served
end

--- What answers each need: rows { need, offers, means (contributions, resources and fundings that are
--- not refused), work (activities that a partner does), opportunities }, by what each of them serves
--- in the end; then the means of which nothing says which need they serve.
function views.answers(model)
  local rows, by, loose, served = {}, {}, {}, servant(model)
  for i, need in ipairs(model:all("need")) do
    rows[i] = { need = need, offers = {}, means = {}, work = {}, opportunities = {} }
    by[need.path] = rows[i]
  end
  local function book(kind, place, counts)
    for _, item in ipairs(model:all(kind)) do
      if counts == nil or counts(item) then
        local needs = served(item)
        for path in pairs(needs) do table.insert(by[path][place], item) end
        if place == "means" and next(needs) == nil then loose[#loose + 1] = item end
      end
    end
  end
  book("offer", "offers")
  book("brings", "means")
  book("resource", "means")
  book("funding", "means", function(funding) return funding.status ~= "refused" end)
  book("activity", "work", function(activity) return #views.partners_of(activity, "owner", "with") > 0 end)
  book("opportunity", "opportunities")
  return rows, loose
end

-- ---- Open questions -----------------------------------------------------------------------------

local function question(entity, property, partial)
  return { entity = entity, property = property, ask = entity:ask(property), partial = partial }
end

local function has_open_item(value)
  return type(value) == "table" and not getmetatable(value) and select(2, views.list(value)) > 0
end

-- The head of a keyed or measured declaration that is `?`.
local function open_head(entity)
  for _, head in ipairs { "amount", "value" } do
    local found, value = pcall(function() return entity[head] end)
    if found and value == alliance.unknown then return true end
  end
  return false
end

--- The agenda: each `?` of the file, { entity, property (nil: its head), ask (whom to ask, or nil),
--- partial (the list goes on, but nobody knows with what) }. `is_filtered`: confidential values are
--- `?` in this model (ctx.left_out > 0); somebody knows them, so they are no questions.
function views.agenda(model, is_filtered)
  local agenda = {}
  for entity in model:each() do
    if open_head(entity) then agenda[#agenda + 1] = question(entity, nil) end
    for _, property in ipairs(entity:properties()) do
      local is_hidden = is_filtered and entity:is_confidential(property)
      if not is_hidden and entity:is_unknown(property) then
        agenda[#agenda + 1] = question(entity, property)
      elseif not is_hidden and has_open_item(entity[property]) then
        agenda[#agenda + 1] = question(entity, property, true)
      end
    end
  end
  return agenda
end

-- ---- Calendar -----------------------------------------------------------------------------------

-- A date or a period as { from, to, text, open = an end is `?`, starts_open, ends_open = which }, or nil.
local function days_of(value)
  if not views.known(value) then return nil end
  local first, last = value.first, value.last
  if type(first) == "number" then
    return { from = first, to = last, text = tostring(value) }
  end
  local from = views.known(first) and first.first or nil
  local to = views.known(last) and last.last or nil
  if not from and not to then return nil end
  return { from = from or to, to = to or from, text = tostring(value), open = not from or not to,
    starts_open = not from, ends_open = not to }
end

local dated = {
  { kind = "phase", property = "period" }, { kind = "milestone", property = "date" },
  { kind = "pilot", property = "period" }, { kind = "activity", property = "period" },
  { kind = "commitment", property = "due" }, { kind = "agreement", property = "ends" },
  { kind = "evaluation", property = "date" }, { kind = "scale-up", property = "date" },
}

--- The calendar: what has a date, the earliest first, { entity, from, to (day numbers), text, open,
--- starts_open, ends_open };
--- then what ought to have one, as a list of entities.
function views.calendar(model)
  local items, undated = {}, {}
  for _, row in ipairs(dated) do
    for _, entity in ipairs(model:all(row.kind)) do
      local days = days_of(entity[row.property])
      if days then
        days.entity, days.order = entity, #items
        items[#items + 1] = days
      elseif row.kind == "phase" or row.kind == "milestone" or entity:is_unknown(row.property) then
        undated[#undated + 1] = entity
      end
    end
  end
  table.sort(items, function(a, b)
    if a.from ~= b.from then return a.from < b.from end
    return a.order < b.order
  end)
  return items, undated
end

--- The milestone that comes next: the earliest one dated today or later, or nil.
function views.next_milestone(model, today)
  local best
  for _, milestone in ipairs(model:all("milestone")) do
    local date = milestone.date
    if views.known(date) and date.last >= today.first and (not best or date.first < best.date.first) then
      best = milestone
    end
  end
  return best
end

-- Where the day stands on which a thing begins.
local beginnings = { activity = "period", phase = "period", pilot = "period", resource = "period",
  milestone = "date", ["scale-up"] = "date", ritual = "start" }

-- The day on which a thing begins, as a day number. Of a date that is only a month or a year, its last
-- day: nothing is said to be late before it certainly is.
local function beginning_of(entity)
  local value = beginnings[entity.kind] and entity[beginnings[entity.kind]]
  if not views.known(value) then return nil end
  if type(value.first) == "number" then return value.last end
  return views.known(value.first) and value.first.first or nil
end

-- The first of what an item is for that begins, and the day; the day on which its own period begins,
-- when that is later: the third year's share is not needed in the first.
local function first_use(item)
  local aim, day
  for _, each in ipairs((views.list(item["for"]))) do
    local begins = views.is_entity(each) and beginning_of(each)
    if begins and (not day or begins < day) then aim, day = each, begins end
  end
  local first = views.known(item.period) and item.period.first
  if first and views.known(first) and (not day or first.first > day) then day = first.first end
  return aim, day
end

local settled = { confirmed = true, delivered = true, secured = true, refused = true }

local function is_money(item)
  if item.kind == "brings" then return views.matter(item) == "money" end
  local amount = item.amount
  return not views.known(amount) or type(amount) ~= "number" and amount.family == "money"
end

-- The last day to ask for what must be there on a day, when delays follow one another.
local function last_day(day, delays)
  for _, delay in ipairs(delays) do day = day and views.day_after(delay * -1, day) end
  return day
end

local function request_of(item, partner, today)
  local row = { item = item, partner = partner, status = views.known(item.status) and item.status or nil,
    decision = partner["decision-time"] }
  local day
  row.aim, day = first_use(item)
  row.needed = day and today:add { days = day - today.first }
  local payment = is_money(item) and partner["payment-time"]
  row.payment = views.known(payment) and payment or nil
  if not views.known(row.decision) then
    row.reason = "no-time"
  elseif not row.needed then
    row.reason = "no-date"
  else
    row.ask_by = last_day(row.needed, { row.payment or row.decision, row.payment and row.decision })
    row.reason = not row.ask_by and "no-days" or nil
  end
  return row
end

--- What partners have still to decide: contributions that are not confirmed and fundings that are not
--- secured, as rows { item, partner, status (or nil), aim (what needs it first, or nil), needed (the day,
--- a date, or nil), decision, payment (durations; payment only for money, and nil when not said), ask_by
--- (the last day to ask: needed less both delays), reason }. Without `ask_by`, `reason` is "no-time" (the
--- partner's decision time is not known), "no-date", or "no-days" (a delay that counts no days). A
--- partner whose decision time is said not to apply is not asked.
function views.requests(model, today)
  local rows = {}
  local function add(item, partner)
    if not partner or settled[item.status] or partner["decision-time"] == alliance.none then return end
    rows[#rows + 1] = request_of(item, partner, today)
  end
  for _, item in ipairs(model:all("brings")) do add(item, item.partner) end
  for _, item in ipairs(model:all("funding")) do
    for _, partner in ipairs((views.partners_in(item.from))) do add(item, partner) end
  end
  return rows
end

-- ---- Funding ------------------------------------------------------------------------------------

-- The years that a period touches; one entry without a year when nothing is said.
local function years_of(period)
  local days = period and days_of(period)
  if not days or days.open then return { "" } end
  local first, last = period.first, period.last
  local years = {}
  for year = first.year, last.year do years[#years + 1] = tostring(year) end
  return years
end

--- Money by currency: a list of { currency, costs, secured, requested, approach, refused (numbers),
--- years = list of { year ("" when not said), costs, secured, requested, approach, unsaid, counted (more
--- than what nobody has been asked for stands there) } }, then the costs and fundings whose amount is not
--- known, except what is refused, not money, or asked of nobody yet: it changes nothing. A sum over
--- several years is not split: it stands in the year "several". What is refused has no year.
function views.funding(model)
  local list, by, open = {}, {}, {}
  local places = { secured = "secured", requested = "requested", ["to-approach"] = "approach",
    refused = "refused" }
  local function book(item, place)
    local total = views.total(item)
    if not total or type(total) == "number" or total.family ~= "money" or total.per then
      local amount = item.amount
      local has_money = not views.known(amount) or type(amount) ~= "number" and amount.family == "money"
      if has_money and place ~= "refused" and place ~= "approach" then open[#open + 1] = item end
      return
    end
    local row = by[total.unit]
    if not row then
      row = { currency = total.unit, costs = 0, secured = 0, requested = 0, approach = 0, refused = 0,
        unsaid = 0, years = {}, by_year = {} }
      by[total.unit] = row
      list[#list + 1] = row
    end
    row[place] = row[place] + total.number
    if place == "refused" then return end
    local years = years_of(item.period)
    local year = #years == 1 and years[1] or "several"
    local period = row.by_year[year]
    if not period then
      period = { year = year, costs = 0, secured = 0, requested = 0, approach = 0, unsaid = 0 }
      row.by_year[year] = period
      row.years[#row.years + 1] = period
    end
    period[place] = period[place] + total.number
    period.counted = period.counted or place ~= "approach"
  end
  for _, cost in ipairs(model:all("cost")) do book(cost, "costs") end
  for _, funding in ipairs(model:all("funding")) do
    book(funding, places[funding.status] or "unsaid")
  end
  for _, activity in ipairs(model:all("activity")) do
    if activity:is_unknown("cost") then
      open[#open + 1] = activity
    elseif activity:has("cost") then
      book({ amount = activity.cost, period = activity.period }, "costs")
    end
  end
  for _, row in ipairs(list) do
    table.sort(row.years, function(a, b) return a.year < b.year end)
  end
  return list, open
end

-- ---- Network ------------------------------------------------------------------------------------

--- What ties partners: lists of two partners or more that share an activity, an agreement or a link, or of
--- which one receives from the other.
function views.gatherings(model)
  local list = {}
  local function gather(partners)
    if #partners > 1 then list[#list + 1] = partners end
  end
  for _, activity in ipairs(model:all("activity")) do gather((views.partners_of(activity, "owner", "with"))) end
  for _, agreement in ipairs(model:all("agreement")) do gather((views.partners_of(agreement, "between"))) end
  for _, link in ipairs(model:all("link")) do
    if views.is_entity(link.from, "partner") and views.is_entity(link.to, "partner")
      and link.from.path ~= link.to.path then
      gather { link.from, link.to }
    end
  end
  for _, partner in ipairs(model:all("partner")) do
    for _, benefit in ipairs(partner:children("receives")) do
      for _, from in ipairs((views.partners_in(benefit.from))) do
        if from.path ~= partner.path then gather { partner, from } end
      end
    end
  end
  return list
end

--- Who works with whom: a tie for each pair of partners in a gathering: { from, to (partners), weight = how
--- many gatherings }.
function views.ties(model)
  local ties, by = {}, {}
  local function tie(a, b)
    local first, second = a, b
    if b.path < a.path then first, second = b, a end
    local key = first.path .. "\0" .. second.path
    if not by[key] then
      by[key] = { from = first, to = second, weight = 0 }
      ties[#ties + 1] = by[key]
    end
    by[key].weight = by[key].weight + 1
  end
  for _, partners in ipairs(views.gatherings(model)) do
    for i = 1, #partners do
      for j = i + 1, #partners do tie(partners[i], partners[j]) end
    end
  end
  return ties
end

--- The network of the alliance: nodes (partners, goals, activities) and edges { from, to, relation }
--- between them, relation being "owner", "with", "goals", "carried-by" or "brings".
function views.network(model)
  local nodes, edges, seen = {}, {}, {}
  for _, kind in ipairs { "partner", "activity", "goal" } do
    for _, entity in ipairs(model:all(kind)) do
      nodes[#nodes + 1] = entity
      seen[entity.path] = true
    end
  end
  local function join(from, to, relation)
    if seen[from.path] and seen[to.path] then
      edges[#edges + 1] = { from = from, to = to, relation = relation }
    end
  end
  for _, activity in ipairs(model:all("activity")) do
    for _, relation in ipairs { "owner", "with" } do
      for _, partner in ipairs((views.partners_in(activity[relation]))) do
        join(partner, activity, relation)
      end
    end
    for _, goal in ipairs((views.list(activity.goals))) do join(activity, goal, "goals") end
  end
  for _, goal in ipairs(model:all("goal")) do
    for _, partner in ipairs((views.partners_in(goal["carried-by"]))) do
      join(partner, goal, "carried-by")
    end
  end
  for _, partner in ipairs(model:all("partner")) do
    for _, item in ipairs(partner:children("brings")) do
      for _, aim in ipairs((views.list(item["for"]))) do
        if views.is_entity(aim) then join(partner, aim, "brings") end
      end
    end
  end
  return { nodes = nodes, edges = edges }
end

return views
