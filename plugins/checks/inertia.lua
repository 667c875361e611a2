-- inertia.lua -- something has happened lately, or is about to.

local views = require "alliance.views"

-- Where a file says that something happens or happened. Dates that only say until when (an end, a
-- target, what a funding covers) are left out: they pass by themselves.
local events = {
  { kind = "alliance", "start", "renewal" }, { kind = "partner", "since" }, { kind = "phase", "period" },
  { kind = "milestone", "date" }, { kind = "pilot", "period" }, { kind = "activity", "period" },
  { kind = "commitment", "due", "done" }, { kind = "agreement", "signed" }, { kind = "ritual", "start" },
  { kind = "evaluation", "date" }, { kind = "scale-up", "date" }, { kind = "reading", "key" },
}

-- The last date of a date or a period, or nil.
local function last_of(value)
  if not views.known(value) then return nil end
  if type(value.first) == "number" then return value end
  return views.known(value.last) and value.last or views.known(value.first) and value.first or nil
end

-- The latest date of all, and what has it.
local function latest_of(model)
  local latest, entity
  for _, row in ipairs(events) do
    for _, item in ipairs(model:all(row.kind)) do
      for _, property in ipairs(row) do
        local date = last_of(item[property])
        if date and (not latest or latest.last < date.last) then latest, entity = date, item end
      end
    end
  end
  return latest, entity
end

local is_young = { idea = true, meeting = true }

local function run(ctx)
  local whole = ctx.alliance
  if not whole or ctx.status == "closed" or views.is_studied(ctx.model) then return end
  local latest, entity = latest_of(ctx.model)
  if not latest then
    if not is_young[ctx.status] then ctx:cannot_tell { at = whole, reason = "no-date", missing = {} } end
    return
  end
  local weeks = (ctx.today.first - latest.last) // 7
  if weeks >= ctx.options.weeks then
    ctx:report { at = entity, say = "nothing-since", date = latest, weeks = weeks, limit = ctx.options.weeks }
  end
end

return {
  api = 1, kind = "check", id = "inertia", category = "calendar", profile = "standard",
  word = { en = "inertia", fr = "inertie" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Something is moving", fr = "Quelque chose avance" },
  about = {
    en = "The latest date in the file, of what happened or is planned, is less than 26 weeks ago. Ends and target "
      .. "dates do not count, since they pass by themselves. 26 weeks is a convention, without a published source: "
      .. "`settings inertia` changes it. Not asked of a closed alliance, nor of one that is only studied.",
    fr = "La dernière date du fichier, de ce qui a eu lieu ou est prévu, remonte à moins de 26 semaines. Les dates de "
      .. "fin et d'échéance des cibles ne comptent pas : elles passent toutes seules. 26 semaines est une convention, "
      .. "sans source publiée : `réglages inertie` la change. Rien n'est demandé d'une alliance close, ni d'une "
      .. "alliance qu'on étudie seulement.",
  },
  source = {
    en = "Course, scaling up: inertia, the main obstacle",
    fr = "Cours, changement d'échelle : l'inertie, principal obstacle",
  },
  options = {
    weeks = { type = "integer", default = 26, min = 1, convention = true, about = {
      en = "After how many weeks without a date something is said.",
      fr = "Après combien de semaines sans date quelque chose est dit." } },
  },
  messages = {
    ["nothing-since"] = {
      en = "The latest date in the file is {date}, {weeks} {weeks:week|weeks} ago: what has happened since?",
      fr = "La dernière date du fichier remonte à {weeks} {weeks:semaine|semaines} ({date}) : que s'est-il passé "
        .. "depuis ?",
      why = {
        en = "Alliances seldom break: they fall asleep. From {limit} weeks on (a convention), it is worth asking.",
        fr = "Les alliances se brisent rarement : elles s'endorment. Au-delà de {limit} semaines (une convention), "
          .. "mieux vaut poser la question.",
      },
      next = {
        en = { "Write what happened, even if little: a `reading`, a `milestone`, a kept `commitment`.",
          "If nothing did, set one date together: the next meeting." },
        fr = { "Notez ce qui s'est passé, même peu : un `relevé`, un `jalon`, un `engagement` tenu.",
          "S'il ne s'est rien passé, fixez ensemble une date : celle de la prochaine rencontre." },
      },
    },
    ["no-date"] = {
      en = "Whether something is moving cannot be told: nothing in the file has a date.",
      fr = "Impossible de dire si quelque chose avance : rien dans le fichier n'a de date.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a { status: framing }
milestone m "First meeting" { date: 2001-03-01 }
]],
      good = [[
alliance a { status: framing }
milestone m "First meeting" { date: 2001-03-01 }
milestone n "Second meeting" { date: 9000-03-01 }
]],
      expect = { "nothing-since" },
    },
    {
      bad = [[
alliance a { status: framing }
milestone m "First meeting"
]],
      good = [[
alliance a { status: framing }
milestone m "First meeting" { date: 9000-03-01 }
]],
      expect = { "no-date" },
    },
  },
}
