-- success-criteria.lua -- by what will everybody know that the alliance has succeeded?

local views = require "alliance.views"

-- Whether every partner accepts a common criterion: true, or the partners who are missing; nil
-- when the file says `?`.
local function missing_from(criterion, partners)
  if criterion:is_unknown("accepted-by") then return nil end
  local accepted, unknown = views.partners_in(criterion["accepted-by"])
  if unknown > 0 then return nil end
  local said, missing = {}, {}
  for _, partner in ipairs(accepted) do said[partner.path] = true end
  for _, partner in ipairs(partners) do
    if not said[partner.path] then missing[#missing + 1] = partner end
  end
  return missing
end

local function check_common(ctx, place, criteria, partners)
  if #criteria == 0 then
    ctx:report { at = place, say = "no-common" }
    return
  end
  local best, best_missing
  for _, criterion in ipairs(criteria) do
    local missing = missing_from(criterion, partners)
    if missing == nil then
      ctx:unknown { at = criterion, property = "accepted-by", say = "ask-accepted", criterion = criterion }
    elseif not best_missing or #missing < #best_missing then
      best, best_missing = criterion, missing
    end
  end
  if best and #best_missing > 0 then
    ctx:report { at = best, say = "not-accepted", criterion = best, partners = best_missing,
      count = #best_missing, related = best_missing }
  end
end

local function run(ctx)
  local partners = ctx.model.partners
  local place = ctx.alliance or partners[1]
  if not place or #partners == 0 then return end
  local common, own = {}, {}
  for _, criterion in ipairs(ctx.model:all("success")) do
    local owner = criterion.parent
    if owner and owner:is_a("partner") then own[owner.path] = true else common[#common + 1] = criterion end
  end
  check_common(ctx, place, common, partners)
  local without = {}
  for _, partner in ipairs(partners) do
    if not own[partner.path] then without[#without + 1] = partner end
  end
  if #without > ctx.options.together then
    local who, names = views.counted(without, #partners)
    ctx:report { at = without[1], say = "no-own-many", who = who, names = names, partners = without, related = without }
  else
    for _, partner in ipairs(without) do
      ctx:report { at = partner, say = "no-own", partner = partner }
    end
  end
end

local why_common = {
  en = "Without a shared sign of success, each one declares victory or failure alone.",
  fr = "Sans signe partagé de réussite, chacun proclame seul la victoire ou l'échec.",
}
local why_own = {
  en = "Own expectations are legitimate; those that stay unsaid become disappointments.",
  fr = "Les attentes propres sont légitimes ; celles qu'on ne dit pas deviennent des déceptions.",
}
local next_own = {
  en = { "Ask each one: “In two years, what will make you say that it was worth it?” and write it as `success \"…\"` "
    .. "in its block." },
  fr = { "Demandez à chacun : « Dans deux ans, qu'est-ce qui vous fera dire que cela valait la peine ? » et notez-le "
    .. "avec `succès \"…\"` dans son bloc." },
}

return {
  api = 1, kind = "check", id = "success-criteria", category = "results", profile = "standard",
  word = { en = "success-criteria", fr = "critères-de-succès" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Everybody knows by what success will be known",
    fr = "Chacun sait à quoi l'on reconnaîtra la réussite" },
  about = {
    en = "The alliance has at least one criterion of success that every partner accepts, and each partner has one of "
      .. "its own.",
    fr = "L'alliance a au moins un critère de réussite accepté par tous les partenaires, et chaque partenaire en a un "
      .. "à lui.",
  },
  source = {
    en = "Training deck, pitfall 2: no shared criteria of success; individual objectives (The Partnering Initiative)",
    fr = "Support de formation, écueil 2 : pas de critères de succès partagés ; objectifs de chacun (The Partnering "
      .. "Initiative)",
  },
  options = {
    together = { type = "integer", default = 3, min = 0, about = {
      en = "More partners than this without a criterion are named in one finding.",
      fr = "Au-delà de ce nombre, les partenaires sans critère sont cités dans un seul constat." } },
  },
  messages = {
    ["no-common"] = {
      en = "Nothing says by what all partners will know that the alliance has succeeded.",
      fr = "Rien ne dit à quoi tous les partenaires reconnaîtront que l'alliance a réussi.",
      why = why_common,
      next = {
        en = { "Write one sentence together, as `success \"…\"` in the block of the alliance, then who accepts it: "
          .. "`accepted-by: …`." },
        fr = { "Écrivez une phrase ensemble, avec `succès \"…\"` dans le bloc de l'alliance, puis qui l'accepte : "
          .. "`accepté-par : …`." },
      },
    },
    ["not-accepted"] = {
      en = "The criterion “{criterion}” is not yet accepted by {partners}.",
      fr = "Le critère « {criterion} » n'est pas encore accepté par {partners}.",
      why = why_common,
      next = {
        en = { "Put it on the agenda: can they accept it as it is, and what would have to change?" },
        fr = { "Mettez-le à l'ordre du jour : l'acceptent-ils tel quel, et sinon que faudrait-il changer ?" },
      },
    },
    ["no-own"] = {
      en = "For {partner}, by what will one know that the alliance has succeeded?",
      fr = "Pour {partner}, à quoi reconnaîtra-t-on que l'alliance a réussi ?",
      why = why_own, next = next_own,
    },
    ["no-own-many"] = {
      en = "For {who} the file does not say what would be a success{names}.",
      fr = "Pour {who}, le fichier ne dit pas ce qui serait une réussite{names}.",
      why = why_own, next = next_own,
    },
    ["ask-accepted"] = {
      en = "Who accepts the criterion “{criterion}”?",
      fr = "Qui accepte le critère « {criterion} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a { status: idea }
partner p { success "Ten firms know us" }
partner q { success "A room that is used" }
]],
      good = [[
alliance a {
  status: idea
  success "A hundred seniors come back" { accepted-by: p, q }
}
partner p { success "Ten firms know us" }
partner q { success "A room that is used" }
]],
      expect = { "no-common" },
    },
    {
      bad = [[
alliance a { success "A hundred seniors come back" { accepted-by: p } }
partner p { success "Ten firms know us" }
partner q { success "A room that is used" }
]],
      good = [[
alliance a { success "A hundred seniors come back" { accepted-by: p, q } }
partner p { success "Ten firms know us" }
partner q { success "A room that is used" }
]],
      expect = { "not-accepted" },
    },
    {
      bad = [[
alliance a { success "A hundred seniors come back" { accepted-by: p } }
partner p
]],
      good = [[
alliance a { success "A hundred seniors come back" { accepted-by: p } }
partner p { success "Ten firms know us" }
]],
      expect = { "no-own" },
    },
    {
      bad = [[
alliance a { success "They come back" { accepted-by: p, q, r, s } }
partner p
partner q
partner r
partner s
]],
      good = [[
alliance a { success "They come back" { accepted-by: p, q, r, s } }
partner p { success "One" }
partner q { success "Two" }
partner r { success "Three" }
partner s { success "Four" }
]],
      expect = { "no-own-many" },
    },
    {
      bad = [[
alliance a { success "They come back" { accepted-by: ? } }
partner p { success "One" }
]],
      good = [[
alliance a { success "They come back" { accepted-by: p } }
partner p { success "One" }
]],
      expect = { "ask-accepted" },
    },
  },
}
