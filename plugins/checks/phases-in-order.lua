-- phases-in-order.lua -- phases are there, dated, in order, and nothing waits for what comes later.

local schedule = require "alliance.schedule"
local views = require "alliance.views"

local ranks = { meeting = 1, framing = 2, experiment = 3, deployment = 4 }

-- ---- Dates --------------------------------------------------------------------------------------

-- The first and last date of a thing, each nil when it is not known.
local function dates_of(entity)
  if entity.kind == "milestone" then
    local date = views.known(entity.date) and entity.date or nil
    return date, date
  end
  local period = entity.period
  if not views.known(period) then return nil end
  return views.known(period.first) and period.first or nil, views.known(period.last) and period.last or nil
end

local function dated_phases(ctx)
  local phases = {}
  for _, phase in ipairs(ctx.model:all("phase")) do
    local first, last = dates_of(phase)
    if first then phases[#phases + 1] = { phase = phase, first = first, last = last, order = #phases } end
  end
  table.sort(phases, function(a, b)
    if a.first.first ~= b.first.first then return a.first.first < b.first.first end
    return a.order < b.order
  end)
  return phases
end

-- ---- Phases -------------------------------------------------------------------------------------

local function check_dated(ctx)
  local phases = ctx.model:all("phase")
  local missing, open = views.gaps(phases, "period")
  if #missing > 0 then
    ctx:report { at = missing[1], say = "undated", phases = views.quoted(missing),
      count = #missing, related = missing }
  end
  for _, phase in ipairs(open) do
    ctx:unknown { at = phase:where("period"), property = "period", say = "ask-period", phase = phase }
  end
end

-- A phase that begins before one that comes earlier in the method: the first of each sort.
local function check_order(ctx, phases)
  local first_of = {}
  for _, row in ipairs(phases) do
    local rank = ranks[row.phase.type]
    if rank and not first_of[rank] then first_of[rank] = row end
  end
  for rank = 2, 4 do
    for earlier = 1, rank - 1 do
      local row, other = first_of[rank], first_of[earlier]
      if row and other and row.first:before(other.first) then
        ctx:report { at = row.phase:where("period"), say = "out-of-order", phase = row.phase,
          date = row.first, other = other.phase, start = other.first, related = { other.phase } }
        break
      end
    end
  end
end

-- Holes and overlaps between one phase and the next; a note on either explains an overlap.
local function check_joints(ctx, phases)
  for i = 2, #phases do
    local before, after = phases[i - 1], phases[i]
    if before.last then
      local hole = after.first.first - before.last.last - 1
      local values = { at = after.phase:where("period"), phase = before.phase,
        other = after.phase, related = { before.phase } }
      if hole > ctx.options.gap then
        values.say, values.days, values.limit = "hole", hole, ctx.options.gap
        ctx:report(values)
      elseif after.first:before(before.last) and not before.phase.note and not after.phase.note then
        values.say, values.date, values.start = "overlap", before.last, after.first
        ctx:report(values)
      end
    end
  end
end

-- Nothing is planned any more although the alliance goes on.
local function check_future(ctx, phases)
  if ctx.status == "closed" or #phases == 0 then return end
  local latest
  for _, row in ipairs(phases) do
    if not row.last or not row.last:before(ctx.today) then return end
    if not latest or latest.last.last < row.last.last then latest = row end
  end
  for _, kind in ipairs { "milestone", "pilot" } do
    for _, entity in ipairs(ctx.model:all(kind)) do
      local _, last = dates_of(entity)
      if last and ctx.today:before(last) then return end
    end
  end
  ctx:report { at = latest.phase, say = "nothing-after", phase = latest.phase,
    date = latest.last }
end

-- ---- Dependencies, and what must begin now --------------------------------------------------------

local waiting_kinds = { "phase", "activity", "milestone" }

local function befores_of(entity)
  local found = {}
  for _, before in ipairs((views.list(entity.after))) do
    if views.is_entity(before) then found[#found + 1] = before end
  end
  return found
end

local function check_dependencies(ctx)
  for _, kind in ipairs(waiting_kinds) do
    for _, entity in ipairs(ctx.model:all(kind)) do
      local start = dates_of(entity)
      for _, before in ipairs(befores_of(entity)) do
        local _, finish = dates_of(before)
        if start and finish and start:before(finish) then
          ctx:report { at = entity:where("after"), say = "too-early", item = entity,
            start = start, before = before, date = finish, related = { before } }
        end
      end
    end
  end
end

-- Things that wait for each other in a circle: the first circle, since undoing it may undo others.
local function check_circle(ctx)
  local tasks, by, circle = {}, {}, {}
  for _, kind in ipairs(waiting_kinds) do
    for _, entity in ipairs(ctx.model:all(kind)) do
      tasks[entity.path], by[entity.path] = { duration = 0, predecessors = {} }, entity
    end
  end
  for path, task in pairs(tasks) do
    for _, before in ipairs(befores_of(by[path])) do
      if by[before.path] then task.predecessors[#task.predecessors + 1] = before.path end
    end
  end
  local _, problem = schedule.critical_path(tasks)
  local loop = problem and problem:match("^cycle: (.*)$")
  for path in (loop and loop .. " waits for " or ""):gmatch("(.-) waits for ") do
    if circle[1] ~= by[path] then circle[#circle + 1] = by[path] end
  end
  if #circle > 0 then
    ctx:report { at = circle[1]:where("after"), say = "circle", items = views.quoted(circle), count = #circle,
      related = circle }
  end
end

-- The tasks that a milestone waits for, in days from today: what has a date ends on it, the rest
-- lasts as long as it says. Gives the tasks, those without a duration, and whether any has one.
local function tasks_before(ctx, milestone)
  local tasks, missing, any = {}, {}, false
  local function add(entity)
    if tasks[entity.path] then return end
    local task = { duration = 0, predecessors = {} }
    tasks[entity.path] = task
    local _, finish = dates_of(entity)
    if entity ~= milestone and finish then
      task.duration = math.max(0, finish.last - ctx.today.first)
      return
    end
    local lasts = (entity.kind == "milestone" or entity.kind == "activity") and entity.duration
    local day = views.known(lasts) and lasts and views.day_after(lasts, ctx.today)
    if day then
      task.duration, any = day.first - ctx.today.first, true
    elseif entity.kind ~= "milestone" then
      missing[#missing + 1] = entity
    end
    if entity.kind == "pilot" then return end
    for _, before in ipairs(befores_of(entity)) do
      task.predecessors[#task.predecessors + 1] = before.path
      add(before)
    end
  end
  add(milestone)
  return tasks, missing, any
end

local function check_deadlines(ctx)
  for _, milestone in ipairs(ctx.model:all("milestone")) do
    local date = dates_of(milestone)
    if date and ctx.today:before(date) and #befores_of(milestone) > 0 then
      local tasks, missing, any = tasks_before(ctx, milestone)
      local plan = any and schedule.critical_path(tasks, { deadline = date.last - ctx.today.first })
      if any and #missing > 0 then
        ctx:cannot_tell { at = milestone, reason = "no-duration", item = milestone, items = views.quoted(missing),
          missing = missing }
      elseif plan and not plan.feasible then
        ctx:report { at = milestone, say = "late", item = milestone, date = date,
          days = math.ceil(plan.duration - (date.last - ctx.today.first)) }
      end
    end
  end
end

-- ---- Results --------------------------------------------------------------------------------------

-- A result is expected so long after the start of its phase.
local function check_results(ctx)
  for _, result in ipairs(ctx.model:all("result")) do
    local phase = result.phase
    if views.is_entity(phase, "phase") and views.known(result.at) then
      local first, last = dates_of(phase)
      local day = first and views.day_after(result.at, first)
      if first and last and not day then
        ctx:cannot_tell { at = result, reason = "no-start", result = result, phase = phase }
      elseif first and last and last:before(day) then
        ctx:report { at = result, say = "outside", result = result, date = day, phase = phase,
          first = first, last = last, related = { phase } }
      end
    end
  end
end

local function run(ctx)
  -- Whoever studies an alliance plans nothing in its place.
  local is_studied = views.is_studied(ctx.model)
  if #ctx.model:all("phase") == 0 and ctx.alliance and not is_studied then
    ctx:report { at = ctx.alliance, say = "no-phase" }
  end
  check_dated(ctx)
  local phases = dated_phases(ctx)
  check_order(ctx, phases)
  check_joints(ctx, phases)
  check_dependencies(ctx)
  check_circle(ctx)
  check_results(ctx)
  if is_studied then return end
  check_future(ctx, phases)
  check_deadlines(ctx)
end

local why = {
  en = "A calendar that all have read is what lets each partner prepare its part in time.",
  fr = "Un calendrier lu par tous permet à chaque partenaire de préparer sa part à temps.",
}
local next_dates = {
  en = { "Look at the two dates together: which one is right, and which one can move?" },
  fr = { "Regardez les deux dates ensemble : laquelle est juste, laquelle peut bouger ?" },
}

return {
  api = 1, kind = "check", id = "phases-in-order", category = "calendar", profile = "standard",
  word = { en = "phases-in-order", fr = "étapes-en-ordre" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "The phases follow each other", fr = "Les étapes se suivent" },
  about = {
    en = "Phases are written, dated and in order, without holes of more than a month (a convention) or overlaps that "
      .. "nothing explains (a `note` does); results fall within their phase; nothing begins before what it waits for, "
      .. "and deadlines can still be met. Of an alliance that is studied (`mode: analysis`), only what is written is "
      .. "looked at.",
    fr = "Les étapes sont notées, datées, dans l'ordre, sans trou de plus d'un mois (une convention) ni recouvrement "
      .. "inexpliqué (une `note` suffit) ; les résultats tombent dans leur étape ; rien ne commence avant ce qu'il "
      .. "attend, les échéances se tiennent. D'une alliance que l'on étudie (`mode : analyse`), seul ce qui est noté "
      .. "est regardé.",
  },
  source = {
    en = "Training deck, pitfall 3 and backward planning; critical path (Kelley & Walker 1959)",
    fr = "Support de formation, écueil 3 et rétroplanning ; chemin critique (Kelley et Walker 1959)",
  },
  options = {
    gap = { type = "integer", default = 31, min = 0, convention = true, about = {
      en = "How many days may lie between two phases.",
      fr = "Combien de jours peuvent séparer deux étapes." } },
  },
  messages = {
    ["no-phase"] = {
      en = "The calendar has no phase yet: meeting, framing, experiment, deployment.",
      fr = "Le calendrier n'a pas encore d'étape : rencontre, cadrage, expérimentation, déploiement.",
      why = why,
      next = {
        en = { "Write the next one to begin with: `phase \"…\" { type: framing }`, and its `period`." },
        fr = { "Notez d'abord la prochaine : `étape \"…\" { type : cadrage }`, et sa `période`." },
      },
    },
    undated = {
      en = "{count:This phase has|These phases have} no date: {phases}.",
      fr = "{count:Cette étape n'a|Ces étapes n'ont} pas de date : {phases}.",
      why = why,
      next = {
        en = { "A month or a year is enough: `period: 2026-03..2026-09`; `period: ?` if it is still to be agreed." },
        fr = { "Un mois ou une année suffisent : `période : 2026-03..2026-09` ; `période : ?` si c'est à convenir." },
      },
    },
    ["out-of-order"] = {
      en = "“{phase}” begins ({date}) before “{other}” ({start}), which should come first.",
      fr = "« {phase} » commence ({date}) avant « {other} » ({start}), qui devrait venir d'abord.",
      why = why, next = next_dates,
    },
    hole = {
      en = "{days} days without a phase, between “{phase}” and “{other}”.",
      fr = "{days} jours sans étape, entre « {phase} » et « {other} ».",
      why = {
        en = "In a hole the partners turn to something else, and some do not come back. The limit, {limit} "
          .. "{limit:day|days}, is a convention.",
        fr = "Pendant un trou, les partenaires passent à autre chose, et certains ne reviennent pas. Le seuil, {limit} "
          .. "{limit:jour|jours}, est une convention.",
      },
      next = {
        en = { "Is something going on then? Write it as a phase; otherwise bring the two closer." },
        fr = { "Se passe-t-il quelque chose entre-temps ? Notez-le comme étape ; sinon, rapprochez les deux." },
      },
    },
    overlap = {
      en = "“{other}” begins ({start}) before “{phase}” ends ({date}), and nothing says why.",
      fr = "« {other} » commence ({start}) avant la fin de « {phase} » ({date}), et rien ne dit pourquoi.",
      why = {
        en = "Two phases at once ask twice as much of the same people.",
        fr = "Deux étapes à la fois demandent le double aux mêmes personnes.",
      },
      next = {
        en = { "If it is wanted, say why in a `note` of one of the two; otherwise move one." },
        fr = { "Si c'est voulu, dites pourquoi dans une `note` de l'une des deux ; sinon, déplacez-en une." },
      },
    },
    ["nothing-after"] = {
      en = "No dated phase after “{phase}”, which is over ({date}).",
      fr = "Pas d'étape datée après « {phase} », qui est terminée ({date}).",
      why = why,
      next = {
        en = { "Write what comes next with its period; if all is over, `status: closed`." },
        fr = { "Notez la suite et sa période ; si tout est fini, `statut : close`." },
      },
    },
    ["too-early"] = {
      en = "“{item}” is planned for {start}, but waits for “{before}”, which ends later ({date}).",
      fr = "« {item} » est prévu plus tôt ({start}) que la fin de « {before} » ({date}), qu'il faut pourtant "
        .. "attendre.",
      why = why, next = next_dates,
    },
    circle = {
      en = "{count:This waits for itself|These wait for each other}, so nothing can begin: {items}.",
      fr = "{count:Cet élément s'attend lui-même|Ces éléments s'attendent les uns les autres} : rien ne peut "
        .. "commencer ({items}).",
      why = why,
      next = {
        en = { "Which one can begin without the others? Take it out of their `after`." },
        fr = { "Lequel peut commencer sans les autres ? Retirez-le de leur `après`." },
      },
    },
    late = {
      en = "“{item}” cannot be reached by {date}: what it waits for takes {days} {days:day|days} more.",
      fr = "« {item} » n'est pas tenable pour cette date ({date}) : ce qui précède demande {days} {days:jour|jours} "
        .. "de plus.",
      why = {
        en = "Counted back from the deadline (critical path, calendar days), the first step should have begun "
          .. "already.",
        fr = "En remontant depuis l'échéance (chemin critique, jours calendaires), la première action devrait avoir "
          .. "commencé.",
      },
      next = {
        en = { "Move the date, shorten a step, or do two at the same time; tell those who count on the date." },
        fr = { "Déplacez la date, raccourcissez une action ou menez-en deux de front ; prévenez ceux qui y "
          .. "comptent." },
      },
    },
    outside = {
      en = "The result “{result}” ({date}) falls outside “{phase}” ({first} to {last}).",
      fr = "Le résultat « {result} » ({date}) tombe hors de « {phase} » ({first} – {last}).",
      why = why, next = next_dates,
    },
    ["ask-period"] = { en = "From when to when is “{phase}”?", fr = "De quand à quand a lieu « {phase} » ?" },
    ["no-duration"] = {
      en = "Whether “{item}” can be reached in time cannot be told: nothing says how long {items} will take.",
      fr = "Impossible de dire si « {item} » peut être tenu : rien ne dit combien de temps prend {items}.",
    },
    ["no-start"] = {
      en = "Whether “{result}” falls within “{phase}” cannot be told: the phase has no exact first day.",
      fr = "Impossible de dire si « {result} » tombe dans « {phase} » : cette étape n'a pas de premier jour précis.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
activity recruit "Find the first ten" { after: train }
activity train "Train them" { after: recruit }
]],
      good = [[
activity recruit "Find the first ten"
activity train "Train them" { after: recruit }
]],
      expect = { "circle" },
    },
    { bad = "alliance a\n", good = "alliance a\nphase f { period: 8990..9000 }\n", expect = { "no-phase" } },
    { bad = "alliance a { mode: project }\n", good = "alliance a { mode: analysis }\n", expect = { "no-phase" } },
    { bad = "phase f \"Trial\"\n", good = "phase f \"Trial\" { period: 8990..9000 }\n", expect = { "undated" } },
    { bad = "phase f \"Trial\" { period: ? }\n", good = "phase f \"Trial\" { period: 8990..9000 }\n",
      expect = { "ask-period" } },
    {
      bad = [[
phase d "Everywhere" {
  type: deployment
  period: 8990-01..8990-06
}
phase e "Trial" {
  type: experiment
  period: 8990-07..8990-12
}
]],
      good = [[
phase e "Trial" {
  type: experiment
  period: 8990-01..8990-06
}
phase d "Everywhere" {
  type: deployment
  period: 8990-07..8990-12
}
]],
      expect = { "out-of-order" },
    },
    {
      bad = [[
phase e "Trial" { period: 8990-01..8990-06 }
phase d "Everywhere" { period: 8990-09..8990-12 }
]],
      good = [[
phase e "Trial" { period: 8990-01..8990-06 }
phase d "Everywhere" { period: 8990-07..8990-12 }
]],
      expect = { "hole" },
    },
    {
      bad = [[
phase e "Trial" { period: 8990-01..8990-06 }
phase d "Everywhere" { period: 8990-03..8990-12 }
]],
      good = [[
phase e "Trial" { period: 8990-01..8990-06 }
phase d "Everywhere" {
  period: 8990-03..8990-12
  note: "Two towns begin earlier"
}
]],
      expect = { "overlap" },
    },
    {
      bad = [[
phase e "Trial" { period: 2001-01..2001-06 }
]],
      good = [[
phase e "Trial" { period: 2001-01..2001-06 }
milestone m "Go on?" { date: 9000 }
]],
      expect = { "nothing-after" },
    },
    {
      bad = [[
phase e "Trial" { period: 8990-01..8990-06 }
milestone m "Go on?" {
  date: 8990-03
  after: e
}
]],
      good = [[
phase e "Trial" { period: 8990-01..8990-06 }
milestone m "Go on?" {
  date: 8990-07
  after: e
}
]],
      expect = { "too-early" },
    },
    {
      bad = [[
activity a "Building" { duration: 7000 years }
milestone m "Opening" {
  date: 8990-01
  after: a
}
]],
      good = [[
activity a "Building" { duration: 2 months }
milestone m "Opening" {
  date: 8990-01
  after: a
}
]],
      expect = { "late" },
    },
    {
      bad = [[
activity a "Building" { duration: 2 months }
activity b "Painting"
milestone m "Opening" {
  date: 8990-01
  after: a, b
}
]],
      good = [[
activity a "Building" { duration: 2 months }
activity b "Painting" { duration: 1 week }
milestone m "Opening" {
  date: 8990-01
  after: a, b
}
]],
      expect = { "no-duration" },
    },
    {
      bad = [[
phase e "Trial" { period: 8990-01..8990-06 }
result "Ten schools" {
  phase: e
  at: 1 year
}
]],
      good = [[
alliance a { start: 8970-01-15 }
phase e "Trial" { period: 8990-01..8990-06 }
result "Ten schools" {
  phase: e
  at: 3 months
}
]],
      expect = { "outside" },
    },
    {
      bad = [[
phase e "Trial" { period: 8990-01..8990-06 }
result "Ten schools" {
  phase: e
  at: 2 weeks
}
]],
      good = [[
phase e "Trial" { period: 8990-01-15..8990-06-30 }
result "Ten schools" {
  phase: e
  at: 2 weeks
}
]],
      expect = { "no-start" },
    },
  },
}
