-- funding-dependence.lua -- no single payer, kind of money or end date holds the whole alliance.

local figures = require "alliance.figures"
local number = require "alliance.number"
local views = require "alliance.views"

-- ---- Who pays most ------------------------------------------------------------------------------

local function share(value)
  return { en = number.percent(value, "en"), fr = number.percent(value, "fr") }
end

-- The last day on which a payer still pays, as a date; nil when one of its fundings does not say.
local function last_day(fundings)
  local last
  for _, funding in ipairs(fundings) do
    local period = funding.period
    local day = views.known(period) and period.last
    if not views.known(day) or not day then return nil end
    if not last or last.last < day.last then last = day end
  end
  return last
end

local function report_largest(ctx, payers, payer)
  local spread = figures.concentration(payers)
  local last = last_day(payer.fundings)
  local effective = spread.effective_number
  ctx:report { at = payer.fundings[1], say = last and "one-payer-until" or "one-payer", payer = payer.names,
    share = share(payer.sum / payers.total), limit = ctx.options["largest-share"], date = last,
    effective = { en = number.format(effective, { lang = "en", decimals = 1 }),
      fr = number.format(effective, { lang = "fr", decimals = 1 }) }, related = payer.fundings }
end

local function check_payers(ctx)
  local payers = figures.payers(ctx.model)
  for _, funding in ipairs(payers.nobody) do
    if funding:is_unknown("from") then
      ctx:unknown { at = funding:where("from"), property = "from", say = "ask-payer", funding = funding }
    end
  end
  if payers.uncounted[1] then
    ctx:cannot_tell { at = payers.uncounted[1], reason = "not-known", items = views.quoted(payers.uncounted),
      missing = payers.uncounted }
  elseif #payers.currencies > 1 then
    ctx:cannot_tell { at = ctx.alliance or payers[1].fundings[1], reason = "mixed", currencies = payers.currencies }
  elseif payers.total > 0 then
    for _, payer in ipairs(payers) do
      if payer.names and number.exceeds(payer.sum / payers.total, ctx.options["largest-share"]) then
        report_largest(ctx, payers, payer)
        return
      end
    end
    if payers.nobody[1] then
      ctx:cannot_tell { at = payers.nobody[1], reason = "payer-not-known", items = views.quoted(payers.nobody),
        missing = payers.nobody }
    end
  end
end

-- ---- What ends too early ------------------------------------------------------------------------

-- What can end before its support does: a phase, an activity or a pilot whose last day is known.
local function end_of(aim)
  if not (aim:is_a("phase") or aim:is_a("activity") or aim:is_a("pilot")) then return nil end
  local last = views.known(aim.period) and aim.period.last
  return last and views.known(last) and last or nil
end

-- What is paid or lent for something: path of the thing -> the support that lasts longest, and its
-- last day, false when one of them has no known end.
local function longest(items)
  local by = {}
  for _, item in ipairs(items) do
    local last = views.known(item.period) and item.period.last
    for _, aim in ipairs((views.list(item["for"]))) do
      if views.is_entity(aim) then
        local best = by[aim.path]
        if not last or not views.known(last) then
          by[aim.path] = { item = item, last = false }
        elseif best == nil or best.last and best.last:before(last) then
          by[aim.path] = { item = item, last = last }
        end
      end
    end
  end
  return by
end

-- What is refused, or asked of nobody yet, supports nothing.
local function is_support(item)
  return not item:is_a("funding") or item.status ~= "refused" and item.status ~= "to-approach"
end

