-- agenda.lua -- open questions in words: what the views that show them share.

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

return agenda
