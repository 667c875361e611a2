-- figures.lua -- what an alliance comes to by the published methods: views.lua gathers what the file
-- says, this puts it through the modules of methods.
--
-- Each function takes the model of a plugin and gives plain tables of entities and numbers. Where there
-- is no answer it gives `nil` and a reason of the form `reason-id: sentence`, or false for the part that
-- has none: what is not known is never zero.

local exchange = require "alliance.exchange"
local games = require "alliance.games"
local inequality = require "alliance.inequality"
local network = require "alliance.network"
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

-- The middle of the other partners' ratios: of an even number, the lower and the upper one, so that
-- one partner out of line does not make the others look so.
local function peers_of(ratios, index)
  local others = {}
  for i, ratio in ipairs(ratios) do
    if i ~= index and ratio then others[#others + 1] = ratio end
  end
  if #others == 0 then return nil end
  table.sort(others)
  return others[(#others + 1) // 2], others[#others // 2 + 1]
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
  local sides = {}
  for i in ipairs(ledger) do
    local ratio, lower, upper = equity.ratio[i], peers_of(equity.ratio, i)
    if ratio and lower then
      sides[i] = ratio * factor < lower and "less" or ratio > upper * factor and "more" or "even"
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
--- One entry a unit, { unit, rows = list of { partner, value }, goals }; an empty list when no goal says
--- both.
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

return figures
