-- complementarity.lua -- partners bring different things, since that is why each needs the others.

local concordance = require "alliance.concordance"
local number = require "alliance.number"
local views = require "alliance.views"

-- The nature of a contribution; nil when nothing tells.
local function nature_of(item)
  if views.known(item.nature) then return item.nature end
  return views.matter(item) == "money" and "money" or nil
end

-- The partners of which a nature is known, { partner, natures }, and the contributions without one.
local function natures_of(model)
  local rows, open = {}, {}
  for _, row in ipairs(views.ledger(model)) do
    local natures, seen = {}, {}
    table.move(row.gives_open, 1, #row.gives_open, #open + 1, open)
    for _, item in ipairs(row.gives) do
      local nature = nature_of(item)
      if nature == nil then
        open[#open + 1] = item
      elseif not seen[nature] then
        seen[nature] = true
        natures[#natures + 1] = nature
      end
    end
    if #natures > 0 then rows[#rows + 1] = { partner = row.partner, natures = natures } end
  end
  return rows, open
end

-- The least that two partners have in common of what either brings (Jaccard); those that bring the same
-- natures are compared once.
local function least_in_common(rows)
  local distinct, seen, least = {}, {}, 1
  for _, row in ipairs(rows) do
    table.sort(row.natures)
    local key = table.concat(row.natures, " ")
    if not seen[key] then distinct[#distinct + 1] = row.natures end
    seen[key] = true
  end
  for i = 1, #distinct do
    for j = i + 1, #distinct do
      least = math.min(least, (concordance.jaccard(distinct[i], distinct[j])))
    end
  end
  return least
end

-- How much is in common, when it is not all.
local function share_of(ctx, least)
  if least == 1 then return { en = "", fr = "" } end
  return ctx:texts { en = " (at least {share} in common between two of them)",
    fr = " (au moins {share} en commun entre deux d'entre eux)",
    share = { en = number.percent(least, "en"), fr = number.percent(least, "fr") } }
end

local function run(ctx)
  for _, item in ipairs(ctx.model:all("brings")) do
    if item:is_unknown("nature") and item.title then
      ctx:unknown { at = item:where("nature"), property = "nature", say = "ask-nature", item = item }
    end
  end
  local rows, open = natures_of(ctx.model)
  if #rows < 2 then return end
  local least = least_in_common(rows)
  if least < ctx.options.similar / 100 then return end
  if #open > 0 then
    ctx:cannot_tell { at = open[1], reason = "not-said", items = views.quoted(open), count = #open,
      missing = open }
    return
  end
  local partners, natures, seen = {}, {}, {}
  for i, row in ipairs(rows) do
    partners[i] = row.partner
    for _, nature in ipairs(row.natures) do
      if not seen[nature] then natures[#natures + 1] = views.word(nature, "brings") end
      seen[nature] = true
    end
  end
  ctx:report { at = partners[1], say = "all-the-same", partners = partners, natures = views.several(natures),
    share = share_of(ctx, least), limit = ctx.options.similar, related = partners }
end

return {
  api = 1, kind = "check", id = "complementarity", category = "partners", profile = "standard",
  word = { en = "complementarity", fr = "complémentarité" },
  severity = "note",
  title = { en = "Partners bring different things", fr = "Les partenaires apportent des choses différentes" },
  about = {
    en = "Not all partners bring the same kinds of things (`nature` of what each `brings`): an alliance pools skills "
      .. "that complete each other. Kinds are compared two partners at a time, by what they have in common (Jaccard "
      .. "index); from which share on they are “the same” is a convention, all of them unless `settings "
      .. "complementarity` says otherwise.",
    fr = "Les partenaires n'apportent pas tous les mêmes sortes de choses (`nature` de ce que chacun `apporte`) : une "
      .. "alliance met en commun des capacités qui se complètent. Les natures sont comparées deux partenaires à la "
      .. "fois, par ce qu'elles ont en commun (indice de Jaccard) ; à partir de quelle part elles sont « les mêmes » "
      .. "est une convention : toutes, sauf si `réglages complémentarité` en décide autrement.",
  },
  source = {
    en = "Course, third era: pooling different and complementary skills and capacities; overlap of two sets (Jaccard "
      .. "1901)",
    fr = "Cours, troisième époque : mettre en commun des compétences différentes et complémentaires ; part commune de "
      .. "deux ensembles (Jaccard, 1901)",
  },
  options = {
    similar = { type = "percent", default = 100, min = 1, max = 100, convention = true, about = {
      en = "From which share of kinds in common, in percent, two partners bring the same.",
      fr = "À partir de quelle part de natures communes, en pour cent, deux partenaires apportent la même chose." } },
  },
  messages = {
    ["all-the-same"] = {
      en = "{partners} bring the same kinds of things: {natures}{share}.",
      fr = "{partners} apportent les mêmes sortes de choses : {natures}{share}.",
      why = {
        en = "Partners who all bring the same add up, but none of them needs the others; what was missing "
          .. "is missing still. From {limit} % in common on (Jaccard index, a convention), they bring the same.",
        fr = "Des partenaires qui apportent tous la même chose s'additionnent, mais aucun n'a besoin des autres ; "
          .. "ce qui manquait manque encore. Ils apportent la même chose à partir de {limit} % en commun (indice de "
          .. "Jaccard, une convention).",
      },
      next = {
        en = { "What does each of them know, have or reach that the others do not? Write it as `brings`.",
          "Who is missing at the table: somebody who knows the territory, the public, the trade?" },
        fr = { "Que sait, que possède ou qui touche chacun, et pas les autres ? Notez-le avec `apporte`.",
          "Qui manque autour de la table : qui connaît le territoire, le public, le métier ?" },
      },
    },
    ["not-said"] = {
      en = "Whether the partners complete each other cannot be told: nothing says what kind of thing {items} "
        .. "{count:is|are}.",
      fr = "Impossible de dire si les partenaires se complètent : rien ne dit quelle sorte de chose {count:est|sont} "
        .. "{items}.",
    },
    ["ask-nature"] = {
      en = "“{item}”: is it money, time, skills, equipment, a place, a network…?",
      fr = "« {item} » : est-ce de l'argent, du temps, des compétences, du matériel, un lieu, un réseau… ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
settings complementarity { similar: 50 % }
partner p {
  brings "A gift" { nature: money }
  brings "A room" { nature: space }
}
partner q { brings 500 EUR "Another" }
]],
      good = [[
partner p {
  brings "A gift" { nature: money }
  brings "A room" { nature: space }
}
partner q { brings 500 EUR "Another" }
]],
      expect = { "all-the-same" },
    },
    {
      bad = [[
partner p { brings "A gift" { nature: money } }
partner q { brings 500 EUR "Another" }
]],
      good = [[
partner p { brings "A gift" { nature: money } }
partner q { brings "Visits" { nature: volunteering } }
]],
      expect = { "all-the-same" },
    },
    {
      bad = [[
partner p { brings "A gift" { nature: money } }
partner q { brings 500 EUR "Another" }
partner r { brings "Help" }
]],
      good = [[
partner p { brings "A gift" { nature: money } }
partner q { brings 500 EUR "Another" }
partner r { brings "Help" { nature: skills } }
]],
      expect = { "not-said" },
    },
    {
      bad = [[
partner p { brings "Help" { nature: ? } }
]],
      good = [[
partner p { brings "Help" { nature: skills } }
]],
      expect = { "ask-nature" },
    },
  },
}
