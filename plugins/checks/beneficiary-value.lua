-- beneficiary-value.lua -- what is proposed answers a need and serves somebody; nobody and no
-- need is left aside.

local views = require "alliance.views"

-- What the offers point to with a property: a set of paths, and whether an offer says `?` there.
local function reached(offers, property)
  local paths, open = {}, false
  for _, offer in ipairs(offers) do
    local items, unknown = views.list(offer[property])
    open = open or unknown > 0
    for _, item in ipairs(items) do
      if views.is_entity(item) then paths[item.path] = true end
    end
  end
  return paths, open
end

local function left_out(items, paths)
  local left = {}
  for _, item in ipairs(items) do
    if not paths[item.path] then left[#left + 1] = item end
  end
  return left
end

local function report(ctx, say, items)
  if #items == 0 then return end
  ctx:report { at = items[1], say = say, items = views.quoted(items), count = #items, related = items }
end

-- Needs of the territory that no offer answers; those of a beneficiary that is named already are not
-- told twice; a partner's own need, and one to be met elsewhere by scaling up, are other matters.
local function unanswered(model, answered, unserved)
  local told = {}
  for _, route in ipairs(model:all("scale-up")) do
    for _, need in ipairs((views.list(route.need))) do told[need.path] = true end
  end
  for _, beneficiary in ipairs(unserved) do
    for _, need in ipairs((views.list(beneficiary.need))) do told[need.path] = true end
  end
  local needs = {}
  for _, need in ipairs(model:all("need")) do
    if not answered[need.path] and not told[need.path] and need.partner == nil then needs[#needs + 1] = need end
  end
  return needs
end

local function run(ctx)
  local offers = ctx.model:all("offer")
  if #offers == 0 then return end   -- the box of the canvas is empty: canvas-complete says so
  for _, gap in ipairs { { "answers", "no-need", "ask-need" }, { "for", "for-nobody", "ask-for" } } do
    local missing, open = views.gaps(offers, gap[1])
    report(ctx, gap[2], missing)
    for _, offer in ipairs(open) do
      ctx:unknown { at = offer:where(gap[1]), property = gap[1], say = gap[3], offer = offer }
    end
  end
  -- An offer whose public or need is `?` may be the one: it has been asked about.
  local served, open = reached(offers, "for")
  local unserved = open and {} or left_out(ctx.model:all("beneficiary"), served)
  report(ctx, "not-served", unserved)
  local answered
  answered, open = reached(offers, "answers")
  if not open then report(ctx, "not-answered", unanswered(ctx.model, answered, unserved)) end
end

local why_served = {
  en = "Those who are named and not served will notice; those who finance will notice too.",
  fr = "Ceux que l'on cite sans rien leur proposer s'en aperçoivent ; ceux qui financent aussi.",
}
local why_offer = {
  en = "An offer is worth what it changes for somebody: without a need or a public, it is only an idea.",
  fr = "Une proposition vaut par ce qu'elle change pour quelqu'un : sans besoin ni public, ce n'est qu'une idée.",
}

return {
  api = 1, kind = "check", id = "beneficiary-value", category = "purpose", profile = "standard",
  word = { en = "beneficiary-value", fr = "valeur-bénéficiaire" },
  severity = "warning",
  title = { en = "What is proposed serves somebody", fr = "Ce qui est proposé sert à quelqu'un" },
  about = {
    en = "Each offer answers a need of the territory and is for a beneficiary; each beneficiary has an offer, each "
      .. "need an answer. A need that is left aside is accepted, with the reason. Nothing is asked before the first "
      .. "offer: the canvas has an empty box.",
    fr = "Chaque proposition répond à un besoin du territoire et s'adresse à un bénéficiaire ; chaque bénéficiaire a "
      .. "sa proposition, chaque besoin sa réponse. Un besoin que l'alliance laisse de côté s'accepte, avec la raison. "
      .. "Rien n'est demandé avant la première proposition : la case du canevas est vide.",
  },
  source = {
    en = "Course, canvas: value proposition and beneficiaries; fit of a business model (Osterwalder & Pigneur)",
    fr = "Cours, canevas : proposition de valeur et bénéficiaires ; adéquation d'un modèle économique (Osterwalder et "
      .. "Pigneur)",
  },
  messages = {
    ["no-need"] = {
      en = "Nothing says which need of the territory {count:this offer answers|these offers answer}: {items}.",
      fr = "Rien ne dit à quel besoin du territoire {count:répond cette proposition|répondent ces propositions} : "
        .. "{items}.",
      why = why_offer,
      next = {
        en = { "Name the need: `answers: …`; if it is not in the file yet, write it as a `need`." },
        fr = { "Nommez le besoin : `répond-à : …` ; s'il n'est pas encore dans le fichier, notez-le comme `besoin`." },
      },
    },
    ["for-nobody"] = {
      en = "Nothing says for whom {count:this is|these are} proposed: {items}.",
      fr = "Rien ne dit à qui {count:s'adresse cette proposition|s'adressent ces propositions} : {items}.",
      why = why_offer,
      next = {
        en = { "Name those whom it serves: `for: …`." },
        fr = { "Nommez ceux à qui elle sert : `pour : …`." },
      },
    },
    ["not-served"] = {
      en = "Nothing is offered to {items}, though the file counts them among the beneficiaries.",
      fr = "Rien n'est proposé à {items}, que le fichier compte pourtant parmi les bénéficiaires.",
      why = why_served,
      next = {
        en = { "Ask them, or those who know them, what would be useful, and write it as `offer \"…\" { for: … }`." },
        fr = { "Demandez-leur, ou à ceux qui les connaissent, ce qui leur serait utile, et notez-le : "
          .. "`proposition \"…\" { pour : … }`." },
      },
    },
    ["not-answered"] = {
      en = "No offer answers {count:this need|these needs}: {items}.",
      fr = "Aucune proposition ne répond à {count:ce besoin|ces besoins} : {items}.",
      why = {
        en = "A need that was found and left without an answer should be a choice, not an oversight.",
        fr = "Un besoin repéré et laissé sans réponse doit être un choix, pas un oubli.",
      },
      next = {
        en = { "Write which offer answers it (`answers: …`), or leave it aside and say why: "
          .. "`accept beneficiary-value for … { reason: \"…\" }`." },
        fr = { "Notez quelle proposition y répond (`répond-à : …`), ou laissez-le de côté en disant pourquoi : "
          .. "`accepter valeur-bénéficiaire pour … { raison : \"…\" }`." },
      },
    },
    ["ask-need"] = {
      en = "Which need of the territory does “{offer}” answer?",
      fr = "À quel besoin du territoire répond « {offer} » ?",
    },
    ["ask-for"] = {
      en = "For whom is “{offer}”?",
      fr = "À qui s'adresse « {offer} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
need n
beneficiary b "Seniors" { need: n }
beneficiary c "Pupils"
offer o "Visits" {
  answers: n
  for: c
}
]],
      good = [[
need n
beneficiary b "Seniors" { need: n }
beneficiary c "Pupils"
offer o "Visits" {
  answers: n
  for: b, c
}
]],
      expect = { "not-served" },
    },
    {
      bad = [[
need n
need m "Transport"
beneficiary b "Seniors"
offer o "Visits" {
  answers: n
  for: b
}
]],
      good = [[
need n
need m "Transport"
beneficiary b "Seniors"
offer o "Visits and lifts" {
  answers: n, m
  for: b
}
]],
      expect = { "not-answered" },
    },
    {
      bad = [[
need n
need m "Transport, in the next valley"
beneficiary b "Seniors"
offer o "Visits" {
  answers: n
  for: b
}
]],
      good = [[
need n
need m "Transport, in the next valley"
beneficiary b "Seniors"
offer o "Visits" {
  answers: n
  for: b
}
scale-up s "The next valley" { need: m }
]],
      expect = { "not-answered" },
    },
    {
      bad = [[
beneficiary b "Seniors"
offer o "Visits" { for: b }
]],
      good = [[
need n
beneficiary b "Seniors"
offer o "Visits" {
  answers: n
  for: b
}
]],
      expect = { "no-need" },
    },
    {
      bad = [[
need n
offer o "Visits" { answers: n }
]],
      good = [[
need n
beneficiary b
offer o "Visits" {
  answers: n
  for: b
}
]],
      expect = { "for-nobody" },
    },
    {
      bad = [[
need n
beneficiary b
offer o "Visits" {
  answers: ?
  for: ?
}
]],
      good = [[
need n
beneficiary b
offer o "Visits" {
  answers: n
  for: b
}
]],
      expect = { "ask-need", "ask-for" },
    },
  },
}
