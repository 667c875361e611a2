-- calendar.lua -- phases, gates, commitments and meetings around today; what waits for what.

local agenda = require "alliance.agenda"
local figures = require "alliance.figures"
local number = require "alliance.number"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

-- ---- What the file says ---------------------------------------------------------------------------

-- Whom each kind of dated thing names.
local people = { milestone = { "owner", "decider" }, activity = { "owner", "with" }, commitment = { "by" },
  agreement = { "between" }, ["scale-up"] = { "carrier" } }

local function people_of(entity)
  local found = {}
  for _, property in ipairs(people[entity.kind] or {}) do
    for _, partner in ipairs((views.partners_in(entity[property]))) do found[#found + 1] = partner end
  end
  if entity.kind == "commitment" and #found == 0 and entity.partner then found[1] = entity.partner end
  return found
end

-- Phases, and what names nobody, are everybody's.
local function concerns(entity, who)
  local found = people_of(entity)
  if not who or #found == 0 then return not who or entity.kind == "phase" or entity.kind == "milestone" end
  for _, partner in ipairs(found) do
    if partner.path == who.path then return true end
  end
  return false
end

local function is_shown(ctx, item, who)
  local from, to = ctx.options.from, ctx.options.to
  return not (from and item.to < from.first) and not (to and item.from > to.last) and concerns(item.entity, who)
end

local function in_days(ctx, days)
  return ctx:text { days = days, en = days == 1 and "tomorrow" or "in {days} days",
    fr = days == 1 and "demain" or "dans {days} jours" }
end

local settled = { kept = "good", dropped = "muted" }

-- How a thing stands on this day, and the tone of it.
local function state(ctx, item)
  local entity, today = item.entity, ctx.today.first
  if entity.kind == "commitment" and settled[entity.status] then
    return text.plain_words(ctx:word("word", entity.status)), settled[entity.status]
  elseif entity.kind == "milestone" and entity:has("decision") and entity.decision ~= "pending" then
    return text.plain_words(ctx:word("word", entity.decision)), entity.decision == "go" and "good" or "bad"
  elseif item.from > today then
    return in_days(ctx, item.from - today)
  elseif item.to >= today then
    return item.from == item.to and ctx:text { en = "today", fr = "aujourd'hui" }
      or ctx:text { en = "under way", fr = "en cours" }
  elseif item.ends_open then
    return ctx:text { en = "begun", fr = "commencé" }
  elseif entity.kind == "commitment" then
    return ctx:text { en = "{days} {days:day|days} late", fr = "{days} {days:jour|jours} de retard",
      days = today - item.to }, "bad"
  elseif entity.kind == "milestone" and entity.type == "go-no-go" then
    return ctx:text { en = "over, no decision written", fr = "passé, décision non écrite" }, "warn"
  end
  return ctx:text { en = "over", fr = "passé" }, "muted"
end

-- Who is named, each once, as it is written.
local function who_cell(ctx, entity)
  local labels, seen, open = {}, {}, false
  for _, property in ipairs(people[entity.kind] or {}) do
    local items, unknown = views.list(entity[property])
    open = open or unknown > 0
    for _, item in ipairs(items) do
      local label = views.is_entity(item) and item.label or tostring(item)
      if not seen[label] then labels[#labels + 1] = label end
      seen[label] = true
    end
  end
  if #labels == 0 and entity.kind == "commitment" and entity.partner then labels[1] = entity.partner.label end
  if open then labels[#labels + 1] = "?" end
  return text.list(labels, ctx.lang)
end

local function inputs(ctx, out, items, undated)
  local rows = {}
  for i, item in ipairs(items) do
    local said, tone = state(ctx, item)
    rows[i] = { { text = item.text }, agenda.subject(ctx, item.entity), sections.kind_title(ctx, item.entity.kind),
      who_cell(ctx, item.entity), { text = text.sentence(said), tone = tone } }
  end
  if #rows > 0 then
    out[#out + 1] = { block = "table", rows = rows, columns = {
      { text = ctx:text { en = "When", fr = "Quand" } }, { text = ctx:text { en = "What", fr = "Quoi" } },
      { text = ctx:text { en = "Kind", fr = "Nature" } }, { text = ctx:text { en = "Who", fr = "Qui" } },
      { text = ctx:text { en = "Today", fr = "Aujourd'hui" } } },
      caption = ctx:text { en = "Today is {date}.", fr = "Aujourd'hui : {date}.", date = ctx.today } }
  elseif #undated == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "Nothing has a date yet.", fr = "Rien n'a encore de date." })
  end
  if #undated > 0 then
    out[#out + 1] = sections.nothing(ctx, { list = sections.subjects(ctx, undated),
      en = "Without a date yet: {list}.", fr = "Sans date pour l'instant : {list}." })
  end
end

-- ---- The figures ----------------------------------------------------------------------------------

local function where_we_are(ctx, out, items)
  local now, late, today = {}, 0, ctx.today.first
  for _, item in ipairs(items) do
    if item.from <= today and item.to >= today and item.from < item.to then
      now[#now + 1] = agenda.subject(ctx, item.entity)
    end
    local _, tone = state(ctx, item)
    if tone == "bad" and item.entity.kind == "commitment" then late = late + 1 end
  end
  local sentences = { #now > 0
    and ctx:text { en = "Under way: {now}.", fr = "En cours : {now}.", now = text.list(now, ctx.lang) }
    or ctx:text { en = "Nothing that has dates is under way.", fr = "Rien de ce qui a des dates n'est en cours." } }
  local milestone = views.next_milestone(ctx.model, ctx.today)
  if milestone then
    sentences[#sentences + 1] = ctx:text { milestone = milestone, date = milestone.date,
      when = milestone.date.first > today and in_days(ctx, milestone.date.first - today)
        or ctx:text { en = "now", fr = "maintenant" },
      en = "Next milestone: “{milestone}”, {date} ({when}).",
      fr = "Prochain jalon : « {milestone} », {date} ({when})." }
  end
  if late > 0 then
    sentences[#sentences + 1] = ctx:text { count = late, en = "Late: {count} {count:commitment|commitments}.",
      fr = "En retard : {count} {count:engagement|engagements}." }
  end
  out[#out + 1] = { block = "list", items = sentences }
end

local no_day = {
  ["no-start"] = { en = "start not said", fr = "début non dit" },
  ["no-frequency"] = { en = "frequency not said", fr = "fréquence non dite" },
  ["no-days"] = { en = "frequency without days", fr = "fréquence sans jours" },
}

local function meetings(ctx, out)
  local found, rows = figures.meetings(ctx.model, ctx.today), {}
  if #found == 0 then return end
  for i, row in ipairs(found) do
    rows[i] = { row.ritual.label, sections.cell(ctx, row.ritual, "frequency"),
      row.day and tostring(row.day) or { text = ctx:text(no_day[row.reason]), tone = "muted" },
      sections.cell(ctx, row.ritual, "with") }
  end
  out[#out + 1] = sections.heading(ctx, { en = "When you meet", fr = "Quand vous vous retrouvez" }, "meetings", 3)
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "ritual") },
    sections.head(ctx, "frequency", "ritual"), { text = ctx:text { en = "Next", fr = "Prochain" } },
    { text = ctx:text { en = "Who", fr = "Qui" } } } }
