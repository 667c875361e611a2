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

local function check_due(ctx, commitment, holders)
  if commitment.due:before(ctx.today) or commitment.status == "late" then
    local days = ctx.today.first - commitment.due.last
    local who = #holders > 0 and holders or nil
    ctx:report { at = commitment, say = who and (days > 0 and "late" or "said-late") or "late-nobody",
      commitment = commitment, due = commitment.due, days = math.max(days, 0), partners = who, related = holders }
  end
end

local function report(ctx, say, commitments)
  if #commitments == 0 then return end
  ctx:report { at = commitments[1], say = say, items = views.quoted(commitments), count = #commitments,
    related = commitments }
end

-- What is still to be done.
local function open_commitments(model)
  local open = {}
  for _, commitment in ipairs(model:all("commitment")) do
    local status = commitment.status
    if status ~= "kept" and status ~= "dropped" and not views.known(commitment.done) then
      open[#open + 1] = commitment
    end
  end
  return open
end

local function run(ctx)
  if views.is_studied(ctx.model) then return end
  local unheld, undated = {}, {}
  for _, commitment in ipairs(open_commitments(ctx.model)) do
    local holders = holders_of(commitment)
    if commitment:is_unknown("by") and #holders == 0 then
      ctx:unknown { at = commitment, property = "by", say = "ask-by", commitment = commitment }
    elseif #holders == 0 then
      unheld[#unheld + 1] = commitment
    end
    if commitment:is_unknown("due") then
      ctx:unknown { at = commitment, property = "due", say = "ask-due", commitment = commitment }
    elseif commitment.due == nil then
      undated[#undated + 1] = commitment
    elseif views.known(commitment.due) then
      check_due(ctx, commitment, holders)
    end
  end
  report(ctx, "no-holder", unheld)
  report(ctx, "no-date", undated)
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
      en = "Nobody has taken {count:this commitment|these commitments}: {items}.",
      fr = "Personne n'a pris {count:cet engagement|ces engagements} : {items}.",
      severity = "note", why = why,
      next = { en = { "Name one partner: `by: …`." }, fr = { "Nommez un partenaire : `auteur : …`." } },
    },
    ["no-date"] = {
      en = "{count:This commitment has|These commitments have} no date: {items}. When will you know whether "
        .. "{count:it is|they are} kept?",
      fr = "{count:Cet engagement n'a|Ces engagements n'ont} pas de date : {items}. Quand saurez-vous "
        .. "{count:s'il est tenu|s'ils sont tenus} ?",
      severity = "note", why = why,
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
  run = run,
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
