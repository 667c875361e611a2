-- equity.lua -- what each carries and what each gains stay in proportion, or the difference is
-- wanted and said.

local figures = require "alliance.figures"
local number = require "alliance.number"
local views = require "alliance.views"

-- ---- Who carries most -----------------------------------------------------------------------------

-- The shares of one dimension by partner path, or nil.
local function shares_of(by, total)
  if total <= 0 then return nil end
  local shares = {}
  for path, value in pairs(by) do shares[path] = value / total end
  return shares
end

-- The dimensions that can be compared: { name, shares }; and what cannot be counted.
local function dimensions_of(ctx, ledger)
  local dimensions, uncounted, mixed = {}, {}, {}
  for _, matter in ipairs { "time", "money" } do
    local sums, missing = views.sums(ctx.model, ledger, matter)
    if #missing > 0 then
      for _, item in ipairs(missing) do uncounted[item.path] = item end
    elseif #sums > 1 then
      mixed[#mixed + 1] = matter
    elseif sums[1] then
      dimensions[#dimensions + 1] = { name = matter, shares = shares_of(sums[1].by, sums[1].total) }
    end
  end
  local count = views.accountabilities(ctx.model)
  if count.total >= ctx.options.activities then
    dimensions[#dimensions + 1] = { name = "activities", shares = shares_of(count.by, count.total) }
  end
  return dimensions, uncounted, mixed
end

local function percent(share)
  return { en = number.percent(share, "en"), fr = number.percent(share, "fr") }
end

local share_texts = {
  time = { en = "{share} of the time (the others: {mean} each on average)",
    fr = "{share} du temps (les autres : {mean} chacun en moyenne)" },
  money = { en = "{share} of the money (the others: {mean} each on average)",
    fr = "{share} de l'argent (les autres : {mean} chacun en moyenne)" },
  activities = { en = "{share} of the activities (the others: {mean} each on average)",
    fr = "{share} des activités (les autres : {mean} chacun en moyenne)" },
}

local function check_load(ctx, ledger, dimensions)
  if #ledger < 3 then return end
  for _, row in ipairs(ledger) do
    local texts = {}
    for _, dimension in ipairs(dimensions) do
      local share = dimension.shares and dimension.shares[row.partner.path] or 0
      if number.exceeds(share, ctx.options["largest-share"]) then
        local model = share_texts[dimension.name]
        local others = 0
        for path, value in pairs(dimension.shares) do
          if path ~= row.partner.path then others = others + value end
        end
        texts[#texts + 1] = ctx:texts { en = model.en, fr = model.fr, share = percent(share),
          mean = percent(others / (#ledger - 1)) }
      end
    end
    if #texts > 0 then
      ctx:report { at = row.partner, say = "carries-most", partner = row.partner, shares = views.several(texts),
        limit = ctx.options["largest-share"] }
    end
  end
end

-- ---- What each gains for what each gives ------------------------------------------------------------

local function check_proportion(ctx, ledger, proportions)
  local equity = proportions.equity
  local function report(i, say)
    ctx:report { at = ledger[i].partner, say = say, partner = ledger[i].partner, factor = ctx.options.factor,
      given = percent(equity.contribution_share[i]), got = percent(equity.benefit_share[i]) }
  end
  local is_less = false
  for i, row in ipairs(ledger) do
    if proportions.sides[i] == "less" then
      is_less = true
      local feels = row.partner.feels
      report(i, math.type(feels) and feels >= 3 and "counted-not-felt" or "gains-less")
    end
  end
  if is_less then return end
  for i in ipairs(ledger) do
    if proportions.sides[i] == "more" then report(i, "gains-more") end
  end
end

-- ---- What each feels ----------------------------------------------------------------------------------

local function check_feelings(ctx, ledger, proportions)
  for i, row in ipairs(ledger) do
    local partner = row.partner
    if partner:is_unknown("feels") then
      ctx:unknown { at = partner:where("feels"), property = "feels", say = "ask-feels", partner = partner,
        related = { partner } }
    elseif math.type(partner.feels) and partner.feels <= ctx.options["low-feeling"] then
      local even = proportions and proportions.sides[i] == "even"
      ctx:report { at = partner:where("feels"), say = even and "felt-not-counted" or "felt",
        partner = partner, level = partner.feels, limit = ctx.options["low-feeling"], related = { partner } }
    end
  end
end

local function say_what_is_missing(ctx, at, uncounted, mixed, reason, unvalued)
  for _, item in ipairs(unvalued or {}) do uncounted[item.path] = item end
  local missing = {}
  for _, kind in ipairs { "brings", "receives" } do
    for _, item in ipairs(ctx.model:all(kind)) do
      if uncounted[item.path] then missing[#missing + 1] = item end
    end
  end
  if #missing > 0 then
    ctx:cannot_tell { at = at, reason = "not-valued", related = missing, missing = views.quoted(missing) }
  elseif #mixed > 0 or reason == "mixed" then
    ctx:cannot_tell { at = at, reason = "mixed", missing = {} }
  elseif reason then
    local reasons = { ["zero-benefits"] = "nothing-gained", ["negative-value"] = "below-zero" }
    ctx:cannot_tell { at = at, reason = reasons[reason] or "nothing-brought", missing = {} }
  end
end

-- Whether anything is written of what is brought or gained; if not, reciprocity says so.
local function is_begun(ledger)
  for _, row in ipairs(ledger) do
    if #row.gives + #row.gives_open + #row.receives + #row.receives_open > 0 then return true end
  end
  return false
end

local function run(ctx)
  local ledger = views.ledger(ctx.model)
  local at = ctx.alliance or ledger[1] and ledger[1].partner
  if not at then return end
  if #ledger < 2 then
    ctx:cannot_tell { at = at, reason = "too-few", missing = {} }
    return
  end
  local dimensions, uncounted, mixed = dimensions_of(ctx, ledger)
  check_load(ctx, ledger, dimensions)
  local proportions, reason, unvalued = figures.proportions(ctx.model, ledger, ctx.options.factor)
  reason = reason and reason:match("^[%a%-]+")
  if proportions then check_proportion(ctx, ledger, proportions) end
  check_feelings(ctx, ledger, proportions)
  if is_begun(ledger) then say_what_is_missing(ctx, at, uncounted, mixed, reason, unvalued) end
end

local function why(limit)
  return {
    en = "Fair does not mean equal: an asymmetry that is wanted and said holds; one that is discovered breaks. "
      .. limit.en,
    fr = "Équitable ne veut pas dire égal : une asymétrie voulue et dite tient ; celle qu'on découvre casse. "
      .. limit.fr,
  }
end
local why_load = why { en = "The limit, {limit} %, is a convention.", fr = "Le seuil, {limit} %, est une convention." }
local why_gains = why {
  en = "Much less, or much more: {factor} times, a convention.",
  fr = "Bien moins, ou bien plus : {factor} fois, une convention.",
}
local why_feeling = why {
  en = "Up to {limit} counts as unfair: a convention.",
  fr = "Jusqu'à {limit}, c'est inéquitable : une convention.",
}
local next_talk = {
  en = { "Put it on the agenda, with the table of who brings and who receives what.",
    "If it is wanted, write so: `accept equity for … { reason: \"…\" }`." },
  fr = { "Mettez-le à l'ordre du jour, avec le tableau de ce que chacun apporte et reçoit.",
    "Si c'est voulu, dites-le : `accepter équité pour … { raison : \"…\" }`." },
}

return {
  api = 1, kind = "check", id = "equity", category = "fairness", profile = "standard",
  word = { en = "equity", fr = "équité" },
  severity = "warning",
  title = { en = "The relation is fair, and felt so", fr = "La relation est équitable, et ressentie comme telle" },
  about = {
    en = "Looks at four things: one partner, among three or more, who carries more than 60 % of the time, of the money "
      .. "or of the activities; a partner whose share of the benefits, for its share of the contributions, differs "
      .. "from its peers by more than a factor of 2; a partner who feels the relation as unfair (`feels` 0 or 1); a "
      .. "feeling that the figures do not show, or the reverse. What has no value is listed, never counted as zero; "
      .. "units and currencies are never mixed. The limits are conventions, without a published source: "
      .. "`settings equity` changes them.",
    fr = "Regarde quatre choses : un partenaire, parmi trois ou plus, qui porte plus de 60 % du temps, de l'argent ou "
      .. "des activités ; un partenaire dont la part des bénéfices, rapportée à sa part des contributions, s'écarte "
      .. "de celle des autres de plus d'un facteur 2 ; un partenaire qui ressent la relation comme inéquitable "
      .. "(`ressenti` 0 ou 1) ; un ressenti que les chiffres ne montrent pas, ou l'inverse. Ce qui n'est pas chiffré "
      .. "est cité, jamais compté pour zéro ; unités et monnaies ne se mélangent pas. Les seuils sont des "
      .. "conventions, sans source publiée : `réglages équité` les change.",
  },
  source = {
    en = "Pitfall 5 of the training deck, relation perceived as inequitable; Le Rameau; equity (The Partnering "
      .. "Initiative); equity ratio (Adams 1965); value balance (Austin)",
    fr = "Support de formation, écueil 5, relation perçue comme inéquitable ; Le Rameau ; équité (The "
      .. "Partnering Initiative) ; rapport d'équité (Adams, 1965) ; équilibre de la valeur (Austin)",
  },
  options = {
    ["largest-share"] = { type = "percent", default = 60, min = 34, max = 100, convention = true, about = {
      en = "The share, in percent, above which one partner carries most.",
      fr = "La part, en pour cent, au-delà de laquelle un partenaire porte l'essentiel." } },
    factor = { type = "number", default = 2, min = 1.1, convention = true, about = {
      en = "How many times less or more than its peers a partner may gain for what it gives.",
      fr = "De combien de fois un partenaire peut gagner plus ou moins que les autres pour ce qu'il apporte." } },
    ["low-feeling"] = { type = "integer", default = 1, min = 0, max = 4, convention = true, about = {
      en = "The level of `feels` up to which a relation is felt as unfair.",
      fr = "Le niveau de `ressenti` jusqu'auquel la relation est vécue comme inéquitable." } },
    activities = { type = "integer", default = 3, min = 1, convention = true, about = {
      en = "How many activities there must be before their owners are compared.",
      fr = "À partir de combien d'activités leurs porteurs sont comparés." } },
  },
  messages = {
    ["carries-most"] = {
      en = "{partner} carries {shares}. Is it wanted, and said?",
      fr = "{partner} porte {shares}. Est-ce voulu, et dit ?",
      why = why_load, next = next_talk,
    },
    ["gains-less"] = {
      en = "{partner} brings {given} of what is valued and receives {got} of the benefits: much less than the others "
        .. "for what it gives.",
      fr = "{partner} apporte {given} de ce qui est chiffré et reçoit {got} des bénéfices : bien moins que les autres, "
        .. "à apport égal.",
      why = why_gains, next = next_talk,
    },
    ["gains-more"] = {
      en = "{partner} brings {given} of what is valued and receives {got} of the benefits: much more than the others "
        .. "for what it gives.",
      fr = "{partner} apporte {given} de ce qui est chiffré et reçoit {got} des bénéfices : bien plus que les autres, "
        .. "à apport égal.",
      why = why_gains, next = next_talk,
    },
    ["counted-not-felt"] = {
      en = "By the figures {partner} gains much less than the others ({given} of what is brought, {got} of the "
        .. "benefits), yet feels the relation as fair. What do the figures not show?",
      fr = "D'après les chiffres, {partner} gagne bien moins que les autres ({given} des apports, {got} des "
        .. "bénéfices), mais trouve la relation équitable. Qu'est-ce que les chiffres ne montrent pas ?",
      severity = "note", why = why_gains,
      next = {
        en = { "Ask what matters to {partner} and is not written yet, and add it as `receives`." },
        fr = { "Demandez ce qui compte pour {partner} et n'est pas encore écrit, et ajoutez-le avec `reçoit`." },
      },
    },
    felt = {
      en = "{partner} feels the relation as unfair ({level} out of 4).",
      fr = "{partner} ressent la relation comme inéquitable ({level} sur 4).",
      why = why_feeling,
      next = {
        en = { "Ask {partner} what would make it fairer, before the next decision.",
          "Write the answer as `interest`, `receives` or `opinion`." },
        fr = { "Demandez à {partner} ce qui la rendrait plus juste, avant la prochaine décision.",
          "Notez la réponse dans `intérêt`, `reçoit` ou `avis`." },
      },
    },
    ["felt-not-counted"] = {
      en = "{partner} feels the relation as unfair ({level} out of 4), and the figures do not show why.",
      fr = "{partner} ressent la relation comme inéquitable ({level} sur 4), et les chiffres ne disent pas pourquoi.",
      why = why_feeling,
      next = {
        en = { "Believe the feeling first: ask {partner} what the figures leave out." },
        fr = { "Partez du ressenti : demandez à {partner} ce que les chiffres laissent de côté." },
      },
    },
    ["ask-feels"] = {
      en = "How fair does {partner} find the relation, from 0 to 4?",
      fr = "À quel point la relation est-elle équitable pour {partner}, de 0 (pas du tout) à 4 (tout à fait) ?",
    },
    ["too-few"] = {
      en = "Fairness is between partners: the file names fewer than two.",
      fr = "L'équité se juge entre partenaires : le fichier en nomme moins de deux.",
    },
    ["not-valued"] = {
      en = "What is brought and what is gained cannot be compared: some of it has neither an amount, nor a worth, nor "
        .. "a felt level ({missing}).",
      fr = "On ne peut pas comparer ce qui est apporté et ce qui est gagné : une partie n'a ni montant, ni valeur, ni "
        .. "ressenti ({missing}).",
    },
    mixed = {
      en = "What is brought is in units or currencies that do not add up, so shares cannot be told.",
      fr = "Les apports sont en unités ou en monnaies qui ne s'additionnent pas : les parts ne peuvent pas "
        .. "se calculer.",
    },
    ["nothing-brought"] = {
      en = "Nothing that is brought has a value yet, so what each gains cannot be compared with it.",
      fr = "Rien de ce qui est apporté n'est encore chiffré : on ne peut pas y comparer ce que chacun gagne.",
    },
    ["below-zero"] = {
      en = "Something that is brought or gained is below zero, so shares cannot be told: what goes out is a `cost`.",
      fr = "Un apport ou un gain est inférieur à zéro : les parts ne peuvent pas se calculer. Ce qui sort est un "
        .. "`coût`.",
    },
    ["nothing-gained"] = {
      en = "Nothing that is gained has a worth or a felt level yet, so what each brings cannot be compared with it.",
      fr = "Rien de ce qui est gagné n'a encore de valeur ni de ressenti : on ne peut pas y comparer ce que chacun "
        .. "apporte.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner a {
  brings -300 EUR "Rent"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 300 EUR "A gift"
  receives "Skills" { felt: 3 }
}
]],
      good = [[
partner a {
  brings 300 EUR "Rent"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 300 EUR "A gift"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "below-zero" },
    },
    {
      bad = [[
partner a { receives "Name known" { felt: 3 } }
partner b { receives "Skills" { felt: 3 } }
]],
      good = [[
partner a {
  brings 300 EUR "A gift"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 300 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "nothing-brought" },
    },
    {
      bad = [[
partner a { brings 90 h "Visits" }
partner b { brings 10 h "Accounts" }
partner c { brings 10 h "Posters" }
]],
      good = [[
valuation volunteering: 12 EUR/h
partner a {
  brings 40 h "Visits" { nature: volunteering }
  receives "Name known" { felt: 4 }
}
partner b {
  brings 30 h "Accounts" { nature: volunteering }
  receives "Skills" { felt: 3 }
}
partner c {
  brings 30 h "Posters" { nature: volunteering }
  receives "Contacts" { felt: 3 }
}
]],
      expect = { "carries-most", "not-valued" },
    },
    {
      bad = [[
valuation volunteering: 12 EUR/h
partner a {
  brings 4 h/week "Visits" {
    nature: volunteering
    period: 2026-03-01..2026-07-03
  }
  receives "Name known" { felt: 3 }
}
partner b {
  brings 1 h/week "Accounts" {
    nature: volunteering
    period: 2026-03-01..2026-07-03
  }
  receives "Skills" { felt: 1 }
}
partner c {
  brings 1 h/week "Posters" {
    nature: volunteering
    period: 2026-03-01..2026-07-03
  }
  receives "Contacts" { felt: 1 }
}
]],
      good = [[
valuation volunteering: 12 EUR/h
partner a {
  brings 3 h/week "Visits" {
    nature: volunteering
    period: 2026-03-01..2026-07-03
  }
  receives "Name known" { felt: 3 }
}
partner b {
  brings 1 h/week "Accounts" {
    nature: volunteering
    period: 2026-03-01..2026-07-03
  }
  receives "Skills" { felt: 1 }
}
partner c {
  brings 1 h/week "Posters" {
    nature: volunteering
    period: 2026-03-01..2026-07-03
  }
  receives "Contacts" { felt: 1 }
}
]],
      expect = { "carries-most" },
    },
    {
      bad = [[
partner a { brings 9 000 EUR "Grant" }
partner b { brings 500 EUR "Room" }
partner c { brings 500 EUR "Posters" }
]],
      good = [[
partner a {
  brings 4 000 EUR "Grant"
  receives "Name known" { felt: 4 }
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
partner c {
  brings 3 000 EUR "Posters"
  receives "Contacts" { felt: 3 }
}
]],
      expect = { "carries-most", "nothing-gained" },
    },
    {
      bad = [[
partner a {
  brings 4 000 EUR "Grant"
  receives "Name known" { felt: 1 }
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 4 }
}
partner c {
  brings 3 000 EUR "Posters"
  receives "Contacts" { felt: 4 }
}
]],
      good = [[
partner a {
  brings 4 000 EUR "Grant"
  receives "Name known" { felt: 4 }
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
partner c {
  brings 3 000 EUR "Posters"
  receives "Contacts" { felt: 3 }
}
]],
      expect = { "gains-less" },
    },
    {
      bad = [[
partner a {
  brings 4 000 EUR "Grant"
  receives "Name known" { felt: 1 }
  feels: 4
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 4 }
}
]],
      good = [[
partner a {
  brings 4 000 EUR "Grant"
  receives "Name known" { felt: 4 }
  feels: 4
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "counted-not-felt" },
    },
    {
      bad = [[
partner a {
  brings 1 000 EUR "Grant"
  receives "Name known" { felt: 4 }
}
partner b {
  brings 4 500 EUR "Rent"
  receives "Skills" { felt: 3 }
}
partner c {
  brings 4 500 EUR "Posters"
  receives "Contacts" { felt: 3 }
}
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 3 500 EUR "Rent"
  receives "Skills" { felt: 3 }
}
partner c {
  brings 3 500 EUR "Posters"
  receives "Contacts" { felt: 3 }
}
]],
      expect = { "gains-more" },
    },
    {
      bad = [[
partner a { feels: 1 }
partner b { feels: 3 }
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
  feels: 3
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "felt" },
    },
    {
      bad = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
  feels: 0
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
  feels: 4
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "felt-not-counted" },
    },
    {
      bad = [[
partner a { feels: ? }
partner b
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
  feels: 3
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "ask-feels" },
    },
    {
      bad = [[
partner a { brings ? "Grant" }
partner b { brings 35 h }
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "not-valued" },
    },
    {
      bad = [[
partner a { brings 3 000 EUR "Grant" }
partner b { brings 3 000 USD "Grant" }
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "mixed" },
    },
    {
      bad = [[
partner a
]],
      good = [[
partner a {
  brings 3 000 EUR "Grant"
  receives "Name known" { felt: 3 }
}
partner b {
  brings 3 000 EUR "Rent"
  receives "Skills" { felt: 3 }
}
]],
      expect = { "too-few" },
    },
  },
}
