-- trust.lua -- trust between partners goes both ways, and is not too low to work together.

local views = require "alliance.views"

-- The pairs of partners of which one says something: { from, to, level, back } in the order of the
-- file, `level` and `back` being numbers, `?`, or nil; what was written for them.
local function pairs_of(model)
  local list, by = {}, {}
  for _, partner in ipairs(model:all("partner")) do
    for _, trust in ipairs(partner:children("trusts")) do
      local other = trust.key
      if views.is_entity(other, "partner") and other ~= partner then
        local pair = by[other.path .. "\0" .. partner.path]
        if pair then
          pair.back, pair.written[2] = trust.value, trust
        else
          pair = { from = partner, to = other, level = trust.value, written = { trust } }
          by[partner.path .. "\0" .. other.path] = pair
          list[#list + 1] = pair
        end
      end
    end
  end
  return list
end

-- How much one trusts the other, in words.
local function sentence(from, to, level)
  return { en = ("%s towards %s (%d)"):format(from.label, to.label, level),
    fr = ("%s envers %s (%d)"):format(from.label, to.label, level) }
end

local function ask(ctx, pair)
  for i, level in ipairs { pair.level, pair.back } do
    if level == alliance.unknown then
      ctx:unknown { at = pair.written[i], say = "ask", from = i == 1 and pair.from or pair.to,
        to = i == 1 and pair.to or pair.from }
    end
  end
end

-- Adds a pair to the gap it has: one side much below the other, both low, or one side not told.
local function sort_out(ctx, pair, gaps)
  local there, back = math.tointeger(pair.level), math.tointeger(pair.back)
  local function add(gap, ...)
    local list = gaps[gap]
    for _, text in ipairs { ... } do list[#list + 1] = text end
    table.move(pair.written, 1, #pair.written, #list.written + 1, list.written)
  end
  local forth_text = there and sentence(pair.from, pair.to, there)
  local back_text = back and sentence(pair.to, pair.from, back)
  local low = ctx.options.low
  if there and back and math.abs(there - back) >= ctx.options.gap then
    add("one-way", forth_text, back_text)
  else
    if there and there <= low then add("low", forth_text) end
    if back and back <= low then add("low", back_text) end
    if pair.back == nil and there and there > low then add("one-side", forth_text) end
  end
end

local function run(ctx)
  local gaps = {}
  for _, gap in ipairs { "one-way", "low", "one-side" } do gaps[gap] = { written = {} } end
  for _, pair in ipairs(pairs_of(ctx.model)) do
    ask(ctx, pair)
    sort_out(ctx, pair, gaps)
  end
  for _, gap in ipairs { "low", "one-way", "one-side" } do
    local list = gaps[gap]
    if #list > 0 then
      ctx:report { at = list.written[1], say = gap, limit = ctx.options.low, gap = ctx.options.gap,
        levels = views.several(list), related = list.written }
    end
  end
end

local trust_en = "Trust is what lets partners tell each other bad news early; without it, everything has to be "
  .. "written and checked."
local trust_fr = "La confiance permet de se dire tôt les mauvaises nouvelles ; sans elle, tout doit être écrit et "
  .. "vérifié."
local why = { en = trust_en, fr = trust_fr }
local why_low = {
  en = trust_en .. " The limit, {limit}, is a convention.",
  fr = trust_fr .. " Le seuil, {limit}, est une convention.",
}

return {
  api = 1, kind = "check", id = "trust", category = "fairness", profile = "standard",
  word = { en = "trust", fr = "confiance" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Trust is there, and goes both ways", fr = "La confiance est là, et réciproque" },
  about = {
    en = "Where partners say how far they trust one another (`trusts`, 0 to 4), no level is 1 or less, and the two "
      .. "sides of a pair differ by less than 2. Where only one side has answered, the other is asked. The two limits "
      .. "are conventions, without a published source: `settings trust` changes them. What is sensitive stays between "
      .. "you: `(confidential)`.",
    fr = "Quand des partenaires disent à quel point ils se font confiance (`confiance`, de 0 à 4), aucun niveau n'est "
      .. "de 1 ou moins, et les deux côtés d'une paire diffèrent de moins de 2. Quand un seul a répondu, on demande à "
      .. "l'autre. Les deux seuils sont des conventions, sans source publiée : `réglages confiance` les change. Ce qui "
      .. "est sensible reste entre vous : `(confidentiel)`.",
  },
  source = {
    en = "Training deck, pitfall: lack of trust or transparency; trust between pairs of partners (PARTNER CPRM)",
    fr = "Support de formation, écueil : manque de confiance ou de transparence ; confiance par paire de partenaires "
      .. "(PARTNER CPRM)",
  },
  options = {
    low = { type = "integer", default = 1, min = 0, max = 3, convention = true, about = {
      en = "The level of `trusts` up to which trust is low.",
      fr = "Le niveau de `confiance` jusqu'auquel elle est basse." } },
    gap = { type = "integer", default = 2, min = 1, max = 4, convention = true, about = {
      en = "From which difference on between the two sides trust goes one way.",
      fr = "À partir de quel écart entre les deux côtés la confiance est à sens unique." } },
  },
  messages = {
    low = {
      en = "Trust is low ({limit} or less, out of 4): {levels}.",
      fr = "La confiance est basse ({limit} ou moins, sur 4) : {levels}.",
      why = why_low,
      next = {
        en = { "Speak with them apart first: what happened, and what would make it better?",
          "Begin with something small that both can keep, and keep it." },
        fr = { "Parlez-en d'abord séparément : que s'est-il passé, et qu'est-ce qui arrangerait les choses ?",
          "Commencez par une petite promesse que chacun peut tenir, et tenez-la." },
      },
    },
    ["one-way"] = {
      en = "Trust goes one way (the two sides differ by {gap} or more, out of 4): {levels}.",
      fr = "La confiance est à sens unique (écart de {gap} ou plus, sur 4) : {levels}.",
      why = {
        en = "The one who trusts more is exposed, often without knowing it; the other one has a reason worth "
          .. "hearing. The limit, a difference of {gap}, is a convention.",
        fr = "Celui qui fait le plus confiance s'expose, souvent sans le savoir ; l'autre a une raison, qu'il vaut la "
          .. "peine d'entendre. Le seuil, un écart de {gap}, est une convention.",
      },
      next = {
        en = { "Ask the more cautious one what it would need to see; do not show the figures to the other first." },
        fr = { "Demandez au plus réservé ce qu'il lui faudrait voir ; ne montrez pas d'abord les chiffres à l'autre." },
      },
    },
    ["one-side"] = {
      en = "Only one side has said how far it trusts the other: {levels}.",
      fr = "Un seul des deux a dit à quel point il fait confiance à l'autre : {levels}.",
      severity = "note", why = why,
      next = {
        en = { "Ask the other side too, and write the answer in its block: `trusts …: 3`; `?` until you know." },
        fr = { "Demandez aussi à l'autre, et notez la réponse dans son bloc : `confiance … : 3` ; `?` en attendant." },
      },
    },
    ask = {
      en = "How far does {from} trust {to}, from 0 to 4?",
      fr = "De 0 à 4, quelle est la confiance de « {from} » envers « {to} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p {
  trusts q: 1
}
partner q {
  trusts p: 2
}
]],
      good = [[
partner p {
  trusts q: 3
}
partner q {
  trusts p: 2
}
]],
      expect = { "low" },
    },
    {
      bad = [[
partner p {
  trusts q: 4
}
partner q {
  trusts p: 2
}
]],
      good = [[
partner p {
  trusts q: 4
}
partner q {
  trusts p: 3
}
]],
      expect = { "one-way" },
    },
    {
      bad = [[
partner p {
  trusts q: 4
}
partner q
]],
      good = [[
partner p {
  trusts q: 4
}
partner q {
  trusts p: 3
}
]],
      expect = { "one-side" },
    },
    {
      bad = [[
partner p {
  trusts q: 4
}
partner q {
  trusts p: ?
}
]],
      good = [[
partner p {
  trusts q: 4
}
partner q {
  trusts p: 3
}
]],
      expect = { "ask" },
    },
  },
}
