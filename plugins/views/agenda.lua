-- agenda.lua -- the next meeting: what to settle, what to ask, and whom; ready to print.

local agenda = require "alliance.agenda"
local figures = require "alliance.figures"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

local tones = { error = "bad", warning = "warn" }

-- What people have to say to each other comes before what has to be written down; an editor's choice.
local speak_first = { "kept-commitments", "equity/felt", "equity/felt-not-counted", "equity", "divergence",
  "shared-goal", "trust", "go-no-go", "decision-times", "funding-balance", "funding-dependence", "single-carrier",
  "governance", "roles", "success-criteria", "missing-stakeholders", "exit-plan" }

-- What the meeting goes on with, by subject: categories of checks.
local topics = {
  { of = { "fairness", "partners" }, en = "Between you", fr = "Entre vous" },
  { of = { "purpose", "results" }, en = "What for, and how you will know", fr = "Pour quoi, et comment le savoir" },
  { of = { "calendar" }, en = "When", fr = "Quand" },
  { of = { "governance" }, en = "How you work together", fr = "Comment vous travaillez ensemble" },
  { of = { "money" }, en = "Money", fr = "L'argent" },
  { of = { "ecosystem", "growth" }, en = "Around you, and afterwards", fr = "Autour de vous, et après" },
}

local function concerns(who, partners)
  if not who or #partners == 0 then return not who end
  for _, partner in ipairs(partners) do
    if partner.path == who.path then return true end
  end
  return false
end

-- ---- What to settle -------------------------------------------------------------------------------

local function names_all(said, partners)
  for _, partner in ipairs(partners) do
    if not said:find(partner.label, 1, true) then return false end
  end
  return true
end

local function point(ctx, finding)
  local note = finding.next[1] or finding.why
  if #finding.partners <= 4 and not names_all(finding.text, finding.partners) then
    local whom = ctx:text { en = "Concerns {partners}.", fr = "Concerne {partners}.", partners = finding.partners }
    note = note and note .. " " .. whom or whom
  end
  return { text = text.sentence(text.ended(finding.text, ".")), tone = tones[finding.severity], note = note,
    code = true }
end

