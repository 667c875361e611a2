-- reciprocity.lua -- each partner gives something and receives something.

local views = require "alliance.views"

-- The three gaps, each with the partners that have it.
local function gaps_of(ctx)
  local gaps = { ["gives-nothing"] = {}, ["receives-nothing"] = {}, neither = {} }
  for _, row in ipairs(views.ledger(ctx.model)) do
    local gives = #row.gives > 0 or #row.lends > 0
    local receives = #row.receives > 0
    local may_give, may_receive = #row.gives_open > 0, #row.receives_open > 0
    local gap
    if not gives and not may_give and not receives and not may_receive then
      gap = "neither"
    elseif not gives and not may_give then
      gap = "gives-nothing"
    elseif not receives and not may_receive then
      gap = "receives-nothing"
    end
    if gap then table.insert(gaps[gap], row) end
    if not gives and may_give then
      ctx:unknown { at = row.gives_open[1], say = "ask-gives", partner = row.partner }
    end
    if not receives and may_receive then
      ctx:unknown { at = row.receives_open[1], say = "ask-receives", partner = row.partner }
    end
  end
  return gaps
end

local function partners_of(rows)
  local partners = {}
  for i, row in ipairs(rows) do partners[i] = row.partner end
  return partners
end

local function run(ctx)
  local gaps = gaps_of(ctx)
  for _, gap in ipairs { "neither", "gives-nothing", "receives-nothing" } do
    local rows = gaps[gap]
    if #rows > ctx.options.together then
      local partners = partners_of(rows)
      local who, names = views.counted(partners, #ctx.model.partners)
      ctx:report { at = partners[1], say = gap .. "-many", who = who, names = names, partners = partners,
        related = partners }
    else
      for _, row in ipairs(rows) do
        ctx:report { at = row.partner, say = gap, partner = row.partner,
          gives = #row.gives + #row.lends + #row.gives_open,
          receives = #row.receives + #row.receives_open }
      end
    end
  end
end

local why_gives = {
  en = "A partner who gives nothing is an audience; the others end up carrying its part.",
  fr = "Un partenaire qui n'apporte rien est un public ; les autres finissent par porter sa part.",
}
local why_receives = {
  en = "A partner who gains nothing stays as long as one person is willing, and leaves with that person.",
  fr = "Un partenaire qui n'y gagne rien reste tant qu'une personne y tient, et part avec elle.",
}
local why_neither = {
  en = "Mutual benefit is what tells an alliance from a list of supporters.",
  fr = "Le bénéfice mutuel est ce qui distingue une alliance d'une liste de soutiens.",
}
local next_gives = {
  en = { "Write it as `brings`: time, space, expertise, a network… money is not required.",
    "If it is not known yet, write `brings ?`: it becomes a question for the next meeting." },
  fr = { "Notez-le avec `apporte` : du temps, un lieu, une expertise, un réseau… pas forcément de l'argent.",
    "Si ce n'est pas encore connu, écrivez `apporte ?` : la question ira à l'ordre du jour." },
}
local next_receives = {
  en = { "Write it as `receives`: visibility, learning, recognition, impact… money is not required.",
    "If it is not known yet, write `receives ?`: it becomes a question for the next meeting." },
  fr = { "Notez-le avec `reçoit` : visibilité, apprentissage, reconnaissance, impact… pas forcément de l'argent.",
    "Si ce n'est pas encore connu, écrivez `reçoit ?` : la question ira à l'ordre du jour." },
}
local next_neither = {
  en = { "Two lines are enough to begin: what it `brings`, what it `receives`; `?` where nobody knows yet." },
  fr = { "Deux lignes suffisent pour commencer : ce que chacun `apporte`, ce qu'il `reçoit` ; `?` si personne ne "
    .. "le sait encore." },
}

return {
  api = 1, kind = "check", id = "reciprocity", category = "fairness", profile = "light",
  word = { en = "reciprocity", fr = "réciprocité" },
  severity = { idea = "warning", framing = "error" },
  title = { en = "Each gives and each receives", fr = "Chacun apporte et chacun reçoit" },
  about = {
    en = "Each partner gives at least one thing and receives at least one thing; neither has to be money. What a "
      .. "partner lends counts too: a `resource` or a `funding` that comes from it.",
    fr = "Chaque partenaire apporte au moins une chose et en reçoit au moins une ; pas forcément de l'argent. Ce "
      .. "qu'il met à disposition compte aussi : une `ressource` ou un `financement` qui vient de lui.",
  },
  source = {
    en = "Course, questions 2 and 3; reciprocity in e3value (Gordijn & Akkermans); mutual benefit (The "
      .. "Partnering Initiative)",
    fr = "Cours, questions 2 et 3 ; réciprocité dans e3value (Gordijn et Akkermans) ; bénéfice mutuel (The "
      .. "Partnering Initiative)",
  },
  options = {
    together = { type = "integer", default = 3, min = 0, about = {
      en = "More partners than this with the same gap are named in one finding.",
      fr = "Au-delà de ce nombre, les partenaires dans le même cas sont cités dans un seul constat." } },
  },
  messages = {
    ["gives-nothing"] = {
      en = "{partner} receives {receives} {receives:thing|things}, but the file does not say what {partner} brings.",
      fr = "{partner} reçoit {receives} {receives:chose|choses}, mais le fichier ne dit pas ce qu'apporte {partner}.",
      why = why_gives, next = next_gives,
    },
    ["receives-nothing"] = {
      en = "{partner} brings {gives} {gives:thing|things}, but the file does not say what {partner} gains.",
      fr = "{partner} apporte {gives} {gives:chose|choses}, mais le fichier ne dit pas ce qu'y gagne {partner}.",
      why = why_receives, next = next_receives,
    },
    neither = {
      en = "The file says neither what {partner} brings nor what {partner} gains.",
      fr = "Le fichier ne dit ni ce qu'apporte {partner}, ni ce qu'y gagne {partner}.",
      why = why_neither, next = next_neither,
    },
    ["gives-nothing-many"] = {
      en = "For {who} the file says what they receive, but not what they bring{names}.",
      fr = "Pour {who}, le fichier dit ce qu'ils reçoivent, mais pas ce qu'ils apportent{names}.",
      why = why_gives, next = next_gives,
    },
    ["receives-nothing-many"] = {
      en = "For {who} the file says what they bring, but not what they gain{names}.",
      fr = "Pour {who}, le fichier dit ce qu'ils apportent, mais pas ce qu'ils y gagnent{names}.",
      why = why_receives, next = next_receives,
    },
    ["neither-many"] = {
      en = "For {who} the file says neither what they bring nor what they gain{names}.",
      fr = "Pour {who}, le fichier ne dit ni ce qu'ils apportent, ni ce qu'ils y gagnent{names}.",
      why = why_neither, next = next_neither,
    },
    ["ask-gives"] = {
      en = "What does {partner} bring to the alliance?",
      fr = "Qu'apporte {partner} à l'alliance ?",
    },
    ["ask-receives"] = {
      en = "What does {partner} gain from the alliance?",
      fr = "Que gagne {partner} à faire partie de l'alliance ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a
partner p "School" {
  brings "A room" { nature: space }
}
]],
      good = [[
alliance a
partner p "School" {
  brings "A room" { nature: space }
  receives "Pupils meet firms"
}
]],
      expect = { "receives-nothing" },
    },
    {
      bad = [[
partner p "School" {
  receives "Pupils meet firms"
}
]],
      good = [[
partner p "School" {
  receives "Pupils meet firms"
}
resource r "A room" { from: p }
]],
      expect = { "gives-nothing" },
    },
    {
      bad = [[
partner p "School"
]],
      good = [[
partner p "School" {
  brings 35 h
  receives "Pupils meet firms" { nature: impact }
}
]],
      expect = { "neither" },
    },
    {
      bad = [[
partner a
partner b
partner c
partner d
]],
      good = [[
partner a {
  brings "A room"
  receives "Meetings"
}
partner b {
  brings "A room"
  receives "Meetings"
}
partner c {
  brings "A room"
  receives "Meetings"
}
partner d {
  brings "A room"
  receives "Meetings"
}
]],
      expect = { "neither-many" },
    },
    {
      bad = [[
partner a { brings "A room" }
partner b { brings "A room" }
partner c { brings "A room" }
partner d { brings "A room" }
]],
      good = [[
partner a {
  brings "A room"
  receives "Meetings"
}
partner b {
  brings "A room"
  receives "Meetings"
}
partner c {
  brings "A room"
  receives "Meetings"
}
partner d {
  brings "A room"
  receives "Meetings"
}
]],
      expect = { "receives-nothing-many" },
    },
    {
      bad = [[
partner a { receives "Meetings" }
partner b { receives "Meetings" }
partner c { receives "Meetings" }
partner d { receives "Meetings" }
]],
      good = [[
partner a {
  brings "A room"
  receives "Meetings"
}
partner b {
  brings "A room"
  receives "Meetings"
}
partner c {
  brings "A room"
  receives "Meetings"
}
partner d {
  brings "A room"
  receives "Meetings"
}
]],
      expect = { "gives-nothing-many" },
    },
    {
      bad = [[
partner p "School" {
  brings ?
  receives ?
}
]],
      good = [[
partner p "School" {
  brings "A room"
  receives "Pupils meet firms"
}
]],
      expect = { "ask-gives", "ask-receives" },
    },
  },
}
