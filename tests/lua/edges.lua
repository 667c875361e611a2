-- edges.lua -- undefined cases: each must give nil and its reason, never a number.
--
-- And cases defined at the edge, mistakes of a programmer, and values at the
-- limits of exact arithmetic.

local coalitions = require "alliance.coalitions"
local concordance = require "alliance.concordance"
local exchange = require "alliance.exchange"
local finance = require "alliance.finance"
local games = require "alliance.games"
local goals = require "alliance.goals"
local inequality = require "alliance.inequality"
local linear = require "alliance.linear"
local mactor = require "alliance.mactor"
local network = require "alliance.network"
local rational = require "alliance.rational"
local schedule = require "alliance.schedule"
local text = require "alliance.text"
local stakeholders = require "alliance.stakeholders"

local difference = require "compare"

local call = function(f, ...)
  local arguments = table.pack(...)
  return function() return f(table.unpack(arguments, 1, arguments.n)) end
end

local function contribution(from, to, weight)
  return { type = "contribution", from = from, to = to, weight = weight }
end

local function decomposition(from, to, kind)
  return { type = "decomposition", from = from, to = to, kind = kind }
end

local ring = { contribution("a", "b", 50), contribution("b", "c", 50), contribution("c", "a", 50) }

-- What is called, and the id of the reason that it must give.
local undefined = {
  { "no position at all", "no-position", call(mactor.analyse, { positions = { { 0, 0 }, { 0, 0 } } }) },
  { "no objective", "no-position", call(mactor.analyse, { positions = { {}, {} } }) },
  { "one actor", "one-actor", call(mactor.analyse, { positions = { { 1, 2 } } }) },

  { "an empty goal model", "no-goal", call(goals.propagate, {}, {}) },
  { "goals in a ring", "cycle", call(goals.propagate, ring, { d = 100 }) },
  { "a goal that needs itself", "cycle", call(goals.propagate, { contribution("a", "a", 25) }, {}) },
  { "AND and OR on one goal", "mixed-decomposition", call(goals.propagate,
    { decomposition("a", "g", "AND"), decomposition("b", "g", "OR") }, {}) },
  { "a weight above 100", "weight-out-of-range",
    call(goals.propagate, { contribution("a", "g", 101) }, {}) },
  { "a contribution without weight", "weight-out-of-range",
    call(goals.propagate, { contribution("a", "g", nil) }, {}) },
  { "a value above 100", "value-out-of-range", call(goals.propagate, {}, { a = 101 }) },
  { "no goal that matters", "no-weighted-goal", call(goals.satisfaction, { a = 50 }, { a = 0 }) },
  { "no importance", "no-weighted-goal", call(goals.satisfaction, { a = 50 }, {}) },
  { "a goal without value", "missing-evaluation", call(goals.satisfaction, {}, { a = 50 }) },
  { "an importance below 0", "importance-out-of-range", call(goals.satisfaction, { a = 1 }, { a = -1 }) },
  { "a scale in disorder", "scale-not-ordered", call(goals.from_kpi, 5, 10, 20, 15) },
  { "a flat scale", "scale-not-ordered", call(goals.from_kpi, 5, 10, 10, 10) },

  { "no rater", "too-few-raters", call(concordance.kendall, {}) },
  { "one rater", "too-few-raters", call(concordance.kendall, { { 1, 2 } }) },
  { "one item", "too-few-items", call(concordance.kendall, { { 1 }, { 1 } }) },
  { "all tied", "all-tied", call(concordance.kendall, { { 3, 3, 3 }, { 1, 1, 1 } }) },
  { "two empty sets", "no-goals", call(concordance.jaccard, {}, {}) },
  { "a zero vector", "zero-vector", call(concordance.cosine, { 0, 0 }, { 1, 2 }) },
  { "vectors of nothing", "zero-vector", call(concordance.cosine, {}, {}) },

  { "shares of nobody", "no-value", call(inequality.shares, {}) },
  { "Gini of one", "one-value", call(inequality.gini, { 5 }) },
  { "Jain of one", "one-value", call(inequality.jain, { 5 }) },
  { "Theil of one", "one-value", call(inequality.theil, { 5 }, "T") },
  { "Atkinson of none", "one-value", call(inequality.atkinson, {}, 1) },
  { "Gini of zeros", "zero-total", call(inequality.gini, { 0, 0, 0 }) },
  { "Jain of zeros", "zero-total", call(inequality.jain, { 0, 0 }) },
  { "Theil of zeros", "zero-total", call(inequality.theil, { 0, 0 }, "T") },
  { "Theil L with a zero", "zero-value", call(inequality.theil, { 0, 1 }, "L") },
  { "Herfindahl of zeros", "zero-total", call(inequality.herfindahl, { 0 }) },
  { "shares of a debt", "negative-value", call(inequality.shares, { 5, -1 }) },
  { "equity of one partner", "one-partner", call(inequality.equity, { 5 }, { 5 }) },
  { "nobody contributes", "zero-contributions", call(inequality.equity, { 0, 0 }, { 1, 2 }) },
  { "nobody benefits", "zero-benefits", call(inequality.equity, { 1, 2 }, { 0, 0 }) },
  { "a contribution below 0", "negative-value", call(inequality.equity, { 1, -2 }, { 1, 1 }) },

  { "an actor without interface", "no-interface", call(exchange.net_value, {}) },
  { "less than never", "negative-occurrences",
    call(exchange.net_value, { { occurrences = -1, money_in = 5 } }) },
  { "no interface to judge", "no-interface", call(exchange.reciprocal, {}) },

  { "density of one", "too-few-nodes", call(network.density, {}, { nodes = 1 }) },
  { "degree of none", "too-few-nodes", call(network.degree, {}) },
  { "components of none", "no-node", call(network.components, {}) },
  { "articulation of none", "no-node", call(network.articulation_points, {}) },
  { "bridges of none", "no-node", call(network.bridges, {}) },
  { "cores of none", "no-node", call(network.k_core, {}) },
  { "clustering of none", "no-node", call(network.clustering, {}) },
  { "betweenness of two", "too-few-nodes", call(network.betweenness, { { "a", "b" } }) },
  { "transitivity of a tie", "no-triad", call(network.transitivity, { { "a", "b" } }) },
  { "diameter in two parts", "disconnected", call(network.diameter, { { 1, 2 }, { 3, 4 } }) },
  { "diameter of one", "too-few-nodes", call(network.diameter, {}, { nodes = 1 }) },
  { "HHI of nothing", "no-value", call(network.hhi, {}) },
  { "HHI of zeros", "zero-total", call(network.hhi, { 0, 0 }) },
  { "HHI below zero", "negative-value", call(network.hhi, { 1, -1 }) },
  { "no goal to carry", "no-goal", call(network.truck_factor, {}) },
  { "goals nobody carries", "already-uncovered",
    call(network.truck_factor, { a = {}, b = {}, c = { "x" } }) },

  { "power not known", "unknown-attribute",
    call(stakeholders.mitchell, { legitimacy = true, urgency = true }) },
  { "interest not known", "unknown-attribute", call(stakeholders.mendelow, { power = "high" }) },
  { "numbers without a midpoint", "unknown-attribute",
    call(stakeholders.mendelow, { power = 3, interest = 4 }) },

  { "nothing to plan", "no-activity", call(schedule.critical_path, {}) },
  { "a loop of three", "cycle", call(schedule.critical_path, {
    a = { duration = 1, predecessors = { "c" } }, b = { duration = 1, predecessors = { "a" } },
    c = { duration = 1, predecessors = { "b" } }, d = { duration = 1 } }) },
  { "a loop of arcs", "cycle", call(schedule.critical_path, {
    { from = 1, to = 2, duration = 1 }, { from = 2, to = 1, duration = 1 } }) },
  { "after nobody knows what", "unknown-predecessor",
    call(schedule.critical_path, { a = { duration = 1, predecessors = { "z" } } }) },
  { "no duration", "missing-duration", call(schedule.critical_path, { a = {} }) },
  { "a duration below zero", "negative-duration", call(schedule.critical_path, { a = { duration = -1 } }) },
  { "an arc twice", "repeated-arc", call(schedule.critical_path, {
    { from = 1, to = 2, duration = 1 }, { from = 1, to = 2, duration = 3 } }) },
  { "no pessimistic duration", "missing-duration", call(schedule.pert, { a = 1, m = 2 }) },
  { "estimates in disorder", "not-ordered", call(schedule.pert, { a = 3, m = 2, b = 4 }) },

  { "no budget", "missing-amount", call(finance.coverage, { secured = 5 }) },
  { "a budget of zero", "zero-budget", call(finance.coverage, { budget = 0, secured = 5 }) },
  { "a debt as cover", "negative-value", call(finance.coverage, { budget = 5, secured = -5 }) },
  { "nothing in kind", "no-contribution", call(finance.in_kind, {}) },
  { "hours without a rate", "missing-amount", call(finance.in_kind, { { hours = 5 } }) },
  { "a gift on no date", "no-date", call(finance.patronage, 100, 1000) },
  { "a gift long ago", "no-rule", call(finance.patronage, 100, 1000, "1999-12-31") },
  { "a gift of nothing known", "missing-amount", call(finance.patronage, nil, 1000, "2024-12-31") },
  { "a gift below zero", "negative-value", call(finance.patronage, -1, 1000, "2024-12-31") },
  { "no public money", "no-public-money", call(finance.owner_share, { public_total = 0, owner = 0 }) },
  { "a rate of 20", "rate-out-of-range",
    call(finance.owner_share, { public_total = 10, owner = 5, rate = 20 }) },
  { "no civic service", "no-month", call(finance.civic_service, { monthly = 100, months = 0 }) },
  { "civic service before the rules", "no-rule",
    call(finance.civic_service, { date = "2001-01-01", months = 8 }) },
  { "civic service for an unknown sum", "missing-amount", call(finance.civic_service, { months = 8 }) },

  { "21 players in a table", "too-large", call(games.shapley, {}, 21) },
  { "6 players in a nucleolus", "too-large", call(games.nucleolus, {}, 6) },
  { "11 players in a least core", "too-large", call(games.least_core, {}, 11) },
  { "a rule for nobody", "empty-rule", call(games.shapley_net, 2, { { all_of = {}, value = 5 } }) },
  { "a rule with and without", "contradictory-rule",
    call(games.shapley_net, 2, { { all_of = { 1 }, none_of = { 1 }, value = 5 } }) },
  { "a rule without value", "missing-value", call(games.shapley_net, 2, { { all_of = { 1 } } }) },
  { "a quota of nothing", "quota-not-positive", call(games.shapley_voting, 0, { 1, 2 }) },
  { "a quota above all", "quota-out-of-reach", call(games.banzhaf_voting, 4, { 1, 2 }) },
  { "half a vote", "not-whole", call(games.banzhaf_voting, 2, { 1.5, 2 }) },
  { "a vote below zero", "negative-value", call(games.banzhaf_voting, 2, { -1, 5 }) },
  { "voters without weight", "quota-out-of-reach", call(games.shapley_voting, 1, { 0, 0 }) },
  { "a very large vote", "too-large", call(games.shapley_voting, 3000001, { 3000001, 3000000 }) },
  { "a core of one", "one-player", call(games.core_excess, { 5 }, 1, { 5 }) },
  { "a least core of one", "one-player", call(games.least_core, { 5 }, 1) },
  { "nobody to leave", "one-player", call(games.propensity, { 5 }, 1, { 5 }) },
  { "nobody to share with", "one-player", call(games.gately, { 5 }, 1) },
  { "no surplus", "no-surplus", call(games.gately, { 1, 2, 3 }, 2) },
  { "no Gately point", "no-gately-point", call(games.gately, { 0, 0, 0, 1, 1, 1, 1 }, 3) },
  { "no imputation", "no-imputation", call(games.nucleolus, { 2, 2, 3 }, 2) },
  { "tau without balance", "not-quasi-balanced", call(games.tau, { 0, 0, 0, 1, 1, 1, 1 }, 3) },
  { "no claim", "no-claim", call(games.talmud, 100, {}) },
  { "claims of zero", "no-claim", call(games.proportional, 0, { 0, 0 }) },
  { "enough for everyone", "estate-exceeds-claims", call(games.random_arrival, 100, { 10, 20 }) },
  { "a claim below zero", "negative-value", call(games.talmud, 1, { 10, -20 }) },
  { "no aircraft", "no-value", call(games.airport, {}) },
  { "a runway that pays", "negative-value", call(games.airport, { -1 }) },
  { "a range too small", "range-exceeded", call(games.shapley_sample, 3, function(_, count)
    return count == 3 and 10 or 0
  end, { range = 1, epsilon = 0.5 }) },
  { "a sample without end", "too-large", call(games.shapley_sample, 100, function() return 0 end,
    { range = 1, epsilon = 1e-5 }) },

  { "an empty program", "unbounded", call(linear.minimise, { 1 }, {}) },
  { "a program that contradicts itself", "infeasible",
    call(linear.minimise, { 1 }, { { 1, bound = 2 }, { -1, bound = -1 } }) },
}

