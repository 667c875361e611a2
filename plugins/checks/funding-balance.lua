-- funding-balance.lua -- what is secured covers what it costs, year by year, in each currency.

local finance = require "alliance.finance"
local number = require "alliance.number"
local views = require "alliance.views"

local languages = { "en", "fr" }

-- An amount as text in each language.
local function money(value, currency)
  local texts = {}
  for _, language in ipairs(languages) do
    texts[language] = number.format(value, { lang = language }) .. "\u{A0}" .. currency
  end
  return texts
end

local function share(value)
  local texts = {}
  for _, language in ipairs(languages) do texts[language] = number.percent(value, language) end
  return texts
end

-- The years that can be compared one by one; all together when a cost or a funding has no period, or
-- covers several years.
local function periods_of(row)
  for _, period in ipairs(row.years) do
    if (period.year == "" or period.year == "several") and period.counted then
      return { { costs = row.costs, secured = row.secured, requested = row.requested, unsaid = row.unsaid } }
    end
  end
  return row.years
end

local function when(period)
  if period.year then return { en = "In " .. period.year, fr = "En " .. period.year } end
  return { en = "Over the whole period", fr = "Sur toute la période" }
end

-- Whether a contribution is there in a year; in all of them when its period is not known.
local function is_there(item, year)
  if not views.known(item.period) then return true end
  local first, last = item.period.first, item.period.last
  return not (views.known(first) and first.year > year or views.known(last) and last.year < year)
end

-- What partners bring in kind in a year (nil: in all) and value in a currency: told beside, never added.
local function in_kind(model, currency, year)
  local sum = 0
  for _, item in ipairs(model:all("brings")) do
    if views.matter(item) ~= "money" and views.known(item.worth) and item.worth.unit == currency
      and (not year or is_there(item, year)) then
      sum = sum + item.worth.number
    end
  end
  if sum == 0 then return { en = "", fr = "" } end
  local worth = money(sum, currency)
  return {
    en = (" What is given in kind (worth %s) comes on top, and does not fill the gap."):format(worth.en),
    fr = (" Les apports en nature (valeur : %s) s'y ajoutent, sans combler ce manque."):format(worth.fr),
  }
end

local function place_of(ctx)
  return ctx.model:all("cost")[1] or ctx.alliance or ctx.model:all("activity")[1]
end

local function check_period(ctx, row, period)
  local plan = finance.coverage { budget = period.costs, secured = period.secured, probable = period.requested }
  if not plan or plan.gap_cash <= 0 then return end
  ctx:report { at = place_of(ctx), say = plan.secured_plus_probable_ratio >= 1 and "waiting" or "gap",
    period = when(period), gap = money(plan.gap_cash, row.currency), secured = money(period.secured, row.currency),
    requested = money(period.requested, row.currency), costs = money(period.costs, row.currency),
    coverage = share(plan.secured_ratio), kind = in_kind(ctx.model, row.currency, tonumber(period.year)) }
end

-- Fundings that do not say whether they are secured.
local function check_status(ctx)
  local missing, open = views.gaps(ctx.model:all("funding"), "status")
  for _, funding in ipairs(open) do
    ctx:unknown { at = funding:where("status"), property = "status", say = "ask-status", funding = funding }
  end
  if #missing > 0 then
    ctx:report { at = missing[1], say = "no-status", fundings = views.quoted(missing), count = #missing,
      related = missing }
  end
end

local function run(ctx)
  check_status(ctx)
  local rows, open = views.funding(ctx.model)
  local costs, lacking = 0, 0
  for _, row in ipairs(rows) do
    if row.costs > 0 then costs = costs + 1 end
    if row.costs > row.secured then lacking = lacking + 1 end
  end
  local place = place_of(ctx)
  if #open > 0 then
    ctx:cannot_tell { at = open[1], reason = "not-known", items = views.quoted(open), missing = open }
  elseif lacking > 0 and #rows > 1 then
    local currencies = {}
    for i, row in ipairs(rows) do currencies[i] = row.currency end
    ctx:cannot_tell { at = place, reason = "mixed", currencies = currencies }
  elseif costs > 0 then
    for _, row in ipairs(rows) do
      for _, period in ipairs(periods_of(row)) do check_period(ctx, row, period) end
    end
  end
end

local why = {
  en = "What is not secured is carried by those who began in good faith. Secured funding divided by costs: {coverage}.",
  fr = "Ce qui n'est pas acquis pèse sur ceux qui ont commencé de bonne foi. Financement acquis rapporté aux coûts : "
    .. "{coverage}.",
}

