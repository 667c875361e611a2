-- canvas-complete.lua -- each of the nine boxes is filled, asked about, or does not apply.

local canvas = require "alliance.canvas"
local views = require "alliance.views"

local function texts_of(lookup, id)
  local texts = {}
  for _, language in ipairs { "en", "fr" } do
    texts[language] = lookup({ text = function(_, forms) return forms[language] end }, id)
  end
  return texts
end

-- The titles of boxes as one list, in each language.
local function titles_of(boxes)
  local texts = {}
  local last = { en = " and ", fr = " et " }
  for language, word in pairs(last) do
    local titles = {}
    for i, box in ipairs(boxes) do titles[i] = texts_of(canvas.title, box.id)[language] end
    local tail = table.remove(titles)
    texts[language] = #titles > 0 and table.concat(titles, ", ") .. word .. tail or tail
  end
  return texts
end

local function run(ctx)
  local empty, place = {}, ctx.alliance
  for _, box in ipairs(views.boxes(ctx.model)) do
    if box.state == "empty" then
      empty[#empty + 1] = box
    elseif box.state == "unknown" then
      ctx:unknown { at = box.said, say = "ask", box = texts_of(canvas.title, box.id),
        question = texts_of(canvas.question, box.id) }
    end
    place = place or box.items[1]
  end
  if #empty == 0 or not place then return end
  ctx:report { at = place, say = #empty == 1 and "empty" or "empty-many", count = #empty,
    boxes = titles_of(empty), question = texts_of(canvas.question, empty[1].id) }
end

local why = {
  en = "The nine boxes hold together: what is missing in one weakens the others. Costs and funding come last, "
    .. "once it is clear what they are for.",
  fr = "Les neuf cases se tiennent : ce qui manque dans l'une fragilise les autres. Coûts et financements viennent "
    .. "en dernier, quand on sait à quoi ils servent.",
}
local next_steps = {
  en = { "Nobody knows yet? Write `box …: ?` in the block of the alliance: it becomes a question for the next meeting.",
    "It does not apply? Write `box …: none \"why\"`." },
  fr = { "Personne ne le sait encore ? Écrivez `case … : ?` dans le bloc de l'alliance : la question ira à l'ordre du "
    .. "jour.",
    "La question ne se pose pas ? Écrivez `case … : sans-objet \"pourquoi\"`." },
}

return {
  api = 1, kind = "check", id = "canvas-complete", category = "purpose", profile = "light",
  word = { en = "canvas-complete", fr = "canevas-complet" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "The nine boxes of the canvas are filled", fr = "Les neuf cases du canevas sont remplies" },
  about = {
    en = "Each box of the canvas holds something, a question (`?`), or says why it does not apply. Empty ones are "
      .. "named in the order in which the method fills them.",
    fr = "Chaque case du canevas contient quelque chose, une question (`?`), ou dit pourquoi elle est sans objet. Les "
      .. "cases vides sont citées dans l'ordre où la méthode les remplit.",
  },
  source = {
    en = "Course: exercise of the canvas and the order in which it is filled",
    fr = "Cours : exercice du canevas, et l'ordre dans lequel on le remplit",
  },
  messages = {
    empty = {
      en = "One box of the canvas is empty: {boxes}. A question to ask yourselves: {question}",
      fr = "Une case du canevas est vide : {boxes}. Question à vous poser : {question}",
      why = why, next = next_steps,
    },
    ["empty-many"] = {
      en = "{count} boxes of the canvas are empty: {boxes}. To begin with: {question}",
      fr = "{count} cases du canevas sont vides : {boxes}. Pour commencer : {question}",
      why = why, next = next_steps,
    },
    ask = {
      en = "{box}: {question}",
      fr = "{box} : {question}",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a {
  box channels: "The town halls"
  box relations: "A visit each month"
  box costs: none "Everything is lent"
}
partner p
offer o
beneficiary b
activity c
resource r
]],
      good = [[
alliance a {
  box channels: "The town halls"
  box relations: "A visit each month"
  box costs: none "Everything is lent"
  box funding: none "Nothing is paid for"
}
partner p
offer o
beneficiary b
activity c
resource r
]],
      expect = { "empty" },
    },
    {
      bad = [[
alliance a {
  status: framing
  box channels: "The town halls"
  box relations: "A visit each month"
}
partner p
offer o
beneficiary b
]],
      good = [[
alliance a {
  status: framing
  box channels: "The town halls"
  box relations: "A visit each month"
}
partner p
offer o
beneficiary b
activity c
resource r
cost 100 EUR
funding 100 EUR
]],
      expect = { "empty-many" },
    },
    {
      bad = [[
alliance a {
  box channels: "The town halls"
  box relations: "A visit each month"
  box costs: none "Everything is lent"
  box funding: ?
}
partner p
offer o
beneficiary b
activity c
resource r
]],
      good = [[
alliance a {
  box channels: "The town halls"
  box relations: "A visit each month"
  box costs: none "Everything is lent"
  box funding: "The two partners share what there is to pay"
}
partner p
offer o
beneficiary b
activity c
resource r
]],
      expect = { "ask" },
    },
  },
}
