-- posture.lua -- those who say that they build together do something together.

local views = require "alliance.views"

-- Whether two partners or more do an activity together; those of which nothing says who does them.
local function look_at_work(activities)
  local is_joint, unsaid = false, {}
  for _, activity in ipairs(activities) do
    local partners, unknown = views.partners_of(activity, "owner", "with")
    if #partners >= 2 then is_joint = true
    elseif #partners == 0 or unknown > 0 then unsaid[#unsaid + 1] = activity end
  end
  return is_joint, unsaid
end

-- How many contributions and benefits go from one partner to another.
local function exchanges_of(model)
  local count = 0
  for kind, property in pairs { brings = "for", receives = "from" } do
    for _, item in ipairs(model:all(kind)) do
      local partners = views.partners_in(item[property])
      if #partners > 1 or #partners == 1 and partners[1] ~= item.partner then count = count + 1 end
    end
  end
  return count
end

local function check_work(ctx)
  local activities = ctx.model:all("activity")
  local is_joint, unsaid = look_at_work(activities)
  -- Without any activity, the canvas has an empty box: told already.
  if is_joint or #activities == 0 then return end
  if #unsaid > 0 then
    ctx:cannot_tell { at = unsaid[1], reason = "not-said", items = views.quoted(unsaid), missing = unsaid }
  else
    ctx:report { at = ctx.alliance, say = "side-by-side", count = #activities, exchanges = exchanges_of(ctx.model),
      related = activities }
  end
end

local function run(ctx)
  local entity = ctx.alliance
  if not entity then return end
  for _, property in ipairs { "contract", "stance" } do
    if entity:is_unknown(property) then
      ctx:unknown { at = entity:where(property), property = property, say = "ask-" .. property }
    end
  end
  local contract, stance = entity.contract, entity.stance
  if contract == "exchange" and stance == "co-construction" or contract == "alliance" and stance == "gift" then
    ctx:report { at = entity:where("stance"), say = "two-postures", contract = views.word(contract, "alliance"),
      stance = views.word(stance, "alliance") }
  elseif contract == "alliance" or stance == "co-construction" then
    check_work(ctx)
  end
end

local why = {
  en = "“What do you give me, what do I give you?” is an exchange, and ends with it; an alliance asks “how do we "
    .. "build a solution together?”.",
  fr = "« Que me donnes-tu, que te donné-je ? » est un échange, et s'arrête avec lui ; une alliance se demande "
    .. "« comment construire ensemble une solution ? ».",
}

return {
  api = 1, kind = "check", id = "posture", category = "partners", profile = "standard",
  word = { en = "posture", fr = "posture" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Those who say that they build together do so", fr = "Qui dit construire ensemble le fait" },
  about = {
    en = "An alliance that says it is one (`contract: alliance`, or `stance: co-construction`) has at least one "
      .. "activity that two partners do together: what goes from one to another is an exchange. What `contract` and "
      .. "`stance` say agrees.",
    fr = "Une alliance qui se dit telle (`contrat : alliance`, ou `posture : co-construction`) a au moins une activité "
      .. "que deux partenaires mènent ensemble : ce qui va de l'un à l'autre est un échange. Ce que disent `contrat` "
      .. "et `posture` s'accorde.",
  },
  source = {
    en = "Course, the three levers: the contract of exchange and the contract of alliance; the three eras",
    fr = "Cours, les trois leviers : le contrat d'échange et le contrat d'alliance ; les trois époques",
  },
  messages = {
    ["side-by-side"] = {
      en = "The file says that the partners build together, yet no activity ({count} in all) is done by two of them; "
        .. "{exchanges} {exchanges:contribution or benefit goes|contributions and benefits go} from one partner to "
        .. "another.",
      fr = "Le fichier dit que les partenaires construisent ensemble, mais aucune activité (sur {count}) n'est menée à "
        .. "deux ; {exchanges} {exchanges:apport ou bénéfice va|apports et bénéfices vont} d'un partenaire à l'autre.",
      why = why,
      next = {
        en = { "What will at least two of you do side by side? Write it as an `activity`, with its `owner` and `with`.",
          "If an exchange is what you want, say so: `contract: exchange`." },
        fr = { "Que ferez-vous à deux au moins, côte à côte ? Notez-le comme une `activité`, avec `porteur` et `avec`.",
          "Si un échange vous convient, dites-le : `contrat : échange`." },
      },
    },
    ["two-postures"] = {
      en = "The contract is said to be “{contract}” and the stance “{stance}”: the two do not go together.",
      fr = "Le contrat est noté « {contract} » et la posture « {stance} » : les deux ne vont pas ensemble.",
      why = why,
      next = {
        en = { "Ask each partner which of the two it lives; correct the other." },
        fr = { "Demandez à chaque partenaire laquelle des deux il vit ; corrigez l'autre." },
      },
    },
    ["not-said"] = {
      en = "Whether the partners do something together cannot be told: nothing says who does {items}.",
      fr = "Impossible de dire si les partenaires font quelque chose ensemble : rien ne dit qui réalise {items}.",
    },
    ["ask-contract"] = {
      en = "Do you ask “what do you give me?”, or “how do we build a solution together?”",
      fr = "Vous demandez-vous « que me donnes-tu ? », ou « comment construire ensemble une solution ? »",
    },
    ["ask-stance"] = {
      en = "Does one give to the other, do you complete each other, or do you build together?",
      fr = "L'un donne-t-il à l'autre, vous complétez-vous, ou construisez-vous ensemble ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a { contract: alliance }
partner school { brings "A room" { for: firm } }
partner firm { receives "Meetings" { from: school } }
activity visits "Visits" { owner: school }
]],
      good = [[
alliance a { contract: alliance }
partner school { brings "A room" { for: firm } }
partner firm { receives "Meetings" { from: school } }
activity visits "Visits" {
  owner: school
  with: firm
}
]],
      expect = { "side-by-side" },
    },
    {
      bad = [[
alliance a {
  contract: exchange
  stance: co-construction
}
]],
      good = [[
alliance a {
  contract: alliance
  stance: co-construction
}
]],
      expect = { "two-postures" },
    },
    {
      bad = [[
alliance a { stance: co-construction }
partner school
partner firm
activity visits "Visits" {
  owner: school
  with: ?
}
]],
      good = [[
alliance a { stance: co-construction }
partner school
partner firm
activity visits "Visits" {
  owner: school
  with: firm
}
]],
      expect = { "not-said" },
    },
    {
      bad = [[
alliance a {
  contract: ?
  stance: ?
}
]],
      good = [[
alliance a {
  contract: alliance
  stance: complementarity
}
]],
      expect = { "ask-contract", "ask-stance" },
    },
  },
}
