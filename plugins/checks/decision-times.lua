-- decision-times.lua -- partners are asked early enough to decide, and to pay, in time.

local views = require "alliance.views"

-- "takes 3 months to decide and 60 days to pay"
local function delays_of(ctx, request)
  if request.payment then
    return ctx:texts { en = "takes {decision} to decide and {payment} to pay",
      fr = "met {decision} à décider et {payment} à payer", decision = request.decision, payment = request.payment }
  end
  return ctx:texts { en = "takes {decision} to decide", fr = "met {decision} à décider", decision = request.decision }
end

-- Requests of one partner for one thing on one day belong together: { the first of them, items }.
local function grouped(requests)
  local groups, by = {}, {}
  for _, request in ipairs(requests) do
    local key = ("%s\0%s\0%d\0%s"):format(request.partner.path, request.aim and request.aim.path or "",
      request.ask_by.first, request.status or "")
    if not by[key] then
      by[key] = { first = request, items = {} }
      groups[#groups + 1] = by[key]
    end
    table.insert(by[key].items, request.item)
  end
  return groups
end

-- What to say of a request today: too late, already asked but perhaps too late, soon; or nothing.
local function message_for(ctx, request)
  local begun = request.needed.first <= ctx.today.first
  -- What has begun without a word on its status was most likely settled, and not noted.
  if begun and not request.status then return nil end
  if request.ask_by:before(ctx.today) then
    return request.status == "requested" and "asked" or "late"
  end
  local days = request.ask_by.first - ctx.today.first
  if days <= ctx.options.ahead and request.status ~= "requested" then return "soon" end
end

local function how_soon(ctx, days)
  if days <= 0 then return { en = "that is today", fr = "c'est aujourd'hui" } end
  return ctx:texts { en = "in {days} {days:day|days}", fr = "dans {days} {days:jour|jours}", days = days }
end

local function report(ctx, group, say)
  local request = group.first
  local aim = request.aim or group.items[1]
  ctx:report { at = group.items[1], say = say, partner = request.partner, delays = delays_of(ctx, request), aim = aim,
    date = request.needed, ask_by = request.ask_by, items = views.quoted(group.items), related = group.items,
    when = how_soon(ctx, request.ask_by.first - ctx.today.first), ahead = ctx.options.ahead }
end

-- Partners and items of requests, each once, in the order of the file.
local function gathered(requests)
  local partners, items, seen = {}, {}, {}
  for _, request in ipairs(requests) do
    for _, entry in ipairs { { partners, request.partner }, { items, request.item } } do
      local list, entity = table.unpack(entry)
      if not seen[entity.path] then
        seen[entity.path] = true
        list[#list + 1] = entity
      end
    end
  end
  return partners, items
end

local function cannot_tell(ctx, reason, requests)
  if #requests == 0 then return end
  local partners, items = gathered(requests)
  ctx:cannot_tell { at = partners[1], reason = reason, partners = views.named(partners), count = #partners,
    items = views.quoted(items), time = requests[1].decision, missing = {}, related = items }
end

local function run(ctx)
  -- Nobody is asked in time any more in an alliance that is over, or only studied.
  if ctx.status == "closed" or views.is_studied(ctx.model) then return end
  local timed, without = {}, { ["no-date"] = {}, ["no-days"] = {}, ["no-time"] = {} }
  local asked = {}
  for _, request in ipairs(views.requests(ctx.model, ctx.today)) do
    local partner, to_come = request.partner, request.needed and request.needed.first > ctx.today.first
    if request.ask_by then
      timed[#timed + 1] = request
    elseif request.decision == alliance.unknown then
      if not asked[partner.path] then
        asked[partner.path] = true
        ctx:unknown { at = partner:where("decision-time"), property = "decision-time", say = "ask-time",
          partner = partner, related = { partner } }
      end
    elseif request.reason ~= "no-time" or to_come then
      table.insert(without[request.reason], request)
    end
  end
  for _, group in ipairs(grouped(timed)) do
    local say = message_for(ctx, group.first)
    if say then report(ctx, group, say) end
  end
  for _, reason in ipairs { "no-date", "no-days", "no-time" } do cannot_tell(ctx, reason, without[reason]) end
end

local why = {
  en = "Large organisations and public bodies decide in steps that nobody outside can shorten; what is late is "
    .. "usually the question, not the answer.",
  fr = "Les grandes organisations et les collectivités décident par étapes que personne ne peut raccourcir du "
    .. "dehors ; ce qui est en retard, c'est le plus souvent la question.",
}
local why_soon = {
  en = why.en .. " Recalled {ahead} {ahead:day|days} ahead, a convention.",
  fr = why.fr .. " Rappelé {ahead} {ahead:jour|jours} à l'avance, une convention.",
}
local next_late = {
  en = { "Call {partner} today: is there a shorter way, or a first part that can be decided at once?",
    "Or move the date of what waits for it.",
    "If it is already agreed, write it: `status: confirmed` for a contribution, `status: secured` for a funding." },
  fr = { "Appelez {partner} aujourd'hui : y a-t-il une voie plus courte, ou une première part à décider tout de "
    .. "suite ?",
    "Ou déplacez la date de ce qui en dépend.",
    "Si c'est déjà convenu, notez-le : `statut : confirmé` pour une contribution, `statut : acquis` pour un "
      .. "financement." },
}

return {
  api = 1, kind = "check", id = "decision-times", category = "calendar", profile = "standard",
  word = { en = "decision-times", fr = "temporalités" },
  severity = "warning",
  title = { en = "Partners are asked early enough to decide", fr = "Chacun est sollicité assez tôt pour décider" },
  about = {
    en = "Takes what is promised and not yet settled (contributions that are not confirmed, fundings that are not "
      .. "secured), looks when it is first needed (the beginning of the activity, phase or trial it is `for`, or of "
      .. "its own `period` if that is later), and goes back from that day by the partner's `decision-time`, and for "
      .. "money by its `payment-time`: that is the last day to ask, recalled a month ahead (a convention). Days are "
      .. "counted in the calendar. An alliance that is studied (`mode: analysis`) is left in peace.",
    fr = "Prend ce qui est promis et pas encore acquis (contributions non confirmées, financements non acquis), "
      .. "regarde quand on en a besoin (le début de l'activité, de l'étape ou de l'expérimentation dans `pour`, ou "
      .. "celui de sa propre `période` s'il vient après), et remonte à partir de ce jour le `délai-de-décision` du "
      .. "partenaire, et pour l'argent son `délai-de-paiement` : c'est le dernier jour pour demander, rappelé un mois "
      .. "avant (une convention). Les jours sont ceux du calendrier. Une alliance que l'on étudie (`mode : analyse`) "
      .. "n'est pas concernée.",
  },
  source = {
    en = "Training deck: different temporalities, complex processes of large groups and local authorities; backward "
      .. "planning",
    fr = "Support de formation : temporalités différentes, processus complexes des grands groupes et des "
      .. "collectivités ; rétroplanning",
  },
  options = {
    ahead = { type = "integer", default = 30, min = 0, convention = true, about = {
      en = "How many days ahead a request that is due is recalled.",
      fr = "Combien de jours à l'avance une demande à faire est rappelée." } },
  },
  messages = {
    late = {
      en = "{partner} {delays}: for “{aim}”, on {date}, it had to be asked by {ask_by}. Still open: {items}.",
      fr = "{partner} {delays} : pour « {aim} », le {date}, il fallait faire la demande au plus tard le {ask_by}. "
        .. "Encore en suspens : {items}.",
      why = why, next = next_late,
    },
    asked = {
      en = "{partner} {delays}: for “{aim}”, on {date}, it had to be asked by {ask_by}. It has been asked for "
        .. "{items}; if that was later, the answer comes too late.",
      fr = "{partner} {delays} : pour « {aim} », le {date}, il fallait faire la demande au plus tard le {ask_by}. "
        .. "Elle est faite pour {items} ; si c'était plus tard, la réponse viendra trop tard.",
      severity = "note", why = why,
      next = {
        en = { "Ask {partner} when it will decide, and prepare what is done until then." },
        fr = { "Demandez à {partner} quand la décision tombera, et prévoyez ce que l'on fait d'ici là." },
      },
    },
    soon = {
      en = "{partner} {delays}: for “{aim}”, on {date}, ask by {ask_by}, {when}. Still open: {items}.",
      fr = "{partner} {delays} : pour « {aim} », le {date}, la demande est à faire au plus tard le {ask_by}, {when}. "
        .. "Encore en suspens : {items}.",
      severity = "note", why = why_soon,
      next = {
        en = { "Send it now, to the person who can put it on the right agenda." },
        fr = { "Envoyez-la maintenant, à la personne qui peut l'inscrire au bon ordre du jour." },
      },
    },
    ["ask-time"] = {
      en = "How long does {partner} take to decide?",
      fr = "Combien de temps faut-il à {partner} pour décider ?",
    },
    ["no-time"] = {
      en = "By when to ask {partners} cannot be told: nothing says how long {count:it takes|they take} to decide on "
        .. "{items}.",
      fr = "On ne peut pas dire quand s'adresser à {partners} : rien ne dit combien de temps il {count:lui|leur} faut "
        .. "pour décider de {items}.",
    },
    ["no-date"] = {
      en = "By when to ask {partners} cannot be told: nothing says from which day on {items} will be needed.",
      fr = "On ne peut pas dire quand s'adresser à {partners} : rien ne dit à partir de quel jour il faudra {items}.",
    },
    ["no-days"] = {
      en = "By when to ask {partners} cannot be told: {time} is not written in days, weeks, months or years.",
      fr = "On ne peut pas dire quand s'adresser à {partners} : {time} n'est pas écrit en jours, semaines, mois ou "
        .. "années.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
partner town "Town" {
  decision-time: 3 months
  brings ? "A room" {
    for: opening
    status: promised
  }
  brings ? "A van" {
    for: opening
    status: promised
  }
}
activity opening "Opening" { period: 2002-03-01..2002-06-30 }
]],
      good = [[
partner town "Town" {
  decision-time: 3 months
  brings ? "A room" {
    for: opening
    status: confirmed
  }
  brings ? "A van" { for: opening }
}
activity opening "Opening" { period: 2002-03-01..2002-06-30 }
]],
      expect = { "late" },
    },
    {
      bad = [[
partner club "Club" {
  decision-time: 6 weeks
  payment-time: 60 days
}
funding 500 EUR "A gift" {
  from: club
  status: to-approach
  period: 2002
}
]],
      good = [[
partner club "Club" {
  decision-time: 6 weeks
  payment-time: 60 days
}
funding 500 EUR "A gift" {
  from: club
  status: secured
  period: 2002
}
]],
      expect = { "late" },
    },
    {
      bad = [[
partner club "Club" { decision-time: 6 weeks }
funding 500 EUR "A gift" {
  from: club
  status: requested
  for: trial
}
pilot trial "Trial" { period: 2002-03..2002-06 }
]],
      good = [[
alliance a { mode: analysis }
partner club "Club" { decision-time: 6 weeks }
funding 500 EUR "A gift" {
  from: club
  status: requested
  for: trial
}
pilot trial "Trial" { period: 2002-03..2002-06 }
]],
      expect = { "asked" },
    },
    {
      bad = [[
partner club "Club" { decision-time: 6 weeks }
funding 500 EUR "This year" {
  from: club
  status: to-approach
  period: 2002
  for: work
}
funding 500 EUR "Much later" {
  from: club
  status: to-approach
  period: 9001
  for: work
}
phase work "Work" { period: 2001..9002 }
]],
      good = [[
partner club "Club" { decision-time: 6 weeks }
funding 500 EUR "This year" {
  from: club
  status: secured
  period: 2002
  for: work
}
funding 500 EUR "Much later" {
  from: club
  status: to-approach
  period: 9001
  for: work
}
phase work "Work" { period: 2001..9002 }
]],
      expect = { "late" },
    },
    {
      bad = [[
partner town "Town" {
  decision-time: 3 months
  brings ? "A room" { for: opening }
}
activity opening "Opening" { period: 9000-03-01..9000-06-30 }
settings decision-times { ahead: 3000000 }
]],
      good = [[
partner town "Town" {
  decision-time: 3 months
  brings ? "A room" { for: opening }
}
activity opening "Opening" { period: 9000-03-01..9000-06-30 }
]],
      expect = { "soon" },
    },
    {
      bad = [[
partner town "Town" {
  decision-time: ?
  brings ? "A room"
}
]],
      good = [[
partner town "Town" {
  decision-time: ?
  brings ? "A room" { status: confirmed }
}
]],
      expect = { "ask-time" },
    },
    {
      bad = [[
partner town "Town" { brings ? "A room" { for: opening } }
activity opening "Opening" { period: 9000-03-01..9000-06-30 }
]],
      good = [[
partner town "Town" { brings ? "A room" { for: opening } }
activity opening "Opening"
]],
      expect = { "no-time" },
    },
    {
      bad = [[
partner town "Town" {
  decision-time: 2 months
  brings ? "A room" { for: opening }
}
activity opening "Opening"
]],
      good = [[
partner town "Town" {
  decision-time: 2 months
  brings ? "A room" { for: opening }
}
activity opening "Opening" { period: 9000-03-01..9000-06-30 }
]],
      expect = { "no-date" },
    },
    {
      bad = [[
partner town "Town" {
  decision-time: 48 h
  brings ? "A room" { for: opening }
}
activity opening "Opening" { period: 9000-03-01..9000-06-30 }
]],
      good = [[
partner town "Town" {
  decision-time: 2 days
  brings ? "A room" { for: opening }
}
activity opening "Opening" { period: 9000-03-01..9000-06-30 }
]],
      expect = { "no-days" },
    },
  },
}
