-- figures.lua -- what an alliance comes to by the published methods: views.lua gathers what the file
-- says, this puts it through the modules of methods.
--
-- Each function takes the model of a plugin and gives plain tables of entities and numbers. Where there
-- is no answer it gives `nil` and a reason of the form `reason-id: sentence`, or false for the part that
-- has none: what is not known is never zero.

local concordance = require "alliance.concordance"
local exchange = require "alliance.exchange"
local games = require "alliance.games"
local goals = require "alliance.goals"
local inequality = require "alliance.inequality"
local mactor = require "alliance.mactor"
local network = require "alliance.network"
local schedule = require "alliance.schedule"
local views = require "alliance.views"

local figures = {}

-- ---- What is brought and what is gained -----------------------------------------------------------

--- What one hour, day or piece of a nature is worth, by nature: amounts, from `valuation`.
function figures.rates(model)
  local rates = {}
  for _, valuation in ipairs(model:all("valuation")) do
    if views.known(valuation.value) then rates[valuation.key] = valuation.value end
  end
  return rates
end

--- What a contribution or a benefit is worth, as a number and its currency: its money, else its `worth`,
--- else its amount times the rate of its nature (second result true); nil when nothing says.
function figures.worth(model, item, rates)
  local total = views.total(item)
  local is_amount = total and type(total) ~= "number"
  if is_amount and total.family == "money" and not total.per then return total.number, total.unit end
  if views.known(item.worth) then return item.worth.number, item.worth.unit end
  local rate = rates[item.nature]
  if rate and is_amount then
    local count, unit = views.measure(model, total)
    if rate.per == total.unit then return total.number * rate.number, rate.unit, true end
    if rate.per == unit then return count * rate.number, rate.unit, true end
  end
  return nil
end

