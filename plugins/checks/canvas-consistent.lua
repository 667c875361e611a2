-- canvas-consistent.lua -- the boxes of the canvas hold together: each thing points to what it
-- serves, uses or pays for.

local views = require "alliance.views"

-- What each kind says of the others: its property, the message when it says nothing, and the kind
-- without which the question is not asked yet (its own box is empty).
local ties = {
  { kind = "channel", property = "to", say = "channel", of = "beneficiary" },
  { kind = "relation", property = "with", say = "relation", of = "beneficiary" },
  { kind = "activity", property = "offer", say = "activity", of = "offer" },
  { kind = "resource", property = "from", say = "resource-from" },
  { kind = "resource", property = "for", say = "resource-for", of = "activity" },
  { kind = "cost", property = "for", say = "cost" },
  { kind = "funding", property = "from", say = "funding" },
}

local function run(ctx)
  for _, tie in ipairs(ties) do
    local missing, open = views.gaps(ctx.model:all(tie.kind), tie.property)
    if #missing > 0 and (tie.of == nil or #ctx.model:all(tie.of) > 0) then
      ctx:report { at = missing[1], say = tie.say, items = views.quoted(missing), count = #missing,
        related = missing }
    end
    for _, item in ipairs(open) do
      ctx:unknown { at = item:where(tie.property), property = tie.property, say = "ask-" .. tie.say, item = item }
    end
  end
end

local why_served = {
  en = "What does not lead to somebody costs time and changes nothing for anybody.",
  fr = "Ce qui ne mène à personne coûte du temps et ne change rien pour personne.",
}
local why_used = {
  en = "The canvas is one whole: a box that leads to no other is an effort, or money, without an aim.",
  fr = "Le canevas forme un tout : une case qui ne mène à aucune autre est un effort, ou de l'argent, sans but.",
}
local why_promised = {
  en = "What nobody has promised is not there on the day.",
  fr = "Ce que personne n'a promis n'est pas là le jour venu.",
}

