-- too-many-kpis.lua -- a goal is followed with a few figures that people really read.

local views = require "alliance.views"

local function run(ctx)
  local crowded, names = {}, {}
  for _, goal in ipairs(ctx.model:all("goal")) do
    local count, name = #goal.kpis, views.quote(goal)
    if count > ctx.options["per-goal"] then
      crowded[#crowded + 1] = goal
      names[#names + 1] = { en = ("%s (%d)"):format(name.en, count), fr = ("%s (%d)"):format(name.fr, count) }
    end
  end
  if #crowded > 0 then
    ctx:report { at = crowded[1], say = "crowded", count = #crowded, limit = ctx.options["per-goal"],
      goals = views.several(names), related = crowded }
  end
  for _, kpi in ipairs(ctx.model:all("kpi")) do
    if kpi:is_unknown("goal") then
      ctx:unknown { at = kpi:where("goal"), property = "goal", say = "ask-goal", kpi = kpi }
    end
  end
end

return {
  api = 1, kind = "check", id = "too-many-kpis", category = "results", profile = "standard",
  word = { en = "too-many-kpis", fr = "usine-à-gaz" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "A few figures for each goal", fr = "Peu de chiffres par objectif" },
  about = {
    en = "A goal has at most five indicators: what nobody has the time to measure or to read does not help to decide. "
      .. "Five is a convention, without a published source: `settings too-many-kpis` changes it.",
    fr = "Un objectif a cinq indicateurs au plus : ce que personne n'a le temps de mesurer ni de lire n'aide pas à "
      .. "décider. Cinq est une convention, sans source publiée : `réglages usine-à-gaz` la change.",
  },
  source = {
    en = "Course on partnerships, evaluation: a few indicators rather than a machine that nobody runs",
    fr = "Cours sur les partenariats, évaluation : peu d'indicateurs plutôt qu'une usine à gaz",
  },
  options = {
    ["per-goal"] = { type = "integer", default = 5, min = 1, convention = true, about = {
      en = "How many indicators a goal may have.",
      fr = "Combien d'indicateurs un objectif peut avoir." } },
  },
  messages = {
    crowded = {
      en = "{count:This goal has|These goals have} more than {limit} indicators: {goals}. Who will measure them all?",
      fr = "{count:Cet objectif a|Ces objectifs ont} plus de {limit} indicateurs : {goals}. Qui les mesurera tous ?",
      why = {
        en = "Each figure costs somebody's time; when there are too many, even those that matter are not read. "
          .. "The limit, {limit}, is a convention.",
        fr = "Chaque chiffre coûte du temps à quelqu'un ; quand il y en a trop, on ne regarde plus ceux qui "
          .. "comptent. Le seuil, {limit}, est une convention.",
      },
      next = {
        en = { "Keep those that would change a decision; turn the others into a `note`, or drop them." },
        fr = { "Gardez ceux qui changeraient une décision ; faites des autres une `note`, ou supprimez-les." },
      },
    },
    ["ask-goal"] = { en = "Which goal does “{kpi}” measure?", fr = "Quel objectif mesure « {kpi} » ?" },
  },
  run = run,
  examples = {
    {
      bad = [[
goal g "Nobody eats alone"
kpi a { goal: g }
kpi b { goal: g }
kpi c { goal: g }
kpi d { goal: g }
kpi e { goal: g }
kpi f { goal: g }
]],
      good = [[
goal g "Nobody eats alone"
kpi a { goal: g }
kpi b { goal: g }
kpi c { goal: g }
kpi d { goal: g }
kpi e { goal: g }
]],
      expect = { "crowded" },
    },
    {
      bad = [[
goal g "Nobody eats alone"
kpi a "Meals shared" { goal: ? }
]],
      good = [[
goal g "Nobody eats alone"
kpi a "Meals shared" { goal: g }
]],
      expect = { "ask-goal" },
    },
  },
}
