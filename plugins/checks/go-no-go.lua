-- go-no-go.lua -- before going on, somebody decides, on a date, on criteria said beforehand.

local views = require "alliance.views"

-- What a gate lacks, in the order in which a person would ask for it; and what is `?`.
local needs = { "date", "decider", "if-no-go" }

local function gaps_of(gate)
  local missing, open = {}, {}
  for _, need in ipairs(needs) do
    if gate:is_unknown(need) then open[#open + 1] = need
    elseif gate[need] == nil then missing[#missing + 1] = need end
  end
  if #gate:children("criterion") == 0 then table.insert(missing, 1, "criterion") end
  return missing, open
end

local words = {
  criterion = { en = "criteria", fr = "critères" },
  date = { en = "date", fr = "date" },
  decider = { en = "person or body who decides", fr = "décideur" },
  ["if-no-go"] = { en = "what happens if it is no", fr = "suite prévue si c'est non" },
}

local function words_of(list)
  local names = {}
  for i, need in ipairs(list) do names[i] = words[need] end
  return views.several(names)
end

-- Whether a criterion is met by the latest figure: true, false, or nil when it cannot be told.
local function is_met(criterion)
  local kpis = views.list(criterion.kpi)
  local kpi = kpis[1]
  if not views.is_entity(kpi, "kpi") then return nil end
  local target = views.known(criterion.target) and criterion.target or kpi.target
  local latest = kpi.latest
  if not views.known(target) or not views.known(latest) then return nil end
  local function told(compare)
    local fine, answer = pcall(compare)
    if fine then return answer end
  end
  if target.bound == ".." then
    return told(function() return target.low <= latest and latest <= target.high end)
  elseif target.bound == "<=" then return told(function() return latest <= target.low end)
  elseif target.bound == "<" then return told(function() return latest < target.low end)
  elseif target.bound == ">" then return told(function() return target.low < latest end)
  end
  return told(function() return target.low <= latest end)
end

local function check_decision(ctx, gate)
  local decision = gate.decision
  local passed = views.known(gate.date) and gate.date:before(ctx.today)
  if passed and (decision == nil or decision == "pending") then
    ctx:report { at = gate, say = "no-decision", gate = gate, date = gate.date }
  elseif passed and decision == alliance.unknown then
    ctx:unknown { at = gate, property = "decision", say = "ask-decision", gate = gate }
  end
  if decision ~= "go" or views.known(gate.justified) then return end
  local unmet = {}
  for _, criterion in ipairs(gate:children("criterion")) do
    if is_met(criterion) == false then unmet[#unmet + 1] = criterion end
  end
  if #unmet > 0 then
    ctx:report { at = gate, say = "unmet", gate = gate, criteria = unmet, related = unmet }
  end
end

-- The phases of a type that a gate comes after.
local function gate_after(gates, phase)
  for _, gate in ipairs(gates) do
    for _, before in ipairs((views.list(gate.after))) do
      if views.is_entity(before) and before == phase then return gate end
    end
  end
end

-- A deployment that nothing decided says it all; otherwise each phase that a decision should follow.
local function check_phases(ctx, gates)
  local undecided, deployment = {}, nil
  for phase in ctx.model:each("phase") do
    if phase.type == "deployment" then deployment = phase end
    if (phase.type == "meeting" or phase.type == "experiment") and not gate_after(gates, phase) then
      undecided[#undecided + 1] = phase
    end
  end
  local place = deployment or ctx.status == "deployment" and ctx.alliance
  if place and #gates == 0 then
    ctx:report { at = place, say = "deployment", severity = views.is_studied(ctx.model) and "warning" or nil }
    return
  end
  for _, phase in ipairs(undecided) do
    ctx:report { at = phase, say = "no-gate", phase = phase }
  end
end

local function run(ctx)
  local gates = {}
  for milestone in ctx.model:each("milestone") do
    if milestone.type == "go-no-go" then gates[#gates + 1] = milestone end
  end
  for _, gate in ipairs(gates) do
    local missing, open = gaps_of(gate)
    if #missing > 0 then
      ctx:report { at = gate, say = "incomplete", gate = gate, needs = words_of(missing) }
    end
    if #open > 0 then
      ctx:unknown { at = gate:where(open[1]), property = open[1], say = "ask", gate = gate,
        needs = words_of(open), related = { gate } }
    end
    check_decision(ctx, gate)
  end
  check_phases(ctx, gates)
end

local why = {
  en = "A gate is the moment when stopping is still cheap, and when going on is a choice.",
  fr = "Un go / no go est le moment où s'arrêter coûte encore peu, et où continuer est un choix.",
}

return {
  api = 1, kind = "check", id = "go-no-go", category = "calendar", profile = "standard",
  word = { en = "go-no-go", fr = "go-no-go" },
  severity = { idea = "note", framing = "warning" },
  title = { en = "Going on is decided, not drifted into", fr = "Continuer se décide, on n'y glisse pas" },
  about = {
    en = "A go / no go follows the meeting and the experiment. Each has a date, criteria, somebody who decides, and "
      .. "says what happens if it is no. One that is past has its decision; a `go` with criteria that are not met says "
      .. "why (`justified`).",
    fr = "Un go / no go suit la rencontre et l'expérimentation. Chacun a une date, des critères, un décideur, et dit "
      .. "ce qui se passe si c'est non. Celui qui est passé porte sa décision ; un `go` dont des critères ne sont pas "
      .. "atteints dit pourquoi (`justification`).",
  },
  source = {
    en = "Training deck: calendar of the collaboration, two go / no go; criteria to go further",
    fr = "Support de formation : calendrier de la collaboration, deux go / no go ; critères pour aller plus loin",
  },
  messages = {
    deployment = {
      en = "The deployment has no go / no go decision before it: who decides, when, on which criteria?",
      fr = "Le passage au déploiement n'a pas de décision go / no go : qui décide, quand, sur quels critères ?",
      severity = "error", why = why,
      next = {
        en = { "Add a `milestone` of `type: go-no-go` with `date`, `decider`, `criterion` and `if-no-go`." },
        fr = { "Ajoutez un `jalon` de `type : go-no-go` avec `date`, `décideur`, `critère` et `sinon-quoi`." },
      },
    },
    ["no-gate"] = {
      en = "Nothing says who decides, after “{phase}”, whether to go on (go / no go).",
      fr = "Rien ne dit qui décide, après « {phase} », s'il faut continuer (go / no go).",
      why = why,
      next = {
        en = { "Write when and by whom it will be decided to go on: a `milestone` of `type: go-no-go`, `after` this "
          .. "phase." },
        fr = { "Notez quand et par qui se décidera la suite : un `jalon` de `type : go-no-go`, `après` cette étape." },
      },
    },
    incomplete = {
      en = "The go / no go “{gate}” lacks: {needs}.",
      fr = "Au go / no go « {gate} », il manque : {needs}.",
      why = why,
      next = {
        en = { "Agree on it beforehand: afterwards it would be political." },
        fr = { "Mettez-vous d'accord avant : après, ce serait une affaire de pouvoir." },
      },
    },
    ["no-decision"] = {
      en = "The go / no go “{gate}” was on {date}, and no decision is noted.",
      fr = "Le go / no go « {gate} » était prévu le {date}, et aucune décision n'est notée.",
      why = why,
      next = {
        en = { "Note what was decided: `decision: go` or `decision: no-go`." },
        fr = { "Notez ce qui a été décidé : `décision : go` ou `décision : no-go`." },
      },
    },
    unmet = {
      en = "“{gate}” was a go although not all criteria are met: {criteria}.",
      fr = "« {gate} » a été un go alors que des critères ne sont pas atteints : {criteria}.",
      why = why,
      next = {
        en = { "It may be right: say why with `justified: \"…\"`." },
        fr = { "C'est peut-être le bon choix : dites pourquoi avec `justification : \"…\"`." },
      },
    },
    ask = {
      en = "For the go / no go “{gate}”, still to be agreed: {needs}.",
      fr = "Pour le go / no go « {gate} », reste à convenir : {needs}.",
    },
    ["ask-decision"] = {
      en = "What was decided at “{gate}”?",
      fr = "Qu'a-t-on décidé à « {gate} » ?",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
phase scale { type: deployment }
]],
      good = [[
phase scale { type: deployment }
milestone gate "Go on?" {
  type: go-no-go
  date: 9000-01-01
  decider: "The assembly"
  if-no-go: "We stop and thank everybody"
  criterion "Half of the schools"
}
]],
      expect = { "deployment" },
    },
    {
      bad = [[
phase test { type: experiment }
]],
      good = [[
phase test { type: experiment }
milestone gate "Go on?" {
  type: go-no-go
  after: test
  date: 9000-01-01
  decider: "The assembly"
  if-no-go: "We stop and thank everybody"
  criterion "Half of the schools"
}
]],
      expect = { "no-gate" },
    },
    {
      bad = [[
milestone gate "Go on?" { type: go-no-go }
]],
      good = [[
milestone gate "Go on?" {
  type: go-no-go
  date: 9000-01-01
  decider: "The assembly"
  if-no-go: "We stop and thank everybody"
  criterion "Half of the schools"
}
]],
      expect = { "incomplete" },
    },
    {
      bad = [[
milestone gate "Go on?" {
  type: go-no-go
  date: 2001-01-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools"
}
]],
      good = [[
milestone gate "Go on?" {
  type: go-no-go
  date: 2001-01-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools"
  decision: go
}
]],
      expect = { "no-decision" },
    },
    {
      bad = [[
goal g
kpi k {
  goal: g
  reading 2001-01-01: 3 schools
}
milestone gate "Go on?" {
  type: go-no-go
  date: 2001-02-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools" {
    kpi: k
    target: 10 schools
  }
  decision: go
}
]],
      good = [[
goal g
kpi k {
  goal: g
  reading 2001-01-01: 12 schools
}
milestone gate "Go on?" {
  type: go-no-go
  date: 2001-02-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools" {
    kpi: k
    target: 10 schools
  }
  decision: go
}
]],
      expect = { "unmet" },
    },
    {
      bad = [[
milestone gate "Go on?" {
  type: go-no-go
  date: ?
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools"
}
]],
      good = [[
milestone gate "Go on?" {
  type: go-no-go
  date: 9000-01-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools"
}
]],
      expect = { "ask" },
    },
    {
      bad = [[
milestone gate "Go on?" {
  type: go-no-go
  date: 2001-01-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools"
  decision: ?
}
]],
      good = [[
milestone gate "Go on?" {
  type: go-no-go
  date: 2001-01-01
  decider: "The assembly"
  if-no-go: "We stop"
  criterion "Half of the schools"
  decision: no-go
}
]],
      expect = { "ask-decision" },
    },
  },
}
