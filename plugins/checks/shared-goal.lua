-- shared-goal.lua -- V01: at least one goal is supported by every partner.

local views = require "alliance.views"

local function count_of(row)
  return #row.favourable
end

-- The goal that most partners support; the first of those in the file.
local function closest(rows)
  local best = rows[1]
  for _, row in ipairs(rows) do
    if count_of(row) > count_of(best) then best = row end
  end
  return best
end

local function goals_of(rows)
  local goals = {}
  for i, row in ipairs(rows) do goals[i] = row.goal end
  return goals
end

-- Goals to which no partner is known to be indifferent or opposed: they may still be shared.
local function undecided(rows)
  local open = {}
  for _, row in ipairs(rows) do
    if #row.against == 0 then open[#open + 1] = row end
  end
  return open
end

local function is_shared_by_all(row)
  return #row.against == 0 and #row.unknown == 0 and #row.silent == 0
end

local function missing_from(row)
  local missing = {}
  for _, side in ipairs { row.against, row.unknown, row.silent } do
    for _, partner in ipairs(side) do missing[#missing + 1] = partner end
  end
  return missing
end

local function run(ctx)
  local model = ctx.model
  local partners = model:all("partner")
  local at = ctx.alliance or partners[1]
  if not at then return end
  if #partners < 2 then
    ctx:cannot_tell { at = at, reason = "too-few", missing = partners }
    return
  end
  local rows = views.support(model)
  if #rows == 0 then
    ctx:report { at = at, say = "no-goal" }
    return
  end
  for _, row in ipairs(rows) do
    if is_shared_by_all(row) then return end
  end

  local open = undecided(rows)
  if #open == 0 then
    local best = closest(rows)
    ctx:report { at = best.goal, say = "not-shared", goals = goals_of(rows),
      goal = best.goal, missing = missing_from(best), related = missing_from(best) }
    return
  end
  local best = closest(open)
  if #best.favourable == 0 and #best.unknown == 0 then
    ctx:cannot_tell { at = best.goal, reason = "no-position", missing = goals_of(rows) }
    return
  end
  if #best.silent > 0 then
    ctx:report { at = best.goal, say = "not-said", goal = best.goal, missing = missing_from(best),
      supporters = #best.favourable, count = #partners, related = missing_from(best) }
    return
  end
  for _, partner in ipairs(best.unknown) do
    ctx:unknown { at = partner, say = "ask", partner = partner, goal = best.goal, related = { best.goal } }
  end
end

return {
  api = 1, kind = "check", id = "shared-goal", category = "purpose", profile = "light",
  word = { en = "shared-goal", fr = "objectif-commun" },
  severity = { idea = "warning", framing = "error" },
  title = { en = "One goal is shared by all", fr = "Un objectif est partagé par tous" },
  about = {
    en = "An alliance holds when at least one goal is the goal of every partner. A partner supports a goal "
      .. "when its `position` is above 0, or when it carries the goal (`carried-by`) or answers for it (`owner`) "
      .. "and no position says otherwise. A goal with `own: yes` is one partner's own. What is not written is "
      .. "never taken for a refusal.",
    fr = "Une alliance tient quand au moins un objectif est celui de chaque partenaire. Un partenaire soutient un "
      .. "objectif quand sa `position` est supérieure à 0, ou quand il le porte (`porté-par`) ou en répond "
      .. "(`porteur`) sans qu'une position dise le contraire. Un objectif `propre : oui` n'engage qu'un seul "
      .. "partenaire. Ce qui n'est pas écrit n'est jamais pris pour un refus.",
  },
  source = {
    en = "Course, unanimous goal as first success factor; pitfall 1 of the training deck; common agenda of "
      .. "Collective Impact; positions as in MACTOR (Godet)",
    fr = "Cours, l'objectif unanime, premier facteur de succès ; support de formation, écueil 1 ; agenda "
      .. "commun de Collective Impact ; positions comme dans MACTOR (Godet)",
  },
  messages = {
    ["no-goal"] = {
      en = "The alliance has no common goal yet.",
      fr = "L'alliance n'a pas encore d'objectif commun.",
      why = {
        en = "People who run successful alliances name it first: the same clear goal for all.",
        fr = "Celles et ceux qui font vivre des alliances le citent en premier : un même objectif, clair pour tous.",
      },
      next = {
        en = { "Ask the partners together: what do we want to achieve that none of us can achieve alone?" },
        fr = { "Posez la question ensemble : que voulons-nous réussir qu'aucun de nous ne réussirait seul ?" },
      },
    },
    ["not-shared"] = {
      en = "No goal is supported by all partners: {goals}. The closest is “{goal}”; it lacks {missing}.",
      fr = "Aucun objectif n'est soutenu par tous les partenaires : {goals}. Le plus proche est « {goal} » ; "
        .. "il manque {missing}.",
      why = {
        en = "Without a goal that all want, each will measure success by a different thing.",
        fr = "Sans objectif voulu par tous, chacun mesurera la réussite à sa façon.",
      },
      next = {
        en = { "Ask {missing} what would make “{goal}” worth supporting, and write it as `interest`.",
          "Or look for a goal above the others, that all can support." },
        fr = { "Demandez à {missing} ce qui rendrait « {goal} » digne d'être soutenu, et notez-le dans `intérêt`.",
          "Ou cherchez un objectif plus large, que tous peuvent soutenir." },
      },
    },
    ["not-said"] = {
      en = "The file does not say that all partners support one goal. The closest is “{goal}” "
        .. "({supporters} of {count}); nothing is said for {missing}.",
      fr = "Le fichier ne dit pas qu'un même objectif est soutenu par tous les partenaires. Le plus proche est "
        .. "« {goal} » ({supporters} sur {count}) ; rien n'est dit pour {missing}.",
      severity = { idea = "note", framing = "warning" },
      why = {
        en = "Agreement that was never spoken is the first thing to break when work begins.",
        fr = "Un accord jamais exprimé est le premier à se rompre quand le travail commence.",
      },
      next = {
        en = { "Ask each of them, and write the answer as `position`, from -4 to +4, or `?` until you know." },
        fr = { "Posez-leur la question et notez la réponse dans `position`, de -4 à +4, ou `?` en attendant." },
      },
    },
    ask = {
      en = "Does {partner} support the goal “{goal}”?",
      fr = "L'objectif « {goal} » est-il soutenu par {partner} ?",
    },
    ["too-few"] = {
      en = "A shared goal needs at least two partners; the file does not have them yet.",
      fr = "Un objectif commun suppose au moins deux partenaires ; le fichier n'en compte pas encore autant.",
    },
    ["no-position"] = {
      en = "No partner's position on any goal is written, so nobody can tell whether one is shared.",
      fr = "Aucune position n'est notée sur aucun objectif : on ne peut pas savoir s'il en est un de partagé.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a
goal visits "Visits"
partner p { position visits: +3 }
partner q { position visits: -1 }
]],
      good = [[
alliance a
goal visits "Visits"
partner p { position visits: +3 }
partner q { position visits: +1 }
]],
      expect = { "not-shared" },
    },
    {
      bad = [[
alliance a
partner p
partner q
]],
      good = [[
alliance a
partner p
partner q
goal visits "Visits" { carried-by: p, q }
]],
      expect = { "no-goal" },
    },
    {
      bad = [[
goal visits "Visits" { carried-by: p }
partner p
partner q
partner r { position visits: ? }
]],
      good = [[
goal visits "Visits" { carried-by: p }
partner p
partner q { position visits: +1 }
partner r { position visits: +2 }
]],
      expect = { "not-said" },
    },
    {
      bad = [[
goal visits "Visits" { carried-by: p }
partner p
partner q { position visits: ? }
]],
      good = [[
goal visits "Visits" { carried-by: p }
partner p
partner q { position visits: +4 }
]],
      expect = { "ask" },
    },
    {
      bad = [[
partner p
]],
      good = [[
goal visits "Visits" { carried-by: p, q }
partner p
partner q
]],
      expect = { "too-few" },
    },
    {
      bad = [[
goal visits "Visits"
partner p
partner q
]],
      good = [[
goal visits "Visits" { owner: p, q }
partner p
partner q
]],
      expect = { "no-position" },
    },
  },
}
