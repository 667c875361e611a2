-- support-actors.lua -- those whose work is to help alliances are known, and met.

local views = require "alliance.views"

-- The eight families, as a person would call them: the words of the list are short.
local families = {
  { id = "territorial-foundation", en = "territorial foundation", fr = "fondation territoriale" },
  { id = "ptce", en = "cluster of economic cooperation (PTCE)",
    fr = "pôle territorial de coopération économique (PTCE)" },
  { id = "cress", en = "regional chamber of the social economy (CRESS)", fr = "chambre régionale de l'ESS (CRESS)" },
  { id = "social-entrepreneurs", en = "movement of social entrepreneurs", fr = "mouvement d'entrepreneurs sociaux" },
  { id = "incubator", en = "incubator of social enterprises", fr = "incubateur d'entreprises sociales" },
  { id = "cci", en = "chamber of commerce (CCI)", fr = "chambre de commerce (CCI)" },
  { id = "cma", en = "chamber of crafts (CMA)", fr = "chambre de métiers (CMA)" },
  { id = "innovation", en = "body that encourages innovation", fr = "organisme qui encourage l'innovation" },
}

-- Which families are named or said to be absent; and those of which it is asked (`absent: ?`).
local function spotted(ctx)
  local seen = {}
  for _, support in ipairs(ctx.model:all("support")) do
    if views.known(support.family) then seen[support.family] = true end
    for _, property in ipairs { "family", "absent" } do
      if support:is_unknown(property) then
        ctx:unknown { at = support:where(property), property = property, say = "ask-" .. property, support = support,
          related = { support } }
      end
    end
  end
  return seen
end