end

-- What must be asked in time, since partners take time to decide.
local function requests(ctx, out, who)
  local rows = {}
  for _, row in ipairs(views.requests(ctx.model, ctx.today)) do
    if not who or row.partner.path == who.path then
      if row.ask_by then
        local is_late = row.ask_by.last < ctx.today.first
        rows[#rows + 1] = { { text = tostring(row.ask_by), tone = is_late and "bad" or nil }, row.item.label,
          row.partner.label, row.aim and row.aim.label or "", tostring(row.needed) }
      end
    end
  end
  if #rows > 0 then
    out[#out + 1] = sections.heading(ctx, { en = "To ask in time", fr = "À demander à temps" }, "requests", 3)
    out[#out + 1] = { block = "table", rows = rows, columns = {
      { text = ctx:text { en = "Ask by", fr = "Demander avant le" } }, { text = ctx:text { en = "What", fr = "Quoi" } },
      { text = ctx:text { en = "Whom", fr = "À qui" } }, { text = ctx:text { en = "For", fr = "Pour" } },
      { text = ctx:text { en = "Needed", fr = "Nécessaire le" } } },
      caption = ctx:text { en = "The day it is needed, less the time that the partner takes to decide and to pay.",
        fr = "Le jour où c'est nécessaire, moins le temps que le partenaire met à décider et à payer." } }
  end
end

local function days(ctx, value)
  return ctx:text { en = "{shown} {value:day|days}", fr = "{shown} {value:jour|jours}", value = value,
    shown = number.format(value, { lang = ctx.lang }) }
end

local path_reasons = {
  ["missing-duration"] = {
    en = "What may wait: nobody says how long {items} {count:lasts|last}.",
    fr = "Pour dire ce qui peut attendre, il faut savoir combien de temps {count:dure|durent} {items}.",
  },
  cycle = {
    en = "What may wait: some things wait for each other in a circle.",
    fr = "Pour dire ce qui peut attendre, il faut que rien ne s'attende en rond.",
  },
}

-- From when months count: the start of the alliance, else the first date of all.
local function anchor_of(ctx, items)
  local start = ctx.alliance and ctx.alliance.start
  if views.known(start) then return start end
  return items[1] and ctx.today:add { days = items[1].from - ctx.today.first } or ctx.today
end

