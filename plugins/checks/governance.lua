-- governance.lua -- who decides, when everybody meets, when the plan is looked at again, and how
-- the ordinary things are done.

local views = require "alliance.views"

local processes = {
  { id = "decision", en = "taking decisions", fr = "décider" },
  { id = "payment", en = "paying", fr = "payer" },
  { id = "disagreement", en = "settling a disagreement", fr = "régler un désaccord" },
  { id = "communication", en = "speaking in the name of all", fr = "communiquer au nom de tous" },
}

-- ---- Who decides --------------------------------------------------------------------------------

local function check_bodies(ctx, place)
  local bodies, deciding, open = ctx.model:all("body"), {}, {}
  for _, body in ipairs(bodies) do
    if body.decides == true then deciding[#deciding + 1] = body
    elseif body:is_unknown("decides") then open[#open + 1] = body end
  end
  for _, body in ipairs(open) do
    ctx:unknown { at = body:where("decides"), property = "decides", say = "ask-decides", body = body }
  end
  if #deciding > 1 then
    ctx:report { at = deciding[1], say = "several-deciding", bodies = views.quoted(deciding), count = #deciding,
      related = deciding }
  elseif #deciding == 0 and #open == 0 then
    ctx:report { at = bodies[1] or place, say = "nobody-decides" }
  end
end

-- ---- When everybody meets -----------------------------------------------------------------------

-- The partners that a ritual leaves out; nil when it does not say with whom it is held.
local function left_out(ritual, partners)
  local present, unknown = views.partners_in(ritual.with)
  if unknown > 0 or ritual.with == nil then return nil end
  local said, absent = {}, {}
  for _, partner in ipairs(present) do said[partner.path] = true end
  for _, partner in ipairs(partners) do
    if not said[partner.path] then absent[#absent + 1] = partner end
  end
  return absent
end

-- Whether a ritual comes back within so many months: true or false; nil when it does not say.
local function is_frequent(ctx, ritual)
  local next_time = views.known(ritual.frequency) and views.day_after(ritual.frequency, ctx.today)
  if not next_time then return nil end
  return next_time.first <= ctx.today:add({ months = ctx.options.months }).last
end

local function ask_about(ctx, ritual)
  local asked = false
  for _, property in ipairs { "with", "frequency" } do
    local _, unknown = views.list(ritual[property])
    if unknown > 0 then
      asked = true
      ctx:unknown { at = ritual:where(property), property = property, say = "ask-" .. property, ritual = ritual }
    end
  end
  return asked
end

local function check_meetings(ctx, place)
  local partners = ctx.model.partners
  if #partners < 2 then return end
  local asked, rare, nearest, absent = false, nil, nil, nil
  for ritual in ctx.model:each("ritual") do
    asked = ask_about(ctx, ritual) or asked
    local missing, frequent = left_out(ritual, partners), is_frequent(ctx, ritual)
    if missing and #missing == 0 then
      if frequent then return end
      if frequent == false then rare = rare or ritual end
    elseif missing and frequent and #missing < #partners and (not absent or #missing < #absent) then
      nearest, absent = ritual, missing
    end
  end
  if asked then return end
  local months = ctx.options.months
  if rare then
    ctx:report { at = rare, say = "too-rare", ritual = rare, frequency = rare.frequency,
      months = months }
  elseif nearest then
    ctx:report { at = nearest, say = "not-everybody", ritual = nearest, partners = absent,
      months = months, related = absent }
  else
    ctx:report { at = place, say = "no-meeting", months = months }
  end
end

-- ---- When the plan is looked at again, and how things are done -----------------------------------

local function check_review(ctx, place)
  for ritual in ctx.model:each("ritual") do
    for _, topic in ipairs((views.list(ritual.about))) do
      if topic == "masterplan" then return end
    end
  end
  local review = ctx.alliance and ctx.alliance.review
  if review == alliance.unknown then
    ctx:unknown { at = ctx.alliance:where("review"), property = "review", say = "ask-review" }
  elseif review == nil then
    ctx:report { at = place, say = "no-review" }
  end
end

local function check_processes(ctx, place)
  local said, missing = {}, { en = {}, fr = {} }
  for process in ctx.model:each("process") do said[process.key] = process end
  for _, topic in ipairs(processes) do
    local process = said[topic.id]
    if process == nil then
      table.insert(missing.en, topic.en)
      table.insert(missing.fr, topic.fr)
    elseif process.value == alliance.unknown then
      ctx:unknown { at = process, say = "ask-process", topic = topic }
    end
  end
  if #missing.en > 0 then
    ctx:report { at = place, say = "no-process", count = #missing.en,
      topics = { en = table.concat(missing.en, ", "), fr = table.concat(missing.fr, ", ") } }
  end
end

local function run(ctx)
  local place = ctx.alliance or ctx.model.partners[1]
  if not place then return end
  check_bodies(ctx, place)
  check_meetings(ctx, place)
  check_review(ctx, place)
  check_processes(ctx, place)
end

local why_decides = {
  en = "When nobody knows who decides, decisions are taken by those who are in the room, or not at all.",
  fr = "Quand personne ne sait qui décide, les décisions se prennent entre présents, ou pas du tout.",
}
local why_meeting = {
  en = "An alliance lives by its appointments: between two of them, each one goes back to its own emergencies. The "
    .. "limit, {months} {months:month|months}, is a convention.",
  fr = "Une alliance vit de ses rendez-vous : entre deux, chacun retourne à ses urgences. Le seuil, {months} mois, est "
    .. "une convention.",
}

return {
  api = 1, kind = "check", id = "governance", category = "governance", profile = "standard",
  word = { en = "governance", fr = "gouvernance" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Deciding, meeting, reviewing are organised", fr = "Décider, se voir, faire le point : c'est prévu" },
  about = {
    en = "One body decides; a ritual brings all partners together at least every two months (a convention); the plan "
      .. "is reviewed; how one decides, pays, settles a disagreement and communicates is written down.",
    fr = "Une instance décide ; un rituel réunit tous les partenaires au moins tous les deux mois (une convention) ; "
      .. "le plan est revu ; la façon de décider, de payer, de régler un désaccord et de communiquer est écrite.",
  },
  source = {
    en = "Training deck, pitfall 7 and operational frame; The Partnering Initiative, scorecard; ISO 44001",
    fr = "Support de formation, écueil 7 et cadre opérationnel ; The Partnering Initiative, grille d'évaluation ; ISO "
      .. "44001",
  },
  options = {
    months = { type = "integer", default = 2, min = 1, max = 24, convention = true, about = {
      en = "How many months may pass between two meetings of all partners.",
      fr = "Combien de mois peuvent séparer deux rendez-vous de tous les partenaires." } },
  },
  messages = {
    ["nobody-decides"] = {
      en = "Nothing says who decides for the alliance.",
      fr = "Rien ne dit qui décide pour l'alliance.",
      why = why_decides,
      next = {
        en = { "Write the body and who sits in it: `body \"…\" { decides: yes }`, with its `members`." },
        fr = { "Notez l'instance et qui y siège : `instance \"…\" { décide : oui }`, avec ses `membres`." },
      },
    },
    ["several-deciding"] = {
      en = "{count} bodies decide: {bodies}. Which one has the last word?",
      fr = "{count} instances décident : {bodies}. Laquelle tranche en dernier ?",
      severity = "note", why = why_decides,
      next = {
        en = { "Keep `decides: yes` for the one that has the last word, or accept it and say who decides what." },
        fr = { "Gardez `décide : oui` pour celle qui tranche, ou acceptez ce constat en disant qui décide quoi." },
      },
    },
    ["no-meeting"] = {
      en = "No regular meeting brings all partners together (at least every {months} {months:month|months}).",
      fr = "Aucun rendez-vous régulier ne réunit tous les partenaires (au moins une fois en {months} mois).",
      why = why_meeting,
      next = {
        en = { "Agree on one, even short: `ritual \"…\" { frequency: 1 month }`, and `with` whom." },
        fr = { "Convenez-en d'un, même court : `rituel \"…\" { fréquence : 1 mois }`, et `avec` qui." },
      },
    },
    ["too-rare"] = {
      en = "“{ritual}” is the only meeting of all partners, and it is held every {frequency}: more than {months} "
        .. "{months:month|months} apart.",
      fr = "« {ritual} » est le seul rendez-vous de tous les partenaires, et il revient tous les {frequency} : c'est "
        .. "plus de {months} mois.",
      why = why_meeting,
      next = {
        en = { "Bring it closer, or add a short call in between." },
        fr = { "Rapprochez-le, ou ajoutez un point court entre deux." },
      },
    },
    ["not-everybody"] = {
      en = "No regular meeting brings all partners together: “{ritual}” leaves out {partners}.",
      fr = "Aucun rendez-vous régulier ne réunit tous les partenaires : « {ritual} » se tient sans {partners}.",
      why = why_meeting,
      next = {
        en = { "Invite them, or hold a meeting of all partners from time to time." },
        fr = { "Invitez-les, ou tenez de temps en temps un rendez-vous de tous." },
      },
    },
    ["no-review"] = {
      en = "Nothing says when the plan is looked at again together.",
      fr = "Rien ne dit quand le plan est revu ensemble.",
      why = {
        en = "A plan that is never looked at again describes the alliance that was imagined, not the one that lives.",
        fr = "Un plan qu'on ne relit jamais décrit l'alliance imaginée, pas celle qui vit.",
      },
      next = {
        en = { "Write `review: 6 months` in the block of the alliance, or a ritual with `about: masterplan`." },
        fr = { "Écrivez `révision : 6 mois` dans le bloc de l'alliance, ou un rituel avec `objet : masterplan`." },
      },
    },
    ["no-process"] = {
      en = "It is not written how you go about: {topics}.",
      fr = "Il n'est pas écrit comment vous faites pour : {topics}.",
      why = {
        en = "It is easy to agree on while all goes well, and hard on the day when it is needed.",
        fr = "C'est facile à convenir quand tout va bien, et difficile le jour où l'on en a besoin.",
      },
      next = {
        en = { "One sentence each is enough: `process decision: \"…\"`; `?` for what is still to be agreed." },
        fr = { "Une phrase pour chacun suffit : `processus décision : \"…\"` ; `?` pour ce qui reste à convenir." },
      },
    },
    ["ask-decides"] = { en = "Does “{body}” decide, or advise?", fr = "« {body} » décide, ou donne un avis ?" },
    ["ask-with"] = { en = "Who takes part in “{ritual}”?", fr = "Qui participe à « {ritual} » ?" },
    ["ask-frequency"] = { en = "How often is “{ritual}” held?", fr = "À quelle fréquence revient « {ritual} » ?" },
    ["ask-review"] = { en = "When is the plan looked at again together?", fr = "Quand le plan est-il revu ensemble ?" },
    ["ask-process"] = {
      en = "How do you go about {topic}?",
      fr = "Comment faites-vous pour {topic} ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a
partner p
partner q
]],
      good = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      expect = { "nobody-decides", "no-meeting", "no-review", "no-process" },
    },
    {
      bad = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
body c { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      good = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      expect = { "several-deciding" },
    },
    {
      bad = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 3 months
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      good = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      expect = { "too-rare" },
    },
    {
      bad = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      good = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      expect = { "not-everybody" },
    },
    {
      bad = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: ?
  with: ?
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      good = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      expect = { "ask-with", "ask-frequency" },
    },
    {
      bad = [[
alliance a { review: ? }
partner p "School"
partner q "Town"
body b { decides: ? }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: ?
process communication: "Together"
]],
      good = [[
alliance a { review: 6 months }
partner p "School"
partner q "Town"
body b { decides: yes }
ritual r "Call" {
  frequency: 1 month
  with: p, q
}
process decision: "By consent"
process payment: "Each pays its part"
process disagreement: "We meet"
process communication: "Together"
]],
      expect = { "ask-decides", "ask-review", "ask-process" },
    },
  },
}