local function check_families(ctx, place)
  local seen, missing = spotted(ctx), {}
  for _, family in ipairs(families) do
    if not seen[family.id] then missing[#missing + 1] = family end
  end
  if #missing > 0 then
    ctx:report { at = place, say = #ctx.model:all("support") == 0 and "none" or "missing", families = missing,
      count = #missing, total = #families }
  end
end

local function check_contacts(ctx)
  local waiting = {}
  for _, support in ipairs(ctx.model:all("support")) do
    if support:is_unknown("contact") then
      ctx:unknown { at = support:where("contact"), property = "contact", say = "ask-contact", support = support,
        related = { support } }
    elseif support.absent ~= true and (support.contact == nil or support.contact == "spotted")
        and not views.is_engaged(support) then
      waiting[#waiting + 1] = support
    end
  end
  if #waiting > 0 then
    ctx:report { at = waiting[1], say = "not-contacted", supports = views.named(waiting), count = #waiting,
      related = waiting }
  end
end

local function run(ctx)
  local place = ctx.alliance or ctx.model:all("support")[1]
  if not place or ctx.status == "closed" then return end
  check_families(ctx, place)
  check_contacts(ctx)
end

-- For the examples: a file that names all eight.
local eight = [[
support s1 "A territorial-foundation" {
  family: territorial-foundation
  contact: met
}
support s2 "A ptce" {
  family: ptce
  contact: met
}
support s3 "A cress" {
  family: cress
  contact: met
}
support s4 "A social-entrepreneurs" {
  family: social-entrepreneurs
  contact: met
}
support s5 "A incubator" {
  family: incubator
  contact: met
}
support s6 "A cci" {
  family: cci
  contact: met
}
support s7 "No chamber of crafts" {
  family: cma
  absent: yes
}
support s8 "A innovation" {
  family: innovation
  contact: met
}
]]

local why = {
  en = "They open doors on which you would not have knocked. Some alliances begin without them; it would be a pity "
    .. "not to ask.",
  fr = "Ils ouvrent des portes où l'on n'aurait pas frappé. Certaines alliances démarrent sans eux ; ce serait "
    .. "dommage de ne pas leur demander.",
}
local next_name = {
  en = { "Write each one with its family: `support \"…\" { family: incubator }`; what each does: `alliance help "
    .. "support-families`.",
    "There is none here? That is worth writing too: `absent: yes`, beside its `family`." },
  fr = { "Notez chacun avec sa famille : `appui \"…\" { famille : incubateur }` ; ce que fait chacune : `alliance "
    .. "aide familles-d'appui`.",
    "Il n'y en a pas ici ? Cela se note aussi : `absent : oui`, à côté de sa `famille`." },
}

return {
  api = 1, kind = "check", id = "support-actors", category = "ecosystem", profile = "standard",
  word = { en = "support-actors", fr = "appuis" },
  severity = "note",
  title = { en = "Those who can help are known and met", fr = "Ceux qui peuvent aider sont connus, et rencontrés" },
  about = {
    en = "Each of the eight families of support actors is named, or said to be absent from the territory; and those "
      .. "who are spotted are met. Never more than a remark: an alliance can begin without them.",
    fr = "Chacune des huit familles d'acteurs d'appui est nommée, ou notée comme absente du territoire ; et ceux qui "
      .. "sont repérés sont rencontrés. Jamais plus qu'une remarque : une alliance peut démarrer sans eux.",
  },
  source = {
    en = "Course, the ecosystem of support: eight families of actors, and do not stop at the list",
    fr = "Cours, l'écosystème d'appui : huit familles d'acteurs, et ne pas s'arrêter à la liste",
  },
  messages = {
    none = {
      en = "No support actor is named yet. {count} families to look for: {families}.",
      fr = "Aucun acteur d'appui n'est encore nommé. {count} familles à chercher : {families}.",
      why = why, next = next_name,
    },
    missing = {
      en = "{count} of {total} families of support actors are neither named nor noted as absent: {families}.",
      fr = "{count} familles d'acteurs d'appui sur {total} ne sont ni nommées, ni notées comme absentes : {families}.",
      why = why, next = next_name,
    },
    ["not-contacted"] = {
      en = "{supports} {count:is|are} spotted, and nothing says that anybody has talked to {count:it|them}: go and "
        .. "present the project.",
      fr = "{supports} : {count:repéré|repérés}, mais rien ne dit qu'on soit allé {count:lui|leur} parler. Allez "
        .. "{count:lui|leur} présenter le projet.",
      why = {
        en = "A list helps nobody; a conversation does.",
        fr = "Une liste n'aide personne ; une conversation, si.",
      },
      next = {
        en = { "Choose who calls, then note it: `contact: contacted`, later `met` or `engaged`." },
        fr = { "Choisissez qui appelle, puis notez-le : `contact : contacté`, plus tard `rencontré` ou `engagé`." },
      },
    },
    ["ask-family"] = {
      en = "To which family of support actors does {support} belong?",
      fr = "À quelle famille d'acteurs d'appui appartient {support} ?",
    },
    ["ask-absent"] = {
      en = "Is there nobody of this family on your territory: {support}?",
      fr = "N'y a-t-il personne de cette famille sur votre territoire : {support} ?",
    },
    ["ask-contact"] = {
      en = "Has anybody talked to {support} yet?",
      fr = "Quelqu'un est-il déjà allé parler à {support} ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a
]],
      good = "alliance a\n" .. eight,
      expect = { "none" },
    },
    {
      bad = [[
alliance a
support s5 "A incubator" {
  family: incubator
  contact: met
}
support s7 "No chamber of crafts" {
  family: cma
  absent: yes
}
]],
      good = "alliance a\n" .. eight,
      expect = { "missing" },
    },
    {
      bad = eight .. [[
support s "Incubator of the Lilacs" {
  family: incubator
  contact: spotted
}
support t "Chamber of crafts" { family: cma }
]],
      good = eight .. [[
support s "Incubator of the Lilacs" {
  family: incubator
  contact: spotted
}
support t "Chamber of crafts" {
  family: cma
  contact: engaged
}
body b "Board" { members: s }
]],
      expect = { "not-contacted" },
    },
    {
      bad = eight .. [[
support s "Incubator of the Lilacs" {
  family: ?
  absent: ?
  contact: ?
}
]],
      good = eight .. [[
support s "Incubator of the Lilacs" {
  family: incubator
  absent: no
  contact: met
}
]],
      expect = { "ask-family", "ask-absent", "ask-contact" },
    },
  },
}