local function critical_path(ctx, out, items, used)
  local found, reason, missing = figures.critical_path(ctx.model, anchor_of(ctx, items))
  if reason and reason:find("^no%-order") then return end
  out[#out + 1] = sections.heading(ctx, { en = "What waits for what", fr = "Ce qui attend quoi" }, "path", 3)
  if not found then
    local said = path_reasons[reason:match("^[%w-]+")] or { en = reason, fr = reason }
    out[#out + 1] = sections.cannot_tell(ctx, { en = said.en, fr = said.fr, count = #missing,
      items = views.quoted(missing)[ctx.lang] })
    return
  end
  used[#used + 1] = "path"
  local critical, rows = {}, {}
  for _, id in ipairs(found.path.critical_path) do critical[id] = true end
  local order = {}
  for i, entity in ipairs(found.order) do order[i] = entity end
  table.sort(order, function(a, b) return found.path.activities[a.path].ES < found.path.activities[b.path].ES end)
  for i, entity in ipairs(order) do
    local times = found.path.activities[entity.path]
    rows[i] = { agenda.subject(ctx, entity), days(ctx, times.EF - times.ES),
      times.ES == 0 and ctx:text { en = "at once", fr = "tout de suite" }
        or ctx:text { en = "after {days}", fr = "au bout de {days}", days = days(ctx, times.ES) },
      critical[entity.path] and { text = ctx:text { en = "nothing", fr = "rien" }, tone = "warn" }
        or days(ctx, times.slack) }
  end
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = ctx:text { en = "What", fr = "Quoi" } },
    { text = ctx:text { en = "Lasts", fr = "Dure" }, align = "right" },
    { text = ctx:text { en = "Can begin", fr = "Peut commencer" }, align = "right" },
    { text = ctx:text { en = "May wait", fr = "Peut attendre" }, align = "right" } },
    caption = ctx:text { days = days(ctx, found.path.duration), date = found.anchor,
      en = "All of it takes {days} at least. Counted in calendar days from {date} on, by durations alone: dates that "
        .. "are already set play no part.",
      fr = "Le tout prend au moins {days}. Compté en jours du calendrier, à partir de cette date : {date}, d'après les "
        .. "seules durées : les dates déjà fixées n'y comptent pas." } }
end

-- ---- The page -------------------------------------------------------------------------------------

local function build(ctx)
  local who, used = sections.who(ctx), {}
  local all, undated = views.calendar(ctx.model)
  local items = {}
  for _, item in ipairs(all) do
    if is_shown(ctx, item, who) then items[#items + 1] = item end
  end
  local out = { sections.title(ctx, { en = "Calendar: where we are, what comes next",
    fr = "Calendrier : où nous en sommes, ce qui vient" }) }
  out[#out + 1] = sections.heading(ctx, { en = "What the file says", fr = "Ce que dit le fichier" }, "inputs")
  inputs(ctx, out, items, undated)
  if #items > 0 then
    out[#out + 1] = sections.heading(ctx, { en = "On one line", fr = "Sur une ligne" }, "strip", 3)
    out[#out + 1] = sections.timeline(ctx, items, function(item) return select(2, state(ctx, item)) end)
  end
  out[#out + 1] = sections.heading(ctx, { en = "The figures", fr = "Les chiffres" }, "figures")
  where_we_are(ctx, out, items)
  meetings(ctx, out)
  requests(ctx, out, who)
  critical_path(ctx, out, all, used)
  sections.meaning(ctx, out, { "kept-commitments/late", "decision-times/late" }, #undated > 0 and {
    list = sections.subjects(ctx, undated), count = #undated,
    en = "Give {count:it a date|these a date} at the next meeting, or say who will know: {list}.",
    fr = "Donnez-{count:lui|leur} une date à la prochaine réunion, ou dites qui la connaîtra : {list}." } or nil, {
    en = "Nothing is late and nothing is out of order. Look at this again at each meeting.",
    fr = "Rien n'est en retard ni dans le désordre. Refaites le point à chaque réunion." }, nil, who)
  sections.methods(ctx, out, used)
  return out
end

return {
  api = 1, kind = "view", id = "calendar",
  word = { en = "calendar", fr = "calendrier" },
  title = { en = "Phases, gates, commitments and meetings", fr = "Étapes, jalons, engagements et réunions" },
  about = {
    en = "Everything that has a date, with who is in charge and how it stands today; a strip of phases, gates and "
      .. "commitments; the next meetings; what must be asked now because a partner takes time to decide; and, when "
      .. "durations are written, what waits for what and what may wait.",
    fr = "Tout ce qui a une date, avec qui s'en charge et où cela en est aujourd'hui ; la frise des étapes, des "
      .. "jalons et des engagements ; les prochaines réunions ; ce qu'il faut demander dès maintenant parce qu'un "
      .. "partenaire met du temps à décider ; et, quand les durées sont écrites, ce qui attend quoi et ce qui peut "
      .. "attendre.",
  },
  source = {
    en = "Backward planning of the training deck; critical path (Kelley & Walker 1959)",
    fr = "Rétroplanning du support de formation ; chemin critique (Kelley et Walker 1959)",
  },
  options = {
    who = sections.who_option, from = sections.from_option, to = sections.to_option,
  },
  findings = { "phases-in-order", "kept-commitments", "go-no-go", "decision-times" },
  build = build,
}