-- What a programmer did wrong is an error.
local mistakes = {
  { "a list that is none", call(inequality.gini, 5) },
  { "a text that is no number", call(rational.from, "twelve") },
  { "nil as a number", call(rational.from, nil) },
  { "not a number", call(rational.from, 0 / 0) },
  { "infinity", call(inequality.shares, { 1, math.huge }) },
  { "a fraction over zero", call(rational.from, "1/0") },
  { "rows of different length", call(concordance.kendall, { { 1, 2 }, { 1, 2, 3 } }) },
  { "lists of different length", call(inequality.equity, { 1, 2 }, { 1 }) },
  { "an unknown form", call(inequality.theil, { 1, 2 }, "X") },
  { "an aversion below zero", call(inequality.atkinson, { 1, 2 }, -1) },
  { "too few values", call(games.shapley, { 1, 2 }, 2) },
  { "no players", call(games.shapley, {}, 0) },
  { "a player who is not there", call(games.shapley_net, 2, { { all_of = { 3 }, value = 1 } }) },
  { "an influence of 5", call(mactor.analyse, { influence = { { 0, 5 }, { 0, 0 } } }) },
  { "influence on oneself", call(mactor.analyse, { influence = { { 1, 1 }, { 0, 0 } } }) },
  { "a position of one half", call(mactor.analyse, { positions = { { 0.5 }, { 1 } } }) },
  { "neither matrix", call(mactor.analyse, {}) },
  { "a third reading of power", call(mactor.analyse, { positions = { { 1 }, { 1 } }, power = "x" }) },
  { "an unknown link", call(goals.propagate, { { type = "x", from = 1, to = 2 } }, {}) },
  { "a node that is a table", call(network.density, { { {}, {} } }) },
  { "a risk of 1", call(games.sample_size, 1, 0.1, 1) },
  { "a sample without a range", call(games.shapley_sample, 3, function() return 0 end, {}) },
}

