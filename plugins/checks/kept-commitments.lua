-- kept-commitments.lua -- what was promised has a holder, a date, and is kept.

local views = require "alliance.views"

-- Who holds a commitment: `by`, else the partner in whose block it stands.
local function holders_of(commitment)
  local holders = views.partners_in(commitment.by)
  if #holders == 0 and commitment.parent and commitment.parent:is_a("partner") then
    holders[1] = commitment.parent
  end
  return holders
end

local function check(ctx, commitment)
  local status = commitment.status
  if status == "kept" or status == "dropped" or views.known(commitment.done) then return end
  if views.is_studied(ctx.model) then return end
  local holders = holders_of(commitment)
  if #holders == 0 then
    if commitment:is_unknown("by") then
      ctx:unknown { at = commitment, property = "by", say = "ask-by", commitment = commitment }
    else
      ctx:report { at = commitment, say = "no-holder", commitment = commitment, severity = "note" }
    end
  end
  if commitment:is_unknown("due") then
    ctx:unknown { at = commitment, property = "due", say = "ask-due", commitment = commitment }
  elseif commitment.due == nil then
    ctx:report { at = commitment, say = "no-date", commitment = commitment, severity = "note" }
  elseif views.known(commitment.due) and (commitment.due:before(ctx.today) or status == "late") then
    local days = ctx.today.first - commitment.due.last
    local who = #holders > 0 and holders or nil
    ctx:report { at = commitment, say = who and (days > 0 and "late" or "said-late") or "late-nobody",
      commitment = commitment, due = commitment.due, days = math.max(days, 0), partners = who, related = holders }
  end
end

local why = {
  en = "Promises that quietly lapse wear out those who keep theirs; naming them early costs little.",
  fr = "Les promesses qu'on laisse filer usent ceux qui tiennent les leurs ; les nommer tôt coûte peu.",
}
local next_late = {
  en = { "Call before you write: is it forgotten, blocked, or no longer possible?",
    "Then note it: `status: kept`, a new `due`, or `status: dropped`." },
  fr = { "Appelez avant d'écrire : est-ce oublié, bloqué, ou devenu impossible ?",
    "Puis notez-le : `statut : tenu`, une nouvelle date `avant`, ou `statut : abandonné`." },
}

return {
  api = 1, kind = "check", id = "kept-commitments", category = "governance", profile = "standard",
  word = { en = "kept-commitments", fr = "engagements-tenus" },
  severity = "warning",
  title = { en = "What was promised is kept", fr = "Ce qui a été promis est tenu" },
  about = {
    en = "Each `commitment` has somebody who made it and a date. One whose date is over, and which is neither kept "
      .. "nor dropped, is late. Nothing is asked of an alliance that is only studied.",
    fr = "Chaque `engagement` a quelqu'un qui l'a pris et une date. Celui dont la date est passée, et qui n'est ni "
      .. "tenu ni abandonné, est en retard. Rien n'est demandé d'une alliance qu'on étudie seulement.",
  },
  source = {
    en = "Training deck, pitfall 4: commitments little respected; inertia as the main obstacle (course)",
    fr = "Support de formation, écueil 4 : engagements peu respectés ; l'inertie, principal obstacle (cours)",
  },
  messages = {
    late = {
      en = "{partners} should have done this by {due}, {days} {days:day|days} ago: “{commitment}”. No news since.",
      fr = "« {commitment} » : attendu de {partners} pour le {due}, il y a {days} {days:jour|jours}, sans nouvelle.",
      why = why, next = next_late,
    },
    ["said-late"] = {
      en = "“{commitment}”, expected from {partners} by {due}, is said to be late.",
      fr = "« {commitment} », attendu de {partners} pour le {due}, est noté en retard.",
      why = why, next = next_late,
    },
    ["late-nobody"] = {
      en = "“{commitment}” was due by {due}, and nobody is named for it.",
      fr = "« {commitment} » était à faire pour le {due}, et personne n'en est chargé.",
      why = why, next = next_late,
    },
    ["no-holder"] = {
      en = "Nobody has taken the commitment “{commitment}”.",
      fr = "Personne n'a pris l'engagement « {commitment} ».",
      next = { en = { "Name one partner: `by: …`." }, fr = { "Nommez un partenaire : `auteur : …`." } },
    },
    ["no-date"] = {
      en = "The commitment “{commitment}” has no date: when will you know whether it is kept?",
      fr = "L'engagement « {commitment} » n'a pas de date : quand saurez-vous s'il est tenu ?",
      next = { en = { "Give it a day: `due: …`." }, fr = { "Donnez-lui un jour : `avant : …`." } },
    },
    ["ask-by"] = {
      en = "Who takes the commitment “{commitment}”?",
      fr = "Qui prend l'engagement « {commitment} » ?",
    },
    ["ask-due"] = {
      en = "By when will “{commitment}” be done?",
      fr = "Pour quand « {commitment} » sera-t-il fait ?",
    },
  },
  visit = { commitment = check },
  examples = {
    {
      bad = [[
alliance a { mode: project }
partner p { commitment "Lend the room" { due: 2001-03-01 } }
]],
      good = [[
alliance a { mode: analysis }
partner p { commitment "Lend the room" { due: 2001-03-01 } }
]],
      expect = { "late" },
    },
    {
      bad = [[
partner p { commitment "Lend the room" { due: 2001-03-01 } }
]],
      good = [[
partner p {
  commitment "Lend the room" {
    due: 2001-03-01
    status: kept
  }
}
]],
      expect = { "late" },
    },
    {
      bad = [[
partner p {
  commitment "Lend the room" {
    due: 9000-03-01
    status: late
  }
}
]],
      good = [[
partner p { commitment "Lend the room" { due: 9000-03-01 } }
]],
      expect = { "said-late" },
    },
    {
      bad = [[
alliance a { commitment "Find a room" { due: 2001-03-01 } }
partner p
]],
      good = [[
alliance a {
  commitment "Find a room" {
    by: p
    due: 9000-03-01
  }
}
partner p
]],
      expect = { "late-nobody", "no-holder" },
    },
    {
      bad = [[
partner p { commitment "Lend the room" }
]],
      good = [[
partner p { commitment "Lend the room" { due: 9000-03-01 } }
]],
      expect = { "no-date" },
    },
    {
      bad = [[
alliance a {
  commitment "Find a room" {
    by: ?
    due: ?
  }
}
]],
      good = [[
alliance a {
  commitment "Find a room" {
    by: p
    due: 9000-03-01
  }
}
partner p
]],
      expect = { "ask-by", "ask-due" },
    },
  },
}