return {
  api = 1, kind = "check", id = "canvas-consistent", category = "purpose", profile = "standard",
  word = { en = "canvas-consistent", fr = "canevas-cohérent" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "The boxes of the canvas hold together", fr = "Les cases du canevas se tiennent" },
  about = {
    en = "Channels and relations lead to a beneficiary, activities serve an offer, resources have a provider and a "
      .. "use, costs say what they are for, and fundings who pays. A link to a box that is "
      .. "still empty is not asked for.",
    fr = "Canaux et relations mènent à un bénéficiaire, chaque activité sert une proposition, chaque ressource a un "
      .. "fournisseur et un usage, chaque coût un objet, chaque financement un payeur. Un lien vers une case encore "
      .. "vide n'est pas demandé.",
  },
  source = {
    en = "Course, canvas: “a consistent whole”; links between the boxes (Osterwalder & Pigneur)",
    fr = "Cours, canevas : « un tout cohérent » ; liens entre les cases (Osterwalder et Pigneur)",
  },
  messages = {
    channel = {
      en = "Nothing says whom you reach through {items}.",
      fr = "Rien ne dit qui vous touchez par {items}.",
      why = why_served,
      next = {
        en = { "Name the beneficiaries: `to: …`." },
        fr = { "Nommez les bénéficiaires : `vers : …`." },
      },
    },
    relation = {
      en = "Nothing says with whom {count:this relation is|these relations are} kept: {items}.",
      fr = "Rien ne dit avec qui {count:s'entretient cette relation|s'entretiennent ces relations} : {items}.",
      why = why_served,
      next = {
        en = { "Name the beneficiaries: `with: …`." },
        fr = { "Nommez les bénéficiaires : `avec : …`." },
      },
    },
    activity = {
      en = "{count:This activity serves|These activities serve} no offer: {items}.",
      fr = "{count:Cette activité ne sert|Ces activités ne servent} aucune proposition de valeur : {items}.",
      why = why_used,
      next = {
        en = { "Name the offer that it serves (`offer: …`); if there is none, is it worth doing?" },
        fr = { "Nommez la proposition qu'elle sert (`proposition : …`) ; s'il n'y en a pas, faut-il la mener ?" },
      },
    },
    ["resource-from"] = {
      en = "Nothing says who provides {items}.",
      fr = "Rien ne dit qui fournit {items}.",
      why = why_promised,
      next = {
        en = { "Name who provides it: `from: …`." },
        fr = { "Nommez qui la fournit : `origine : …`." },
      },
    },
    ["resource-for"] = {
      en = "Nothing says what {items} {count:is|are} for.",
      fr = "Rien ne dit à quoi {count:sert|servent} {items}.",
      why = why_used,
      next = {
        en = { "Name the activity that uses it: `for: …`." },
        fr = { "Nommez l'activité qui l'utilise : `pour : …`." },
      },
    },
    cost = {
      en = "Nothing says what {count:this cost pays|these costs pay} for: {items}.",
      fr = "Rien ne dit à quoi {count:sert cette dépense|servent ces dépenses} : {items}.",
      why = why_used,
      next = {
        en = { "Name the activity or the resource: `for: …`." },
        fr = { "Nommez l'activité ou la ressource : `pour : …`." },
      },
    },
    funding = {
      en = "Nothing says who pays: {items}.",
      fr = "Rien ne dit qui paie : {items}.",
      why = why_promised,
      next = {
        en = { "Name who pays, even if nobody has been asked yet: `from: …`." },
        fr = { "Nommez qui paie, même si personne n'a encore été sollicité : `origine : …`." },
      },
    },
    ["ask-channel"] = { en = "Whom do you reach through “{item}”?", fr = "Qui touchez-vous par « {item} » ?" },
    ["ask-relation"] = {
      en = "With whom is this relation kept: “{item}”?",
      fr = "Avec qui entretenez-vous cette relation : « {item} » ?",
    },
    ["ask-activity"] = { en = "Which offer does “{item}” serve?", fr = "Quelle proposition sert « {item} » ?" },
    ["ask-resource-from"] = { en = "Who provides “{item}”?", fr = "Qui fournit « {item} » ?" },
    ["ask-resource-for"] = { en = "What is “{item}” for?", fr = "À quoi sert « {item} » ?" },
    ["ask-cost"] = { en = "What does “{item}” pay for?", fr = "À quoi sert la dépense « {item} » ?" },
    ["ask-funding"] = { en = "Who would pay: “{item}”?", fr = "Qui paierait : « {item} » ?" },
  },
  run = run,
  examples = {
    {
      bad = [[
beneficiary b
offer o
channel c "The town hall"
relation r "A visit each month"
activity a "Workshops"
resource t "Tablets"
cost 100 EUR "Printing"
funding 100 EUR "A grant"
]],
      good = [[
partner p
beneficiary b
offer o
channel c "The town hall" { to: b }
relation r "A visit each month" { with: b }
activity a "Workshops" { offer: o }
resource t "Tablets" {
  from: p
  for: a
}
cost 100 EUR "Printing" { for: a }
funding 100 EUR "A grant" { from: "The region" }
]],
      expect = { "channel", "relation", "activity", "resource-from", "resource-for", "cost", "funding" },
    },
    {
      bad = [[
beneficiary b
offer o
channel c "The town hall" { to: ? }
relation r "A visit each month" { with: ? }
activity a "Workshops" { offer: ? }
resource t "Tablets" {
  from: ?
  for: ?
}
cost 100 EUR "Printing" { for: ? }
funding 100 EUR "A grant" { from: ? }
]],
      good = [[
beneficiary b
offer o
channel c "The town hall" { to: b }
relation r "A visit each month" { with: b }
activity a "Workshops" { offer: o }
resource t "Tablets" {
  from: "The school"
  for: a
}
cost 100 EUR "Printing" { for: a }
funding 100 EUR "A grant" { from: "The region" }
]],
      expect = { "ask-channel", "ask-relation", "ask-activity", "ask-resource-from", "ask-resource-for", "ask-cost",
        "ask-funding" },
    },
  },
}