-- Defined at the edge: the call and what it gives.
local defined = {
  { "a period breaks after its dash, an amount nowhere, and a dash between words where there is room", function()
    return { text.wrap(text.unbroken("10 January 2024 – 1 February 2024"), 20),
             text.wrap("Costs " .. text.unbroken("12 500 EUR"), 12), text.wrap("Sea – Land – Air and Sky", 12) }
  end, { { "10\u{A0}January\u{A0}2024\u{A0}–", "1\u{A0}February\u{A0}2024" }, { "Costs", "12\u{A0}500\u{A0}EUR" },
         { "Sea – Land –", "Air and Sky" } } },
  { "nobody influences anybody: equal power", function()
    local result = mactor.analyse { influence = { { 0, 0 }, { 0, 0 } }, positions = { { 2 }, { 3 } } }
    return { result.r_star, result.CAA[3], result.CAA[2], result.stability,
             result.reasons.r_star:match("^[%w-]+") }
  end, { { 1, 1 }, { { 0, 2.5 }, { 2.5, 0 } }, { { 0, 2.5 }, { 2.5, 0 } }, false, "no-influence" } },
  { "two equals: the gross reading has a power, the net one has none", function()
    local M = { { 0, 1 }, { 1, 0 } }
    local gross = mactor.analyse { influence = M }
    local net = mactor.analyse { influence = M, positions = { { 1 }, { 1 } }, power = "net" }
    return { gross.r_star, net.r_star, net.CAA[3] == nil, net.reasons.r_star:match("^[%w-]+") }
  end, { { 1, 1 }, false, true, "no-net-power" } },
  { "positions alone have no third order", function()
    local result = mactor.analyse { positions = { { 1, 0 }, { -2, 0 }, { 0, 0 } } }
    return { result.CAA[3] == nil, result.MIDI == nil, result.ambivalence[1],
             result.reasons.ambivalence[1][3]:match("^[%w-]+"), result.convergence }
  end, { true, true, { 0, 0, false }, "no-position", { 0, 0 } } },
  { "positions on different objectives", function()
    local result = mactor.analyse { positions = { { 1, 0 }, { 0, 2 } } }
    return { result.convergence, result.reasons.convergence[2]:match("^[%w-]+"),
             result.reasons.ambivalence[2][1]:match("^[%w-]+") }
  end, { { false, false }, "no-common-objective", "no-common-objective" } },
  { "a fixed value breaks a ring", function()
    return { (goals.propagate(ring, { a = 100 })) }
  end, { { a = 100, b = 50, c = 25 } } },
  { "a goal that nobody feeds is said", function()
    local values, assumed = goals.propagate({ contribution("a", "g", 50) }, {})
    return { values.g, assumed }
  end, { 0, { "a" } } },
  { "held at 90 on both sides", function()
    local function two(weight)
      return goals.propagate({ contribution("a", "g", weight), contribution("b", "g", weight) },
                             { a = 100, b = 100 }).g
    end
    return { two(50), two(-50), two(48), two(44) }
  end, { 90, -90, 90, 88 } },
  { "a contribution in full is not held", function()
    return { (goals.propagate({ contribution("a", "g", -100) }, { a = 100 })).g,
             (goals.propagate({ decomposition("a", "g", "AND") }, { a = 95 })).g }
  end, { -100, 95 } },
  { "without truncation", function()
    local links = { contribution("a", "g", 25), contribution("g", "h", 25) }
    return { goals.propagate(links, { a = 50 }, { truncate = false }),
             (goals.satisfaction({ a = 50, b = 25 }, { a = 100, b = 50 }, { truncate = false })) }
  end, { { g = 12.5, h = 3.125 }, 125 / 3 } },
  { "a partner outside the exchange is left out", function()
    local result = inequality.equity({ 1, 1, 0 }, { 1, 1, 0 })
    return { result.ratio, result.min_over_max, result.reasons.ratio[3]:match("^[%w-]+") }
  end, { { 1, 1, false }, 1, "no-part" } },
  { "receiving without contributing has no number", function()
    local result = inequality.equity({ 2, 2, 0 }, { 1, 1, 2 })
    return { result.ratio, result.min_over_max, result.jain, result.gap,
             result.reasons.jain:match("^[%w-]+") }
  end, { { 0.5, 0.5, false }, false, false, 0.5, "receives-without-contributing" } },
  { "Atkinson with a zero", function() return { inequality.atkinson({ 0, 1 }, 1) } end, { 1 } },
  { "one funder", function()
    local result = network.hhi { 5000, 0 }
    return { result.hhi, result.effective_number, result.normalized,
             result.reasons.diversification:match("^[%w-]+") }
  end, { 10000, 1, false, "one-source" } },
  { "repeated edges and edges to oneself count once and not at all", function()
    return { (network.density { { 1, 2 }, { 2, 1 }, { 2, 2 } }) }
  end, { 1 } },
  { "isolated nodes are parts", function()
    return { network.components({ { "b", "a" } }, { nodes = { "c", "a" } }) }
  end, { { { "a", "b" }, { "c" } } } },
  { "a chain has cut nodes and only bridges", function()
    local chain = { { 1, 2 }, { 2, 3 } }
    return { network.articulation_points(chain), network.bridges(chain), network.diameter(chain) }
  end, { { 2 }, { { 1, 2 }, { 2, 3 } }, 2 } },
  { "a ring has neither", function()
    local edges = { { 1, 2 }, { 2, 3 }, { 3, 4 }, { 4, 1 } }
    return { #network.articulation_points(edges), #network.bridges(edges) }
  end, { 0, 0 } },
  { "a goal with one carrier is named", function()
    local result = network.truck_factor { a = { "x" }, b = { "x", "y" }, c = { "y", "z" } }
    return { result.single_carrier, result.factor, result.order }
  end, { { a = "x" }, 2, { "x", "y" } } },
  { "the midpoint itself is high", function()
    return { stakeholders.mendelow { power = 5, interest = 4, midpoint = 5 }.quadrant }
  end, { "keep-satisfied" } },
  { "late against the deadline", function()
    local plan = schedule.critical_path({ a = { duration = 6 }, b = { duration = 4,
      predecessors = { "a" } }, c = { duration = 1 } }, { deadline = 8 })
    return { plan.feasible, plan.activities.a.LS, plan.critical_path, plan.activities.c.slack }
  end, { false, -2, { "a", "b" }, 7 } },
  { "milestones and tenths of days", function()
    local plan = schedule.critical_path { a = { duration = 0.1 }, b = { duration = 0.2,
      predecessors = { "a" } }, m = { duration = 0, predecessors = { "b" } },
      c = { duration = 0.3 } }
    return { plan.duration, plan.critical_path, plan.activities.m.ES }
  end, { 0.3, { "a", "c", "b", "m" }, 0.3 } },
  { "a gift in the year of 10 000", function()
    local result = finance.patronage(30000, 1000000, "2020-06-30")
    return { result.ceiling, result.tax_reduction, result.carried_forward }
  end, { 10000, 6000, 20000 } },
  { "a rule of one's own", function()
    local result = finance.patronage(100, 0, nil,
      { floor = 60, turnover_share = 0, carry_years = 1, bands = { { rate = "1/2" } } })
    return { result.tax_reduction, result.exact.tax_reduction, result.carry_years }
  end, { 30, "30", 1 } },
  { "the lead's share", function()
    local result = finance.owner_share { public_total = 100, owner = 25, lead_competence = true }
    return { result.required, result.ok, result.rate }
  end, { 30, false, 0.3 } },
  { "half months at both ends", function()
    local result = finance.civic_service { date = "2024-05-01", months = 2, starts_on_15th = true }
    return { result.payments, result.total }
  end, { { 57.425, 114.85, 57.425 }, 229.7 } },
  { "one player takes all", function()
    return { games.shapley({ 7 }, 1), games.nucleolus({ 7 }, 1), games.tau({ 7 }, 1),
             games.banzhaf_value({ 7 }, 1).value, games.shapley_voting(3, { 5 }) }
  end, { { 7 }, { 7 }, { 7 }, { 7 }, { 1 } } },
  { "a player without weight decides nothing", function()
    local banzhaf = games.banzhaf_voting(2, { 2, 0, 1 })
    return { banzhaf.swings, games.shapley_voting(2, { 2, 0, 1 }) }
  end, { { 4, 0, 0 }, { 1, 0, 0 } } },
  { "nothing to lose", function()
    local result = games.propensity({ 1, 1, 4 }, 2, { 1, 3 })
    return { result[1], result[2], result.reasons[1]:match("^[%w-]+") }
  end, { false, 0, "nothing-to-lose" } },
  { "the glove game at its Shapley value: without either left glove the others do better", function()
    local v, x = { 0, 0, 0, 0, 1, 1, 1 }, { "1/6", "1/6", "2/3" }
    return { games.propensity(v, 3, x), games.core_excess(v, 3, x) }
  end, { { -1, -1, 0.5 }, { excess = 1 / 6, coalition = { 1, 3 }, efficient = true, in_core = false } } },
  { "a division that does not share out everything", function()
    local result = games.core_excess({ 0, 0, 1 }, 2, { 5, 5 })
    return { result.excess, result.efficient, result.in_core }
  end, { -5, false, false } },
  { "Gately's point of the glove game", function()
    local result = games.gately({ 0, 0, 0, 0, 1, 1, 1 }, 3)
    return { result, result.propensity }
  end, { { 0, 0, 1 }, 0 } },
  { "a fraction too large for 64 bits says so", function()
    local x = rational.from(math.maxinteger) * 3
    local y = rational.from(1) / 3000000019 / 3000000037 / 7
    return { x.exact, rational.number(x) / 3 == 2^63, y.exact, rational.text(y), (x - x).exact }
  end, { false, true, false, false, false } },
  { "decimals are read as written", function()
    return { rational.text(0.2), rational.text("12500.50"), rational.text(-0.125),
             rational.text("-17/34"), rational.text(1e15), rational.text(0.1 + 0.2) }
  end, { "1/5", "25001/2", "-1/8", "-1/2", "1000000000000000", false } },
  { "large fractions are compared exactly", function()
    local a, b = rational.from("9223372036854775806/9223372036854775807"),
                 rational.from("9223372036854775805/9223372036854775806")
    return { rational.compare(a, b), rational.compare(b, a), rational.compare(a, a) }
  end, { 1, -1, 0 } },
  { "truncation goes towards zero", function()
    return { rational.number(rational.truncate(-12.5)), rational.number(rational.truncate("25/2")) }
  end, { -12, 12 } },
  { "values too large are computed in floating point, and it is said", function()
    local big = 4000000000000000000
    local result = games.shapley({ big, 0, big }, 2)
    return { result.exact, result[1] / 4e18, result[2] }
  end, { false, 1, 0 } },
  { "coalitions by size, then lexicographic", function() return coalitions.list(3) end,
    { { 1 }, { 2 }, { 3 }, { 1, 2 }, { 1, 3 }, { 2, 3 }, { 1, 2, 3 } } },
  { "a table from a function", function()
    return coalitions.values(2, function(members) return 10 * #members + members[1] end)
  end, { 11, 12, 21 } },
}

-- What is wrong with an undefined result, or nil.
local function not_undefined(value, reason)
  if value ~= nil then return ("gave %s, not nil"):format(tostring(value)) end
  if type(reason) ~= "string" then return "gave no reason" end
  if not reason:find("^[a-z][a-z0-9-]*: %S.*%S$") then return "reason is badly formed: " .. reason end
end

return function(tap)
  for _, case in ipairs(undefined) do
    local passed, value, reason = pcall(case[3])
    local problem = not passed and tostring(value) or not_undefined(value, reason)
    if not problem and reason:match("^[%w-]+") ~= case[2] then
      problem = ("reason is '%s', expected %s"):format(reason, case[2])
    end
    tap.ok(not problem, "undefined: " .. case[1], problem)
  end
  for _, case in ipairs(mistakes) do
    local passed, value = pcall(case[2])
    tap.ok(not passed, "mistake: " .. case[1], "gave " .. tostring(value))
  end
  for _, case in ipairs(defined) do
    local passed, value = pcall(case[2])
    local problem = not passed and tostring(value) or difference(value, case[3], 1e-12)
    tap.ok(not problem, "edge: " .. case[1], problem)
  end
end
