-- coopetition.lua -- competitors who cooperate have agreed on what protects each of them.

local text = require "alliance.text"
local views = require "alliance.views"

local function check_safeguards(ctx)
  local competitions = ctx.model:all("competition")
  local missing, open = views.gaps(competitions, "safeguard")
  if #missing > 0 then
    ctx:report { at = missing[1], say = "no-safeguard", items = views.quoted(missing), count = #missing,
      related = missing }
  end
  for _, competition in ipairs(open) do
    ctx:unknown { at = competition:where("safeguard"), property = "safeguard", say = "ask-safeguard",
      item = competition }
  end
  for _, competition in ipairs(select(2, views.gaps(competitions, "between"))) do
    ctx:unknown { at = competition:where("between"), property = "between", say = "ask-between", item = competition }
  end
end

-- The partners of each sector that several share, in the order of the file.
local function sectors_of(model)
  local groups, by = {}, {}
  for _, partner in ipairs(model:all("partner")) do
    if views.known(partner.sector) then
      local key = text.fold(partner.sector)
      if not by[key] then
        by[key] = { sector = partner.sector }
        groups[#groups + 1] = by[key]
      end
      table.insert(by[key], partner)
    end
  end
  return groups
end

-- Whether one competition speaks of all of them, or of `?`.
local function is_spoken_of(model, partners)
  for _, competition in ipairs(model:all("competition")) do
    local named, unknown = views.partners_in(competition.between)
    local said, all = {}, true
    for _, partner in ipairs(named) do said[partner.path] = true end
    for _, partner in ipairs(partners) do all = all and said[partner.path] end
    if all or unknown > 0 then return true end
  end
  return false
end

local function run(ctx)
  check_safeguards(ctx)
  for _, group in ipairs(sectors_of(ctx.model)) do
    if #group > 1 and not is_spoken_of(ctx.model, group) then
      ctx:report { at = group[1]:where("sector"), say = "same-sector", partners = views.named(group),
        sector = group.sector, related = group }
    end
  end
end

local why = {
  en = "Competitors can do together what none does alone, as long as each knows what the others will not use against "
    .. "it.",
  fr = "Des concurrents peuvent faire ensemble ce qu'aucun ne fait seul, si chacun sait ce dont les autres ne se "
    .. "serviront pas contre lui.",
}

return {
  api = 1, kind = "check", id = "coopetition", category = "partners", profile = "standard",
  word = { en = "coopetition", fr = "coopétition" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Competitors together have a safeguard", fr = "Des concurrents alliés ont un garde-fou" },
  about = {
    en = "Partners who compete elsewhere (`competition`) agree on a `safeguard`: what they do not share, whom they do "
      .. "not canvass. Two partners of the same `sector` of which no `competition` speaks are pointed out, since it is "
      .. "easier to ask early.",
    fr = "Des partenaires concurrents par ailleurs (`coopétition`) conviennent d'un `garde-fou` : ce qu'ils ne "
      .. "partagent pas, qui ils ne démarchent pas. Deux partenaires du même `secteur` dont aucune `coopétition` ne "
      .. "parle sont signalés : mieux vaut poser la question tôt.",
  },
  source = {
    en = "Training deck: coopetition, a mix of cooperation and competition",
    fr = "Support de formation : coopétition, mélange de coopération et de compétition",
  },
  messages = {
    ["no-safeguard"] = {
      en = "No safeguard is agreed between these competitors: {items}.",
      fr = "Aucun garde-fou n'est convenu entre ces concurrents : {items}.",
      why = why,
      next = {
        en = { "Ask each of them: what must never leave the room? Write the answer as `safeguard: \"…\"`." },
        fr = { "Demandez à chacun : qu'est-ce qui ne doit pas sortir d'ici ? Notez la réponse dans `garde-fou`." },
      },
    },
    ["same-sector"] = {
      en = "{partners} work in the same sector ({sector}): are they competitors elsewhere?",
      fr = "{partners} sont du même secteur ({sector}) : sont-ils concurrents par ailleurs ?",
      severity = "note", why = why,
      next = {
        en = { "If they are: `competition \"…\" { between: … }`, with a `safeguard`.",
          "If not, say so: `accept coopetition for … { reason: \"…\" }`." },
        fr = { "Si oui : `coopétition \"…\" { entre : … }`, avec un `garde-fou`.",
          "Sinon, dites-le : `accepter coopétition pour … { raison : \"…\" }`." },
      },
    },
    ["ask-safeguard"] = {
      en = "“{item}”: what do they agree not to share, or not to do?",
      fr = "« {item} » : que conviennent-ils de ne pas partager, ou de ne pas faire ?",
    },
    ["ask-between"] = { en = "“{item}”: between which partners?", fr = "« {item} » : entre quels partenaires ?" },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p
partner q
competition "Two shops of one street" { between: p, q }
]],
      good = [[
partner p
partner q
competition "Two shops of one street" {
  between: p, q
  safeguard: "Prices are never spoken of"
}
]],
      expect = { "no-safeguard" },
    },
    {
      bad = [[
partner p { sector: "Retail" }
partner q { sector: "retail" }
]],
      good = [[
partner p { sector: "Retail" }
partner q { sector: "retail" }
competition "Two shops of one street" {
  between: p, q
  safeguard: "Prices are never spoken of"
}
]],
      expect = { "same-sector" },
    },
    {
      bad = [[
partner p
partner q
competition "Two shops of one street" {
  between: ?
  safeguard: ?
}
]],
      good = [[
partner p
partner q
competition "Two shops of one street" {
  between: p, q
  safeguard: "Prices are never spoken of"
}
]],
      expect = { "ask-safeguard", "ask-between" },
    },
  },
}
