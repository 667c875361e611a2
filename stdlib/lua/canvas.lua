-- canvas.lua -- the nine boxes in words: what the views that show a canvas share.

local text = require "alliance.text"
local views = require "alliance.views"

local canvas = {}

local titles = {
  partners = { en = "Key partners", fr = "Partenaires clés" },
  activities = { en = "Key activities", fr = "Activités clés" },
  resources = { en = "Key resources", fr = "Ressources clés" },
  offers = { en = "Value proposition", fr = "Proposition de valeur" },
  relations = { en = "Relations", fr = "Relations" },
  channels = { en = "Channels", fr = "Canaux" },
  beneficiaries = { en = "Beneficiaries", fr = "Bénéficiaires" },
  costs = { en = "Costs", fr = "Coûts" },
  funding = { en = "Funding", fr = "Financements" },
}

local questions = {
  partners = { en = "Who takes part?", fr = "Qui prend part à l'alliance\u{A0}?" },
  activities = { en = "What will you do together?", fr = "Que ferez-vous ensemble\u{A0}?" },
  resources = { en = "What do you need to do it?", fr = "De quoi avez-vous besoin pour le faire\u{A0}?" },
  offers = { en = "Which need of the territory do you answer, and how?",
    fr = "À quel besoin du territoire répondez-vous, et comment\u{A0}?" },
  relations = { en = "How do you keep in touch with those you serve?",
    fr = "Quelle relation entretenez-vous avec les bénéficiaires\u{A0}?" },
  channels = { en = "How do you reach those you serve?", fr = "Comment atteignez-vous les bénéficiaires\u{A0}?" },
  beneficiaries = { en = "For whom do you do it?", fr = "Pour qui le faites-vous\u{A0}?" },
  costs = { en = "What will it cost?", fr = "Combien cela coûte-t-il\u{A0}?" },
  funding = { en = "Who pays for it, with what?", fr = "Qui finance, et avec quoi\u{A0}?" },
}

--- The title of a box.
function canvas.title(ctx, id)
  return ctx:text(titles[id])
end

--- The question that a box answers.
function canvas.question(ctx, id)
  return ctx:text(questions[id])
end

-- The titles of the things in a property, "?" last when one is not known; nil when there are none.
local function names(ctx, value)
  local items, unknown = views.list(value)
  local labels = {}
  for i, item in ipairs(items) do
    labels[i] = views.is_entity(item) and item.label or item
  end
  if unknown > 0 and #labels > 0 then labels[#labels + 1] = "?" end
  if #labels == 0 then return nil end
  return text.list(labels, ctx.lang)
end

local function with(ctx, model, value)
  local said = names(ctx, value)
  return said and ctx:text { en = model.en, fr = model.fr, names = said } or nil
end

-- What stands in small under an item, by kind; nil for nothing.
local notes = {}

function notes.partner(ctx, partner)
  if partner:has("role") then return partner.role end
  return partner:has("type") and text.sentence(text.plain_words(ctx:word("word", partner.type))) or nil
end

function notes.offer(ctx, offer)
  return with(ctx, { en = "For: {names}", fr = "Pour\u{A0}: {names}" }, offer["for"])
end

function notes.beneficiary(_, beneficiary)
  return beneficiary:has("number") and text.unbroken(beneficiary.number) or nil
end

function notes.channel(ctx, channel)
  return with(ctx, { en = "Through: {names}", fr = "Par\u{A0}: {names}" }, channel.through)
end

function notes.relation(_, relation)
  return relation:has("form") and relation.form or nil
end

function notes.activity(ctx, activity)
  return with(ctx, { en = "In charge: {names}", fr = "En charge\u{A0}: {names}" }, activity.owner)
end

function notes.resource(ctx, resource)
  return with(ctx, { en = "From: {names}", fr = "Vient de\u{A0}: {names}" }, resource.from)
end

local amount_open = { en = "amount to be told", fr = "montant à préciser" }

-- An amount of money or what stands for it.
local function amount_of(ctx, item)
  return views.known(item.amount) and text.unbroken(item.amount) or ctx:text(amount_open)
end

function notes.cost(ctx, cost)
  return cost.title and text.sentence(amount_of(ctx, cost)) or nil
end

function notes.funding(ctx, funding)
  local parts = {}
  if funding.title then parts[1] = amount_of(ctx, funding) end
  parts[#parts + 1] = with(ctx, { en = "from {names}", fr = "de\u{A0}: {names}" }, funding.from)
  if funding:has("status") then parts[#parts + 1] = text.plain_words(ctx:word("word", funding.status)) end
  return text.sentence(table.concat(parts, ", "))
end

local function item_of(ctx, entity)
  local shown = entity.title or entity.name
  if not shown then
    local measured = entity:is_a("cost") or entity:is_a("funding")
    shown = measured and text.sentence(amount_of(ctx, entity)) or entity.label
  end
  local note = notes[entity.kind] and notes[entity.kind](ctx, entity) or nil
  if note == shown then note = nil end
  return { text = shown, note = note ~= "" and note or nil }
end

-- What an empty box says: what the file says of it, or the question of the method.
local function empty_of(ctx, box)
  if box.state == "none" then return ctx:text { en = "Does not apply.", fr = "Sans objet." } end
  if box.state == "told" then return box.said.value end
  return canvas.question(ctx, box.id)
end

--- The block of the nine boxes. `paper`: "a4" or "a3".
function canvas.block(ctx, paper)
  local list = {}
  for i, box in ipairs(views.boxes(ctx.model)) do
    local items = {}
    for j, entity in ipairs(box.items) do items[j] = item_of(ctx, entity) end
    list[i] = { id = box.id, title = canvas.title(ctx, box.id), items = items, empty = empty_of(ctx, box) }
  end
  return { block = "boxes", layout = "canvas", boxes = list, paper = paper or "a4" }
end

return canvas
