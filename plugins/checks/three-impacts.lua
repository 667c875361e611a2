-- three-impacts.lua -- what an alliance changes is told on three sides, and shown.

local views = require "alliance.views"

local sides = {
  { id = "performance", en = "the performance of the partners", fr = "la performance des partenaires" },
  { id = "innovation", en = "the capacity to innovate", fr = "la capacité d'innovation" },
  { id = "trust", en = "trust between actors", fr = "la confiance entre acteurs" },
}

-- Whether something shows an impact: true or false; nil when it is `?`.
local function is_shown(impact)
  if impact:has("evidence") or impact:is_none("evidence") or impact:has("kpi") then return true end
  if impact:is_unknown("evidence") or impact:is_unknown("kpi") then return nil end
  return false
end

local function check_evidence(ctx, impacts)
  local unshown = {}
  for _, impact in ipairs(impacts) do
    local shown = is_shown(impact)
    if shown == false then
      unshown[#unshown + 1] = impact
    elseif shown == nil then
      ctx:unknown { at = impact:where("evidence"), property = "evidence", say = "ask-evidence", impact = impact }
    end
  end
  if #unshown > 0 then
    ctx:report { at = unshown[1], say = "not-shown", impacts = views.quoted(unshown), count = #unshown,
      related = unshown }
  end
end

local function check_sides(ctx, impacts)
  local told = {}
  for _, impact in ipairs(impacts) do
    if impact:is_unknown("type") then
      ctx:unknown { at = impact:where("type"), property = "type", say = "ask-type", impact = impact }
      told = nil    -- it may be any of the three: the question comes first
    end
    if told and views.known(impact.type) then told[impact.type] = true end
  end
  if not told then return end
  local missing = {}
  for _, side in ipairs(sides) do
    if not told[side.id] then missing[#missing + 1] = side end
  end
  if #missing > 0 then
    ctx:report { at = impacts[1] or ctx.alliance, say = "missing", count = #missing, sides = views.several(missing) }
  end
end

local function run(ctx)
  local impacts = ctx.model:all("impact")
  local is_time = ctx.status == "deployment" or ctx.status == "closed"
  if #impacts == 0 and not is_time then return end
  -- Where spreading is planned, scale-up-ready names the impacts that are not shown.
  if #ctx.model:all("scale-up") > 0 then return end
  check_evidence(ctx, impacts)
  check_sides(ctx, impacts)
end

return {
  api = 1, kind = "check", id = "three-impacts", category = "results", profile = "standard",
  word = { en = "three-impacts", fr = "trois-impacts" },
  severity = { idea = "note", deployment = "warning" },
  title = { en = "Three impacts are told, and shown", fr = "Trois impacts sont dits, et montrés" },
  about = {
    en = "An alliance changes three things: the performance of those who take part, the capacity of a territory to "
      .. "innovate, trust between its actors. Each `impact` says which one it is (`type`), and what shows it "
      .. "(`evidence`, or a `kpi`). Asked for once a first impact is written, or from the deployment on; "
      .. "by `scale-up-ready` where a `scale-up` is planned.",
    fr = "Une alliance change trois choses : la performance de ceux qui y prennent part, la capacité d'innovation d'un "
      .. "territoire, la confiance entre ses acteurs. Chaque `impact` dit duquel il s'agit (`type`) et ce qui le "
      .. "montre (`preuve`, ou `indicateur`). Demandé dès qu'un impact est noté, ou à partir du "
      .. "déploiement ; par `prêt-à-essaimer` quand un `essaimage` est prévu.",
  },
  source = {
    en = "Course and training deck: three impacts on the territories (PHARE programme, Le Rameau)",
    fr = "Cours et support de formation : trois impacts sur les territoires (programme PHARE, Le Rameau)",
  },
  messages = {
    missing = {
      en = "The file does not say what the alliance changes here: {sides} ({count} of the three impacts).",
      fr = "Le fichier ne dit pas ce que l'alliance change ici : {sides} ({count} des trois impacts).",
      why = {
        en = "Those who only count beneficiaries overlook what convinces others to join: what the partners gained, "
          .. "invented, and now dare to do together.",
        fr = "À ne compter que les bénéficiaires, on oublie ce qui convainc les suivants : ce que les partenaires ont "
          .. "gagné, inventé, et osent désormais faire ensemble.",
      },
      next = {
        en = { "Ask each partner: what do you do better, what did you invent, with whom can you now speak? Write it as "
          .. "an `impact` with its `type`." },
        fr = { "Demandez à chaque partenaire : que faites-vous mieux, qu'avez-vous inventé, à qui parlez-vous "
          .. "désormais ? Notez-le comme un `impact`, avec son `type`." },
      },
    },
    ["not-shown"] = {
      en = "Nothing shows {count:this impact|these impacts}: {impacts}.",
      fr = "Rien ne montre {count:cet impact|ces impacts} : {impacts}.",
      why = {
        en = "An impact that is only claimed convinces those who are convinced already.",
        fr = "Un impact seulement affirmé ne convainc que ceux qui le sont déjà.",
      },
      next = {
        en = { "A figure (`kpi`), or what somebody saw or said (`evidence`), is enough." },
        fr = { "Un chiffre (`indicateur`), ou ce que quelqu'un a vu ou dit (`preuve`), suffit." },
      },
    },
    ["ask-type"] = {
      en = "“{impact}”: is it performance, innovation, trust, or the way public action works?",
      fr = "« {impact} » : s'agit-il de performance, d'innovation, de confiance ou d'action publique ?",
    },
    ["ask-evidence"] = { en = "What shows “{impact}”?", fr = "Qu'est-ce qui montre « {impact} » ?" },
  },
  run = run,
  examples = {
    {
      bad = [[
impact "They meet" {
  type: trust
  evidence: "Eight of ten say so"
}
]],
      good = [[
impact "They meet" {
  type: trust
  evidence: "Eight of ten say so"
}
impact "Workshops that none had before" {
  type: innovation
  evidence: "Two new formats"
}
impact "Fewer places stay empty" {
  type: performance
  evidence: "Register of the workshops"
}
]],
      expect = { "missing" },
    },
    {
      bad = [[
impact "They meet" { type: trust }
impact "Workshops that none had before" {
  type: innovation
  evidence: "Two new formats"
}
impact "Fewer places stay empty" {
  type: performance
  evidence: "Register of the workshops"
}
]],
      good = [[
impact "They meet" {
  type: trust
  kpi: ties
}
impact "Workshops that none had before" {
  type: innovation
  evidence: "Two new formats"
}
impact "Fewer places stay empty" {
  type: performance
  evidence: "Register of the workshops"
}
kpi ties
]],
      expect = { "not-shown" },
    },
    {
      bad = [[
impact "They meet" {
  type: ?
  evidence: ?
}
]],
      good = [[
impact "They meet" {
  type: trust
  evidence: "Eight of ten say so"
}
impact "Workshops that none had before" {
  type: innovation
  evidence: "Two new formats"
}
impact "Fewer places stay empty" {
  type: performance
  evidence: "Register of the workshops"
}
]],
      expect = { "ask-type", "ask-evidence" },
    },
  },
}
