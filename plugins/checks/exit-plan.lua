-- exit-plan.lua -- the end, and the leaving of a partner, are thought of while all goes well.

local text = require "alliance.text"
local views = require "alliance.views"

local early = { idea = true, meeting = true }

-- ---- What ends, and what comes next ----------------------------------------------------------------------

-- What has an end that is still to come: { name = texts, date, entity }.
local function endings(ctx)
  local found, entity = {}, ctx.alliance
  if entity and views.known(entity["end"]) and not entity["end"]:before(ctx.today) then
    found[1] = { date = entity["end"], entity = entity, name = { en = "the alliance", fr = "l'alliance" } }
  end
  for _, agreement in ipairs(ctx.model:all("agreement")) do
    local date = agreement.ends
    if views.known(date) and not date:before(ctx.today) then
      found[#found + 1] = { date = date, entity = agreement,
        name = ctx:texts { en = "“{item}”", fr = "« {item} »", item = agreement } }
    end
  end
  return found
end

local function with_dates(ctx, list)
  local names = {}
  for i, ending in ipairs(list) do
    names[i] = ctx:texts { en = "{name} ({date})", fr = "{name} ({date})", name = ending.name, date = ending.date }
  end
  return views.several(names)
end

local function check_end(ctx)
  local entity = ctx.alliance
  local last, renewal = entity and entity["end"], entity and entity.renewal
  for _, property in ipairs(entity and { "end", "renewal" } or {}) do
    if entity:is_unknown(property) then
      ctx:unknown { at = entity:where(property), property = property, say = "ask-" .. property }
    end
  end
  if views.known(last) and last:before(ctx.today) and ctx.status ~= "closed" then
    ctx:report { at = entity:where("end"), say = "over", date = last }
    return
  end
  local list = endings(ctx)
  if #list == 0 or renewal == alliance.unknown then return end
  if views.known(renewal) then
    local early_ones = {}
    for _, ending in ipairs(list) do
      if ending.date:before(renewal) then early_ones[#early_ones + 1] = ending end
    end
    if #early_ones > 0 then
      ctx:report { at = entity:where("renewal"), say = "too-late", items = with_dates(ctx, early_ones), date = renewal }
    end
  elseif renewal ~= alliance.none then
    ctx:report { at = list[1].entity, say = "no-renewal", items = with_dates(ctx, list) }
  end
end

-- ---- When a partner leaves ---------------------------------------------------------------------------------

-- What belongs to all, or is lent to all: words by which a rule may speak of it, folded and without final s.
local matters = {
  { id = "space", en = "the place", fr = "le lieu", words = { "place", "room", "premise", "site", "building", "lieu",
    "local", "locaux", "salle", "espace", "batiment", "terrain", "land", "plot" } },
  { id = "equipment", en = "the equipment", fr = "le matériel", words = { "equipment", "material", "tool", "materiel",
    "equipement", "outil" } },
  { id = "data", en = "the data", fr = "les données", words = { "data", "file", "donnee", "fichier" } },
  { id = "resource", en = "the resources", fr = "les ressources", words = { "resource", "ressource", "equipment",
    "material", "tool", "materiel", "equipement", "outil" } },
  { id = "name", en = "the name of the alliance", fr = "le nom de l'alliance",
    words = { "name", "brand", "logo", "nom", "marque" } },
}
local everything = { "everything", "all", "tout", "toute", "tou" }

-- Whether one of the titles holds the other: the hall, and the hall by the river.
local function is_named_in(titles, title)
  for _, other in ipairs(titles) do
    if other:find(title, 1, true) or title:find(other, 1, true) then return true end
  end
  return false
end

-- Which of these there is: { matter, items = what was brought or lent, each thing once }. There is always a name.
local function in_common(ctx)
  local found, by, titles = {}, {}, {}
  for _, matter in ipairs(matters) do by[matter.id] = { matter = matter, items = {} } end
  local function add(id, entity)
    local title = text.fold(entity.label)
    if by[id] and not is_named_in(titles, title) then
      titles[#titles + 1] = title
      table.insert(by[id].items, entity)
    end
  end
  for _, item in ipairs(ctx.model:all("brings")) do
    if item.title then add(item.nature, item) end
  end
  for _, resource in ipairs(ctx.model:all("resource")) do add("resource", resource) end
  for _, matter in ipairs(matters) do
    if matter.id == "name" or #by[matter.id].items > 0 then found[#found + 1] = by[matter.id] end
  end
  return found
end

local function words_of(value)
  local words = {}
  for word in text.fold(value):gmatch("%a+") do words[(word:gsub("s$", ""))] = true end
  return words
end

local function speaks_of(words, list)
  for _, word in ipairs(list) do
    if words[word] then return true end
  end
  return false
end

-- The words of a title by which a rule may speak of it: those of five letters and more, a longer one being
-- seldom there by chance; all of them in a title that has none.
local function telling_words(title)
  local all, long = {}, {}
  for word in pairs(words_of(title)) do
    all[#all + 1] = word
    if #word >= 5 then long[#long + 1] = word end
  end
  return #long > 0 and long or all
end

-- Things in common that the rule does not name.
local function unnamed(rule, common)
  local words, missing = words_of(rule), {}
  if speaks_of(words, everything) then return missing end
  for _, entry in ipairs(common) do
    local is_named = speaks_of(words, entry.matter.words)
    for _, item in ipairs(entry.items) do
      is_named = is_named or speaks_of(words, telling_words(item.label))
    end
    if not is_named then missing[#missing + 1] = entry end
  end
  return missing
end

-- "the equipment (“Tablets”) and the name"
local function names_of(ctx, entries)
  local names = {}
  for i, entry in ipairs(entries) do
    local matter = { en = entry.matter.en, fr = entry.matter.fr }
    names[i] = #entry.items == 0 and matter or ctx:texts { en = "{matter} ({items})", fr = "{matter} ({items})",
      matter = matter, items = views.quoted(entry.items) }
  end
  return views.several(names)
end

local function nobody_stands_in(ctx)
  for _, partner in ipairs(ctx.model.partners) do
    if partner.deputy ~= nil then return false end
  end
  return true
end

local function check_exit(ctx)
  local entity = ctx.alliance
  if not entity or #ctx.model.partners < 2 or ctx.status == "closed" then return end
  local common = in_common(ctx)
  if entity:is_unknown("exit") then
    ctx:unknown { at = entity:where("exit"), property = "exit", say = "ask-exit" }
  elseif entity.exit == nil then
    -- Before the framing, only what is in common already, or has an end, calls for a rule.
    local is_due = not early[ctx.status] or #endings(ctx) > 0
    for _, entry in ipairs(common) do is_due = is_due or #entry.items > 0 end
    if is_due then
      ctx:report { at = entity, say = nobody_stands_in(ctx) and "no-exit-nobody" or "no-exit",
        things = names_of(ctx, common), count = #common }
    end
  elseif views.known(entity.exit) then
    local missing = unnamed(entity.exit, common)
    if #missing > 0 then
      ctx:report { at = entity:where("exit"), say = "not-named", things = names_of(ctx, missing) }
    end
  end
end

-- What a partner with a date of leaving would leave behind: activities that it alone answers for, and
-- resources that it lends, unless they end before.
local function left_behind(ctx, partner, day)
  local found = {}
  local function add(kind, property)
    for _, item in ipairs(ctx.model:all(kind)) do
      local from = views.partners_in(item[property])
      local period = item.period
      local last = views.known(period) and period.last
      local is_over = last and views.known(last) and not day:before(last)
      if #from == 1 and from[1] == partner and not is_over then found[#found + 1] = item end
    end
  end
  add("activity", "owner")
  add("resource", "from")
  return found
end

local function check_leaving(ctx)
  local last = ctx.alliance and ctx.alliance["end"]
  for _, partner in ipairs(ctx.model.partners) do
    local day = partner["until"]
    local goes_on = views.known(day) and not (views.known(last) and not day:before(last))
    local left = goes_on and left_behind(ctx, partner, day) or {}
    if #left > 0 then
      ctx:report { at = partner:where("until"), say = "leaves", partner = partner, date = day,
        items = views.quoted(left), related = left }
    end
  end
end

local function run(ctx)
  check_end(ctx)
  check_exit(ctx)
  check_leaving(ctx)
end

local why_end = {
  en = "What ends by itself ends badly: premises and funding go first, then people; a date to decide keeps the choice "
    .. "in your hands.",
  fr = "Ce qui finit tout seul finit mal : le local et les financements d'abord, puis les personnes. Une date pour "
    .. "décider vous laisse le choix.",
}
local why_exit = {
  en = "A rule for leaving is easy to write while all get on, and makes it easier to join.",
  fr = "Une règle de sortie s'écrit facilement tant que tout le monde s'entend, et elle aide à entrer.",
}
local next_exit = {
  en = { "Write one sentence in the block of the alliance: `exit: \"…\"`; `exit: ?` until you have talked about it." },
  fr = { "Écrivez une phrase dans le bloc de l'alliance : `sortie : \"…\"` ; `sortie : ?` tant que vous n'en avez pas "
    .. "parlé." },
}

return {
  api = 1, kind = "check", id = "exit-plan", category = "growth", profile = "standard",
  word = { en = "exit-plan", fr = "suite-et-sortie" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "What comes after is thought of", fr = "La suite et la sortie sont prévues" },
  about = {
    en = "Before the `end` of the alliance, or of an agreement, there is a date on which you decide what comes next "
      .. "(`renewal`). A rule (`exit`) says what happens when a partner leaves, and what becomes of what is in "
      .. "common: place, equipment, data, name. What a partner leaves behind when it goes (`until`) has somebody to "
      .. "take it up. In a rule that is written, only words are looked for: what it does not name is a remark.",
    fr = "Avant la `fin` de l'alliance, ou l'échéance d'une convention, il y a une date à laquelle vous décidez de la "
      .. "suite (`renouvellement`). Une règle (`sortie`) dit ce qui se passe si un partenaire part, et ce que devient "
      .. "ce qui est commun : lieu, matériel, données, nom. Ce qu'un partenaire laisse en partant (`terme`) trouve "
      .. "preneur. Dans une règle écrite, seuls des mots sont cherchés : ce qu'elle ne nomme pas est une remarque.",
  },
  source = {
    en = "Training deck, brakes “afterwards”: partnerships for a fixed time make premises and funding uncertain; ISO "
      .. "44001, exit strategy; The Partnering Initiative",
    fr = "Support de formation, freins « après » : un partenariat à durée fixée fragilise lieux et financements ; ISO "
      .. "44001, stratégie de sortie ; The Partnering Initiative",
  },
  messages = {
    over = {
      en = "The alliance was to end ({date}) and is not noted as closed: what has become of it?",
      fr = "L'alliance devait s'arrêter ({date}) et n'est pas notée comme close : que devient-elle ?",
      why = why_end,
      next = {
        en = { "Write what is true today: `status: closed`, or a new `end`." },
        fr = { "Notez ce qui est vrai aujourd'hui : `statut : close`, ou une nouvelle `fin`." },
      },
    },
    ["no-renewal"] = {
      en = "An end is set for {items}, and nothing says when you decide what comes next.",
      fr = "Une fin est fixée pour {items}, et rien ne dit quand vous déciderez de la suite.",
      why = why_end,
      next = {
        en = { "Choose a day well before, and write it in the block of the alliance: `renewal: …`." },
        fr = { "Choisissez un jour, bien avant, et notez-le dans le bloc de l'alliance : `renouvellement : …`." },
      },
    },
    ["too-late"] = {
      en = "The day on which you decide what comes next ({date}) comes after the end set for {items}.",
      fr = "La date où vous déciderez de la suite ({date}) vient après la fin fixée pour {items}.",
      why = why_end,
      next = {
        en = { "Bring `renewal` forward: early enough for partners and funders to decide." },
        fr = { "Avancez le `renouvellement` : assez tôt pour que partenaires et financeurs puissent décider." },
      },
    },
    ["no-exit"] = {
      en = "If a partner leaves, nothing says what happens, nor what becomes of {count:this|these}: {things}.",
      fr = "Si un partenaire part, rien ne dit ce qui se passe, ni ce que {count:devient|deviennent} {things}.",
      why = why_exit, next = next_exit,
    },
    ["no-exit-nobody"] = {
      en = "If a partner leaves, nothing says what happens, nor who takes over (no deputy is written), nor what "
        .. "becomes of {count:this|these}: {things}.",
      fr = "Si un partenaire part, rien ne dit ce qui se passe, ni qui prend le relais (aucun suppléant n'est noté), "
        .. "ni ce que {count:devient|deviennent} {things}.",
      why = why_exit, next = next_exit,
    },
    ["not-named"] = {
      en = "Your rule for leaving does not speak of {things}.",
      fr = "Votre règle de sortie ne parle pas de ceci : {things}.",
      severity = "note", why = why_exit,
      next = {
        en = { "Add it in a few words, or agree that it needs no rule and accept this remark." },
        fr = { "Ajoutez-le en quelques mots, ou convenez qu'il n'y faut pas de règle et acceptez cette remarque." },
      },
    },
    leaves = {
      en = "{partner} leaves ({date}): who takes over {items}?",
      fr = "{partner} s'en va ({date}) : qui reprendra {items} ?",
      why = {
        en = "Handing over takes longer than leaving: some weeks together are worth months of search afterwards.",
        fr = "Transmettre prend plus de temps que partir : quelques semaines à deux valent des mois de recherche "
          .. "ensuite.",
      },
      next = {
        en = { "Name who takes it up: a new `owner` for an activity, a new `from` for a resource; or give it an "
          .. "end." },
        fr = { "Nommez qui reprend : un nouveau `porteur` pour une activité, une nouvelle `origine` pour une "
          .. "ressource ; ou donnez-lui une fin." },
      },
    },
    ["ask-end"] = {
      en = "Until when have you planned to act together?",
      fr = "Jusqu'à quand avez-vous prévu d'agir ensemble ?",
    },
    ["ask-renewal"] = {
      en = "On which day will you decide what comes next?",
      fr = "À quelle date déciderez-vous de la suite ?",
    },
    ["ask-exit"] = {
      en = "What happens if a partner leaves, and what becomes of what is in common?",
      fr = "Que se passe-t-il si un partenaire part, et que devient ce qui est commun ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a { end: 2001-12-31 }
]],
      good = [[
alliance a {
  end: 2001-12-31
  status: closed
  territory: "Lilacs"
}
]],
      expect = { "over" },
    },
    {
      bad = [[
alliance a { end: 9000-12-31 }
partner p "School"
agreement pact "Use of the hall" { ends: 9000-06-30 }
]],
      good = [[
alliance a {
  end: 9000-12-31
  renewal: 8999-12-31
}
partner p "School"
agreement pact "Use of the hall" { ends: 9000-06-30 }
]],
      expect = { "no-renewal" },
    },
    {
      bad = [[
alliance a {
  end: 9000-12-31
  renewal: 9000-09-30
}
agreement pact "Use of the hall" { ends: 9000-06-30 }
]],
      good = [[
alliance a {
  end: 9000-12-31
  renewal: 9000-06-30
}
agreement pact "Use of the hall" { ends: 9000-06-30 }
]],
      expect = { "too-late" },
    },
    {
      bad = [[
alliance a "Lilacs"
partner p "School" { deputy: "Secretary" }
partner q "Town"
resource van "Van"
]],
      good = [[
alliance a "Lilacs" { exit: "Each takes back what it lent; the name stays with the town" }
partner p "School" { deputy: "Secretary" }
partner q "Town"
]],
      expect = { "no-exit" },
    },
    {
      bad = [[
alliance a "Lilacs"
partner p "School" { brings ? "The hall" { nature: space } }
partner q "Town"
]],
      good = [[
alliance a "Lilacs"
partner p "School"
partner q "Town"
]],
      expect = { "no-exit-nobody" },
    },
    {
      bad = [[
alliance a "Lilacs" { exit: "Six months' notice; the hall goes back to the school" }
partner p "School" { brings ? "The hall" { nature: space } }
partner q "Town" { brings ? "List of members" { nature: data } }
resource van "Van"
]],
      good = [[
alliance a "Lilacs" { exit: "Six months' notice, then the partners share out all that is in common" }
partner p "School" { brings ? "The hall" { nature: space } }
partner q "Town" { brings ? "List of members" { nature: data } }
resource van "Van"
]],
      expect = { "not-named" },
    },
    {
      bad = [[
partner p "School" { until: 9000-06-30 }
activity v "Visits" { owner: p }
resource van "Van" {
  from: p
  period: 8999-01-01..9000-12-31
}
]],
      good = [[
partner p "School" { until: 9000-06-30 }
partner q "Town"
activity v "Visits" {
  owner: p
  period: 8999-01-01..9000-06-30
}
resource van "Van" {
  from: p, q
}
]],
      expect = { "leaves" },
    },
    {
      bad = [[
alliance a {
  end: ?
  renewal: ?
  exit: ?
}
partner p "School"
partner q "Town"
]],
      good = [[
alliance a {
  end: none "We go on"
  renewal: none "We go on"
  exit: none "Nothing is in common"
}
partner p "School"
partner q "Town"
]],
      expect = { "ask-end", "ask-renewal", "ask-exit" },
    },
  },
}
