-- three-questions.lua -- what for, with which expertise, and why does each join?

local views = require "alliance.views"

-- A purpose, or the vision at some horizon: "told", "open" (only `?`), or "missing".
local function direction_of(entity)
  if not entity then return "missing" end
  if entity:has("purpose") or entity:is_none("purpose") then return "told" end
  local open = entity:is_unknown("purpose")
  for _, horizon in ipairs(entity:children("horizon")) do
    if views.known(horizon.value) then return "told" end
    open = open or horizon.value == alliance.unknown
  end
  return open and "open" or "missing"
end

local function check_direction(ctx)
  local direction = direction_of(ctx.alliance)
  local partner = ctx.model:all("partner")[1]
  local at = ctx.alliance or partner
  if direction == "missing" and at then
    ctx:report { at = at, say = "direction" }
  elseif direction == "open" then
    ctx:unknown { at = ctx.alliance, property = "purpose", say = "ask-direction" }
  end
end

local questions = { "expertise", "interest" }

-- The partners by what is not written: "expertise", "interest", or "both".
local function gaps_of(ctx)
  local gaps = { both = {}, expertise = {}, interest = {} }
  for _, partner in ipairs(ctx.model:all("partner")) do
    local missing = {}
    for _, question in ipairs(questions) do
      if partner:is_unknown(question) then
        ctx:unknown { at = partner:where(question), property = question, say = "ask-" .. question,
          partner = partner, related = { partner } }
      elseif partner[question] == nil then
        missing[#missing + 1] = question
      end
    end
    local gap = #missing == 2 and "both" or missing[1]
    if gap then table.insert(gaps[gap], partner) end
  end
  return gaps
end

local function run(ctx)
  check_direction(ctx)
  local gaps = gaps_of(ctx)
  for _, gap in ipairs { "both", "expertise", "interest" } do
    local partners = gaps[gap]
    if #partners > ctx.options.together then
      local who, names = views.counted(partners, #ctx.model.partners)
      ctx:report { at = partners[1], say = gap .. "-many", who = who, names = names, partners = partners,
        related = partners }
    else
      for _, partner in ipairs(partners) do
        ctx:report { at = partner, say = gap, partner = partner }
      end
    end
  end
end

local why_expertise = {
  en = "Complementary skills are what make a partner hard to replace, and a role easy to give.",
  fr = "Ce sont les savoir-faire complémentaires qui rendent un partenaire précieux, et son rôle évident.",
}
local why_interest = {
  en = "A partner whose interest is known can be answered; one whose interest is guessed is lost at the first "
    .. "difficulty.",
  fr = "On sait répondre à un partenaire dont l'intérêt est dit ; celui dont on le devine s'éloigne à la première "
    .. "difficulté.",
}
local next_expertise = {
  en = { "Write it as `expertise`, in a few words, or `?` with the person to ask." },
  fr = { "Notez-le dans `expertise`, en quelques mots, ou `?` avec la personne à qui le demander." },
}
local next_interest = {
  en = { "Ask, rather than guess, and write the answer as `interest`, or `?` with the person to ask." },
  fr = { "Posez la question plutôt que de deviner, et notez la réponse dans `intérêt`, ou `?` avec la personne à "
    .. "qui la poser." },
}
local next_both = {
  en = { next_expertise.en[1], next_interest.en[1] },
  fr = { next_expertise.fr[1], next_interest.fr[1] },
}

local by_partner = { idea = "note", framing = "warning" }

return {
  api = 1, kind = "check", id = "three-questions", category = "purpose", profile = "light",
  word = { en = "three-questions", fr = "trois-questions" },
  severity = { idea = "warning", framing = "error" },
  title = { en = "The three questions have an answer", fr = "Les trois questions ont une réponse" },
  about = {
    en = "Three questions begin every alliance: what for (the `purpose`, or a vision at some `horizon`), with which "
      .. "`expertise`, and which `interest` does each partner have in joining? `?` is a good answer on the first day.",
    fr = "Trois questions ouvrent toute alliance : pour quoi faire (la `raison-d'être`, ou une vision à un "
      .. "`horizon`), avec quelle `expertise`, et quel `intérêt` chaque partenaire a-t-il à s'allier ? `?` est une "
      .. "bonne réponse le premier jour.",
  },
  source = {
    en = "Course, the three questions; MasterPlan 1 and 2 (Fly The Nest x makesense)",
    fr = "Cours, les trois questions ; MasterPlan 1 et 2 (Fly The Nest x makesense)",
  },
  options = {
    together = { type = "integer", default = 3, min = 0, about = {
      en = "More partners than this with the same gap are named in one finding.",
      fr = "Au-delà de ce nombre, les partenaires dans le même cas sont cités dans un seul constat." } },
  },
  messages = {
    direction = {
      en = "The file says neither why the alliance exists nor where it wants to be.",
      fr = "Le fichier ne dit ni pourquoi l'alliance existe, ni où elle veut arriver.",
      why = {
        en = "The purpose is what partners come back to when they disagree.",
        fr = "La raison d'être est ce à quoi les partenaires reviennent quand ils ne sont pas d'accord.",
      },
      next = {
        en = { "Write one sentence as `purpose`: what would be missing if the alliance did not exist?",
          "Or the vision at six months, one year, three years: `horizon 1 year: \"…\"`." },
        fr = { "Écrivez une phrase dans `raison-d'être` : que manquerait-il si l'alliance n'existait pas ?",
          "Ou la vision à six mois, un an, trois ans : `horizon 1 an : \"…\"`." },
      },
    },
    both = {
      en = "The file says neither what {partner} knows how to do, nor why {partner} joins.",
      fr = "Le fichier ne dit ni ce que sait faire {partner}, ni quel intérêt a {partner} à s'allier.",
      severity = by_partner, why = why_interest, next = next_both,
    },
    expertise = {
      en = "The answer is missing: which expertise does {partner} bring?",
      fr = "Il manque une réponse : qu'apporte {partner} comme expertise ?",
      severity = by_partner, why = why_expertise, next = next_expertise,
    },
    interest = {
      en = "The answer is missing: why does {partner} have an interest in joining?",
      fr = "Il manque une réponse : quel intérêt a {partner} à s'allier ?",
      severity = by_partner, why = why_interest, next = next_interest,
    },
    ["both-many"] = {
      en = "For {who} the file says neither what they know how to do, nor why they join{names}.",
      fr = "Pour {who}, le fichier ne dit ni ce qu'ils savent faire, ni quel intérêt ils trouvent à s'allier{names}.",
      severity = by_partner, why = why_interest, next = next_both,
    },
    ["expertise-many"] = {
      en = "For {who} the file does not say which expertise they bring{names}.",
      fr = "Pour {who}, le fichier ne dit pas quelle expertise ils apportent{names}.",
      severity = by_partner, why = why_expertise, next = next_expertise,
    },
    ["interest-many"] = {
      en = "For {who} the file does not say why they have an interest in joining{names}.",
      fr = "Pour {who}, le fichier ne dit pas quel intérêt ils trouvent à s'allier{names}.",
      severity = by_partner, why = why_interest, next = next_interest,
    },
    ["ask-direction"] = {
      en = "Why does the alliance exist: what would be missing without it?",
      fr = "Quelle est la raison d'être de l'alliance : que manquerait-il sans elle ?",
    },
    ["ask-expertise"] = {
      en = "Which expertise does {partner} bring?",
      fr = "Qu'apporte {partner} comme expertise ?",
    },
    ["ask-interest"] = {
      en = "Why does {partner} have an interest in joining?",
      fr = "Quel intérêt a {partner} à s'allier ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a
]],
      good = [[
alliance a {
  purpose: "Nobody grows old alone"
}
]],
      expect = { "direction" },
    },
    {
      bad = [[
alliance a { purpose: "Nobody grows old alone" }
partner p "School" { interest: "Pupils meet firms" }
]],
      good = [[
alliance a { purpose: "Nobody grows old alone" }
partner p "School" {
  interest: "Pupils meet firms"
  expertise: "Knows the young people of the town"
}
]],
      expect = { "expertise" },
    },
    {
      bad = [[
alliance a {
  horizon 1 year: "Two hundred visits a month"
}
partner p "School" { expertise: "Knows the young people of the town" }
]],
      good = [[
alliance a {
  horizon 1 year: "Two hundred visits a month"
}
partner p "School" {
  interest: "Pupils meet firms"
  expertise: "Knows the young people of the town"
}
]],
      expect = { "interest" },
    },
    {
      bad = [[
alliance a { purpose: "Nobody grows old alone" }
partner p "School"
]],
      good = [[
alliance a { purpose: "Nobody grows old alone" }
partner p "School" {
  interest: "Pupils meet firms"
  expertise: none "Comes to learn"
}
]],
      expect = { "both" },
    },
    {
      bad = [[
alliance a { purpose: "Nobody grows old alone" }
partner p
partner q
partner r
partner s
]],
      good = [[
alliance a { purpose: "Nobody grows old alone" }
partner p {
  interest: "Pupils meet firms"
  expertise: "Teaching"
}
partner q {
  interest: "New trades"
  expertise: "Mechanics"
}
partner r {
  interest: "Staff who stay"
  expertise: "Care"
}
partner s {
  interest: "A lively town"
  expertise: "Town planning"
}
]],
      expect = { "both-many" },
    },
    {
      bad = [[
alliance a { purpose: "Nobody grows old alone" }
partner p { interest: "Pupils meet firms" }
partner q { interest: "New trades" }
partner r { interest: "Staff who stay" }
partner s { interest: "A lively town" }
]],
      good = [[
alliance a { purpose: "Nobody grows old alone" }
partner p {
  interest: "Pupils meet firms"
  expertise: "Teaching"
}
partner q {
  interest: "New trades"
  expertise: "Mechanics"
}
partner r {
  interest: "Staff who stay"
  expertise: "Care"
}
partner s {
  interest: "A lively town"
  expertise: "Town planning"
}
]],
      expect = { "expertise-many" },
    },
    {
      bad = [[
alliance a { purpose: "Nobody grows old alone" }
partner p { expertise: "Teaching" }
partner q { expertise: "Mechanics" }
partner r { expertise: "Care" }
partner s { expertise: "Town planning" }
]],
      good = [[
alliance a { purpose: "Nobody grows old alone" }
partner p {
  interest: "Pupils meet firms"
  expertise: "Teaching"
}
partner q {
  interest: "New trades"
  expertise: "Mechanics"
}
partner r {
  interest: "Staff who stay"
  expertise: "Care"
}
partner s {
  interest: "A lively town"
  expertise: "Town planning"
}
]],
      expect = { "interest-many" },
    },
    {
      bad = [[
alliance a { purpose: ? }
partner p "School" {
  expertise: ?
  interest: ?
}
]],
      good = [[
alliance a { purpose: "Nobody grows old alone" }
partner p "School" {
  interest: "Pupils meet firms"
  expertise: "Teaching"
}
]],
      expect = { "ask-direction", "ask-expertise", "ask-interest" },
    },
  },
}
