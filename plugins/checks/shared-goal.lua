-- shared-goal.lua -- at least one goal is supported by every partner.

local views = require "alliance.views"

local function goals_of(rows)
  local goals = {}
  for i, row in ipairs(rows) do goals[i] = row.goal end
  return goals
end

local function missing_from(model, row)
  local missing = {}
  for _, side in ipairs { row.against, row.unknown, views.silent(model, row) } do
    for _, partner in ipairs(side) do missing[#missing + 1] = partner end
  end
  return missing
end

local function ask_position(ctx, partner, goal)
  for _, position in ipairs(partner:children("position")) do
    if position.key == goal then
      ctx:unknown { at = position, say = "ask", partner = partner, goal = goal, related = { partner, goal } }
    end
  end
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
  local common = views.common_goal(model)
  if not common then
    ctx:report { at = at, say = "no-goal" }
    return
  end
  local best = common.best
  if common.shared then return end
  local missing = common.asks and {} or missing_from(model, best)
  if not common.is_open then
    ctx:report { at = best.goal, say = "not-shared", goals = views.named(goals_of(common.rows)), goal = best.goal,
      missing = views.named(missing), related = missing }
  elseif common.asks then
    for _, partner in ipairs(best.unknown) do ask_position(ctx, partner, best.goal) end
  elseif #best.favourable == 0 and #best.unknown == 0 then
    ctx:cannot_tell { at = best.goal, reason = "no-position", missing = goals_of(common.rows) }
  else
    ctx:report { at = best.goal, say = "not-said", goal = best.goal, missing = views.named(missing),
      supporters = #best.favourable, count = #partners, related = missing }
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
      en = "No goal is supported by all partners (goals in the file: {goals}). The closest is “{goal}”; it still lacks "
        .. "{missing}.",
      fr = "Aucun objectif n'est soutenu par tous les partenaires (dans le fichier : {goals}). Le plus proche est "
        .. "« {goal} » ; il y manque encore {missing}.",
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
