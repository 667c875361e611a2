-- missing-stakeholders.lua -- those who count are met, and those for whom it is done have a say.

local number = require "alliance.number"
local views = require "alliance.views"

local figures = {
  power = { en = "power", fr = "pouvoir" }, interest = { en = "interest", fr = "intérêt" },
  legitimacy = { en = "legitimacy", fr = "légitimité" }, urgency = { en = "urgency", fr = "urgence" },
}

-- ---- Those who count ------------------------------------------------------------------------------------

-- "power 3, interest 4": what is known, in each language.
local function figures_text(standing, order)
  local texts = { en = {}, fr = {} }
  for _, figure in ipairs(order) do
    if standing[figure] then
      for language, list in pairs(texts) do
        list[#list + 1] = ("%s %d"):format(figures[figure][language], standing[figure])
      end
    end
  end
  return { en = table.concat(texts.en, ", "), fr = table.concat(texts.fr, ", ") }
end

-- Why one with whom nothing is planned should be met: the name of the message; nil when nothing calls for it.
local function reason_of(ctx, stakeholder, standing)
  local position = math.type(stakeholder.position) and stakeholder.position or 0
  if position < 0 and standing.power and standing.power >= ctx.options.midpoint then return "against" end
  if standing.quadrant == "key-player" or standing.class == "definitive" then return "counts" end
  if standing.class == "dependent" then return "weak" end
end

local function signed(position)
  return math.type(position) and number.format(position, { sign = true }) or "?"
end

local function report(ctx, say, rows)
  local limit = say == "counts" and ctx.options.together or #rows
  for _, row in ipairs(#rows > limit and {} or rows) do
    ctx:report { at = row.stakeholder, say = say, stakeholder = row.stakeholder, figures = row.figures,
      position = signed(row.stakeholder.position), midpoint = ctx.options.midpoint }
  end
  if #rows > limit then
    local names, all = {}, {}
    for i, row in ipairs(rows) do
      all[i] = row.stakeholder
      names[i] = ctx:texts { en = "{name} ({figures})", fr = "{name} ({figures})", name = row.stakeholder,
        figures = row.figures }
    end
    ctx:report { at = all[1], say = "count", stakeholders = views.several(names), count = #rows, related = all,
      midpoint = ctx.options.midpoint }
  end
end

local orders = {
  against = { "power", "interest" }, counts = { "power", "interest", "legitimacy", "urgency" },
  weak = { "legitimacy", "urgency", "power" },
}

local function check_stakeholders(ctx, place)
  local all = ctx.model:all("stakeholder")
  if #all == 0 then
    ctx:report { at = place, say = "none" }
  end
  local found, unsaid = { against = {}, counts = {}, weak = {} }, {}
  for _, stakeholder in ipairs(all) do
    if not views.is_engaged(stakeholder) then
      local standing = views.standing(stakeholder, ctx.options.midpoint)
      local reason = reason_of(ctx, stakeholder, standing)
      if reason then
        table.insert(found[reason], { stakeholder = stakeholder, figures = figures_text(standing, orders[reason]) })
      elseif not standing.quadrant then
        local open = {}
        for _, figure in ipairs { "power", "interest" } do
          if stakeholder:is_unknown(figure) then open[#open + 1] = figures[figure] end
        end
        if #open > 0 then
          ctx:unknown { at = stakeholder, say = "ask-figures", stakeholder = stakeholder, figures = open }
        else
          unsaid[#unsaid + 1] = stakeholder
        end
      end
    end
  end
  for _, say in ipairs { "against", "counts", "weak" } do report(ctx, say, found[say]) end
  if #unsaid > 0 then
    ctx:cannot_tell { at = unsaid[1], reason = "no-figures", stakeholders = views.named(unsaid), count = #unsaid,
      missing = unsaid }
  end
end

-- ---- Those for whom it is done ----------------------------------------------------------------------------

-- Where one has a say: who sits in a body or takes part in a ritual, and who is asked before deciding.
local seats = { { "body", "members" }, { "ritual", "with" }, { "activity", "consulted" },
  { "workstream", "consulted" } }

-- The paths of all who have a say, and whether the file says of any body or ritual who is in it, for
-- certain; groups are opened.
local function heard(ctx)
  local said, is_told, is_open = {}, false, false
  for _, seat in ipairs(seats) do
    for _, entity in ipairs(ctx.model:all(seat[1])) do
      local items, unknown = views.list(entity[seat[2]])
      is_open = is_open or unknown > 0
      is_told = is_told or #items > 0 and (seat[1] == "body" or seat[1] == "ritual")
      for _, item in ipairs(items) do
        if views.is_entity(item) then said[item.path] = true end
      end
      for _, partner in ipairs((views.partners_in(items))) do said[partner.path] = true end
    end
  end
  return said, is_told and not is_open
end

local function check_voice(ctx)
  local said, is_told = heard(ctx)
  local main, all = {}, ctx.model:all("beneficiary")
  for _, beneficiary in ipairs(all) do
    local partner = views.known(beneficiary.partner) and beneficiary.partner
    if said[beneficiary.path] or partner and said[partner.path] then return end
    if beneficiary.rank ~= "secondary" then main[#main + 1] = beneficiary end
  end
  if #main == 0 then main = all end
  if is_told and #main > 0 then
    ctx:report { at = main[1], say = "no-voice", beneficiaries = views.quoted(main), related = main }
  end
end

local function run(ctx)
  local place = ctx.alliance or ctx.model.partners[1]
  if not place then return end
  check_stakeholders(ctx, place)
  check_voice(ctx)
end

local why_counts = {
  en = "Those who can help or stop you, and care, are better met early than found in your way. (A figure is high from "
    .. "{midpoint} of 4 on: a convention.)",
  fr = "Ceux qui peuvent vous aider ou vous arrêter, et que cela intéresse, mieux vaut aller les voir tôt que les "
    .. "trouver sur votre chemin. (Un chiffre est élevé à partir de {midpoint} sur 4 : une convention.)",
}
local next_meet = {
  en = { "Decide who goes to see them, and write it: `engaged-by: …` (a partner, an activity, a meeting).",
    "Or ask them to become a partner." },
  fr = { "Décidez qui va les voir, et notez-le : `mobilisée-par : …` (un partenaire, une activité, un rendez-vous).",
    "Ou proposez-leur de devenir partenaires." },
}

return {
  api = 1, kind = "check", id = "missing-stakeholders", category = "ecosystem", profile = "standard",
  word = { en = "missing-stakeholders", fr = "parties-oubliées" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Nobody who counts is left out", fr = "Personne qui compte n'est oublié" },
  about = {
    en = "Looks for stakeholders with whom nothing is planned although they count: much `power` and `interest`; or "
      .. "power, `legitimacy` and `urgency` together; or much power and a `position` against. A note names those "
      .. "whose claim is legitimate and pressing, and who have little power. Something is planned when somebody goes "
      .. "to see them (`engaged-by`) or when they take part in an activity, a meeting, a body, an agreement, a group. "
      .. "And where bodies or meetings are described, the main beneficiaries sit there, or are consulted. Levels go "
      .. "from 0 to 4; from 2 on they count as high: a convention, which `settings missing-stakeholders` changes.",
    fr = "Cherche les parties prenantes avec qui rien n'est prévu alors qu'elles comptent : beaucoup de `pouvoir` et "
      .. "d'`intérêt` ; ou pouvoir, `légitimité` et `urgence` à la fois ; ou beaucoup de pouvoir et une `position` "
      .. "contre. Une remarque nomme celles dont la demande est légitime et pressante, et qui ont peu de pouvoir. "
      .. "Quelque chose est prévu quand quelqu'un va les voir (`mobilisée-par`), ou quand elles prennent part à une "
      .. "activité, un rituel, une instance, une convention, un groupe. Et là où instances et rituels sont décrits, "
      .. "les principaux bénéficiaires y siègent, ou sont consultés. Les niveaux vont de 0 à 4 ; à partir de 2 ils "
      .. "sont élevés : une convention, que `réglages parties-oubliées` change.",
  },
  source = {
    en = "Course, map of stakeholders; grid of power and interest (Mendelow 1991); salience of stakeholders "
      .. "(Mitchell, Agle & Wood 1997); power of those concerned (Wolff)",
    fr = "Cours, carte des parties prenantes ; grille du pouvoir et de l'intérêt (Mendelow 1991) ; importance des "
      .. "parties prenantes (Mitchell, Agle et Wood 1997) ; pouvoir des premiers concernés (Wolff)",
  },
  options = {
    midpoint = { type = "integer", default = 2, min = 1, max = 4, convention = true, about = {
      en = "The level from which power, interest, legitimacy and urgency count as high.",
      fr = "Le niveau à partir duquel pouvoir, intérêt, légitimité et urgence sont élevés." } },
    together = { type = "integer", default = 3, min = 0, about = {
      en = "More stakeholders than this in the same case are named in one finding.",
      fr = "Au-delà de ce nombre, les parties prenantes dans le même cas sont citées dans un seul constat." } },
  },
  messages = {
    counts = {
      en = "{stakeholder} counts a lot (out of 4: {figures}), and nothing is planned together.",
      fr = "{stakeholder} compte beaucoup (sur 4 : {figures}), et rien n'est prévu ensemble.",
      why = why_counts, next = next_meet,
    },
    count = {
      en = "{count} stakeholders count a lot (levels from 0 to 4), and nothing is planned with them: {stakeholders}.",
      fr = "{count} parties prenantes comptent beaucoup (niveaux de 0 à 4), et rien n'est prévu avec elles : "
        .. "{stakeholders}.",
      why = why_counts, next = next_meet,
    },
    against = {
      en = "{stakeholder} is against ({position}) and can stop you (out of 4: {figures}); nothing is planned "
        .. "together.",
      fr = "{stakeholder} est contre ({position}) et peut vous arrêter (sur 4 : {figures}) ; rien n'est prévu "
        .. "ensemble.",
      why = why_counts,
      next = {
        en = { "Go and listen before you convince: what does {stakeholder} fear to lose? Write who goes: `engaged-by: "
          .. "…`." },
        fr = { "Allez écouter avant de convaincre : que craint de perdre {stakeholder} ? Notez qui y va : "
          .. "`mobilisée-par : …`." },
      },
    },
    weak = {
      en = "{stakeholder}: a legitimate and pressing claim, but little power (out of 4: {figures}), and nothing is "
        .. "planned together. Who speaks for {stakeholder}?",
      fr = "{stakeholder} : une demande légitime et pressante, mais peu de pouvoir (sur 4 : {figures}), et rien n'est "
        .. "prévu ensemble. Qui parle pour {stakeholder} ?",
      severity = "note",
      why = {
        en = "Those who cannot make themselves heard depend on somebody who does it for them. (A figure counts as "
          .. "high from {midpoint} of 4 on: a convention.)",
        fr = "Ceux qui ne peuvent pas se faire entendre dépendent de quelqu'un qui le fait pour eux. (Un chiffre "
          .. "compte comme élevé à partir de {midpoint} sur 4 : une convention.)",
      },
      next = next_meet,
    },
    none = {
      en = "Nothing says who else counts around the alliance: who can help it, stop it, or is concerned?",
      fr = "Rien ne dit qui d'autre compte autour de l'alliance : qui peut l'aider, l'arrêter, ou s'en trouve "
        .. "concerné ?",
      why = {
        en = "A map of those around you, even of three names, shows whom to go and see first.",
        fr = "Une carte de ceux qui vous entourent, même de trois noms, montre qui aller voir en premier.",
      },
      next = {
        en = { "Name them: `stakeholder \"…\"`, with `power` and `interest`, from 0 to 4." },
        fr = { "Nommez-les : `partie-prenante \"…\"`, avec `pouvoir` et `intérêt`, de 0 à 4." },
      },
    },
    ["no-voice"] = {
      en = "Nothing gives a say to {beneficiaries} where things are decided: no body, no meeting, no consultation.",
      fr = "Rien ne donne la parole à {beneficiaries} là où l'on décide : ni instance, ni rituel, ni consultation.",
      why = {
        en = "What is decided without those for whom it is done is often not what they would have asked for.",
        fr = "Ce qu'on décide sans ceux pour qui on le fait est souvent autre chose que ce qu'ils auraient demandé.",
      },
      next = {
        en = { "Invite one or two of them, or those who speak for them: `members` of a body, `with` of a ritual, "
          .. "`consulted` on an activity." },
        fr = { "Invitez-en un ou deux, ou ceux qui parlent pour eux : `membres` d'une instance, `avec` d'un rituel, "
          .. "`consulté` sur une activité." },
      },
    },
    ["ask-figures"] = {
      en = "From 0 to 4, what is the {figures} of {stakeholder}?",
      fr = "De 0 à 4, que notez-vous pour {stakeholder} : {figures} ?",
    },
    ["no-figures"] = {
      en = "How much {stakeholders} {count:counts|count} cannot be told: power and interest are not written.",
      fr = "On ne peut pas dire à quel point {stakeholders} {count:compte|comptent} : ni pouvoir ni intérêt ne sont "
        .. "notés.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
alliance a "Lilacs"
]],
      good = [[
alliance a "Lilacs"
stakeholder s "Shopkeepers" {
  power: 1
  interest: 4
}
]],
      expect = { "none" },
    },
    {
      bad = [[
partner p "School"
stakeholder s "Landlord" {
  power: 4
  interest: 2
}
stakeholder t "Pharmacy" {
  power: 3
  legitimacy: 2
  urgency: 4
}
]],
      good = [[
partner p "School"
stakeholder s "Landlord" {
  power: 4
  interest: 2
  engaged-by: p
}
stakeholder t "Pharmacy" {
  power: 3
  interest: 1
  legitimacy: 2
  urgency: 1
}
]],
      expect = { "counts" },
    },
    {
      bad = [[
partner p "School"
stakeholder s "Landlord" {
  power: 4
  interest: 2
}
stakeholder t "Pharmacy" {
  power: 3
  interest: 3
}
settings missing-stakeholders { together: 1 }
]],
      good = [[
partner p "School"
stakeholder s "Landlord" {
  power: 4
  interest: 2
}
stakeholder t "Pharmacy" {
  power: 3
  interest: 3
}
settings missing-stakeholders { midpoint: 4 }
]],
      expect = { "count" },
    },
    {
      bad = [[
partner p "School"
stakeholder s "Neighbours' league" {
  power: 2
  interest: 1
  position: -3
}
]],
      good = [[
partner p "School"
stakeholder s "Neighbours' league" {
  power: 1
  interest: 1
  position: -3
}
]],
      expect = { "against" },
    },
    {
      bad = [[
partner p "School"
stakeholder s "Families without a home" {
  power: 0
  interest: 4
  legitimacy: 4
  urgency: 4
}
]],
      good = [[
partner p "School"
stakeholder s "Families without a home" {
  power: 0
  interest: 4
  legitimacy: 4
  urgency: 4
}
activity v "Visits" { with: p, s }
]],
      expect = { "weak" },
    },
    {
      bad = [[
partner p "School"
stakeholder s "Landlord" {
  power: 0
  interest: 0
}
beneficiary pupils "Pupils"
beneficiary parents "Parents" { rank: secondary }
body b "Board" { members: p }
]],
      good = [[
partner p "School"
stakeholder s "Landlord" {
  power: 0
  interest: 0
}
beneficiary pupils "Pupils" { partner: p }
body b "Board" { members: p }
]],
      expect = { "no-voice" },
    },
    {
      bad = [[
partner p "School"
stakeholder s "Landlord" {
  power: ?
  interest: ?
}
stakeholder t "Pharmacy"
]],
      good = [[
partner p "School"
stakeholder s "Landlord" {
  power: 0
  interest: 0
}
stakeholder t "Pharmacy"
group g "All of us" { members: p, t }
]],
      expect = { "ask-figures", "no-figures" },
    },
  },
}