local function check_ends(ctx)
  for _, kind in ipairs { "funding", "resource" } do
    local items = {}
    for _, item in ipairs(ctx.model:all(kind)) do
      if is_support(item) then items[#items + 1] = item end
    end
    local by = longest(items)
    for _, item in ipairs(items) do
      for _, aim in ipairs((views.list(item["for"]))) do
        local best = views.is_entity(aim) and by[aim.path]
        local until_day = best and best.last and best.item.path == item.path and end_of(aim)
        if until_day and best.last:before(until_day) then
          ctx:report { at = item:where("period"), say = "ends-before", item = item, aim = aim, date = best.last,
            ["end"] = until_day }
          break
        end
      end
    end
  end
end

-- ---- One kind of money ---------------------------------------------------------------------------

local function check_types(ctx)
  local fundings, types, kinds = {}, {}, 0
  for _, funding in ipairs(ctx.model:all("funding")) do
    if funding.status ~= "refused" then
      if not views.known(funding.type) then return end
      fundings[#fundings + 1] = funding
      if not types[funding.type] then kinds = kinds + 1 end
      types[funding.type] = true
    end
  end
  if #fundings > 1 and kinds == 1 then
    ctx:report { at = fundings[1], say = "one-type", count = #fundings, related = fundings,
      type = views.word(fundings[1].type, "funding") }
  end
end

local function run(ctx)
  check_payers(ctx)
  check_ends(ctx)
  check_types(ctx)
end

local why_payer = {
  en = "Who pays most decides, even without wanting to; the day it stops, everything stops. The limit, {limit} %, is "
    .. "a convention. Spread of the money (inverse Herfindahl index): as if {effective} payers shared it equally.",
  fr = "Qui paie le plus décide, même sans le vouloir ; le jour où il s'arrête, tout s'arrête. Le seuil, {limit} %, "
    .. "est une convention. Répartition de l'argent (inverse de l'indice de Herfindahl) : comme si {effective} "
    .. "financeurs se le partageaient à égalité.",
}
local next_payer = {
  en = { "Who else gains from what you do, and could pay for a part of it?",
    "Ask this payer now what happens afterwards: the answer takes months." },
  fr = { "À qui d'autre profite ce que vous faites, et qui pourrait en payer une part ?",
    "Demandez dès maintenant à ce financeur ce qu'il prévoit ensuite : la réponse prend des mois." },
}

return {
  api = 1, kind = "check", id = "funding-dependence", category = "money", profile = "standard",
  word = { en = "funding-dependence", fr = "dépendance-financière" },
  severity = "warning",
  title = { en = "The money does not hang by one thread", fr = "L'argent ne tient pas à un seul fil" },
  about = {
    en = "No payer brings more than 60 % of what is secured, nothing that is paid or lent ends before what it "
      .. "supports without another to follow, and there is more than one kind of money. Currencies are never added.",
    fr = "Aucun financeur n'apporte plus de 60 % de ce qui est acquis, rien de ce qui est financé ou prêté ne s'arrête "
      .. "avant ce qu'il soutient sans qu'un autre prenne la suite, et l'argent est de plusieurs sortes. Les monnaies "
      .. "ne s'additionnent pas.",
  },
  source = {
    en = "Training deck: brakes “afterwards”, mixed funding; Herfindahl-Hirschman index (Hirschman 1964; Tuckman & "
      .. "Chang 1991)",
    fr = "Support de formation : freins « après », hybridation des ressources ; indice de Herfindahl-Hirschman "
      .. "(Hirschman 1964 ; Tuckman et Chang 1991)",
  },
  options = {
    ["largest-share"] = { type = "percent", default = 60, min = 1, max = 100, convention = true, about = {
      en = "The share of the secured money, in percent, above which one payer holds the alliance.",
      fr = "La part de l'argent acquis, en pour cent, au-delà de laquelle un financeur tient l'alliance." } },
  },
  messages = {
    ["one-payer"] = {
      en = "{payer}: {share} of the secured money. What is left on the day it stops?",
      fr = "{payer} : {share} de l'argent acquis. Que reste-t-il le jour où cela s'arrête ?",
      why = why_payer, next = next_payer,
    },
    ["one-payer-until"] = {
      en = "{payer}: {share} of the secured money, until {date}. What is left afterwards?",
      fr = "{payer} : {share} de l'argent acquis, jusqu'à cette échéance : {date}. Que reste-t-il ensuite ?",
      why = why_payer, next = next_payer,
    },
    ["ends-before"] = {
      en = "“{item}” ends ({date}) before “{aim}” does ({end}): the rest is not covered.",
      fr = "« {item} » s'arrête ({date}) avant la fin de « {aim} » ({end}) : la suite n'est plus couverte.",
      why = {
        en = "The gap between the end of the support and the end of the work is paid by those who stay.",
        fr = "L'écart entre la fin du soutien et la fin du travail, ce sont ceux qui restent qui le paient.",
      },
      next = {
        en = { "Ask whether it can be extended, or plan what is done without it." },
        fr = { "Demandez s'il peut être prolongé, ou prévoyez ce que l'on fait sans lui." },
      },
    },
    ["one-type"] = {
      en = "The {count} sources of funding are all of one kind: {type}.",
      fr = "Les {count} financements sont tous de la même sorte : {type}.",
      severity = "note",
      why = {
        en = "Money of one kind dries up all at once: one budget vote, one bad year.",
        fr = "L'argent d'une seule sorte se tarit d'un coup : un vote de budget, une mauvaise année.",
      },
      next = {
        en = { "Look at the other kinds: sales, patronage, crowdfunding, public money, own means…" },
        fr = { "Regardez ailleurs : ventes, mécénat, financement participatif, argent public, moyens propres…" },
      },
    },
    ["ask-payer"] = { en = "Who pays “{funding}”?", fr = "Qui paie « {funding} » ?" },
    ["not-known"] = {
      en = "On whom the money depends cannot be told: no amount is known for {items}.",
      fr = "Impossible de dire de qui dépend l'argent : aucun montant n'est connu pour {items}.",
    },
    mixed = {
      en = "On whom the money depends cannot be told: amounts in {currencies} are never added.",
      fr = "Impossible de dire de qui dépend l'argent : des montants en {currencies} ne s'additionnent pas.",
    },
    ["payer-not-known"] = {
      en = "On whom the money depends cannot be told: nothing says who pays {items}.",
      fr = "Impossible de dire de qui dépend l'argent : rien ne dit qui paie {items}.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
funding 7 000 EUR {
  from: "The region"
  status: secured
}
funding 3 000 EUR {
  from: "The town"
  status: secured
}
]],
      good = [[
funding 6 000 EUR {
  from: "The region"
  status: secured
}
funding 4 000 EUR {
  from: "The town"
  status: secured
}
]],
      expect = { "one-payer" },
    },
    {
      bad = [[
partner p "School"
phase f "Trial" { period: 2025-01..2025-06 }
funding 7 000 EUR "A grant" {
  from: p
  status: secured
  period: 2025-01..2025-04
  for: f
}
]],
      good = [[
partner p "School"
phase f "Trial" { period: 2025-01..2025-06 }
funding 6 000 EUR "A grant" {
  from: p
  status: secured
  period: 2025
  for: f
}
funding 5 000 EUR "Another" {
  from: "The town"
  status: secured
  period: 2025
}
]],
      expect = { "one-payer-until", "ends-before" },
    },
    {
      bad = [[
phase f "Trial" { period: 2025-01..2026-12 }
resource "The hall" {
  period: 2025
  for: f
}
resource "The barn" {
  period: 2025-03..2025-06
  for: f
}
]],
      good = [[
phase f "Trial" { period: 2025-01..2026-12 }
resource "The hall" {
  period: 2025
  for: f
}
resource "The barn" {
  period: 2026
  for: f
}
]],
      expect = { "ends-before" },
    },
    {
      bad = [[
funding 5 000 EUR {
  from: "The region"
  status: requested
  type: grant
}
funding 5 000 EUR {
  from: "The town"
  status: requested
  type: grant
}
]],
      good = [[
funding 5 000 EUR {
  from: "The region"
  status: requested
  type: grant
}
funding 5 000 EUR {
  from: "The visitors"
  status: requested
  type: sales
}
]],
      expect = { "one-type" },
    },
    {
      bad = [[
funding 5 000 EUR "A grant" {
  from: ?
  status: secured
}
]],
      good = [[
funding 5 000 EUR "A grant" {
  from: "The region"
  status: secured
}
funding 5 000 EUR {
  from: "The town"
  status: secured
}
]],
      expect = { "ask-payer", "payer-not-known" },
    },
    {
      bad = [[
funding ? "A grant" {
  from: "The region"
  status: secured
}
]],
      good = [[
funding ? "A grant" {
  from: "The region"
  status: requested
}
]],
      expect = { "not-known" },
    },
    {
      bad = [[
funding 5 000 EUR {
  from: "The region"
  status: secured
}
funding 5 000 CHF {
  from: "The canton"
  status: secured
}
]],
      good = [[
funding 5 000 EUR {
  from: "The region"
  status: secured
}
funding 5 000 EUR {
  from: "The canton"
  status: secured
}
]],
      expect = { "mixed" },
    },
  },
}