local function show_points(ctx, out, found, is_ordered)
  local items = {}
  for i, finding in ipairs(found) do items[i] = point(ctx, finding) end
  out[#out + 1] = { block = "list", ordered = is_ordered, tick = true, items = items }
end

-- The first ones, one of each check, then the others by topic.
local function settle(ctx, out, found, most)
  local first, rest, taken = {}, {}, {}
  for _, finding in ipairs(found) do
    local key = finding.check or finding.code
    local goes_first = #first < most and not taken[key] and finding.severity ~= "note"
    taken[key] = taken[key] or goes_first
    local list = goes_first and first or rest
    list[#list + 1] = finding
  end
  if #first > 0 then
    out[#out + 1] = sections.heading(ctx, { en = "Begin with", fr = "Commencer par" }, nil, 3)
    show_points(ctx, out, first, true)
  end
  local by, others = {}, {}
  for _, topic in ipairs(topics) do
    for _, category in ipairs(topic.of) do by[category] = topic end
  end
  local lists = {}
  for _, finding in ipairs(rest) do
    local topic = by[finding.category or ""]
    if topic then lists[topic] = lists[topic] or {} end
    table.insert(topic and lists[topic] or others, finding)
  end
  for _, topic in ipairs(topics) do
    if lists[topic] then
      out[#out + 1] = sections.heading(ctx, topic, nil, 3)
      show_points(ctx, out, lists[topic])
    end
  end
  if #others > 0 then
    out[#out + 1] = sections.heading(ctx, { en = "The file itself", fr = "Le fichier lui-même" }, nil, 3)
    show_points(ctx, out, others)
  end
end

-- ---- What to ask ----------------------------------------------------------------------------------

local function ask(ctx, out, group)
  local items = {}
  for i, question in ipairs(group.questions) do
    local about = question.subject
    local says_it = group.name and about == group.name or question.text:find(about, 1, true)
    items[i] = says_it and question.text
      or ctx:text { en = "{about}: {question}", fr = "{about} : {question}", about = about, question = question.text }
  end
  out[#out + 1] = { block = "heading", level = 3,
    text = ctx:text { en = "To ask: {who}", fr = "À demander : {who}", who = group.name } }
  out[#out + 1] = { block = "list", tick = true, items = items }
end

-- What nobody is named for: the meeting says who will find out.
local function find_out(ctx, out, group)
  local entries, others = {}, {}
  for _, question in ipairs(group.questions) do
    if question.entry then entries[#entries + 1] = question.entry else others[#others + 1] = question end
  end
  local rows = {}
  for _, row in ipairs(agenda.by_subject(ctx, entries)) do rows[#rows + 1] = { row.text, row.matters, "" } end
  for _, question in ipairs(others) do rows[#rows + 1] = { question.subject, question.text, "" } end
  out[#out + 1] = sections.heading(ctx, { en = "Who will find out?", fr = "Qui va se renseigner ?" }, "find-out", 3)
  local columns = { { text = ctx:text { en = "About", fr = "Sujet" } },
    { text = ctx:text { en = "Not known yet", fr = "Pas encore connu" } },
    { text = ctx:text { en = "Who, by when", fr = "Qui, pour quand" } } }
  if ctx.medium == "terminal" or ctx.medium == "plain" then columns[3] = nil end
  out[#out + 1] = { block = "table", rows = rows, columns = columns, caption = ctx:text {
    en = "Nobody is named in the file to answer these: share them out.",
    fr = "Le fichier ne désigne personne pour y répondre : répartissez-les." } }
end

-- ---- The page -------------------------------------------------------------------------------------

local function meeting_title(ctx, meeting)
  if not meeting then return ctx:text { en = "The next meeting", fr = "La prochaine réunion" } end
  if not meeting.day then
    return ctx:text { en = "{meeting}, day to be set", fr = "{meeting}, jour à fixer", meeting = meeting.ritual }
  end
  return ctx:text { en = "{meeting}, {day}", fr = "{meeting}, {day}", meeting = meeting.ritual, day = meeting.day }
end

-- Only what concerns one partner.
local function only(who, found, groups)
  local points, asked = {}, {}
  for _, finding in ipairs(found) do
    local partners = {}
    for _, entity in ipairs(finding.entities) do partners[#partners + 1] = agenda.partner_of(entity) end
    if concerns(who, partners) then points[#points + 1] = finding end
  end
  for _, group in ipairs(groups) do
    if not who or group.partner and group.partner.path == who.path then asked[#asked + 1] = group end
  end
  return points, asked
end

local function in_short(ctx, out, found, questions, groups)
  local grave, theirs = 0, 0
  for _, finding in ipairs(found) do
    if finding.severity ~= "note" then grave = grave + 1 end
  end
  for _, group in ipairs(groups) do
    if group.name then theirs = theirs + #group.questions end
  end
  if #found + #questions == 0 then
    out[#out + 1] = { block = "callout", tone = "good", text = ctx:text {
      en = "The file leaves nothing open, and the checks have nothing to say.",
      fr = "Le fichier ne laisse rien en suspens, et les vérifications n'ont rien à dire." } }
    return
  end
  local left = #questions - theirs
  local sentences = { grave > 0
    and ctx:text { count = grave, en = "{count} {count:point|points} to settle.",
      fr = "{count} {count:point|points} à régler." }
    or ctx:text { en = "Nothing grave to settle.", fr = "Rien de grave à régler." } }
  if theirs > 0 then
    sentences[#sentences + 1] = ctx:text { count = theirs,
      en = "{count} {count:question|questions} with somebody to ask.",
      fr = "{count} {count:question dont on sait à qui la poser|questions dont on sait à qui les poser}." }
  end
  if left > 0 then
    sentences[#sentences + 1] = ctx:text { count = left,
      en = "{count} {count:question|questions} to share out among you.",
      fr = "{count} {count:question|questions} à répartir entre vous." }
  end
  out[#out + 1] = { block = "callout", tone = grave > 0 and "warn" or "info", text = table.concat(sentences, " ") }
end

-- Decisions that come up: the gate or the deadline after today.
local function prepare(ctx, out)
  local milestone = views.next_milestone(ctx.model, ctx.today)
  if not milestone then return end
  out[#out + 1] = { block = "paragraph", text = ctx:text { milestone = milestone, date = milestone.date,
    en = "To prepare: “{milestone}”, {date}.", fr = "À préparer : « {milestone} », {date}." } }
end

local function build(ctx)
  local who = sections.who(ctx)
  local questions = agenda.gather(ctx)
  local found, groups = only(who, sections.found(ctx, speak_first), agenda.by_person(questions))
  if who then
    questions = {}
    for _, group in ipairs(groups) do table.move(group.questions, 1, #group.questions, #questions + 1, questions) end
  end
  local meetings = figures.meetings(ctx.model, ctx.today)
  local rows, outside = agenda.by_meeting(ctx, meetings, found, groups)
  local out = { sections.title(ctx, { en = "Agenda: what to settle, what to ask, and whom",
    fr = "Ordre du jour : que régler, que demander, et à qui" }) }
  in_short(ctx, out, found, questions, groups)
  for index, row in ipairs(rows) do
    if #row.found + #row.groups > 0 or row.nobody then
      out[#out + 1] = { block = "heading", level = 2, id = "meeting-" .. index,
        text = text.sentence(meeting_title(ctx, row.meeting)) }
      if index == 1 then prepare(ctx, out) end
      settle(ctx, out, row.found, ctx.options.first)
      for _, group in ipairs(row.groups) do ask(ctx, out, group) end
      if row.nobody then find_out(ctx, out, row.nobody) end
    end
  end
  if #outside > 0 then
    out[#out + 1] = sections.heading(ctx, { en = "To ask before, outside the meetings",
      fr = "À demander avant, hors réunion" }, "outside")
    for _, group in ipairs(outside) do ask(ctx, out, group) end
  end
  if ctx.not_checked > 0 then
    out[#out + 1] = sections.nothing(ctx, { count = ctx.not_checked,
      en = "{count} {count:check|checks} could not run: `alliance check` says why.",
      fr = "{count} {count:vérification n'a pas pu tourner|vérifications n'ont pas pu tourner} : `alliance vérifier` "
        .. "dit pourquoi." })
  end
  return out
end

return {
  api = 1, kind = "view", id = "agenda",
  word = { en = "agenda", fr = "ordre-du-jour" },
  title = { en = "The next meeting: what to settle, what to ask, and whom",
    fr = "La prochaine réunion : que régler, que demander, et à qui" },
  about = {
    en = "What the checks found and is not accepted, the gravest first, and every question that is still open, for "
      .. "the meeting at which those concerned are present: by the `ritual` of the file, its `start`, its `frequency` "
      .. "and who comes (`with`). Questions go to the person that `ask` names, else to the partner that they are "
      .. "about; what nobody is named for is shared out at the meeting. Ready to print, with boxes to tick.",
    fr = "Ce que les vérifications ont trouvé et qui n'est pas accepté, le plus grave d'abord, et chaque question "
      .. "encore ouverte, pour la réunion où sont présents ceux qu'elle concerne : d'après le `rituel` du fichier, "
      .. "son `début`, sa `fréquence` et qui vient (`avec`). Une question va à la personne que nomme `demander`, "
      .. "sinon au partenaire dont elle parle ; ce pour quoi personne n'est désigné se répartit en réunion. Prêt à "
      .. "imprimer, avec des cases à cocher.",
  },
  options = {
    who = sections.who_option,
    first = { type = "integer", default = 5, min = 1, about = {
      en = "How many points the meeting begins with.", fr = "Par combien de points la réunion commence." } },
  },
  findings = true,
  build = build,
}
