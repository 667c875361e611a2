-- levers.lua -- an alliance stands on three levers: people, money, and the others.

local views = require "alliance.views"

-- What is given by people, in their time or with what they know.
local by_people = { volunteering = true, staff = true, ["civic-service"] = true, ["skills-sponsorship"] = true,
  expertise = true, skills = true, engineering = true }

-- What the three levers hold: { people, money, partners } as counts; the contributions in time; and
-- how many contributions are told, how many only `?`.
local function weigh(model)
  local levers, time, told, open = { people = 0, money = 0, partners = #model:all("partner") }, {}, 0, 0
  for _, row in ipairs(views.ledger(model)) do
    told, open = told + #row.gives, open + #row.gives_open
    for _, item in ipairs(row.gives) do
      local matter = views.matter(item)
      if matter == "time" then time[#time + 1] = item end
      if matter == "time" or by_people[item.nature] then levers.people = levers.people + 1 end
      if matter == "money" then levers.money = levers.money + 1 end
      if matter == nil then open = open + 1 end
    end
  end
  for _, funding in ipairs(model:all("funding")) do
    if funding.status ~= "refused" then levers.money = levers.money + 1 end
  end
  return levers, time, told, open
end

local names = {
  { id = "people", en = "the time and skills of people", fr = "du temps et des compétences" },
  { id = "money", en = "money", fr = "de l'argent" },
  { id = "partners", en = "other partners", fr = "d'autres partenaires" },
}

local function check_levers(ctx, levers)
  local empty = {}
  for _, name in ipairs(names) do
    if levers[name.id] < (name.id == "partners" and 2 or 1) then empty[#empty + 1] = name end
  end
  -- Money alone that is missing is an empty box of the canvas, or a question about it: told there.
  if #empty == 0 or #empty == 1 and empty[1].id == "money" then return end
  ctx:report { at = ctx.alliance or ctx.model:all("partner")[1], say = "empty", count = #empty, people = levers.people,
    money = levers.money, partners = levers.partners, levers = views.several(empty) }
end

local function check_time(ctx, time)
  local nature = time[1] and time[1].nature
  local is_one = #time > 1 and views.known(nature)
  for _, item in ipairs(time) do is_one = is_one and item.nature == nature end
  if is_one then
    ctx:report { at = time[1], say = "one-kind", count = #time, nature = views.word(nature, "brings"),
      related = time }
  end
end

local function run(ctx)
  local levers, time, told, open = weigh(ctx.model)
  check_time(ctx, time)
  -- What is still `?` may be the lever that seems to be missing.
  if told > 0 and open == 0 then check_levers(ctx, levers) end
end

return {
  api = 1, kind = "check", id = "levers", category = "money", profile = "strict",
  word = { en = "levers", fr = "leviers" },
  severity = "note",
  title = { en = "Three levers carry the alliance", fr = "Trois leviers portent l'alliance" },
  about = {
    en = "The means of an alliance come from three levers: human wealth (volunteers, staff, civic service, skills "
      .. "lent by companies), funding, and alliances with others. None is empty, and the people are not all of one "
      .. "kind. Not asked while contributions are still `?`; an empty box of funding alone is pointed out by "
      .. "`canvas-complete`.",
    fr = "Les moyens d'une alliance viennent de trois leviers : la richesse humaine (bénévolat, salariat, service "
      .. "civique, mécénat de compétences), les financements, et les alliances avec d'autres. Aucun n'est vide, et la "
      .. "richesse humaine n'est pas d'une seule sorte. Rien n'est demandé tant que des apports restent `?` ; une case "
      .. "Financements vide, seule, est signalée par `canevas-complet`.",
  },
  source = {
    en = "Course, the three levers of the socio-economic model of associations",
    fr = "Cours, les trois leviers du modèle socio-économique des associations",
  },
  messages = {
    empty = {
      en = "Of the three levers that carry an alliance, the file lacks {count}: {levers} (contributions of people: "
        .. "{people}, sources of money: {money}, partners: {partners}).",
      fr = "Des trois leviers qui portent une alliance, il en manque {count} : {levers} (apports humains : {people}, "
        .. "sources d'argent : {money}, partenaires : {partners}).",
      why = {
        en = "What stands on one lever falls with it: the three replace one another on a bad day.",
        fr = "Ce qui repose sur un seul levier tombe avec lui ; les trois se relaient dans les mauvais jours.",
      },
      next = {
        en = { "Whose time is given and written nowhere? Add it: `brings 35 h \"…\" { nature: volunteering }`.",
          "If a lever is left aside on purpose, accept this finding and say why." },
        fr = { "Quel temps est donné sans être écrit ? Ajoutez-le : `apporte 35 h \"…\" { nature : bénévolat }`.",
          "Si un levier est laissé de côté exprès, acceptez ce constat en disant pourquoi." },
      },
    },
    ["one-kind"] = {
      en = "The {count} contributions in time are all of one kind: {nature}.",
      fr = "Les {count} apports en temps sont d'une seule sorte : {nature}.",
      why = {
        en = "Volunteers, staff, young people in civic service and staff lent by companies do not come from the same "
          .. "places: each kind opens a door on the territory.",
        fr = "Bénévoles, salariés, jeunes en service civique et salariés prêtés ne viennent pas des mêmes endroits : "
          .. "chaque sorte ouvre une porte sur le territoire.",
      },
      next = {
        en = { "Which partner could lend the time of its people, even one day a month?" },
        fr = { "Quel partenaire pourrait prêter du temps de ses équipes, même un jour par mois ?" },
      },
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner p { brings 500 EUR "A gift" }
partner q { brings "A room" { nature: space } }
]],
      good = [[
partner p { brings 500 EUR "A gift" }
partner q {
  brings "A room" { nature: space }
  brings 35 h "Visits" { nature: volunteering }
}
]],
      expect = { "empty" },
    },
    {
      bad = [[
partner p { brings 500 EUR "A gift" }
partner q {
  brings 35 h "Visits" { nature: volunteering }
  brings 20 h "Accounts" { nature: volunteering }
}
]],
      good = [[
partner p { brings 500 EUR "A gift" }
partner q {
  brings 35 h "Visits" { nature: volunteering }
  brings 20 h "Accounts" { nature: skills-sponsorship }
}
]],
      expect = { "one-kind" },
    },
  },
}
