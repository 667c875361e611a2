-- local-need.lua -- the need was seen here, by somebody, and those whose task it is are there.

local views = require "alliance.views"

local early = { idea = true, meeting = true }

-- ---- Is there a territory, and a need? ----------------------------------------------------------------------

-- From the framing on, the language itself asks for the territory.
local function check_there_is(ctx)
  local entity = ctx.alliance
  if not entity then return end
  local no_territory = entity.territory == nil and entity.approach ~= "sector" and early[ctx.status] ~= nil
  local no_need = #ctx.model:all("need") == 0
  local say = no_territory and no_need and "neither" or no_territory and "no-territory" or no_need and "no-need"
  if say then ctx:report { at = entity, say = say } end
end

-- ---- The needs of the territory -------------------------------------------------------------------------

local function has_source(need)
  return need:has("source") or need:source("evidence") ~= nil
end

-- The first thing that a need lacks: "evidence", "source", "competent"; or nil.
local function gap_of(ctx, need)
  if need:is_unknown("evidence") then
    ctx:unknown { at = need:where("evidence"), property = "evidence", say = "ask-evidence", need = need,
      related = { need } }
    return nil
  elseif need.evidence == nil then
    return "evidence"
  elseif need:has("evidence") and not has_source(need) then
    return "source"
  end
  local actors, unknown = views.list(need.competent)
  if unknown > 0 and #actors == 0 then
    ctx:unknown { at = need:where("competent"), property = "competent", say = "ask-competent", need = need,
      related = { need } }
  elseif need.competent == nil then
    return "competent"
  end
end

-- " (Poitou)", or nothing: where the needs were to be seen, when all say the same.
local function place_of(ctx, needs)
  local place
  for _, need in ipairs(needs) do
    local own = views.known(need.territory) and need.territory or ctx.alliance and ctx.alliance.territory
    if not views.known(own) or place and own ~= place then return { en = "", fr = "" } end
    place = own
  end
  return ctx:texts { en = " ({place})", fr = " ({place})", place = place }
end

local messages = { { "evidence", "not-observed" }, { "source", "no-source" }, { "competent", "no-competent" } }

local function check_needs(ctx, needs)
  local groups, is_shown = { evidence = {}, source = {}, competent = {} }, false
  for _, need in ipairs(needs) do
    local gap = gap_of(ctx, need)
    if gap then table.insert(groups[gap], need) end
    is_shown = is_shown or need:has("evidence") and has_source(need)
  end
  for _, row in ipairs(messages) do
    local gap, say = row[1], row[2]
    local found = groups[gap]
    if #found > 0 then
      -- One need that was seen and can be traced is enough: the others are remarks.
      ctx:report { at = found[1], say = say, needs = views.quoted(found), count = #found, place = place_of(ctx, found),
        severity = is_shown and "note" or nil, related = found }
    end
  end
end