-- Adds up one side of the ledger: { sums (by row), missing (items without a value), unit (of all that
-- is valued, false when there are several, nil when there is none) }.
local function add_up(ledger, side, value_of)
  local found = { sums = {}, missing = {} }
  for i, row in ipairs(ledger) do
    local sum = 0
    for _, item in ipairs(row[side]) do
      local value, unit = value_of(item)
      if value then
        sum = sum + value
        if unit and found.unit == nil then found.unit = unit
        elseif unit and found.unit ~= unit then found.unit = false end
      else
        found.missing[#found.missing + 1] = item
      end
    end
    for _, item in ipairs(row[side .. "_open"]) do found.missing[#found.missing + 1] = item end
    found.sums[i] = sum
  end
  return found
end

--- What the contributions of each row of the ledger are worth: { sums, missing, unit }; `unit` is false
--- when there are several currencies, which are never added.
function figures.contributions(model, ledger)
  local rates = figures.rates(model)
  return add_up(ledger, "gives", function(item) return figures.worth(model, item, rates) end)
end

--- The same for what each gains, with basis = "felt" (levels from 0 to 4) when every benefit has one,
--- else "worth" when every benefit has a worth in one currency; else that of the levels, with what is
--- missing.
function figures.benefits(model, ledger)
  local felt = add_up(ledger, "receives", function(item) return math.type(item.felt) and item.felt or nil end)
  felt.basis = "felt"
  if #felt.missing == 0 then return felt end
  local rates = figures.rates(model)
  local worth = add_up(ledger, "receives", function(item) return figures.worth(model, item, rates) end)
  worth.basis = "worth"
  return #worth.missing == 0 and worth.unit and worth or felt
end

-- The middle of the other partners' ratios, by partner: of an even number, the lower and the upper one, so
-- that one partner out of line does not make the others look so. False for who has no ratio, or no peer.
local function peers_of(ratios)
  local sorted, place = {}, {}
  for i, ratio in ipairs(ratios) do
    if ratio then sorted[#sorted + 1] = i end
  end
  table.sort(sorted, function(a, b)
    if ratios[a] ~= ratios[b] then return ratios[a] < ratios[b] end
    return a < b
  end)
  for k, i in ipairs(sorted) do place[i] = k end
  local others, peers = #sorted - 1, {}
  for i in ipairs(ratios) do
    -- The k-th of the others.
    local function other(k) return ratios[sorted[k < place[i] and k or k + 1]] end
    peers[i] = place[i] and others > 0 and { other((others + 1) // 2), other(others // 2 + 1) } or false
  end
  return peers
end

--- Contributions against benefits (Adams 1965; Jain, Chiu & Hawe 1984): { equity (of
--- inequality.equity, in the order of the ledger), sides[i] = "less", "more" or "even" than the peers by
--- more than `factor` (nil for who has no ratio), basis, unit }. Undefined: not-valued (third result: the
--- items without a value), mixed (several currencies), and the reasons of inequality.equity.
function figures.proportions(model, ledger, factor)
  local given, got = figures.contributions(model, ledger), figures.benefits(model, ledger)
  local missing = table.move(got.missing, 1, #got.missing, #given.missing + 1, given.missing)
  if #missing > 0 then return nil, "not-valued: some items have no value", missing end
  if given.unit == false then return nil, "mixed: there are several currencies", {} end
  local equity, reason = inequality.equity(given.sums, got.sums)
  if not equity then return nil, reason, {} end
  local sides, peers = {}, peers_of(equity.ratio)
  for i in ipairs(ledger) do
    local ratio, two = equity.ratio[i], peers[i]
    if two then
      sides[i] = ratio * factor < two[1] and "less" or ratio > two[2] * factor and "more" or "even"
    end
  end
  return { equity = equity, sides = sides, basis = got.basis, unit = given.unit }
end

--- Which partners give and receive (e3value): of exchange.reciprocal over the ledger, what is only `?`
--- counted as being there; names are paths.
function figures.reciprocity(ledger)
  local interfaces = {}
  for i, row in ipairs(ledger) do
    interfaces[i] = { name = row.partner.path, incoming = #row.receives + #row.receives_open,
      outgoing = #row.gives + #row.gives_open + #row.lends }
  end
  return exchange.reciprocal(interfaces)
end

--- What is left to each partner, in money (e3value net value): { unit, rows = list of { partner, gains,
--- brings, net } } over the partners whose every contribution and benefit is worth something in one
--- currency, and without = how many partners that leaves out; nil when nobody is left.
function figures.net_values(model, ledger)
  local rates, found = figures.rates(model), { rows = {}, without = 0 }
  for _, row in ipairs(ledger) do
    local sides, fine = {}, #row.gives_open + #row.receives_open == 0 and #row.gives > 0 and #row.receives > 0
    for _, side in ipairs { "gives", "receives" } do
      sides[side] = 0
      for _, item in ipairs(row[side]) do
        local value, unit = figures.worth(model, item, rates)
        fine = fine and value ~= nil and (found.unit == nil or found.unit == unit)
        if fine then
          found.unit = unit
          sides[side] = sides[side] + value
        end
      end
    end
    if fine then
      local flow = exchange.net_value { { occurrences = 1, money_in = sides.receives, money_out = sides.gives } }
      found.rows[#found.rows + 1] = { partner = row.partner, gains = sides.receives, brings = sides.gives,
        net = flow.net }
    else
      found.without = found.without + 1
    end
  end
  return #found.rows > 0 and found or nil
end

--- What goals are worth, by who makes them possible (Shapley over marginal contribution nets, Ieong &
--- Shoham 2005): a goal that says its `worth` and whom it takes (`carried-by`) is a rule "all of them".
--- One entry a unit, { unit, one (an amount of one unit), rows = list of { partner, value }, goals }; an
--- empty list when no goal says both.
function figures.made_possible(model)
  local partners, index, units, by = model:all("partner"), {}, {}, {}
  for i, partner in ipairs(partners) do index[partner.path] = i end
  for _, goal in ipairs(views.shared_goals(model)) do
    local carriers, unknown = views.partners_in(goal["carried-by"])
    if views.known(goal.worth) and unknown == 0 and #carriers > 0 then
      local unit = goal.worth.unit or ""
      if not by[unit] then
        by[unit] = { unit = unit, rules = {}, goals = {}, rows = {} }
        units[#units + 1] = by[unit]
      end
      local rule = { all_of = {}, value = goal.worth.number }
      for i, carrier in ipairs(carriers) do rule.all_of[i] = index[carrier.path] end
      if goal.worth.number ~= 0 then by[unit].one = goal.worth / goal.worth.number end
      table.insert(by[unit].rules, rule)
      table.insert(by[unit].goals, goal)
    end
  end
  for _, entry in ipairs(units) do
    local values = games.shapley_net(#partners, entry.rules)
    for i, partner in ipairs(partners) do
      if values and values[i] ~= 0 then entry.rows[#entry.rows + 1] = { partner = partner, value = values[i] } end
    end
  end
  return units
end

-- ---- Money ----------------------------------------------------------------------------------------

-- What identifies the payer of a funding, and how to call it; nil when it is not known.
local function payer_of(funding)
  local payers, unknown = views.list(funding.from)
  if #payers == 0 or unknown > 0 then return nil end
  local key = ""
  for _, payer in ipairs(payers) do
    key = key .. "\0" .. (views.is_entity(payer) and payer.path or tostring(payer))
  end
  return key, payers
end

--- Secured money by payer: a list of { names (entities or texts; nil when nobody is named), sum,
--- fundings }, with total, nobody (fundings of which nobody says who pays), uncounted (secured, of an
--- amount that is not known), currencies. Only meaningful when there is one currency.
function figures.payers(model)
  local found = { total = 0, nobody = {}, uncounted = {}, currencies = {} }
  local by, units = {}, {}
  for _, funding in ipairs(model:all("funding")) do
    local total = funding.status == "secured" and views.total(funding)
    if funding.status == "secured" and not total then
      table.insert(found.uncounted, funding)
    elseif total and type(total) ~= "number" and total.family == "money" and not total.per then
      if not units[total.unit] then
        units[total.unit] = true
        table.insert(found.currencies, total.unit)
      end
      local key, names = payer_of(funding)
      if not key then
        table.insert(found.nobody, funding)
        key = "\1" .. funding.path
      end
      local payer = by[key]
      if not payer then
        payer = { names = names, sum = 0, fundings = {} }
        by[key] = payer
        found[#found + 1] = payer
      end
      payer.sum, found.total = payer.sum + total.number, found.total + total.number
      table.insert(payer.fundings, funding)
    end
  end
  return found
end

--- How the money is spread over payers (Hirschman 1964): of network.hhi over their sums.
function figures.concentration(payers)
  local sums = {}
  for i, payer in ipairs(payers) do sums[i] = payer.sum end
  return network.hhi(sums)
end

--- What partners bring in kind, valued in money: a list, one a currency, of { unit, total, rows = list of
--- { partner, value } }; second, the contributions in kind that have no value. Never part of any budget.
function figures.in_kind(model)
  local rates, list, by, unvalued = figures.rates(model), {}, {}, {}
  for _, partner in ipairs(model:all("partner")) do
    for _, item in ipairs(partner:children("brings")) do
      if views.matter(item) ~= "money" then
        local value, unit = figures.worth(model, item, rates)
        if not value then
          unvalued[#unvalued + 1] = item
        else
          local sum = by[unit]
          if not sum then
            sum = { unit = unit, total = 0, rows = {} }
            by[unit] = sum
            list[#list + 1] = sum
          end
          local last = sum.rows[#sum.rows]
          if not last or last.partner.path ~= partner.path then
            last = { partner = partner, value = 0 }
            sum.rows[#sum.rows + 1] = last
          end
          last.value, sum.total = last.value + value, sum.total + value
        end
      end
    end
  end
  return list, unvalued
end

-- ---- Time -----------------------------------------------------------------------------------------

local most_meetings = 5000      -- of one ritual, gone through to find the next one

-- The first day on or after `today` on which a ritual that began on a date comes again; nil when its
-- frequency counts no days.
local function next_day(start, frequency, today)
  if start.first >= today.first then return start end
  for count = 1, most_meetings do
    local day = views.day_after(frequency * count, start)
    if not day then return nil end
    if day.last >= today.first then return day end
  end
end

--- When people meet: for each ritual { ritual, partners (groups and bodies opened), open (how many of
--- those who come are `?`), day (a date: the next time, or nil), reason ("no-start", "no-frequency" or
--- "no-days" when there is none) }, those with a day first, the earliest first.
function figures.meetings(model, today)
  local rows = {}
  for i, ritual in ipairs(model:all("ritual")) do
    local row = { ritual = ritual, order = i }
    row.partners, row.open = views.partners_in(ritual.with)
    if not views.known(ritual.start) then
      row.reason = "no-start"
    elseif ritual.start.first < today.first and not views.known(ritual.frequency) then
      row.reason = "no-frequency"
    else
      row.day = next_day(ritual.start, ritual.frequency, today)
      row.reason = not row.day and "no-days" or nil
    end
    rows[i] = row
  end
  table.sort(rows, function(a, b)
    if (a.day ~= nil) ~= (b.day ~= nil) then return a.day ~= nil end
    if a.day and a.day.first ~= b.day.first then return a.day.first < b.day.first end
    return a.order < b.order
  end)
  return rows
end

-- How many days a thing lasts: its duration (months and years as the calendar has them from `anchor`
-- on), else its period, else none for what happens on a day; nil when nobody says.
local function days_of(entity, anchor)
  local has_duration, duration = pcall(function() return entity.duration end)
  if has_duration and views.known(duration) then
    local day = views.day_after(duration, anchor)
    return day and day.first - anchor.first or nil
  end
  local has_period, period = pcall(function() return entity.period end)
  if has_period and views.known(period) then
    local first, last = views.known(period.first) and period.first, views.known(period.last) and period.last
    return first and last and last.last - first.first + 1 or nil
  end
  return entity:is_a("milestone") and duration == nil and 0 or nil
end

--- What waits for what (critical path, Kelley & Walker 1959): over the activities, phases, pilots and
--- milestones that are tied by `after`, { path = result of schedule.critical_path, entities = id to
--- entity, in order, anchor = the date from which months are counted }. Undefined: no-order (nothing says
--- what comes after what), missing-duration (third result: the entities of which nobody says how long
--- they last), and the reasons of schedule.critical_path.
function figures.critical_path(model, anchor)
  local tasks, entities, order, missing = {}, {}, {}, {}
  local function add(entity)
    if entities[entity.path] then return end
    entities[entity.path], order[#order + 1] = entity, entity
    local days = days_of(entity, anchor)
    if not days then missing[#missing + 1] = entity end
    tasks[entity.path] = { duration = days, predecessors = {} }
  end
  for _, kind in ipairs { "phase", "milestone", "activity" } do
    for _, entity in ipairs(model:all(kind)) do
      for _, earlier in ipairs((views.list(entity.after))) do
        if views.is_entity(earlier) then
          add(earlier)
          add(entity)
          table.insert(tasks[entity.path].predecessors, earlier.path)
        end
      end
    end
  end
  if #order == 0 then return nil, "no-order: nothing says what comes after what", {} end
  if #missing > 0 then return nil, "missing-duration: nobody says how long some of it lasts", missing end
  local path, reason = schedule.critical_path(tasks)
  if not path then return nil, reason, {} end
  return { path = path, entities = entities, order = order, anchor = anchor }
end

-- ---- Agreement ------------------------------------------------------------------------------------

--- How far partners agree on the goals, by the positions that are written (MACTOR): what views.positioned
--- gives, and result (of mactor.compare, same order). `visit`, when given, is called with the same and what
--- mactor.compare visits: (found, i, j, pair). Without two partners to compare, `result` is nil and `reason` a
--- word: "one-actor", "no-position", "neutral" when all positions are 0, or "too-many" when there are too many
--- to compare two by two.
function figures.convergence(model, visit)
  local found = views.positioned(model)
  if #found.partners < 2 then
    found.reason = #found.partners == 0 and "no-position" or "one-actor"
    return found
  end
  local result, reason = mactor.compare(found.positions, function(i, j, pair)
    if visit then visit(found, i, j, pair) end
  end)
  found.result = result
  if not found.result then found.reason = reason:find("^too%-many") and "too-many" or "neutral" end
  return found
end

--- The goals (of figures.convergence) on which two partners stand on the same side, and those on which they stand
--- on opposite ones.
function figures.sides(found, i, j)
  local same, opposite, places = {}, {}, {}
  local mine, theirs = found.positions[i], found.positions[j]
  for place in pairs(mine) do
    if theirs[place] then places[#places + 1] = place end
  end
  table.sort(places)
  for _, place in ipairs(places) do
    local side = mine[place] * theirs[place]
    if side > 0 then same[#same + 1] = found.goals[place] end
    if side < 0 then opposite[#opposite + 1] = found.goals[place] end
  end
  return same, opposite
end

--- How partners rank the goals (Kendall's W): ranks of |position|, over the partners that have taken a
--- position on every goal of views.positioned; { W, raters, items } of concordance.kendall, with
--- left_out (partners that have not). Undefined: too-few-raters, too-few-items, all-tied.
function figures.ranking(model)
  local found = views.positioned(model)
  local rows, left_out, ranked = {}, {}, {}
  for i, positions in ipairs(found.positions) do
    local row = {}
    for place in ipairs(found.goals) do
      if not positions[place] then break end
      row[place] = math.abs(positions[place])
    end
    if #row == #found.goals then
      rows[#rows + 1], ranked[found.partners[i].path] = row, true
    end
  end
  for _, partner in ipairs(model:all("partner")) do
    if not ranked[partner.path] then left_out[#left_out + 1] = partner end
  end
  local result, reason = concordance.kendall(rows)
  if not result then return nil, reason end
  result.left_out = left_out
  return result
end

--- Who can bear on whom (MACTOR), when every influence between two partners is written: { partners,
--- result (of mactor.analyse over influences, and over positions when there are any) }. Undefined:
--- not-written (second: how many of how many are missing, third and fourth), one-actor.
function figures.influence(model)
  local partners, index = model:all("partner"), {}
  for i, partner in ipairs(partners) do index[partner.path] = i end
  local levels, written = {}, 0
  for i, partner in ipairs(partners) do
    levels[i] = { [i] = 0 }
    for _, influence in ipairs(partner:children("influences")) do
      local j = views.is_entity(influence.key) and index[influence.key.path]
      if j and math.type(influence.value) and not levels[i][j] then
        levels[i][j], written = influence.value, written + 1
      end
    end
  end
  local all = #partners * (#partners - 1)
  if #partners < 2 then return nil, "one-actor: influence is between partners" end
  if written < all then return nil, "not-written: not every influence is written", all - written, all end
  local matrix, positions = views.positions(model), {}
  for i, partner in ipairs(partners) do
    positions[i] = {}
    for k, goal in ipairs(matrix.goals) do
      local position = matrix.at[goal.path][partner.path]
      positions[i][k] = type(position) == "number" and position or 0
    end
  end
  local result = matrix.written > 0 and mactor.analyse { influence = levels, positions = positions }
    or mactor.analyse { influence = levels }
  return { partners = partners, result = result }
end

-- The number that a target asks for.
local function target_of(kpi)
  local target = kpi.target
  if not views.known(target) then return nil end
  return views.known(target.low) and target.low or nil
end

-- An indicator on the scale from -100 to 100, or nil and the properties that it lacks.
local function kpi_value(kpi)
  local missing, values = {}, { latest = kpi.latest, target = target_of(kpi) }
  for _, property in ipairs { "threshold", "worst" } do values[property] = kpi[property] end
  for _, property in ipairs { "latest", "target", "threshold", "worst" } do
    if not views.known(values[property]) then
      missing[#missing + 1] = property
    elseif views.known(values.target) and values[property].unit ~= values.target.unit then
      missing[#missing + 1] = property
    end
  end
  if #missing > 0 then return nil, missing end
  local value = goals.from_kpi(values.latest.number, values.target.number, values.threshold.number,
    values.worst.number)
  return value, not value and { "threshold" } or nil
end

-- Carries values on along links (GRL), to what has no value of its own and is fed by known values only.
local function spread(values, links)
  local changed = true
  while changed do
    changed = false
    local fed, known = {}, {}
    for _, link in ipairs(links) do
      fed[link.to] = fed[link.to] or {}
      table.insert(fed[link.to], link)
      if known[link.to] ~= false then known[link.to] = values[link.from] ~= nil end
    end
    for path, sources in pairs(fed) do
      if known[path] and values[path] == nil then
        local strategy = {}
        for _, link in ipairs(sources) do strategy[link.from] = values[link.from] end
        local result = goals.propagate(sources, strategy)
        if result and result[path] then values[path], changed = result[path], true end
      end
    end
  end
end

-- The least of the indicators of a goal; nil when one of them tells nothing, or there is none.
local function least_of(kpis)
  local least
  for _, each in ipairs(kpis) do
    if not each.value then return nil end
    least = math.min(least or each.value, each.value)
  end
  return least
end

-- How satisfied each partner is with the goals it supports, by its positions; who supports none is left out.
local function satisfied(model, values)
  local found, rows = views.positioned(model), {}
  for i, partner in ipairs(found.partners) do
    local importance, places, row = {}, {}, { partner = partner, missing = {} }
    for place, position in pairs(found.positions[i]) do
      if position > 0 then places[#places + 1] = place end
    end
    table.sort(places)
    for _, place in ipairs(places) do
      local goal = found.goals[place]
      importance[goal.path] = found.positions[i][place] * 25
      if not values[goal.path] then table.insert(row.missing, goal) end
    end
    if #places > 0 then
      row.value = #row.missing == 0 and goals.satisfaction(values, importance) or nil
      rows[#rows + 1] = row
    end
  end
  return rows
end

--- How far goals are reached (GRL, ITU-T Z.151): { rows = list of { goal, kpis = list of { kpi, value or
--- nil, missing (properties) }, value (-100..100, the least of its indicators, else what other goals give
--- it by `affects`, or nil) }, partners = list of { partner, value (or nil), missing (goals it supports of
--- which nobody knows) } }. A goal that nothing tells of has no value: it is not 0. The importance of a
--- goal to a partner is its position, 4 being 100.
function figures.satisfaction(model)
  local found, values, links = { rows = {}, partners = {} }, {}, {}
  for i, goal in ipairs(model:all("goal")) do
    local row = { goal = goal, kpis = {} }
    for k, kpi in ipairs(goal.kpis) do
      local value, missing = kpi_value(kpi)
      row.kpis[k] = { kpi = kpi, value = value, missing = missing or {} }
    end
    values[goal.path], found.rows[i] = least_of(row.kpis), row
    for _, effect in ipairs(goal:children("affects")) do
      if views.is_entity(effect.key) and views.known(effect.value) then
        local weight = type(effect.value) == "number" and effect.value or effect.value.number
        links[#links + 1] = { type = "contribution", from = goal.path, to = effect.key.path, weight = weight }
      end
    end
  end
  spread(values, links)
  for _, row in ipairs(found.rows) do row.value = values[row.goal.path] end
  found.partners = satisfied(model, values)
  return found
end

-- ---- Dependence -----------------------------------------------------------------------------------

local most_ties = 100000        -- pairs of partners looked at one by one

-- The gatherings as edges, partners being numbers: of more than two, each is tied to one node that stands for
-- the gathering, which leaves as it is who is cut apart from whom. Second, how many pairs they hold.
local function edges_of(gatherings, index)
  local edges, count = {}, 0
  for i, partners in ipairs(gatherings) do
    count = count + #partners * (#partners - 1) // 2
    if #partners == 2 then
      edges[#edges + 1] = { index[partners[1].path], index[partners[2].path] }
    else
      for _, partner in ipairs(partners) do edges[#edges + 1] = { index[partner.path], "gathering " .. i } end
    end
  end
  return edges, count
end

--- How the partners hang together (views.gatherings): { ties (of views.ties; nil when there are too many to look
--- at one by one), density (nil with fewer than two partners, or without ties), parts (lists of partners), points
--- (partners whose leaving cuts others apart), bridges (pairs of partners), without = function(partner)
--- that gives the parts in which those who hang together with it fall without it, the largest first,
--- { count, partners = function(most) } }. Sources: Freeman 1978; Tarjan 1972, 1974.
function figures.cohesion(model)
  local all, index = model:all("partner"), {}
  for i, partner in ipairs(all) do index[partner.path] = i end
  local found, edges, count = { bridges = {} }, edges_of(views.gatherings(model), index)
  local options = { nodes = #all, counts = math.type }
  local function partners(ids)
    local list = {}
    for _, id in ipairs(ids or {}) do list[#list + 1] = all[id] end
    return list
  end
  if count <= most_ties then
    local pairs_of_two = {}
    found.ties = views.ties(model)
    for i, tie in ipairs(found.ties) do pairs_of_two[i] = { index[tie.from.path], index[tie.to.path] } end
    found.density = network.density(pairs_of_two, options)
  end
  found.parts = network.components(edges, options) or {}
  for i, part in ipairs(found.parts) do found.parts[i] = partners(part) end
  found.points = partners(network.articulation_points(edges, options))
  for _, pair in ipairs(network.bridges(edges, options) or {}) do
    local two = partners(pair)
    if #two == 2 then table.insert(found.bridges, two) end
  end
  local without
  function found.without(partner)
    without = without or network.without(edges, options)
    local parts = without(index[partner.path])
    for _, part in ipairs(parts) do
      function part.partners(most) return partners(part.ids(most)) end
    end
    return parts
  end
  return found
end

--- How many partners can leave before fewer than half of the shared goals keep somebody who works for them
--- (truck factor, Avelino et al. 2016, over views.carriers): { factor, order (partners), single (goals with
--- one, as { goal, partner }), nobody (goals with none) }. Undefined: no-goal, already-uncovered; then
--- third result is `nobody`.
function figures.truck_factor(model)
  local supporters, by, nobody, single = {}, {}, {}, {}
  for _, row in ipairs(views.carriers(model)) do
    local paths = {}
    for i, partner in ipairs(row.partners) do paths[i], by[partner.path] = partner.path, partner end
    supporters[row.goal.path] = paths
    if #paths == 0 then nobody[#nobody + 1] = row.goal end
    if #paths == 1 then single[#single + 1] = { goal = row.goal, partner = row.partners[1] } end
  end
  local result, reason = network.truck_factor(supporters)
  if not result then return nil, reason, nobody end
  local order = {}
  for i, path in ipairs(result.order) do order[i] = by[path] end
  return { factor = result.factor, order = order, single = single, nobody = nobody }
end

--- What would be lost if a partner left, for each row of the ledger: { activities (of which it alone answers),
--- goals (for which it alone works), gives, gives_open, lends (as in views.ledger: fundings and resources
--- among them), cut (the parts, of cohesion.without, that would no longer be tied to each other; nil when
--- the others stay together) }. `cohesion` is that of figures.cohesion.
function figures.leaving(model, ledger, cohesion)
  local rows, by = {}, {}
  for i, row in ipairs(ledger) do
    rows[i] = { activities = {}, goals = {}, gives = row.gives, gives_open = row.gives_open, lends = row.lends }
    by[row.partner.path] = rows[i]
  end
  for _, activity in ipairs(model:all("activity")) do
    local owners, unknown = views.partners_in(activity.owner)
    local row = #owners == 1 and unknown == 0 and by[owners[1].path]
    if row then table.insert(row.activities, activity) end
  end
  for _, carried in ipairs(views.carriers(model)) do
    local row = #carried.partners == 1 and by[carried.partners[1].path]
    if row then table.insert(row.goals, carried.goal) end
  end
  for _, point in ipairs(cohesion.points) do
    if by[point.path] then by[point.path].cut = cohesion.without(point) end
  end
  return rows
end

return figures
