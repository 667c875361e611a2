-- measurable-goal.lua -- each goal has a sign by which to know that it is reached.

local views = require "alliance.views"

-- What a sign needs, in the order in which a person would ask for it.
local needs = { "target", "due", "baseline", "means", "measured-by" }

local function state_of(kpi, need)
  if need == "due" then
    if views.known(kpi.target) and kpi.target.by then return "told" end
    return kpi:is_unknown("target") and "open" or "missing"
  end
  if kpi:is_unknown(need) then return "open" end
  return kpi[need] == nil and "missing" or "told"
end

-- What a kpi still needs: what is not written, what is `?`.
local function gaps_of(kpi)
  local missing, open = {}, {}
  for _, need in ipairs(needs) do
    local state = state_of(kpi, need)
    if state == "missing" then missing[#missing + 1] = need end
    if state == "open" then open[#open + 1] = need end
  end
  return missing, open
end

-- The kpi of a goal that lacks least; nil when it has none.
local function best_of(kpis)
  local best, best_missing, best_open
  for _, kpi in ipairs(kpis) do
    local missing, open = gaps_of(kpi)
    if not best or #missing + #open < #best_missing + #best_open then
      best, best_missing, best_open = kpi, missing, open
    end
  end
  return best, best_missing, best_open
end

local need_words = {
  target = { en = "a target", fr = "la cible" },
  due = { en = "a date for its target", fr = "l'échéance" },
  baseline = { en = "a starting value", fr = "la valeur de départ" },
  means = { en = "a means of measure", fr = "le moyen de mesure" },
  ["measured-by"] = { en = "somebody who measures", fr = "la personne chargée de la mesure" },
}

local function words_of(list)
  local names = {}
  for i, need in ipairs(list) do names[i] = need_words[need] end
  return views.several(names)
end

local function check_kpis(ctx, goal, best, missing, open)
  if #missing > 0 then
    ctx:report { at = best, say = "incomplete", goal = goal, kpi = best, needs = words_of(missing),
      related = { goal } }
  end
  if #open > 0 then
    local property = open[1] == "due" and "target" or open[1]
    ctx:unknown { at = best:where(property), property = property, say = "ask", goal = goal, kpi = best,
      needs = words_of(open), related = { best, goal } }
  end
end

local function run(ctx)
  local without = {}
  for _, goal in ipairs(ctx.model:all("goal")) do
    local best, missing, open = best_of(goal.kpis)
    if best then
      check_kpis(ctx, goal, best, missing, open)
    else
      without[#without + 1] = goal
    end
  end
  if #without > ctx.options.together then
    ctx:report { at = without[1], say = "no-kpi-many", goals = views.quoted(without), count = #without,
      related = without }
  else
    for _, goal in ipairs(without) do ctx:report { at = goal, say = "no-kpi", goal = goal } end
  end
end

-- Whether two amounts can be compared; the language itself speaks of wrong units.
local function comparable(a, b)
  return views.known(a) and views.known(b) and type(a) == type(b)
    and (type(a) == "number" or a.unit == b.unit and a.per == b.per)
end

local function check_values(ctx, kpi)
  local target = views.known(kpi.target) and kpi.target or nil
  if not target then return end
  if target.bound ~= ".." and comparable(kpi.baseline, target.low) and kpi.baseline == target.low then
    ctx:report { at = kpi:where("target"), say = "no-change", kpi = kpi, value = target.low, related = { kpi } }
  end
  local worst, threshold = kpi.worst, kpi.threshold
  if comparable(worst, threshold) and comparable(threshold, target.low) then
    local upwards = worst < threshold and threshold < target.low
    local downwards = target.low < threshold and threshold < worst
    if not upwards and not downwards then
      ctx:report { at = kpi:where("threshold"), say = "threshold", kpi = kpi, threshold = threshold,
        worst = worst, target = target.low, related = { kpi } }
    end
  end
end

local function check_criteria(ctx, milestone)
  if milestone.type ~= "go-no-go" then return end
  for _, criterion in ipairs(milestone:children("criterion")) do
    if criterion:is_unknown("kpi") or criterion:is_unknown("target") then
      ctx:unknown { at = criterion, say = "ask-criterion", milestone = milestone, criterion = criterion }
    elseif criterion.kpi == nil and criterion.target == nil then
      ctx:report { at = criterion, say = "criterion", milestone = milestone, criterion = criterion }
    end
  end
end

local next_first = {
  en = { "Ask: what would somebody see, a year from now, if it were reached? Write it as a `kpi` with `goal: …`." },
  fr = { "Demandez-vous ce que l'on verrait, dans un an, s'il était atteint. Notez-le comme un `indicateur` avec "
    .. "`objectif : …`." },
}
local next_kpi = {
  en = { "Write it where the goal is measured: a `kpi` has `goal`, `baseline`, `target` with its date, `means`, "
    .. "`measured-by`.", "`?` is a good answer until the partners have met." },
  fr = { "Notez-le là où l'objectif se mesure : un `indicateur` a `objectif`, `départ`, `cible` avec son échéance, "
    .. "`moyen`, `mesuré-par`.", "`?` est une bonne réponse tant que les partenaires ne se sont pas vus." },
}
local why_measure = {
  en = "A goal that cannot be measured cannot be celebrated, nor shown to those who fund it.",
  fr = "Un objectif qu'on ne mesure pas ne se fête pas, et ne se montre pas à ceux qui le financent.",
}

return {
  api = 1, kind = "check", id = "measurable-goal", category = "results", profile = "light",
  word = { en = "measurable-goal", fr = "objectif-mesurable" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Each goal can be measured", fr = "Chaque objectif peut se mesurer" },
  about = {
    en = "Each goal has at least one `kpi` with a starting value, a target and its date, a means of measure, and "
      .. "somebody who measures. The target differs from the start; the threshold stands between the target and the "
      .. "worst. The criterion of a go / no-go says what is measured, or how much is enough.",
    fr = "Chaque objectif a au moins un `indicateur` avec une valeur de départ, une cible et son échéance, un moyen "
      .. "de mesure, et quelqu'un qui mesure. La cible diffère du départ ; le seuil se situe entre la cible et le "
      .. "pire. Le critère d'un go / no go dit ce qui est mesuré, ou à partir de combien c'est atteint.",
  },
  source = {
    en = "Course, objectives must be measurable (Philippe Lemoine); figures, KPI and means of the training "
      .. "deck; logical framework; jUCMNav's conversion of indicators",
    fr = "Cours, des objectifs mesurables (Philippe Lemoine) ; support de formation, chiffres, indicateurs et "
      .. "moyens ; cadre logique ; conversion des indicateurs de jUCMNav",
  },
  options = {
    together = { type = "integer", default = 3, min = 0, about = {
      en = "More goals than this without an indicator are named in one finding.",
      fr = "Au-delà de ce nombre, les objectifs sans indicateur sont cités dans un seul constat." } },
  },
  messages = {
    ["no-kpi"] = {
      en = "The goal “{goal}” has no indicator: how will you know that it is reached?",
      fr = "L'objectif « {goal} » n'a pas d'indicateur : comment saurez-vous qu'il est atteint ?",
      why = why_measure, next = next_first,
    },
    ["no-kpi-many"] = {
      en = "{count} goals have no indicator: {goals}. How will you know that they are reached?",
      fr = "{count} objectifs n'ont pas d'indicateur : {goals}. Comment saurez-vous qu'ils sont atteints ?",
      why = why_measure, next = next_first,
    },
    incomplete = {
      en = "“{kpi}”, by which the goal “{goal}” is measured, still lacks {needs}.",
      fr = "« {kpi} », qui mesure l'objectif « {goal} », reste à compléter : {needs}.",
      why = why_measure, next = next_kpi,
    },
    ["no-change"] = {
      en = "“{kpi}” starts at {value} and aims at {value}: what will have changed?",
      fr = "« {kpi} » part de {value} et vise {value} : qu'est-ce qui aura changé ?",
      why = why_measure,
      next = {
        en = { "Correct the starting value or the target; if keeping the level is the aim, say so in a `note` and "
          .. "accept this finding." },
        fr = { "Corrigez le départ ou la cible ; si le but est de maintenir ce niveau, dites-le dans une `note` et "
          .. "acceptez ce constat." },
      },
    },
    threshold = {
      en = "The threshold of “{kpi}” ({threshold}) is not between its target ({target}) and the worst ({worst}).",
      fr = "Le seuil de « {kpi} » ({threshold}) n'est pas entre sa cible ({target}) et le pire ({worst}).",
      why = {
        en = "The threshold is where satisfaction turns into worry; outside the scale it never rings.",
        fr = "Le seuil est le point où l'on commence à s'inquiéter ; hors de l'échelle, il n'alerte jamais.",
      },
      next = {
        en = { "Put the three values in order: worst, threshold, target, upwards or downwards." },
        fr = { "Remettez les trois valeurs dans l'ordre : pire, seuil, cible, en montant ou en descendant." },
      },
    },
    criterion = {
      en = "At “{milestone}”, the criterion “{criterion}” cannot be measured: who will say yes or no, on what "
        .. "ground?",
      fr = "Au jalon « {milestone} », le critère « {criterion} » ne se mesure pas : sur quoi dira-t-on oui ou non ?",
      severity = "error",
      why = {
        en = "A decision to go on without a measure goes to the loudest voice, or is never taken.",
        fr = "Sans mesure, la décision de continuer revient à celui qui parle le plus fort, ou ne se prend pas.",
      },
      next = {
        en = { "Give the criterion a `kpi`, a `target`, or both." },
        fr = { "Donnez au critère un `indicateur`, une `cible`, ou les deux." },
      },
    },
    ask = {
      en = "“{kpi}”, for the goal “{goal}”: what should be written for {needs}?",
      fr = "« {kpi} », pour l'objectif « {goal} » : que noter pour {needs} ?",
    },
    ["ask-criterion"] = {
      en = "At “{milestone}”, how will “{criterion}” be measured?",
      fr = "Au jalon « {milestone} », comment mesurera-t-on « {criterion} » ?",
    },
  },
  run = run,
  visit = {
    kpi = check_values,
    milestone = check_criteria,
  },
  examples = {
    {
      bad = [[
settings measurable-goal { together: 1 }
goal visits "Visits"
goal lunches "Lunches"
]],
      good = [[
settings measurable-goal { together: 1 }
goal visits "Visits"
goal lunches "Lunches"
kpi seen "Visits in a month" {
  goal: visits
  baseline: 0 visits
  target: >= 200 visits by 2030-06
  means: "Register of visits"
  measured-by: "The school"
}
kpi eaten "Lunches in a month" {
  goal: lunches
  baseline: 0 lunches
  target: >= 100 lunches by 2030-06
  means: "Register of the hall"
  measured-by: "The school"
}
]],
      expect = { "no-kpi-many" },
    },
    {
      bad = [[
goal visits "Visits"
]],
      good = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  baseline: 0 visits
  target: >= 200 visits by 2025-06
  means: "Register of visits"
  measured-by: p
}
partner p
]],
      expect = { "no-kpi" },
    },
    {
      bad = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  target: >= 200 visits
}
]],
      good = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  baseline: 0 visits
  target: >= 200 visits by 2025-06
  means: "Register of visits"
  measured-by: "The school"
}
]],
      expect = { "incomplete" },
    },
    {
      bad = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  baseline: 200 visits
  target: >= 200 visits by 2025-06
  means: "Register of visits"
  measured-by: "The school"
}
]],
      good = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  baseline: 20 visits
  target: >= 200 visits by 2025-06
  means: "Register of visits"
  measured-by: "The school"
}
]],
      expect = { "no-change" },
    },
    {
      bad = [[
kpi number "Visits in a month" {
  target: >= 200 visits by 2025-06
  threshold: 250 visits
  worst: 0 visits
}
]],
      good = [[
kpi number "Visits in a month" {
  target: >= 200 visits by 2025-06
  threshold: 150 visits
  worst: 0 visits
}
]],
      expect = { "threshold" },
    },
    {
      bad = [[
milestone gate "Shall we go on?" {
  type: go-no-go
  criterion "Everybody is pleased"
}
]],
      good = [[
milestone gate "Shall we go on?" {
  type: go-no-go
  criterion "Everybody is pleased" { target: >= 8 partners }
}
]],
      expect = { "criterion" },
    },
    {
      bad = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  baseline: 0 visits
  target: ?
  means: "Register of visits"
  measured-by: "The school"
}
milestone gate "Shall we go on?" {
  type: go-no-go
  criterion "Everybody is pleased" { target: ? }
}
]],
      good = [[
goal visits "Visits"
kpi number "Visits in a month" {
  goal: visits
  baseline: 0 visits
  target: >= 200 visits by 2025-06
  means: "Register of visits"
  measured-by: "The school"
}
milestone gate "Shall we go on?" {
  type: go-no-go
  criterion "Everybody is pleased" { target: >= 8 of-ten }
}
]],
      expect = { "ask", "ask-criterion" },
    },
  },
}
