-- roles.lua -- one answers for each thing, somebody does it, and each partner can be reached.

local views = require "alliance.views"

local function report(ctx, say, items, words)
  if #items == 0 then return end
  ctx:report { at = items[1], say = say, items = words or views.quoted(items), count = #items, related = items }
end

local function ask(ctx, say, property, items)
  for _, item in ipairs(items) do
    ctx:unknown { at = item:where(property), property = property, say = say, item = item }
  end
end

-- Who does the work of an activity or a workstream.
local doers = { activity = "with", workstream = "contributes" }

local function check_work(ctx)
  local unowned, undone = {}, {}
  for _, kind in ipairs { "workstream", "activity" } do
    local items = ctx.model:all(kind)
    local missing, open = views.gaps(items, "owner")
    table.move(missing, 1, #missing, #unowned + 1, unowned)
    ask(ctx, "ask-owner", "owner", open)
    ask(ctx, "ask-doers", doers[kind], select(2, views.gaps(items, doers[kind])))
    for _, item in ipairs(items) do
      local owners = views.list(item.owner)
      if #owners > 1 then
        ctx:report { at = item:where("owner"), say = "two-owners", item = item, count = #owners, owners = owners,
          related = owners }
      elseif #owners == 1 and item[doers[kind]] == nil then
        undone[#undone + 1] = item
      end
      local consulted = views.list(item.consulted)
      if #consulted > ctx.options.consulted then
        ctx:report { at = item:where("consulted"), say = "many-consulted", item = item, count = #consulted,
          limit = ctx.options.consulted }
      end
    end
  end
  report(ctx, "no-owner", unowned)
  report(ctx, "no-doer", undone)
end

local function check_contacts(ctx)
  local partners, reachable = ctx.model.partners, {}
  local missing, open = views.gaps(partners, "contact")
  report(ctx, "no-contact", missing, views.those(missing, #partners))
  ask(ctx, "ask-contact", "contact", open)
  for _, partner in ipairs(partners) do
    if partner:has("contact") then reachable[#reachable + 1] = partner end
  end
  local alone = views.gaps(reachable, "deputy")
  report(ctx, "no-deputy", alone, views.those(alone, #partners))
  ask(ctx, "ask-deputy", "deputy", select(2, views.gaps(partners, "deputy")))
end

local function run(ctx)
  check_work(ctx)
  check_contacts(ctx)
end

local why_owner = {
  en = "When several answer for something, each counts on the other; when nobody does, it waits.",
  fr = "Quand plusieurs répondent d'une chose, chacun compte sur l'autre ; quand personne n'en répond, elle attend.",
}
local why_contact = {
  en = "People change jobs; an alliance that knows one name per partner loses the partner with the person.",
  fr = "Les personnes changent de poste ; une alliance qui ne connaît qu'un nom par partenaire perd le partenaire "
    .. "avec la personne.",
}

return {
  api = 1, kind = "check", id = "roles", category = "governance", profile = "standard",
  word = { en = "roles", fr = "rôles" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Who answers, who does, whom to call", fr = "Qui répond, qui fait, qui appeler" },
  about = {
    en = "Exactly one partner answers for each workstream and each activity, and somebody does it; few are consulted "
      .. "(three at most, a convention). Each partner has a contact and a deputy: functions are enough, no names are "
      .. "needed.",
    fr = "Un partenaire, et un seul, répond de chaque axe et de chaque activité, et quelqu'un la réalise ; peu sont "
      .. "consultés (trois au plus, une convention). Chaque partenaire a un contact et un suppléant : des fonctions "
      .. "suffisent, pas besoin de noms.",
  },
  source = {
    en = "Training deck: roles, contacts who change; responsibility matrix (RACI)",
    fr = "Support de formation : rôles, interlocuteurs qui changent ; matrice des responsabilités (RACI)",
  },
  options = {
    consulted = { type = "integer", default = 3, min = 0, convention = true, about = {
      en = "How many may be consulted on one thing.",
      fr = "Combien peuvent être consultés sur une même chose." } },
  },
  messages = {
    ["two-owners"] = {
      en = "{count} partners answer for “{item}”: {owners}. If something goes wrong, who answers?",
      fr = "« {item} » a {count} responsables : {owners}. En cas de problème, qui répond ?",
      severity = "error", why = why_owner,
      next = {
        en = { "Keep one `owner`; write the others in `with` (activity) or `contributes` (workstream)." },
        fr = { "Gardez un seul `porteur` ; notez les autres avec `avec` (activité) ou `contribue` (axe)." },
      },
    },
    ["no-owner"] = {
      en = "Nobody answers for {items}.",
      fr = "Personne ne répond de {items}.",
      why = why_owner,
      next = {
        en = { "Choose one partner: `owner: …`; `owner: ?` if it is still to be agreed." },
        fr = { "Choisissez un partenaire : `porteur : …` ; `porteur : ?` si c'est encore à convenir." },
      },
    },
    ["no-doer"] = {
      en = "Somebody answers for {items}, but nothing says who does the work.",
      fr = "Quelqu'un répond de {items}, mais rien ne dit qui fait le travail.",
      severity = "note",
      why = {
        en = "Work that is only answered for ends up on the desk of the one who answers.",
        fr = "Un travail dont on répond sans dire qui le fait finit sur le bureau de celui qui en répond.",
      },
      next = {
        en = { "Name who does it, even if it is the same partner: `with: …` (activity), `contributes: …` "
          .. "(workstream)." },
        fr = { "Nommez qui la réalise, même si c'est le même partenaire : `avec : …` (activité), `contribue : …` "
          .. "(axe)." },
      },
    },
    ["many-consulted"] = {
      en = "{count} parties are consulted on “{item}” (more than {limit}): can a decision still be taken in time?",
      fr = "{count} acteurs sont consultés sur « {item} » (plus de {limit}) : peut-on encore décider à temps ?",
      why = {
        en = "Each opinion that is asked for takes time, and has to be answered. The limit, {limit}, is a convention.",
        fr = "Chaque avis demandé prend du temps, et appelle une réponse. Le seuil, {limit}, est une convention.",
      },
      next = {
        en = { "Keep those whose opinion can change the decision; inform the others: `informed: …`." },
        fr = { "Gardez ceux dont l'avis peut changer la décision ; informez les autres : `informé : …`." },
      },
    },
    ["no-contact"] = {
      en = "Nothing says whom to call at {items}.",
      fr = "Rien ne dit qui appeler chez {items}.",
      why = why_contact,
      next = {
        en = { "Write a function rather than a name: `contact: \"Head of projects\"`." },
        fr = { "Notez une fonction plutôt qu'un nom : `contact : \"Chargée de projets\"`." },
      },
    },
    ["no-deputy"] = {
      en = "Nothing says who stands in for the contact at {items}.",
      fr = "Rien ne dit qui remplace le contact, s'il s'absente, chez {items}.",
      why = why_contact,
      next = {
        en = { "Ask each of them for a second person, and write the function: `deputy: …`." },
        fr = { "Demandez à chacun une deuxième personne, et notez sa fonction : `suppléant : …`." },
      },
    },
    ["ask-owner"] = { en = "Who answers for “{item}”?", fr = "Qui répond de « {item} » ?" },
    ["ask-doers"] = { en = "Who does the work of “{item}”?", fr = "Qui fait le travail de « {item} » ?" },
    ["ask-contact"] = { en = "Whom to call at {item}?", fr = "Qui appeler chez {item} ?" },
    ["ask-deputy"] = { en = "Who stands in for the contact at {item}?", fr = "Qui remplace le contact chez {item} ?" },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p "School" {
  contact: "Head"
  deputy: "Secretary"
}
partner q "Town" {
  contact: "Mayor"
  deputy: "Secretary"
}
activity a "Visits" {
  owner: p, q
  with: p
}
]],
      good = [[
partner p "School" {
  contact: "Head"
  deputy: "Secretary"
}
partner q "Town" {
  contact: "Mayor"
  deputy: "Secretary"
}
activity a "Visits" {
  owner: p
  with: p, q
}
]],
      expect = { "two-owners" },
    },
    {
      bad = [[
workstream w "Teaching"
activity a "Visits"
]],
      good = [[
partner p {
  contact: "Head"
  deputy: "Secretary"
}
workstream w "Teaching" {
  owner: p
  contributes: p
}
activity a "Visits" {
  owner: p
  with: p
}
]],
      expect = { "no-owner" },
    },
    {
      bad = [[
partner p {
  contact: "Head"
  deputy: "Secretary"
}
activity a "Visits" { owner: p }
]],
      good = [[
partner p {
  contact: "Head"
  deputy: "Secretary"
}
activity a "Visits" {
  owner: p
  with: p
}
]],
      expect = { "no-doer" },
    },
    {
      bad = [[
stakeholder r
stakeholder s
stakeholder t
stakeholder u
partner p {
  contact: "Head"
  deputy: "Secretary"
}
activity a "Visits" {
  owner: p
  with: p
  consulted: r, s, t, u
}
]],
      good = [[
stakeholder r
stakeholder s
stakeholder t
stakeholder u
partner p {
  contact: "Head"
  deputy: "Secretary"
}
activity a "Visits" {
  owner: p
  with: p
  consulted: r, s, t
  informed: u
}
]],
      expect = { "many-consulted" },
    },
    {
      bad = [[
partner p "School"
partner q "Town" { contact: "Mayor" }
]],
      good = [[
partner p "School" {
  contact: "Head"
  deputy: "Secretary"
}
partner q "Town" {
  contact: "Mayor"
  deputy: "Deputy mayor"
}
]],
      expect = { "no-contact", "no-deputy" },
    },
    {
      bad = [[
partner p "School" {
  contact: ?
  deputy: ?
}
activity a "Visits" {
  owner: ?
  with: ?
}
]],
      good = [[
partner p "School" {
  contact: "Head"
  deputy: "Secretary"
}
activity a "Visits" {
  owner: p
  with: p
}
]],
      expect = { "ask-owner", "ask-doers", "ask-contact", "ask-deputy" },
    },
  },
}
