-- scale-up-ready.lua -- what spreads has proved itself, can be told, and stays what it is.

local text = require "alliance.text"
local views = require "alliance.views"

-- ---- Is something proved? ---------------------------------------------------------------------------------

local function check_results(ctx, place)
  local other, unsaid, open = {}, {}, {}
  for _, evaluation in ipairs(ctx.model:all("evaluation")) do
    local date = evaluation.date
    if not (views.known(date) and ctx.today:before(date)) then
      if evaluation.outcome == "positive" then return end
      local list = views.known(evaluation.outcome) and other or evaluation:is_unknown("outcome") and open or unsaid
      list[#list + 1] = evaluation
    end
  end
  for _, evaluation in ipairs(open) do
    ctx:unknown { at = evaluation:where("outcome"), property = "outcome", say = "ask-outcome",
      evaluation = evaluation, related = { evaluation } }
  end
  if #unsaid > 0 then
    ctx:cannot_tell { at = unsaid[1], reason = "no-outcome", evaluations = views.quoted(unsaid), missing = {},
      related = unsaid }
  elseif #other > 0 and #open == 0 then
    local last = other[#other]
    ctx:report { at = last, say = "not-positive", evaluation = last, outcome = views.word(last.outcome, "evaluation") }
  elseif #open == 0 then
    ctx:report { at = place, say = "no-result" }
  end
end

-- ---- What it takes to spread -------------------------------------------------------------------------------
-- Each gives what is missing as { what =, how = } (texts by language), or nil.

local function missing_routes(ctx, scale_ups)
  local missing, open = views.gaps(scale_ups, "route")
  for _, item in ipairs(open) do
    ctx:unknown { at = item:where("route"), property = "route", say = "ask-route", item = item, related = { item } }
  end
  if #missing == 0 then return nil end
  return { what = ctx:texts { en = "the route of {items}", fr = "la voie suivie ({items})",
      items = views.quoted(missing) },
    how = { en = "`route: …` in the scale-up", fr = "`voie : …` dans l'essaimage" } }
end

local function missing_account(_, scale_ups)
  for _, item in ipairs(scale_ups) do
    local routes, unknown = views.list(item.route)
    if unknown > 0 then return nil end
    for _, route in ipairs(routes) do
      if route == "kit" or route == "written-account" then return nil end
    end
  end
  return { what = { en = "a kit or a written account for those who take it up",
      fr = "un kit ou un récit écrit pour ceux qui reprennent" },
    how = { en = "a scale-up with `route: kit` or `route: written-account`",
      fr = "un essaimage avec `voie : kit` ou `voie : capitalisation`" } }
end

local function missing_funding(ctx, scale_ups)
  local open
  for _, item in ipairs(scale_ups) do
    local fundings, unknown = views.list(item.funding)
    if #fundings > 0 or item.funding == alliance.none then return nil end
    open = open or unknown > 0 and item
  end
  for _, funding in ipairs(ctx.model:all("funding")) do
    for _, aim in ipairs(funding.status == "refused" and {} or (views.list(funding["for"]))) do
      if views.is_entity(aim, "scale-up") then return nil end
    end
  end
  if open then
    ctx:unknown { at = open:where("funding"), property = "funding", say = "ask-funding", item = open,
      related = { open } }
    return nil
  end
  return { what = { en = "what pays for it", fr = "ce qui le finance" },
    how = { en = "`funding: …` in the scale-up", fr = "`financement : …` dans l'essaimage" } }
end

local function missing_preserve(ctx)
  local entity = ctx.alliance
  if not entity then return nil end
  if entity:is_unknown("preserve") then
    ctx:unknown { at = entity:where("preserve"), property = "preserve", say = "ask-preserve" }
  end
  if entity.preserve ~= nil then return nil end
  return { what = { en = "what must not change", fr = "ce qui ne doit pas changer" },
    how = { en = "`preserve: \"…\"` in the alliance", fr = "`à-préserver : \"…\"` dans l'alliance" } }
end

-- An impact is shown by a sentence or an indicator; `?` is a question, not a gap.
local function missing_impacts(ctx)
  local shown, missing = {}, {}
  for _, impact in ipairs(ctx.model:all("impact")) do
    if views.known(impact.type) and (impact.evidence ~= nil or impact.kpi ~= nil) then shown[impact.type] = true end
  end
  for _, type in ipairs { "performance", "innovation", "trust" } do
    if not shown[type] then missing[#missing + 1] = views.word(type, "impact") end
  end
  if #missing == 0 then return nil end
  return { what = ctx:texts { en = "what shows the impacts ({types})", fr = "ce qui montre les impacts ({types})",
      types = missing },
    how = { en = "`impact \"…\"` with its `type` and its `evidence`",
      fr = "`impact \"…\"` avec son `type` et sa `preuve`" } }
end

local function check_ready(ctx, scale_ups)
  local what, how = {}, { en = {}, fr = {} }
  for _, missing_from in ipairs { missing_account, missing_funding, missing_preserve, missing_impacts,
    missing_routes } do
    local gap = missing_from(ctx, scale_ups)
    if gap then
      what[#what + 1] = gap.what
      for language, list in pairs(how) do list[#list + 1] = gap.how[language] end
    end
  end
  if #what > 0 then
    ctx:report { at = scale_ups[1], say = "not-ready", needs = what,
      steps = { en = text.list(how.en, "en"), fr = text.list(how.fr, "fr") } }
  end
end

local function run(ctx)
  local scale_ups = ctx.model:all("scale-up")
  if #scale_ups == 0 then return end
  check_results(ctx, scale_ups[1])
  check_ready(ctx, scale_ups)
end

local why_results = {
  en = "Results are what convinces those who would take it up, and those who would pay for it.",
  fr = "Ce sont les résultats qui convainquent ceux qui reprendraient le projet, et ceux qui le financeraient.",
}

return {
  api = 1, kind = "check", id = "scale-up-ready", category = "growth", profile = "standard",
  word = { en = "scale-up-ready", fr = "prêt-à-essaimer" },
  severity = "warning",
  title = { en = "What spreads has proved itself", fr = "Ce qui essaime a fait ses preuves" },
  about = {
    en = "Only looks at alliances that plan to spread (`scale-up`). An evaluation concludes that the results are "
      .. "positive; something is written for those who take it up (a kit or an account); something pays for it; what "
      .. "must not change is said (`preserve`); the three impacts, performance, innovation and trust, are shown; each "
      .. "scale-up has a route.",
    fr = "Ne regarde que les alliances qui prévoient d'essaimer (`essaimage`). Une évaluation conclut que les "
      .. "résultats sont positifs ; quelque chose est écrit pour ceux qui reprennent (un kit ou un récit) ; quelque "
      .. "chose le finance ; ce qui ne doit pas changer est dit (`à-préserver`) ; les trois impacts, performance, "
      .. "innovation et confiance, sont montrés ; chaque essaimage a une voie.",
  },
  source = {
    en = "Course, scaling up: positive impacts come first, routes, kits and written accounts, funding, grow while "
      .. "staying authentic; the three impacts (PHARE programme, Le Rameau)",
    fr = "Cours, le changement d'échelle : d'abord des impacts positifs, les voies, les kits et la capitalisation, le "
      .. "financement, grandir en restant authentique ; les trois impacts (programme PHARE, Le Rameau)",
  },
  messages = {
    ["no-result"] = {
      en = "A scale-up is planned, but no result is shown yet.",
      fr = "L'essaimage est prévu, mais aucun résultat n'est encore démontré.",
      why = why_results,
      next = {
        en = { "Have the results looked at, even simply, and write it: `evaluation \"…\"` with its `method`, `date` "
          .. "and `outcome`." },
        fr = { "Faites regarder les résultats, même simplement, et notez-le : `évaluation \"…\"` avec sa `méthode`, "
          .. "sa `date` et sa `conclusion`." },
      },
    },
    ["not-positive"] = {
      en = "A scale-up is planned, but the conclusion of “{evaluation}” is not positive: {outcome}.",
      fr = "L'essaimage est prévu, mais la conclusion de « {evaluation} » n'est pas positive : {outcome}.",
      why = why_results,
      next = {
        en = { "Look first at what should change here; spreading it would spread that too." },
        fr = { "Voyez d'abord ce qui devrait changer ici ; essaimer, ce serait aussi essaimer cela." },
      },
    },
    ["not-ready"] = {
      en = "To spread, this is still missing: {needs}.",
      fr = "Pour essaimer, il manque encore : {needs}.",
      severity = { idea = "note", framing = "warning" },
      why = {
        en = "Those who take up a project have neither your experience nor your ties: what is not written down, shown "
          .. "and paid for does not travel.",
        fr = "Ceux qui reprennent un projet n'ont ni votre expérience ni vos liens : ce qui n'est pas écrit, montré "
          .. "et financé ne voyage pas.",
      },
      next = {
        en = { "Write {steps}; `?` for what nobody knows yet." },
        fr = { "Notez {steps} ; `?` pour ce que personne ne sait encore." },
      },
    },
    ["ask-outcome"] = {
      en = "Is the conclusion of “{evaluation}” positive, mixed or negative?",
      fr = "La conclusion de « {evaluation} » est-elle positive, mitigée ou négative ?",
    },
    ["ask-route"] = { en = "By which route does “{item}” spread?", fr = "Par quelle voie passe « {item} » ?" },
    ["ask-funding"] = { en = "What pays for “{item}”?", fr = "Qu'est-ce qui finance « {item} » ?" },
    ["ask-preserve"] = {
      en = "What must not change when you grow?",
      fr = "Qu'est-ce qui ne doit pas changer si vous grandissez ?",
    },
    ["no-outcome"] = {
      en = "Whether the results are positive cannot be told: no conclusion is written for {evaluations}.",
      fr = "On ne peut pas dire si les résultats sont positifs : aucune conclusion n'est notée pour {evaluations}.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a { preserve: "Meals are free" }
scale-up s "Kits" { route: kit }
funding 5 000 EUR "A grant" { for: s }
impact "Fewer empty rooms" {
  type: performance
  evidence: "Counted"
}
impact "Meals at home" {
  type: innovation
  evidence: "Nobody did it before"
}
impact "Neighbours talk" {
  type: trust
  evidence: "They say so"
}
evaluation "To come" {
  date: 9000-01-01
  outcome: positive
}
]],
      good = [[
alliance a { preserve: "Meals are free" }
scale-up s "Kits" { route: kit }
funding 5 000 EUR "A grant" { for: s }
impact "Fewer empty rooms" {
  type: performance
  evidence: "Counted"
}
impact "Meals at home" {
  type: innovation
  evidence: "Nobody did it before"
}
impact "Neighbours talk" {
  type: trust
  evidence: "They say so"
}
evaluation "The first year" {
  date: 2001-01-01
  outcome: positive
}
]],
      expect = { "no-result" },
    },
    {
      bad = [[
alliance a { preserve: ? }
scale-up s "Kits" {
  route: kit
  funding: ?
}
scale-up t "The next town" { route: ? }
impact "Fewer empty rooms" {
  type: performance
  evidence: ?
}
impact "Meals at home" {
  type: innovation
  evidence: ?
}
impact "Neighbours talk" {
  type: trust
  evidence: ?
}
evaluation "The first year" { outcome: mixed }
]],
      good = [[
alliance a { preserve: none "It may change" }
scale-up s "Kits" {
  route: kit
  funding: "Each town pays its own"
}
scale-up t "The next town" { route: geographic }
impact "Fewer empty rooms" {
  type: performance
  evidence: "Counted"
}
impact "Meals at home" {
  type: innovation
  evidence: "Nobody did it before"
}
impact "Neighbours talk" {
  type: trust
  evidence: "They say so"
}
evaluation "The first year" { outcome: positive }
]],
      expect = { "not-positive", "ask-preserve", "ask-funding", "ask-route" },
    },
    {
      bad = [[
alliance a
scale-up s "The next town"
evaluation "The first year" { outcome: ? }
]],
      good = [[
alliance a { preserve: "Meals are free" }
scale-up s "The next town" {
  route: kit
  funding: "Each town pays its own"
}
impact "Fewer empty rooms" {
  type: performance
  evidence: "Counted"
}
impact "Meals at home" {
  type: innovation
  evidence: "Nobody did it before"
}
impact "Neighbours talk" {
  type: trust
  evidence: "They say so"
}
evaluation "The first year" { outcome: positive }
]],
      expect = { "not-ready", "ask-outcome" },
    },
    {
      bad = [[
scale-up s "The next town" {
  route: geographic
  funding: "The region"
}
evaluation "The first year"
impact "Fewer empty rooms" {
  type: performance
  evidence: "Counted"
}
]],
      good = [[
scale-up s "The next town" {
  route: geographic, written-account
  funding: "The region"
}
evaluation "The first year" { outcome: positive }
impact "Fewer empty rooms" {
  type: performance
  evidence: "Counted"
}
impact "Meals at home" {
  type: innovation
  evidence: "Nobody did it before"
}
impact "Neighbours talk" {
  type: trust
  evidence: "They say so"
}
]],
      expect = { "no-outcome", "not-ready" },
    },
  },
}
