-- pilot-first.lua -- what goes large was tried small, on purpose, and something was learnt.

local views = require "alliance.views"

local words = {
  wants = { en = "what you want from it", fr = "ce que vous en attendez" },
  scale = { en = "the size", fr = "la taille" },
  tools = { en = "the tool", fr = "l'outil" },
  criterion = { en = "what will tell whether to go on", fr = "ce qui dira s'il faut continuer" },
}

local function in_words(needs)
  local texts = {}
  for i, need in ipairs(needs) do texts[i] = words[need] end
  return texts
end

-- What a trial lacks, in the order in which a person would ask for it; and what is `?`.
local function gaps_of(pilot)
  local missing, open = {}, {}
  for _, need in ipairs { "wants", "scale", "tools" } do
    if pilot:is_unknown(need) then open[#open + 1] = need
    elseif pilot[need] == nil then missing[#missing + 1] = need end
  end
  if #pilot:children("criterion") == 0 then missing[#missing + 1] = "criterion" end
  return missing, open
end

-- ---- The trials themselves ----------------------------------------------------------------------------

local function check_described(ctx, pilots)
  local groups, by = {}, {}
  for _, pilot in ipairs(pilots) do
    local missing, open = gaps_of(pilot)
    if #missing > 0 then
      local key = table.concat(missing, " ")
      if not by[key] then
        by[key] = { needs = missing, pilots = {} }
        groups[#groups + 1] = by[key]
      end
      table.insert(by[key].pilots, pilot)
    end
    if #open > 0 then
      ctx:unknown { at = pilot:where(open[1]), property = open[1], say = "ask", pilot = pilot, needs = in_words(open),
        related = { pilot } }
    end
  end
  for _, group in ipairs(groups) do
    ctx:report { at = group.pilots[1], say = "incomplete", pilots = views.quoted(group.pilots),
      count = #group.pilots, needs = in_words(group.needs), related = group.pilots }
  end
end

local function check_result(ctx, pilot)
  local period = pilot.period
  local last = views.known(period) and period.last
  if not last or not views.known(last) or not last:before(ctx.today) then return end
  if pilot:has("result") or pilot:is_none("result") then return end
  if pilot:is_unknown("result") then
    ctx:unknown { at = pilot:where("result"), property = "result", say = "ask-result", pilot = pilot,
      related = { pilot } }
  else
    ctx:report { at = pilot, say = "no-result", pilot = pilot, date = last }
  end
end

-- For each aim, the tools with which nobody would find out. A convention: see `about`.
local blind = {
  vision = { event = true, webinar = true, ["marketing-content"] = true, ["online-group"] = true },
  ["simple-actions"] = { ["focus-group"] = true, ["vision-values"] = true, masterplan = true },
  ["common-offer"] = { ["vision-values"] = true, masterplan = true },
}

local function check_tools(ctx, pilot)
  local tools, unknown = views.list(pilot.tools)
  if #tools == 0 or unknown > 0 then return end
  for _, aim in ipairs((views.list(pilot.wants))) do
    local fits = false
    for _, tool in ipairs(tools) do fits = fits or not (blind[aim] and blind[aim][tool]) end
    if not fits then
      local names = {}
      for i, tool in ipairs(tools) do names[i] = views.word(tool, "pilot") end
      ctx:report { at = pilot:where("tools"), say = "other-tool", pilot = pilot, tools = names,
        aim = views.word(aim, "pilot"), related = { pilot } }
      return
    end
  end
end

-- ---- Before the deployment ----------------------------------------------------------------------------

local function phases_of(ctx, type)
  local found = {}
  for _, phase in ipairs(ctx.model:all("phase")) do
    if phase.type == type then found[#found + 1] = phase end
  end
  return found
end

local function beginning_of(entity)
  local period = entity.period
  local first = views.known(period) and period.first
  return first and views.known(first) and first or nil
end

-- Whether something is said to come after one of these.
local function waits_for(entity, trials)
  for _, before in ipairs((views.list(entity.after))) do
    for _, trial in ipairs(trials) do
      if views.is_entity(before) and before == trial then return true end
    end
  end
  return false
end

-- Some trial begins before the deployment does: yes, no, or nil when dates do not tell; and the first trial.
local function begins_before(trials, deployment)
  local start, told, earliest = beginning_of(deployment), true, nil
  for _, trial in ipairs(trials) do
    local begins = beginning_of(trial)
    if begins and (not earliest or begins.first < earliest.begins.first) then
      earliest = { trial = trial, begins = begins }
    end
    told = told and begins ~= nil
  end
  if not start or not earliest then return nil end
  local is_before = earliest.begins:before(start)
  if is_before then return true, earliest end
  if is_before == nil or not told then return nil end
  return false, earliest
end

local function check_order(ctx, trials, deployment)
  if waits_for(deployment, trials) then return end
  local is_before, earliest = begins_before(trials, deployment)
  if is_before == false then
    ctx:report { at = earliest.trial:where("period"), say = "too-late", trial = earliest.trial,
      date = earliest.begins, deployment = deployment, start = beginning_of(deployment), related = { deployment } }
  elseif is_before == nil then
    ctx:cannot_tell { at = deployment, reason = "no-dates", deployment = deployment, trials = views.quoted(trials),
      missing = {}, related = trials }
  end
end

local function run(ctx)
  local pilots, experiments = ctx.model:all("pilot"), phases_of(ctx, "experiment")
  local deployment = phases_of(ctx, "deployment")[1]
  check_described(ctx, pilots)
  for _, pilot in ipairs(pilots) do
    check_result(ctx, pilot)
    check_tools(ctx, pilot)
  end
  if #pilots == 0 and #experiments > 0 then
    ctx:report { at = experiments[1], say = "not-described", phases = views.quoted(experiments),
      count = #experiments, related = experiments }
  end
  local trials = table.move(experiments, 1, #experiments, #pilots + 1, pilots)
  if #trials == 0 and (deployment or ctx.status == "deployment") then
    ctx:report { at = deployment or ctx.alliance, say = "untried" }
  elseif #trials > 0 and deployment then
    check_order(ctx, trials, deployment)
  end
end

local why = {
  en = "A trial costs little and shows two things: whether the idea works here, and whether you can work together.",
  fr = "Un essai coûte peu et montre deux choses : si l'idée marche ici, et si vous savez travailler ensemble.",
}
local next_describe = {
  en = { "Describe it in a block `pilot \"…\"`: what you want from it (`wants`), its size (`scale`), with which "
    .. "`tools`, and a `criterion` to go on." },
  fr = { "Décrivez-le dans un bloc `expérimentation \"…\"` : ce que vous en attendez (`je-veux`), sa taille "
    .. "(`échelle`), avec quels `outils`, et un `critère` pour continuer." },
}

local next_complete = {
  en = { "In its block: `wants`, `scale`, `tools`, and `criterion \"…\"`; `?` for what is still to be agreed." },
  fr = { "Dans son bloc : `je-veux`, `échelle`, `outils`, et `critère \"…\"` ; `?` pour ce qui reste à convenir." },
}

return {
  api = 1, kind = "check", id = "pilot-first", category = "calendar", profile = "standard",
  word = { en = "pilot-first", fr = "expérimenter-d'abord" },
  severity = "warning",
  title = { en = "What goes large was tried small", fr = "Ce qui se déploie a d'abord été essayé en petit" },
  about = {
    en = "A deployment comes after a trial (`pilot`, or a phase of experiment). A trial says what you want from it, "
      .. "at which size, with which tool, and by what you will know whether to go on; once it is over, what you "
      .. "learnt. A note tells when none of its tools can show what you want from it: which tools suit which aim is a "
      .. "convention, without a published source.",
    fr = "Un déploiement vient après un essai (`expérimentation`, ou une étape de ce type). Un essai dit ce que vous "
      .. "en attendez, à quelle taille, avec quel outil, et à quoi vous saurez s'il faut continuer ; une fois "
      .. "terminé, ce que vous avez appris. Une remarque signale qu'aucun de ses outils ne peut montrer ce que vous "
      .. "en attendez : quel outil convient à quelle attente est une convention, sans source publiée.",
  },
  source = {
    en = "Training deck: experiment, three aims and eight tools, criteria to go further; course, the territory as a "
      .. "laboratory",
    fr = "Support de formation : expérimentation, trois « je veux » et huit outils, critères pour aller plus loin ; "
      .. "cours, le territoire comme laboratoire",
  },
  messages = {
    untried = {
      en = "No trial at a small size comes before the deployment.",
      fr = "Le déploiement n'est précédé d'aucun essai à petite échelle.",
      why = why, next = next_describe,
    },
    ["not-described"] = {
      en = "{phases} {count:is a trial|are trials}, but nothing says what you want from {count:it|them}, nor at which "
        .. "size.",
      fr = "{phases} {count:est un essai|sont des essais}, mais rien ne dit ce que vous en attendez, ni à quelle "
        .. "taille.",
      why = why, next = next_describe,
    },
    incomplete = {
      en = "The {count:trial|trials} {pilots} {count:lacks|lack}: {needs}.",
      fr = "Pour {count:l'expérimentation|les expérimentations} {pilots}, il manque : {needs}.",
      why = why, next = next_complete,
    },
    ["no-result"] = {
      en = "The trial “{pilot}” ended ({date}), and nothing says what you learnt.",
      fr = "L'expérimentation « {pilot} » s'est terminée ({date}), et rien ne dit ce que vous en avez appris.",
      why = {
        en = "What is not written down is learnt again by those who come after, at their own cost.",
        fr = "Ce qu'on n'écrit pas, ceux qui viennent ensuite le réapprennent à leurs frais.",
      },
      next = {
        en = { "Ask those who were there what worked and what did not, and write it as `result`." },
        fr = { "Demandez à celles et ceux qui y étaient ce qui a marché ou non, et notez-le dans `résultat`." },
      },
    },
    ["other-tool"] = {
      en = "The trial “{pilot}” is to tell you about this: {aim}. Will you learn it that way ({tools})?",
      fr = "L'expérimentation « {pilot} » doit vous éclairer sur ceci : {aim}. L'apprendrez-vous de cette façon "
        .. "({tools}) ?",
      severity = "note",
      why = {
        en = "One learns from doing what doing can show, and from talking what talking can show. Which tool suits "
          .. "which aim is a convention here.",
        fr = "En faisant, on apprend ce que faire peut montrer ; en parlant, ce que parler peut montrer. Quel outil "
          .. "convient à quelle attente est ici une convention.",
      },
      next = {
        en = { "For a vision, talk: a workshop, a focus group, the MasterPlan. For an action or an offer, do it with "
          .. "a few people." },
        fr = { "Pour une vision, parlez-en : un atelier, un focus group, le MasterPlan. Pour une action ou une offre, "
          .. "faites-la avec quelques personnes." },
      },
    },
    ["too-late"] = {
      en = "The trial “{trial}” begins ({date}) when the deployment has begun already ({start}).",
      fr = "L'expérimentation « {trial} » commence ({date}) alors que le déploiement a déjà commencé ({start}).",
      why = why,
      next = {
        en = { "Begin with the trial, or move “{deployment}” after it." },
        fr = { "Commencez par l'essai, ou déplacez « {deployment} » après." },
      },
    },
    ["no-dates"] = {
      en = "Whether “{deployment}” comes after a trial ({trials}) cannot be told: dates are missing.",
      fr = "On ne peut pas dire si « {deployment} » vient après un essai ({trials}) : il manque des dates.",
    },
    ask = {
      en = "For the trial “{pilot}”, still to be agreed: {needs}.",
      fr = "Pour l'expérimentation « {pilot} », reste à convenir : {needs}.",
    },
    ["ask-result"] = {
      en = "What did you learn from the trial “{pilot}”?",
      fr = "Qu'avez-vous appris de l'expérimentation « {pilot} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
phase large "In the whole town" { type: deployment }
]],
      good = [[
phase large "In the whole town" {
  type: deployment
  after: small
}
pilot small "Two streets" {
  wants: simple-actions
  tools: event
  scale: "Two streets, one month"
  criterion "Thirty people come back"
}
]],
      expect = { "untried" },
    },
    {
      bad = [[
phase trial "In two streets" { type: experiment }
]],
      good = [[
phase trial "In two streets" { type: experiment }
pilot small "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  criterion "Thirty people come back"
}
]],
      expect = { "not-described" },
    },
    {
      bad = [[
pilot one "Two streets" { scale: "One month" }
pilot two "Two schools" { scale: "One month" }
]],
      good = [[
pilot one "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  criterion "Thirty people come back"
}
]],
      expect = { "incomplete" },
    },
    {
      bad = [[
pilot one "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  period: 2001-03
  criterion "Thirty people come back"
}
]],
      good = [[
pilot one "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  period: 2001-03
  result: "They come for the company, not for the food"
  criterion "Thirty people come back"
}
]],
      expect = { "no-result" },
    },
    {
      bad = [[
pilot one "Why we do it" {
  wants: vision
  tools: webinar, marketing-content
  scale: "The partners"
  criterion "All say the same"
}
]],
      good = [[
pilot one "Why we do it" {
  wants: vision
  tools: webinar, workshop
  scale: "The partners"
  criterion "All say the same"
}
]],
      expect = { "other-tool" },
    },
    {
      bad = [[
phase large "In the whole town" {
  type: deployment
  period: 2002
}
pilot one "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  period: 2003-03
  result: "They come"
  criterion "Thirty people come back"
}
]],
      good = [[
phase large "In the whole town" {
  type: deployment
  period: 2002
}
pilot one "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  period: 2001-03
  result: "They come"
  criterion "Thirty people come back"
}
]],
      expect = { "too-late" },
    },
    {
      bad = [[
phase large "In the whole town" { type: deployment }
pilot one "Two streets" {
  wants: ?
  tools: workshop
  scale: ?
  period: 2001-03
  result: ?
  criterion "Thirty people come back"
}
]],
      good = [[
phase large "In the whole town" {
  type: deployment
  after: one
}
pilot one "Two streets" {
  wants: common-offer
  tools: workshop
  scale: "Two streets, one month"
  criterion "Thirty people come back"
}
]],
      expect = { "ask", "ask-result", "no-dates" },
    },
  },
}
