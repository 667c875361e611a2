-- uncovered-need.lua -- for each need that was found, somebody brings something, or is looked for.

local views = require "alliance.views"

-- Needs for which nothing is brought, done or looked for: those that are nobody's duty, then those that
-- are somebody's by law, { need, actors }. A need of the territory without an offer is left out, since
-- beneficiary-value tells it.
local function uncovered(rows)
  local needs, duties = {}, {}
  for _, row in ipairs(rows) do
    local is_covered = #row.means > 0 or #row.work > 0 or #row.opportunities > 0
    if not is_covered and (#row.offers > 0 or row.need.partner ~= nil) then
      local actors = views.list(row.need.competent)
      if #actors > 0 then
        duties[#duties + 1] = { need = row.need, actors = actors }
      else
        needs[#needs + 1] = row.need
      end
    end
  end
  return needs, duties
end

local function check_needs(ctx)
  local rows, loose = views.answers(ctx.model)
  local needs, duties = uncovered(rows)
  local first = needs[1] or duties[1] and duties[1].need
  if first and #loose > 0 then
    ctx:cannot_tell { at = first, reason = "not-said", need = first, items = views.quoted(loose),
      missing = loose }
    return
  end
  if #needs > 0 then
    ctx:report { at = first, say = "uncovered", needs = views.quoted(needs), count = #needs,
      related = needs }
  end
  for _, duty in ipairs(duties) do
    ctx:report { at = duty.need, say = "by-law", need = duty.need, actors = duty.actors,
      related = duty.actors }
  end
end

local function check_blockers(ctx)
  local missing, open = views.gaps(ctx.model:all("blocker"), "needs")
  if #missing > 0 then
    ctx:report { at = missing[1], say = "blocker", blockers = views.quoted(missing), count = #missing,
      related = missing }
  end
  for _, blocker in ipairs(open) do
    ctx:unknown { at = blocker:where("needs"), property = "needs", say = "ask-needs", blocker = blocker }
  end
end

local function run(ctx)
  check_needs(ctx)
  check_blockers(ctx)
end

local why = {
  en = "A need that was found together and that nobody takes up teaches everybody that finding needs leads to nothing.",
  fr = "Un besoin repéré ensemble et que personne ne prend en charge apprend à tous que le diagnostic ne sert à rien.",
}

return {
  api = 1, kind = "check", id = "uncovered-need", category = "ecosystem", profile = "standard",
  word = { en = "uncovered-need", fr = "besoin-non-couvert" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Each need has somebody for it", fr = "Chaque besoin a quelqu'un pour y répondre" },
  about = {
    en = "For each `need`, a partner brings or does something that serves it, directly or by an offer, a goal or an "
      .. "activity; or an `opportunity` says whom you look for. A `blocker` says what you would need to get over it. "
      .. "A need of the territory that no offer answers is pointed out by `beneficiary-value`.",
    fr = "Pour chaque `besoin`, un partenaire apporte ou fait quelque chose, directement ou par une proposition, un "
      .. "objectif ou une activité ; ou bien une `opportunité` dit qui l'on cherche. Un `blocage` dit ce qu'il "
      .. "faudrait pour le lever. Un besoin du territoire sans proposition est signalé par `valeur-bénéficiaire`.",
  },
  source = {
    en = "Training deck, self-diagnosis in four columns: goals, blocking points, needs, opportunities of cooperation",
    fr = "Support de formation, autodiagnostic en quatre colonnes : objectifs, points bloquants, besoins, opportunités "
      .. "de coopération",
  },
  messages = {
    uncovered = {
      en = "Nobody brings or does anything for {count:this need|these needs}, and nobody is looked for: {needs}.",
      fr = "Personne n'apporte ni ne fait rien pour {count:ce besoin|ces besoins}, et personne n'est recherché : "
        .. "{needs}.",
      why = why,
      next = {
        en = { "Does a partner have the answer already? Write it: `brings \"…\" { for: … }`.",
          "If it has to be found: `opportunity \"…\" { answers: … }`, and whom you look for (`seeks`)." },
        fr = { "Un partenaire a-t-il déjà la réponse ? Notez-la : `apporte \"…\" { pour : … }`.",
          "S'il faut la trouver : `opportunité \"…\" { répond-à : … }`, et qui vous cherchez (`recherche`)." },
      },
    },
    ["by-law"] = {
      en = "Nobody brings or does anything for “{need}”, though by law it is the task of {actors}.",
      fr = "Personne n'apporte ni ne fait rien pour « {need} », alors que la loi en charge quelqu'un : {actors}.",
      why = why,
      next = {
        en = { "Go and see them before you do it in their place: what do they do already, what could you do together?",
          "Write it as an `opportunity`: `answers: …`, `with: …`." },
        fr = { "Allez les voir avant de faire à leur place : que font-ils déjà, que pourriez-vous faire ensemble ?",
          "Notez-le comme une `opportunité` : `répond-à : …`, `avec : …`." },
      },
    },
    blocker = {
      en = "Nothing says what would get you over {count:this obstacle|these obstacles}: {blockers}.",
      fr = "Rien ne dit ce qui lèverait {count:ce blocage|ces blocages} : {blockers}.",
      severity = "note",
      why = {
        en = "What blocks you becomes a cooperation once it is said as a need: a skill, a place, a permission.",
        fr = "Un blocage devient une coopération quand on le dit comme un besoin : une compétence, un lieu, un budget, "
          .. "un accord.",
      },
      next = {
        en = { "Write the need as a `need`, and name it here: `needs: …`." },
        fr = { "Notez ce qu'il faudrait comme un `besoin`, et nommez-le ici : `besoins : …`." },
      },
    },
    ["not-said"] = {
      en = "Whether somebody brings something for “{need}” cannot be told: nothing says which need is served by "
        .. "{items}.",
      fr = "Impossible de dire si quelqu'un apporte quelque chose pour « {need} » : pour une partie de ce qui est "
        .. "apporté, rien ne dit à quel besoin cela sert ({items}).",
    },
    ["ask-needs"] = {
      en = "What would get you over “{blocker}”?",
      fr = "Que vous faudrait-il pour lever « {blocker} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p
need lift "A van on Tuesdays" { partner: p }
]],
      good = [[
partner p
need lift "A van on Tuesdays" { partner: p }
opportunity o "Share the van of the town" { answers: lift }
]],
      expect = { "uncovered" },
    },
    {
      bad = [[
partner p { brings "Drivers" }
need lift "A van on Tuesdays" { partner: p }
]],
      good = [[
partner p { brings "Drivers" { for: lift } }
need lift "A van on Tuesdays" { partner: p }
]],
      expect = { "not-said" },
    },
    {
      bad = [[
stakeholder town "The town"
need lift "A bus on Tuesdays" { competent: town }
offer o "Rides to the market" { answers: lift }
]],
      good = [[
stakeholder town "The town"
need lift "A bus on Tuesdays" { competent: town }
offer o "Rides to the market" { answers: lift }
opportunity talks "The town extends its line" {
  answers: lift
  with: town
}
]],
      expect = { "by-law" },
    },
    {
      bad = [[
blocker b "No vehicle"
]],
      good = [[
blocker b "No vehicle" { needs: lift }
need lift "A van on Tuesdays"
]],
      expect = { "blocker" },
    },
    {
      bad = [[
blocker b "No vehicle" { needs: ? }
]],
      good = [[
blocker b "No vehicle" { needs: lift }
need lift "A van on Tuesdays"
]],
      expect = { "ask-needs" },
    },
  },
}