return {
  api = 1, kind = "check", id = "funding-balance", category = "money", profile = "standard",
  word = { en = "funding-balance", fr = "équilibre-financier" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "What is secured covers the costs", fr = "Ce qui est acquis couvre les coûts" },
  about = {
    en = "In each year, and in each currency, secured funding covers the costs; what is only requested is shown apart, "
      .. "and what is given in kind is never counted as money. Costs without a year are compared as a whole.",
    fr = "Chaque année, dans chaque monnaie, le financement acquis couvre les coûts ; ce qui n'est que demandé est "
      .. "montré à part, et les apports en nature ne comptent jamais comme de l'argent. Des coûts sans année se "
      .. "comparent dans leur ensemble.",
  },
  source = {
    en = "Course, canvas: costs and funding; training deck, economic models; coverage of a budget (definition)",
    fr = "Cours, canevas : coûts et financements ; support de formation, modèles économiques ; taux de couverture d'un "
      .. "budget (définition)",
  },
  messages = {
    gap = {
      en = "{period}, {gap} are missing: {secured} secured, {requested} requested, {costs} of costs.{kind}",
      fr = "{period}, il manque {gap} : {secured} acquis, {requested} demandés, {costs} de coûts.{kind}",
      why = why,
      next = {
        en = { "What could cost less, begin later, or be lent? Who could be asked for the rest?",
          "Money that a partner brings counts here once it is a `funding … { from: … }`." },
        fr = { "Qu'est-ce qui pourrait coûter moins, commencer plus tard, ou être prêté ? À qui demander le reste ?",
          "L'argent qu'un partenaire apporte compte ici quand il est noté `financement … { origine : … }`." },
      },
    },
    waiting = {
      en = "{period}, all depends on what is requested: {secured} secured, {requested} requested, {costs} of costs; "
        .. "{gap} are not secured yet.{kind}",
      fr = "{period}, tout dépend de ce qui est demandé : {secured} acquis, {requested} demandés, {costs} de coûts ; "
        .. "{gap} ne sont pas encore acquis.{kind}",
      why = why,
      next = {
        en = { "Agree now on what is given up, or put off, if the answer is no." },
        fr = { "Convenez dès maintenant de ce que l'on abandonne, ou reporte, si la réponse est non." },
      },
    },
    ["no-status"] = {
      en = "Nothing says whether {count:this funding is|these fundings are} secured: {fundings}.",
      fr = "Rien ne dit si {count:ce financement est acquis|ces financements sont acquis} : {fundings}.",
      severity = "note",
      why = {
        en = "Only what is secured counts; what is not said is not counted.",
        fr = "Seul compte ce qui est acquis ; ce qui n'est pas dit n'est pas compté.",
      },
      next = {
        en = { "Write `status: secured`, `requested` or `to-approach`." },
        fr = { "Écrivez `statut : acquis`, `demandé` ou `à-démarcher`." },
      },
    },
    ["ask-status"] = {
      en = "Is “{funding}” secured, requested, or still to be asked for?",
      fr = "« {funding} » : est-ce acquis, demandé, ou encore à démarcher ?",
    },
    ["not-known"] = {
      en = "Whether the costs are covered cannot be told: no amount is known for {items}.",
      fr = "Impossible de dire si les coûts sont couverts : aucun montant n'est connu pour {items}.",
    },
    mixed = {
      en = "Whether the costs are covered cannot be told: amounts in {currencies} are never added.",
      fr = "Impossible de dire si les coûts sont couverts : des montants en {currencies} ne s'additionnent pas.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p { brings 40 h { worth: 600 EUR } }
cost 10 000 EUR { period: 2025 }
funding 4 000 EUR {
  status: secured
  period: 2025
}
]],
      good = [[
partner p { brings 40 h { worth: 600 EUR } }
cost 10 000 EUR { period: 2025 }
funding 10 000 EUR {
  status: secured
  period: 2025
}
]],
      expect = { "gap" },
    },
    {
      bad = [[
cost 5 000 EUR { period: 2025 }
cost 5 000 EUR { period: 2026 }
funding 8 000 EUR {
  status: secured
  period: 2025
}
funding 2 000 EUR {
  status: secured
  period: 2026
}
funding 9 000 EUR "A ministry" { status: refused }
]],
      good = [[
cost 5 000 EUR { period: 2025 }
cost 5 000 EUR { period: 2026 }
funding 5 000 EUR {
  status: secured
  period: 2025
}
funding 5 000 EUR {
  status: secured
  period: 2026
}
funding 9 000 EUR "A ministry" { status: refused }
]],
      expect = { "gap" },
    },
    {
      bad = [[
alliance a { status: framing }
cost 10 000 EUR
funding 4 000 EUR { status: secured }
funding 6 000 EUR { status: requested }
]],
      good = [[
alliance a { status: framing }
cost 10 000 EUR
funding 4 000 EUR { status: secured }
funding 6 000 EUR { status: secured }
]],
      expect = { "waiting" },
    },
    {
      bad = [[
cost 10 000 EUR
funding 10 000 EUR { status: secured }
funding 500 EUR "Ministry"
]],
      good = [[
cost 10 000 EUR
funding 10 000 EUR { status: secured }
funding 500 EUR "Ministry" { status: to-approach }
]],
      expect = { "no-status" },
    },
    {
      bad = [[
cost 10 000 EUR
funding 10 000 EUR { status: secured }
funding ? "Ministry" { status: ? }
]],
      good = [[
cost 10 000 EUR
funding 10 000 EUR { status: secured }
funding 500 EUR "Ministry" { status: requested }
]],
      expect = { "ask-status", "not-known" },
    },
    {
      bad = [[
cost 10 000 EUR
funding 12 000 CHF { status: secured }
]],
      good = [[
cost 10 000 EUR
funding 12 000 EUR { status: secured }
]],
      expect = { "mixed" },
    },
  },
}
