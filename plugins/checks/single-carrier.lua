-- single-carrier.lua -- nothing stands or falls with one partner.

local figures = require "alliance.figures"
local number = require "alliance.number"
local views = require "alliance.views"

-- ---- What would be lost without a partner ----------------------------------------------------------
-- Each of these adds texts to `losses[path of the partner]`.

local function add(losses, partner, text)
  losses[partner.path] = losses[partner.path] or {}
  table.insert(losses[partner.path], text)
end

-- More than the share of the activities for which a partner alone answers; and what cannot be told
-- since too many have no known owner.
local function lost_activities(ctx, losses)
  local activities = ctx.model:all("activity")
  if #activities < ctx.options.activities then return end
  local alone, open, most = {}, {}, 0
  for _, activity in ipairs(activities) do
    local owners, unknown = views.partners_in(activity.owner)
    if #owners == 0 or unknown > 0 then
      open[#open + 1] = activity
    elseif #owners == 1 then
      local path = owners[1].path
      alone[path] = (alone[path] or 0) + 1
    end
  end
  local limit = ctx.options["largest-share"] / 100 * #activities
  for _, partner in ipairs(ctx.model.partners) do
    local count = alone[partner.path] or 0
    most = math.max(most, count)
    if count > limit then
      add(losses, partner, ctx:texts { count = count, total = #activities,
        en = "{count} of {total} activities {count:has|have} nobody left to answer for {count:it|them}",
        fr = "{count} {count:activité|activités} sur {total} {count:n'a|n'ont} plus de responsable" })
    end
  end
  if #open > 0 and most > 0 and most <= limit and most + #open > limit then
    ctx:cannot_tell { at = open[1], reason = "owner-not-known", activities = views.quoted(open), count = #open,
      total = #activities, missing = open }
  end
end

-- Goals for which nobody else works, when fewer than half keep somebody.
local function lost_goals(ctx, losses)
  local found = figures.truck_factor(ctx.model)
  local total = #views.shared_goals(ctx.model)
  if total < 2 or not found or found.factor ~= 1 then return end
  local partner, lost = found.order[1], {}
  for _, each in ipairs(found.single) do
    if each.partner.path == partner.path then lost[#lost + 1] = each.goal end
  end
  add(losses, partner, ctx:texts { goals = views.quoted(lost), kept = total - #lost - #found.nobody, total = total,
    en = "nobody works for {goals} any more ({kept} of {total} goals {kept:keeps|keep} somebody)",
    fr = "plus personne ne travaille à {goals} ({kept} {kept:objectif|objectifs} sur {total} {kept:reste porté|"
      .. "restent portés})" })
end

-- Some partners of `count` in words, in the order of the file.
local function in_order(partners, order, count)
  table.sort(partners, function(a, b) return order[a.path] < order[b.path] end)
  return views.named(partners, count - #partners)
end

-- Partners that are tied to the others by one partner alone.
local function lost_ties(ctx, losses)
  local cohesion, order = figures.cohesion(ctx.model), {}
  for i, partner in ipairs(ctx.model.partners) do order[partner.path] = i end
  for _, partner in ipairs(cohesion.points) do
    local parts, cut, count = cohesion.without(partner), {}, 0
    local largest = parts[1].count > 1 and parts[1] or nil
    for _, part in ipairs(parts) do
      if part ~= largest then
        count = count + part.count
        table.move(part.partners(views.most_named), 1, math.min(part.count, views.most_named), #cut + 1, cut)
      end
    end
    add(losses, partner, ctx:texts { partners = in_order(cut, order, count),
      en = "nothing ties {partners} to " .. (largest and "the others" or "one another") .. " any more",
      fr = "plus rien ne relie " .. (largest and "{partners} aux autres" or "entre eux {partners}") })
  end
end

-- The share of the time of coordination, among three partners or more that say theirs in one unit.
local function lost_coordination(ctx, losses)
  local hours, total, count, one = {}, 0, 0, nil
  for _, partner in ipairs(ctx.model.partners) do
    local amount = partner.coordination
    if views.known(amount) and type(amount) ~= "number" then
      local value, unit = views.measure(ctx.model, amount)
      if one and unit ~= one then return end
      hours[partner.path], total, count, one = value, total + value, count + 1, unit
    end
  end
  if count < 3 or total <= 0 then return end
  for _, partner in ipairs(ctx.model.partners) do
    local share = (hours[partner.path] or 0) / total
    if share > ctx.options["largest-share"] / 100 then
      add(losses, partner, ctx:texts { share = { en = number.percent(share, "en"), fr = number.percent(share, "fr") },
        en = "{share} of the time of coordination is gone", fr = "{share} du temps de coordination disparaît" })
    end
  end
end

-- ---- The finding --------------------------------------------------------------------------------------

local function joined(texts)
  local all = { en = {}, fr = {} }
  for _, text in ipairs(texts) do
    for language, list in pairs(all) do list[#list + 1] = text[language] end
  end
  return { en = table.concat(all.en, "; "), fr = table.concat(all.fr, " ; ") }
end

local function run(ctx)
  if #ctx.model.partners < 2 then return end
  local losses = {}
  lost_activities(ctx, losses)
  lost_goals(ctx, losses)
  lost_ties(ctx, losses)
  lost_coordination(ctx, losses)
  for _, partner in ipairs(ctx.model.partners) do
    if losses[partner.path] then
      ctx:report { at = partner, say = partner.deputy == nil and "stops-no-deputy" or "stops", partner = partner,
        losses = joined(losses[partner.path]), limit = ctx.options["largest-share"] }
    end
  end
end

local why = {
  en = "Pioneers tire, people change jobs: what one alone carries stops with that one. (A share counts above {limit} "
    .. "%: a convention.)",
  fr = "Les pionniers s'épuisent, les personnes changent de poste : ce qu'un seul porte s'arrête avec lui. (Une part "
    .. "compte au-delà de {limit} % : une convention.)",
}
local ask = {
  en = "Ask at {partner} what could be handed over first (another `owner`, somebody more in `with`), and whom the "
    .. "others should meet without going through it.",
  fr = "Demandez chez {partner} ce qui pourrait être confié en premier (un autre `porteur`, quelqu'un de plus dans "
    .. "`avec`), et qui les autres devraient rencontrer directement.",
}
local next_ask = { en = { ask.en }, fr = { ask.fr } }
local next_deputy = {
  en = { ask.en, "Name a deputy in its block: `deputy: \"…\"`; a function is enough." },
  fr = { ask.fr, "Nommez un suppléant dans son bloc : `suppléant : \"…\"` ; une fonction suffit." },
}

return {
  api = 1, kind = "check", id = "single-carrier", category = "governance", profile = "standard",
  word = { en = "single-carrier", fr = "porteur-unique" },
  severity = "warning",
  title = { en = "The alliance does not rest on one partner", fr = "L'alliance ne repose pas sur un seul partenaire" },
  about = {
    en = "Imagines each partner away, and looks at what would be left: the activities that it alone answers for (more "
      .. "than half of them, among three or more); the goals for which nobody else works, when fewer than half of all "
      .. "goals keep somebody; the partners that only it ties to the others; its share of the time of coordination "
      .. "(`coordination`). Partners are tied when they share an activity or an agreement, when a `link` joins them, "
      .. "or when one receives something from the other.",
    fr = "Imagine l'alliance sans chaque partenaire, et regarde ce qui reste : les activités dont lui seul répond "
      .. "(plus de la moitié, parmi trois ou plus) ; les objectifs auxquels personne d'autre ne travaille, quand "
      .. "moins de la moitié des objectifs restent portés ; les partenaires que lui seul relie aux autres ; sa part "
      .. "du temps de `coordination`. Des partenaires sont reliés quand ils partagent une activité ou une convention, "
      .. "quand un `lien` les joint, ou quand l'un reçoit quelque chose de l'autre.",
  },
  source = {
    en = "Course, pioneers who exhaust themselves; training deck, people who change jobs; indispensable nodes of a "
      .. "network (Tarjan 1972); how many can leave (truck factor, Avelino et al. 2016)",
    fr = "Cours, les pionniers qui s'épuisent ; support de formation, mouvements de personnes ; nœuds indispensables "
      .. "d'un réseau (Tarjan 1972) ; combien peuvent partir (truck factor, Avelino et al. 2016)",
  },
  options = {
    ["largest-share"] = { type = "percent", default = 50, min = 1, max = 100, convention = true, about = {
      en = "The share, in percent, above which one partner carries too much.",
      fr = "La part, en pour cent, au-delà de laquelle un partenaire porte trop." } },
    activities = { type = "integer", default = 3, min = 1, convention = true, about = {
      en = "How many activities there must be before their owners are compared.",
      fr = "À partir de combien d'activités on compare leurs porteurs." } },
  },
  messages = {
    stops = {
      en = "If {partner} stops: {losses}. Who could take over?",
      fr = "Si {partner} s'arrête : {losses}. Qui pourrait prendre le relais ?",
      why = why, next = next_ask,
    },
    ["stops-no-deputy"] = {
      en = "If {partner} stops: {losses}. And no deputy is named there. Who could take over?",
      fr = "Si {partner} s'arrête : {losses}. Et aucun suppléant n'y est nommé. Qui pourrait prendre le relais ?",
      why = why, next = next_deputy,
    },
    ["owner-not-known"] = {
      en = "Whether one partner carries most activities cannot be told: for {count} of {total} nobody is known to "
        .. "answer: {activities}.",
      fr = "On ne peut pas dire si un seul partenaire porte la plupart des activités : pour {count} sur {total}, on "
        .. "ne sait pas qui en répond : {activities}.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p "School"
partner q "Town"
activity a "Visits" { owner: p }
activity b "Meals" { owner: p }
activity c "Garden" { owner: q }
]],
      good = [[
partner p "School"
partner q "Town"
activity a "Visits" { owner: p }
activity b "Meals" { owner: q }
activity c "Garden" {
  owner: p, q
}
]],
      expect = { "stops-no-deputy" },
    },
    {
      bad = [[
partner p "School" { deputy: "Secretary" }
partner q "Town"
goal reading "Reading" { carried-by: p }
goal sport "Sport" { carried-by: p }
goal music "Music" {
  carried-by: p, q
}
]],
      good = [[
partner p "School" { deputy: "Secretary" }
partner q "Town"
goal reading "Reading" { carried-by: p }
goal sport "Sport" { carried-by: q }
goal music "Music" {
  carried-by: p, q
}
]],
      expect = { "stops" },
    },
    {
      bad = [[
partner p "School"
partner q "Town" { deputy: "Secretary" }
partner r "Firm"
partner s "Club"
agreement one { between: p, q, s }
agreement two { between: q, r }
]],
      good = [[
partner p "School"
partner q "Town" { deputy: "Secretary" }
partner r "Firm"
partner s "Club"
agreement one { between: p, q, s }
agreement two { between: q, r }
link r -> s "meets"
]],
      expect = { "stops" },
    },
    {
      bad = [[
partner p "School" {
  deputy: "Secretary"
  coordination: 20 h/month
}
partner q "Town" { coordination: 5 h/month }
partner r "Firm" { coordination: 5 h/month }
]],
      good = [[
partner p "School" {
  deputy: "Secretary"
  coordination: 10 h/month
}
partner q "Town" { coordination: 5 h/month }
partner r "Firm" { coordination: 5 h/month }
]],
      expect = { "stops" },
    },
    {
      bad = [[
partner p "School"
partner q "Town"
activity a "Visits" { owner: p }
activity b "Meals" { owner: p }
activity c "Garden" { owner: ? }
activity d "Choir"
]],
      good = [[
partner p "School"
partner q "Town"
activity a "Visits" { owner: p }
activity b "Meals" { owner: p }
activity c "Garden" { owner: q }
activity d "Choir" { owner: q }
]],
      expect = { "owner-not-known" },
    },
  },
}
