-- figured.lua -- for tests/figures.py: an exporter that says what stdlib/lua/figures.lua makes of an alliance.

local agenda = require "alliance.agenda"
local figures = require "alliance.figures"
local json = require "alliance.json"
local views = require "alliance.views"

local function names(entities)
  local list = {}
  for i, entity in ipairs(entities) do list[i] = entity.name or entity.label end
  return #list > 0 and list or json.empty
end

local function reason_id(reason)
  return reason and reason:match("^[%w-]+")
end

local function money(model, ledger, facts)
  local found, reason, missing = figures.proportions(model, ledger, 2)
  facts.proportions = found and { given = found.equity.contribution_share, got = found.equity.benefit_share,
    ratio = found.equity.ratio, sides = found.sides, basis = found.basis, unit = found.unit, jain = found.equity.jain,
    min_over_max = found.equity.min_over_max } or { reason = reason_id(reason), missing = #missing }
  local one_way = figures.reciprocity(ledger)
  facts.one_way = one_way and one_way.missing
  local net = figures.net_values(model, ledger)
  facts.net = net and { unit = net.unit, without = net.without }
  for _, row in ipairs(net and net.rows or {}) do facts.net[row.partner.name] = row.net end
  facts.possible = {}
  for _, entry in ipairs(figures.made_possible(model)) do
    facts.possible[entry.unit] = {}
    for _, row in ipairs(entry.rows) do facts.possible[entry.unit][row.partner.name] = row.value end
  end
  local payers = figures.payers(model)
  facts.payers = { total = payers.total, nobody = #payers.nobody, uncounted = names(payers.uncounted),
    currencies = #payers.currencies > 0 and payers.currencies or json.empty }
  for _, payer in ipairs(payers) do
    local payer_names = {}
    for i, name in ipairs(payer.names or {}) do payer_names[i] = views.is_entity(name) and name.name or name end
    facts.payers[table.concat(payer_names, "+")] = payer.sum
  end
  local spread = #payers > 0 and figures.concentration(payers)
  facts.hhi, facts.effective = spread and spread.hhi, spread and spread.effective_number
  local kind, unvalued = figures.in_kind(model)
  facts.in_kind, facts.unvalued = {}, names(unvalued)
  for _, sum in ipairs(kind) do
    facts.in_kind[sum.unit] = { total = sum.total }
    for _, row in ipairs(sum.rows) do facts.in_kind[sum.unit][row.partner.name] = row.value end
  end
end

local function time(ctx, facts)
  facts.meetings = {}
  for i, row in ipairs(figures.meetings(ctx.model, ctx.today)) do
    facts.meetings[i] = row.ritual.name .. " " .. (row.day and row.day.text or row.reason) .. " " .. #row.partners
  end
  local path, reason, missing = figures.critical_path(ctx.model, ctx.today)
  facts.path = path and { duration = path.path.duration, critical = path.path.critical_path, slack = {} }
    or { reason = reason_id(reason), missing = names(missing) }
  for id, times in pairs(path and path.path.activities or {}) do facts.path.slack[id] = times.slack end
end

local function agreement(model, facts)
  local ranking, reason = figures.ranking(model)
  facts.ranking = ranking and { W = ranking.W, raters = ranking.raters, items = ranking.items,
    left_out = names(ranking.left_out) } or { reason = reason_id(reason) }
  local influence, why, missing, all = figures.influence(model)
  facts.influence = influence and { I = influence.result.I, D = influence.result.D, power = influence.result.r_star }
    or { reason = reason_id(why), missing = missing, all = all }
  facts.satisfaction, facts.satisfied = {}, {}
  local found = figures.satisfaction(model)
  for _, row in ipairs(found.rows) do
    local lacks = {}
    for _, each in ipairs(row.kpis) do table.move(each.missing, 1, #each.missing, #lacks + 1, lacks) end
    facts.satisfaction[row.goal.name] = { value = row.value, lacks = #lacks > 0 and lacks or nil }
  end
  for _, row in ipairs(found.partners) do
    facts.satisfied[row.partner.name] = row.value or table.concat(names(row.missing), "+")
  end
end

local function dependence(model, ledger, facts)
  local cohesion = figures.cohesion(model)
  facts.cohesion = { density = cohesion.density, points = names(cohesion.points), bridges = {}, parts = {} }
  for i, bridge in ipairs(cohesion.bridges) do facts.cohesion.bridges[i] = table.concat(names(bridge), "-") end
  for i, part in ipairs(cohesion.parts) do facts.cohesion.parts[i] = table.concat(names(part), "+") end
  local truck, reason, nobody = figures.truck_factor(model)
  facts.truck = truck and { factor = truck.factor, order = names(truck.order), single = {},
    nobody = names(truck.nobody) } or { reason = reason_id(reason), nobody = nobody and names(nobody) }
  for _, each in ipairs(truck and truck.single or {}) do facts.truck.single[each.goal.name] = each.partner.name end
  facts.leaving = {}
  for i, lost in ipairs(figures.leaving(model, ledger, cohesion)) do
    local row, cut = ledger[i], {}
    for k, part in ipairs(lost.cut or {}) do cut[k] = table.concat(names(part.partners()), "+") end
    facts.leaving[row.partner.name] = { activities = names(lost.activities), goals = names(lost.goals),
      lends = names(lost.lends), cut = lost.cut and cut or nil }
  end
end

local function questions(ctx, facts)
  facts.questions = {}
  local asked = agenda.gather(ctx)
  for i, question in ipairs(asked) do
    facts.questions[i] = (question.partner and question.partner.name or question.ask or "-") .. ": "
      .. question.entity.path .. " " .. (question.entry and question.entry.property or "head")
  end
  facts.meeting_of = {}
  local groups = agenda.by_person(asked)
  local rows, outside = agenda.by_meeting(ctx, figures.meetings(ctx.model, ctx.today), {}, groups)
  for _, row in ipairs(rows) do
    for _, group in ipairs(row.groups) do
      facts.meeting_of[group.name] = row.meeting and row.meeting.ritual.name or ""
    end
    if row.nobody then facts.meeting_of["-"] = row.meeting and row.meeting.ritual.name or "" end
  end
  for _, group in ipairs(outside) do facts.meeting_of[group.name] = "outside" end
end

local function run(ctx, out)
  local facts, ledger = {}, views.ledger(ctx.model)
  money(ctx.model, ledger, facts)
  time(ctx, facts)
  agreement(ctx.model, facts)
  dependence(ctx.model, ledger, facts)
  questions(ctx, facts)
  out:write(json.encode(facts, 1) .. "\n")
end

return {
  api = 1, kind = "export", id = "figured",
  title = { en = "What the figures come to", fr = "Ce que donnent les chiffres" },
  extensions = { "json" },
  run = run,
}
