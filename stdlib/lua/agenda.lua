-- agenda.lua -- open questions in words: what the views that show them share.

local text = require "alliance.text"
local views = require "alliance.views"

local agenda = {}

local own_words = {
  brings = { en = "What {partner} brings", fr = "Ce qu'apporte {partner}" },
  receives = { en = "What {partner} gains", fr = "Ce qu'y gagne {partner}" },
}

-- The key of a keyed declaration as a person reads it.
local function key_text(ctx, entity)
  local has_key, key = pcall(function() return entity.key end)
  if not has_key or key == nil then return nil end
  if type(key) == "string" then return ctx:word("word", key) end
  return views.is_entity(key) and key.label or tostring(key)
end

--- What a question is about: the title of a thing, or its kind and key.
function agenda.subject(ctx, entity)
  if entity.title or entity.name then return entity.label end
  if own_words[entity.kind] then
    local words = own_words[entity.kind]
    return ctx:text { en = words.en, fr = words.fr, partner = entity.partner }
  end
  local key = key_text(ctx, entity)
  local kind = text.sentence(ctx:word("kind", entity.kind))
  return key and kind .. "\u{A0}: " .. key or kind
end

--- What is not known of it: the word of a property, "amount" or "text" for its head.
function agenda.matter(ctx, entry)
  if entry.property then return ctx:word("property", entry.property, entry.entity.kind) end
  if entry.entity:is_a("brings") or entry.entity:is_a("receives") or entry.entity:is_a("cost")
      or entry.entity:is_a("funding") then
    return ctx:text { en = "how much", fr = "combien" }
  end
  return ctx:text { en = "what to write", fr = "que dire" }
end

--- One question: its subject, and what is asked, in the words of the method where it has some.
function agenda.question(ctx, entry)
  local asked
  if entry.property then
    asked = ctx:word("ask", entry.property, entry.entity.kind)
    if asked == entry.property then asked = agenda.matter(ctx, entry) end
  else
    asked = agenda.matter(ctx, entry)
  end
  return { text = agenda.subject(ctx, entry.entity), note = text.sentence(asked) }
end

--- The questions that nobody is named for, by subject: { text = subject, matters = words }.
function agenda.by_subject(ctx, questions)
  local rows, by = {}, {}
  for _, entry in ipairs(questions) do
    local path = entry.entity.path
    if not by[path] then
      by[path] = { entity = entry.entity, text = agenda.subject(ctx, entry.entity), matters = {} }
      rows[#rows + 1] = by[path]
    end
    table.insert(by[path].matters, agenda.matter(ctx, entry))
  end
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

return agenda
