-- facts.lua -- for tests/views.py: an exporter that says what stdlib/lua/views.lua derives.

local figures = require "alliance.figures"
local json = require "alliance.json"
local views = require "alliance.views"

local function paths(entities)
  local list = {}
  for i, entity in ipairs(entities) do list[i] = entity.path end
  return #list > 0 and list or json.empty
end

local function run(ctx, out)
  local model, facts = ctx.model, {}
  facts.boxes, facts.states = {}, {}
  for _, box in ipairs(views.boxes(model)) do
    facts.boxes[box.id], facts.states[box.id] = paths(box.items), box.state
  end
  facts.ledger = {}
  local ledger = views.ledger(model)
  for _, row in ipairs(ledger) do
    facts.ledger[row.partner.path] = { gives = #row.gives, gives_open = #row.gives_open, receives = #row.receives,
      receives_open = #row.receives_open, lends = paths(row.lends) }
  end
  for _, matter in ipairs { "money", "time" } do
    local sums, missing = views.sums(model, ledger, matter)
    facts[matter] = { missing = #missing }
    for _, sum in ipairs(sums) do
      facts[matter][sum.unit] = { by = sum.by, total = sum.total, shown = views.shown(sum, sum.total) }
    end
  end
  facts.support = {}
  for _, row in ipairs(views.support(model)) do
    facts.support[row.goal.path] = { favourable = paths(row.favourable), against = paths(row.against),
      unknown = paths(row.unknown), silent = paths(views.silent(model, row)), count = row.silent }
  end
  facts.agenda = {}
  for i, entry in ipairs(views.agenda(model, ctx.left_out > 0)) do
    facts.agenda[i] = entry.entity.path .. " " .. (entry.property or "head") .. (entry.partial and " more" or "")
      .. (entry.ask and " " .. entry.ask or "")
  end
  local items, undated = views.calendar(model)
  facts.calendar, facts.undated = {}, paths(undated)
  for i, item in ipairs(items) do facts.calendar[i] = ("%s %d %d"):format(item.entity.path, item.from, item.to) end
  local funding, open = views.funding(model)
  facts.funding, facts.funding_open = {}, #open
  for _, row in ipairs(funding) do
    local years = {}
    for _, year in ipairs(row.years) do years[year.year] = { costs = year.costs, secured = year.secured } end
    facts.funding[row.currency] = { costs = row.costs, secured = row.secured, requested = row.requested, years = years }
  end
  facts.answers = {}
  local answers, loose = views.answers(model)
  facts.loose = #loose
  for _, row in ipairs(answers) do
    facts.answers[row.need.path] = { offers = paths(row.offers), means = paths(row.means), work = paths(row.work),
      opportunities = paths(row.opportunities) }
  end
  facts.ties = {}
  for i, tie in ipairs(views.ties(model)) do
    facts.ties[i] = ("%s %s %d"):format(tie.from.path, tie.to.path, tie.weight)
  end
  facts.edges = {}
  for i, edge in ipairs(views.network(model).edges) do
    facts.edges[i] = edge.from.path .. " " .. edge.relation .. " " .. edge.to.path
  end
  facts.carriers = {}
  for _, row in ipairs(views.carriers(model)) do facts.carriers[row.goal.path] = paths(row.partners) end
  local compared = {}
  local agreement = figures.convergence(model, function(found, i, j, pair)
    local same, opposite = figures.sides(found, i, j)
    compared[#compared + 1] = { found.partners[i].path, found.partners[j].path, pair.converge, pair.diverge,
      paths(same), paths(opposite) }
  end)
  facts.convergence = { partners = paths(agreement.partners), silent = paths(agreement.silent),
    goals = paths(agreement.goals), pairs = agreement.reason or compared }
  facts.standing = {}
  for _, stakeholder in ipairs(model:all("stakeholder")) do
    local standing = views.standing(stakeholder)
    facts.standing[stakeholder.path] = { quadrant = standing.quadrant, class = standing.class,
      open = table.concat(standing.open, " "), engaged = views.is_engaged(stakeholder) }
  end
  local milestone = views.next_milestone(model, ctx.today)
  facts.next_milestone = milestone and milestone.path
  facts.requests = {}
  for i, row in ipairs(views.requests(model, ctx.today)) do
    facts.requests[i] = ("%s %s %s %s"):format(row.item.path, row.partner.path, row.aim and row.aim.path or "-",
      row.reason or row.ask_by.text)
  end
  out:write(json.encode(facts, 1) .. "\n")
end

return {
  api = 1, kind = "export", id = "facts",
  title = { en = "What the views derive", fr = "Ce que dérivent les vues" },
  extensions = { "json" },
  run = run,
}