-- Those whose task it is by law, and with whom nothing is planned.
local function check_competent(ctx, needs)
  local apart, of, seen = {}, {}, {}
  for _, need in ipairs(needs) do
    local is_apart = false
    for _, actor in ipairs((views.list(need.competent))) do
      local is_met = actor:is_a("partner") or views.is_engaged(actor)
        or actor:is_a("support") and (actor.contact == "met" or actor.contact == "engaged")
      is_apart = is_apart or not is_met
      if not is_met and not seen[actor.path] then
        seen[actor.path] = true
        apart[#apart + 1] = actor
      end
    end
    if is_apart then of[#of + 1] = need end
  end
  if #apart > 0 then
    ctx:report { at = of[1]:where("competent"), say = "competent-apart", actors = views.named(apart), count = #apart,
      needs = views.quoted(of), related = apart }
  end
end

-- ---- New territories --------------------------------------------------------------------------------------

local function is_same(a, b)
  if views.is_entity(a) ~= views.is_entity(b) then
    a, b = views.is_entity(a) and a.label or a, views.is_entity(b) and b.label or b
  end
  return a == b
end

-- Whether a need was seen in a place: its own territory says so, or it says none and is named for that place.
local function is_need_of(need, territory, is_named)
  if not views.known(need.territory) then return is_named end
  return is_same(need.territory, territory)
end

local function check_new_territories(ctx)
  local home = ctx.alliance and ctx.alliance.territory
  for _, scale_up in ipairs(ctx.model:all("scale-up")) do
    local named, open = views.list(scale_up.need)
    local without = {}
    for _, territory in ipairs((views.list(scale_up.territory))) do
      local found = open > 0 or views.known(home) and is_same(home, territory)
      for _, need in ipairs(named) do found = found or is_need_of(need, territory, true) end
      for _, need in ipairs(ctx.model:all("need")) do found = found or is_need_of(need, territory, false) end
      if not found then without[#without + 1] = views.is_entity(territory) and territory.label or territory end
    end
    if #without > 0 then
      ctx:report { at = scale_up:where("territory"), say = "new-territory", item = scale_up, territories = without,
        related = { scale_up } }
    end
    if open > 0 then
      ctx:unknown { at = scale_up:where("need"), property = "need", say = "ask-need", item = scale_up,
        related = { scale_up } }
    end
  end
end

local function run(ctx)
  check_there_is(ctx)
  -- A need that one partner has for itself is not one of the territory.
  local needs = {}
  for _, need in ipairs(ctx.model:all("need")) do
    if not views.known(need.partner) then needs[#needs + 1] = need end
  end
  check_needs(ctx, needs)
  check_competent(ctx, needs)
  check_new_territories(ctx)
end

local why = {
  en = "Needs, places and habits differ from one territory to the next; what was not seen on the spot misses the most "
    .. "fragile first.",
  fr = "Besoins, lieux et habitudes changent d'un territoire à l'autre ; ce qu'on n'a pas vu sur place manque d'abord "
    .. "les plus fragiles.",
}
local next_place = {
  en = "Write where in the block of the alliance: `territory: \"…\"`, even roughly.",
  fr = "Notez où, dans le bloc de l'alliance : `territoire : \"…\"`, même à peu près.",
}
local next_need = {
  en = "Write the need as people there would say it: `need \"…\"`, with what was seen (`evidence`) and by whom "
    .. "(`source`).",
  fr = "Notez le besoin comme le diraient les gens sur place : `besoin \"…\"`, avec ce qui a été vu (`constat`) et "
    .. "par qui (`source`).",
}

return {
  api = 1, kind = "check", id = "local-need", category = "purpose", profile = "standard",
  word = { en = "local-need", fr = "besoin-local" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "The need was seen here", fr = "Le besoin a été vu ici" },
  about = {
    en = "The alliance has a territory, and at least one need that somebody observed there (`evidence`), with its "
      .. "`source`. Those whose task it is by law (`competent`) are partners, or something is planned with them. A "
      .. "territory to which one wants to spread has a need of its own, seen there. Needs that one partner has for "
      .. "itself are left aside. Of each need, only the first thing that is missing is told.",
    fr = "L'alliance a un territoire, et au moins un besoin que quelqu'un y a observé (`constat`), avec sa `source`. "
      .. "Ceux dont c'est la compétence légale (`compétents`) sont partenaires, ou quelque chose est prévu avec eux. "
      .. "Un territoire où l'on veut essaimer a son propre besoin, observé là-bas. Les besoins propres à un "
      .. "partenaire sont laissés de côté. De chaque besoin, seule la première chose qui manque est dite.",
  },
  source = {
    en = "Course, the three levers: needs are specific to each territory, the territory as a laboratory; local "
      .. "diagnosis",
    fr = "Cours, les trois leviers : les besoins sont propres à chaque territoire, le territoire comme laboratoire ; "
      .. "diagnostic local",
  },
  messages = {
    neither = {
      en = "Nothing says on which territory you act, nor which need there calls for the alliance.",
      fr = "Rien ne dit sur quel territoire vous agissez, ni quel besoin y appelle cette alliance.",
      why = why, next = { en = { next_place.en, next_need.en }, fr = { next_place.fr, next_need.fr } },
    },
    ["no-territory"] = {
      en = "Nothing says on which territory you act.",
      fr = "Rien ne dit sur quel territoire vous agissez.",
      why = why, next = { en = { next_place.en }, fr = { next_place.fr } },
    },
    ["no-need"] = {
      en = "Nothing says which need of the territory calls for the alliance.",
      fr = "Rien ne dit quel besoin du territoire appelle cette alliance.",
      why = why, next = { en = { next_need.en }, fr = { next_need.fr } },
    },
    ["not-observed"] = {
      en = "{count:This need has|These needs have} no local observation: {needs}. Who has seen it on the spot{place}?",
      fr = "{count:Ce besoin n'a|Ces besoins n'ont} pas de constat local : {needs}. Qui l'a observé sur "
        .. "place{place} ?",
      why = why,
      next = {
        en = { "Ask those who live or work there, and write a fact or a figure as `evidence`, with its `source`; "
          .. "`evidence: ?` until then." },
        fr = { "Demandez à celles et ceux qui y vivent ou y travaillent, et notez un fait ou un chiffre dans "
          .. "`constat`, avec sa `source` ; `constat : ?` en attendant." },
      },
    },
    ["no-source"] = {
      en = "For {needs}, nothing says where the observation comes from.",
      fr = "Pour {needs}, rien ne dit d'où vient le constat.",
      why = why,
      next = {
        en = { "Add who saw it, and when: `evidence: \"…\" (source \"…\")`." },
        fr = { "Ajoutez qui l'a vu, et quand : `constat : \"…\" (source \"…\")`." },
      },
    },
    ["no-competent"] = {
      en = "Nothing says who has the legal power to act on {needs}.",
      fr = "Rien ne dit qui est légalement compétent pour {needs}.",
      why = {
        en = "An alliance acts beside those whose task it is by law: the town, the department, the State. Left out, "
          .. "they can stop everything.",
        fr = "Une alliance agit à côté de ceux dont c'est la compétence : la commune, le département, l'État. Tenus à "
          .. "l'écart, ils peuvent tout arrêter.",
      },
      next = {
        en = { "Name them as partner or stakeholder, then `competent: …` in the need; `competent: none \"why\"` if it "
          .. "is nobody's." },
        fr = { "Nommez-les comme partenaire ou partie prenante, puis `compétents : …` dans le besoin ; `compétents : "
          .. "sans-objet \"pourquoi\"` si ce n'est l'affaire de personne." },
      },
    },
    ["competent-apart"] = {
      en = "For {needs}, the legal power to act lies with {actors}, and nothing is planned with {count:it|them}.",
      fr = "Pour {needs}, la compétence légale revient à : {actors}. Rien n'est prévu avec {count:cet acteur|ces "
        .. "acteurs}.",
      why = {
        en = "Those whose task it is by law can open the door, or close it.",
        fr = "Ceux dont c'est la compétence peuvent ouvrir la porte, ou la fermer.",
      },
      next = {
        en = { "Decide who goes to see them (`engaged-by`), or invite them to an activity, a meeting, a body." },
        fr = { "Décidez qui va les voir (`mobilisée-par`), ou invitez-les à une activité, un rendez-vous, une "
          .. "instance." },
      },
    },
    ["new-territory"] = {
      en = "“{item}” goes to {territories}, where no need was observed.",
      fr = "« {item} » va vers {territories}, où aucun besoin n'a été observé.",
      why = {
        en = "The same vine makes another wine elsewhere: what worked here has to be fitted to what is needed there.",
        fr = "Le même cépage donne ailleurs un autre vin : ce qui a marché ici doit s'ajuster à ce qui manque là-bas.",
      },
      next = {
        en = { "Ask people there first, and write the `need` with its own `territory`, then `need: …` in the "
          .. "scale-up." },
        fr = { "Demandez d'abord aux gens de là-bas, et notez le `besoin` avec son `territoire`, puis `besoin : …` "
          .. "dans l'essaimage." },
      },
    },
    ["ask-evidence"] = {
      en = "Who has seen “{need}” on the spot, and what exactly?",
      fr = "Qui a vu sur place « {need} », et quoi exactement ?",
    },
    ["ask-competent"] = {
      en = "Who has the legal power to act on “{need}”?",
      fr = "Qui est légalement compétent pour « {need} » ?",
    },
    ["ask-need"] = {
      en = "Which need, seen on the spot, does “{item}” answer?",
      fr = "À quel besoin, observé sur place, répond « {item} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a "Lilacs"
]],
      good = [[
alliance a "Lilacs" { territory: ? }
need n "Old people alone" {
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
  competent: t
}
partner t "Town"
]],
      expect = { "neither" },
    },
    {
      bad = [[
alliance a "Lilacs"
partner p "School"
need n "A room for the school" { partner: p }
]],
      good = [[
alliance a "Lilacs" { approach: sector }
partner p "School"
need n "A room for the school" { partner: p }
]],
      expect = { "no-territory" },
    },
    {
      bad = [[
alliance a "Lilacs" { territory: "Westside" }
]],
      good = [[
alliance a "Lilacs" { territory: "Westside" }
partner p "School"
need n "A room for the school" { partner: p }
]],
      expect = { "no-need" },
    },
    {
      bad = [[
territory w "Westside"
need n "Old people alone" { territory: w }
]],
      good = [[
territory w "Westside"
need n "Old people alone" {
  territory: w
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
  competent: none "Nobody's task by law"
}
]],
      expect = { "not-observed" },
    },
    {
      bad = [[
need n "Old people alone" { evidence: "One in three sees nobody for a week" }
]],
      good = [[
need n "Old people alone" {
  evidence: "One in three sees nobody for a week" (source "The postman's round, 2024")
  competent: t
}
partner t "Town"
]],
      expect = { "no-source" },
    },
    {
      bad = [[
need n "Old people alone" {
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
}
]],
      good = [[
partner p "School"
need n "A room for the school" { partner: p }
]],
      expect = { "no-competent" },
    },
    {
      bad = [[
need n "Old people alone" {
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
  competent: department, cress
}
stakeholder department "The department"
support cress "The regional chamber" {
  family: cress
  contact: spotted
}
]],
      good = [[
need n "Old people alone" {
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
  competent: department, cress
}
stakeholder department "The department"
support cress "The regional chamber" {
  family: cress
  contact: met
}
ritual r "Call" { with: department }
]],
      expect = { "competent-apart" },
    },
    {
      bad = [[
alliance a "Lilacs" { territory: w }
territory w "Westside"
territory e "Eastside"
need n "Old people alone" {
  territory: w
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
  competent: t
}
partner t "Town"
scale-up s "The same in the east" {
  territory: e
  need: n
}
]],
      good = [[
alliance a "Lilacs" { territory: w }
territory w "Westside"
territory e "Eastside"
need n "Old people alone" {
  territory: e
  evidence: "One in three sees nobody for a week"
  source: "The postman's round, 2024"
  competent: t
}
partner t "Town"
scale-up s "The same in the east" { territory: e }
scale-up u "More of it" { territory: w }
]],
      expect = { "new-territory" },
    },
    {
      bad = [[
need n "Old people alone" { evidence: ? }
need m "No place to meet" {
  evidence: "The hall closed in 2020"
  source: "The town"
  competent: ?
}
scale-up s "The same in the east" {
  territory: "Eastside"
  need: ?
}
]],
      good = [[
need m "No place to meet" {
  evidence: "The hall closed in 2020"
  source: "The town"
  competent: t
}
partner t "Town"
scale-up s "The same in the east" {
  territory: ?
  need: m
}
]],
      expect = { "ask-evidence", "ask-competent", "ask-need" },
    },
  },
}
