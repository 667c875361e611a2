-- agenda.lua -- open questions in words, and to whom they go: what the views that show them share.

local blocks = require "alliance.blocks"
local canvas = require "alliance.canvas"
local text = require "alliance.text"
local views = require "alliance.views"

local agenda = {}

-- What is asked of a contribution or a benefit of which nothing is known.
local own_words = {
  brings = { en = "what it brings", fr = "ce qu'il apporte" },
  receives = { en = "what it gains", fr = "ce qu'il y gagne" },
}

-- The key of a keyed declaration as a person reads it.
local function key_text(ctx, entity)
  local has_key, key = pcall(function() return entity.key end)
  if not has_key or key == nil then return nil end
  if type(key) == "string" then return text.plain_words(ctx:word("word", key)) end
  return views.is_entity(key) and key.label or tostring(key)
end

local function has_title(entity)
  return entity.title ~= nil or entity.name ~= nil
end

local function kind_of(ctx, entity)
  return text.sentence(text.plain_words(ctx:word("kind", entity.kind)))
end

--- What a thing is called: its title, or its kind and key.
function agenda.subject(ctx, entity)
  if has_title(entity) then return entity.label end
  if own_words[entity.kind] then return entity.partner.label end
  local key = key_text(ctx, entity)
  return key and kind_of(ctx, entity) .. blocks.words(ctx.lang).colon .. key or kind_of(ctx, entity)
end

--- What is not known of it: the word of a property, or what stands for its head.
function agenda.matter(ctx, entry)
  local entity = entry.entity
  if entry.property then return text.plain_words(ctx:word("property", entry.property, entity.kind)) end
  if own_words[entity.kind] and not has_title(entity) then return ctx:text(own_words[entity.kind]) end
  if own_words[entity.kind] or entity:is_a("cost") or entity:is_a("funding") then
    return ctx:text { en = "how much", fr = "combien" }
  end
  return ctx:text { en = "what to write", fr = "que dire" }
end

--- One question: its subject, and what is asked, in the words of the method where it has some.
function agenda.question(ctx, entry)
  local entity, asked = entry.entity, nil
  if entity:is_a("box") then
    return { text = canvas.title(ctx, entity.key), note = canvas.question(ctx, entity.key) }
  elseif entry.property then
    asked = ctx:word("ask", entry.property, entity.kind)
  elseif not has_title(entity) then
    asked = ctx:word("ask", entity.kind)
  end
  if asked == nil or asked == entry.property or asked == entity.kind then asked = agenda.matter(ctx, entry) end
  return { text = agenda.subject(ctx, entry.entity), note = text.sentence(asked) }
end

-- Under which subject a question is listed, and as what: keyed declarations under their kind,
-- contributions and benefits under their partner.
local function listed(ctx, entry)
  local entity = entry.entity
  if own_words[entity.kind] and entity.partner then
    local matter = agenda.matter(ctx, entry)
    if has_title(entity) then
      matter = ctx:text { en = "{matter} for “{title}”", fr = "{matter} pour «\u{A0}{title}\u{A0}»",
        matter = matter, title = entity.title }
    end
    return entity.partner.label, matter
  end
  local key = not entry.property and not has_title(entity) and key_text(ctx, entity)
  if key then return kind_of(ctx, entity), key end
  return agenda.subject(ctx, entity), agenda.matter(ctx, entry)
end

--- Questions by subject: { text = subject, matters = what is not known of it, in words }.
function agenda.by_subject(ctx, questions)
  local rows, by = {}, {}
  for _, entry in ipairs(questions) do
    local subject, matter = listed(ctx, entry)
    if not by[subject] then
      by[subject] = { text = subject, list = {} }
      rows[#rows + 1] = by[subject]
    end
    table.insert(by[subject].list, matter)
  end
  for _, row in ipairs(rows) do row.matters = text.list(row.list, ctx.lang) end
  return rows
end

--- How often each thing is not known, the most frequent first: { text, count }.
function agenda.counts(ctx, questions)
  local rows, by = {}, {}
  for _, entry in ipairs(questions) do
    local matter = text.sentence(agenda.matter(ctx, entry))
    if not by[matter] then
      by[matter] = { text = matter, count = 0, order = #rows }
      rows[#rows + 1] = by[matter]
    end
    by[matter].count = by[matter].count + 1
  end
  table.sort(rows, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    return a.order < b.order
  end)
  return rows
end

-- ---- Whom to ask, and when --------------------------------------------------------------------------

-- Properties that say who could answer for a thing.
local answering = { "owner", "by", "from", "carried-by", "measured-by", "carrier" }

--- The partner who could answer for a thing: the one it stands in, or the only one that it names; nil when
--- nobody, or several, could.
function agenda.partner_of(entity, depth)
  if entity:is_a("partner") then return entity end
  local is_child, partner = pcall(function() return entity.partner end)
  if is_child and views.is_entity(partner, "partner") then return partner end
  for _, property in ipairs(answering) do
    local has_it, value = pcall(function() return entity[property] end)
    if has_it and value ~= nil then
      if views.is_entity(value) and not value:is_a("partner") and (depth or 0) < 4 then
        return agenda.partner_of(value, (depth or 0) + 1)
      end
      local partners, unknown = views.partners_in(value)
      if #partners == 1 and unknown == 0 then return partners[1] end
    end
  end
  return nil
end

-- The partner that "Orange, project officer" means.
local function partner_called(partners, name)
  local folded = text.fold(name)
  for _, partner in ipairs(partners) do
    local label = text.fold(partner.label)
    if folded == label or folded:sub(1, #label + 1) == label .. "," or folded:sub(1, #label + 1) == label .. " " then
      return partner
    end
  end
end

--- Every open question once: what is written `?` (views.agenda), in the words of a check where one asks it,
--- then what only a check asks. Each { subject, text, ask (a text, or nil), partner (who is meant, or nil),
--- entity, matter (what is not known, in a few words), is_checked (a check asks it) }.
function agenda.gather(ctx)
  local questions, by, heads = {}, {}, {}
  local partners = ctx.model:all("partner")
  local is_filtered = ctx.left_out > 0
  for _, entry in ipairs(views.agenda(ctx.model, is_filtered)) do
    local asked = agenda.question(ctx, entry)
    local question = { subject = asked.text, text = text.ended(asked.note, ctx.lang == "fr" and " ?" or "?"),
      entity = entry.entity, entry = entry, matter = agenda.matter(ctx, entry), ask = entry.ask }
    question.partner = entry.ask and partner_called(partners, entry.ask)
      or not entry.ask and agenda.partner_of(entry.entity) or nil
    questions[#questions + 1] = question
    by[entry.entity.path .. "\0" .. (entry.property or "")] = question
    heads[entry.entity.path] = heads[entry.entity.path] or question
  end
  for _, finding in ipairs(ctx.findings or {}) do
    local entity = finding.entities[1]
    if finding.sort == "question" and entity then
      local known = by[entity.path .. "\0" .. (finding.property or "")]
        or not finding.property and heads[entity.path]
      local is_hidden = is_filtered and finding.property and entity:is_confidential(finding.property)
      if known then
        known.text, known.is_checked = finding.text, true
      elseif not is_hidden then
        questions[#questions + 1] = { subject = agenda.subject(ctx, entity), text = finding.text, entity = entity,
          partner = agenda.partner_of(entity), is_checked = true }
      end
    end
  end
  return questions
end

--- Questions by the person who could answer: { name, partner (or nil), questions }, in the order in which
--- they appear; last, without a name, those of whom nobody is known. What a check asks comes first.
function agenda.by_person(questions)
  local groups, by, nobody = {}, {}, { questions = {} }
  for _, question in ipairs(questions) do
    local name = question.partner and question.partner.label or question.ask
    local group = nobody
    if name then
      group = by[name]
      if not group then
        group = { name = name, partner = question.partner, questions = {} }
        by[name] = group
        groups[#groups + 1] = group
      end
    end
    table.insert(group.questions, question)
  end
  if #nobody.questions > 0 then groups[#groups + 1] = nobody end
  for _, group in ipairs(groups) do
    table.sort(group.questions, function(a, b) return a.is_checked and not b.is_checked end)
  end
  return groups
end

--- What is written `?` (views.agenda) by person to ask: { ask (nil: nobody named), questions }, the named ones first.
function agenda.by_ask(entries)
  local groups, by, last = {}, {}, { questions = {} }
  for _, entry in ipairs(entries) do
    local group = last
    if entry.ask then
      group = by[entry.ask]
      if not group then
        group = { ask = entry.ask, questions = {} }
        by[entry.ask] = group
        groups[#groups + 1] = group
      end
    end
    table.insert(group.questions, entry)
  end
  if #last.questions > 0 then groups[#groups + 1] = last end
  return groups
end

-- The partners that a finding concerns.
local function concerned(finding)
  local found, seen = {}, {}
  for _, entity in ipairs(finding.entities) do
    local partner = agenda.partner_of(entity)
    if partner and not seen[partner.path] then
      seen[partner.path] = true
      found[#found + 1] = partner
    end
  end
  return found
end

-- The first meeting at which all of some partners are; nil when there is none.
local function meeting_of(meetings, partners)
  for _, meeting in ipairs(meetings) do
    local present, all = {}, true
    for _, partner in ipairs(meeting.partners) do present[partner.path] = true end
    for _, partner in ipairs(partners) do all = all and present[partner.path] == true end
    if all then return meeting end
  end
end

-- Whether a question goes to the partners together: "The four partners, at their next meeting".
local function is_for_all(ctx, name)
  return text.fold(name):find(text.fold(ctx:word("kinds", "partner")), 1, true) ~= nil
end

--- What to talk about, by meeting: `found` (findings) and `groups` (of by_person) are shared out over
--- `meetings` (of figures.meetings), each to the first one at which everybody concerned is; what concerns
--- nobody in particular, or the partners together, goes to the first one that brings most partners
--- together. Gives a list of { meeting (nil: there is none in the file), found (each with `partners`),
--- groups, nobody (a group, or nil) } and the groups of people who come to none.
function agenda.by_meeting(ctx, meetings, found, groups)
  local rows, by, main, outside = {}, {}, nil, {}
  for _, meeting in ipairs(meetings) do
    if not main or #meeting.partners > #main.partners then main = meeting end
  end
  local function row_of(meeting)
    local key = meeting and meeting.ritual.path or ""
    if not by[key] then
      by[key] = { meeting = meeting, found = {}, groups = {} }
      rows[#rows + 1] = by[key]
    end
    return by[key]
  end
  row_of(main)
  for _, finding in ipairs(found) do
    finding.partners = concerned(finding)
    local meeting = #finding.partners > 0 and meeting_of(meetings, finding.partners) or main
    table.insert(row_of(meeting).found, finding)
  end
  for _, group in ipairs(groups) do
    if not group.name then
      row_of(main).nobody = group
    elseif not group.partner and is_for_all(ctx, group.name) then
      table.insert(row_of(main).groups, 1, group)
    else
      local meeting = group.partner and meeting_of(meetings, { group.partner })
      local goes_out = #meetings > 0 and not meeting or #meetings == 0 and not group.partner
      table.insert(goes_out and outside or row_of(meeting or nil).groups, group)
    end
  end
  table.sort(rows, function(a, b)
    local left, right = a.meeting and a.meeting.day, b.meeting and b.meeting.day
    if (left ~= nil) ~= (right ~= nil) then return left ~= nil end
    return left ~= nil and left.first < right.first
  end)
  return rows, outside
end

return agenda
