-- oracles.lua -- runs the published and constructed examples of tests/data/oracles.json.
--
-- Each row of `drivers` turns the inputs of one oracle, or of all whose name
-- starts so, into a result of the shape of its `expected`; second, the exact
-- texts in the shape of its `exact`. An oracle without a driver fails.

local concordance = require "alliance.concordance"
local exchange = require "alliance.exchange"
local finance = require "alliance.finance"
local games = require "alliance.games"
local goals = require "alliance.goals"
local inequality = require "alliance.inequality"
local mactor = require "alliance.mactor"
local network = require "alliance.network"
local schedule = require "alliance.schedule"
local stakeholders = require "alliance.stakeholders"

local difference = require "compare"
local json = require "json"

local function map(list, change)
  local result = {}
  for i, value in ipairs(list) do result[i] = change(value) end
  return result
end

-- What is left of each number once another is taken off.
local function minus(numbers, others)
  local result = {}
  for i = 1, #others do result[i] = numbers[i] - others[i] end
  return result
end

local function signs(split)
  return map(split, function(part) return { part.positive, part.negative } end)
end

local function grl_case(case)
  local node, links = case.node, {}
  for _, source in ipairs(node.dec and node.dec[2] or {}) do
    links[#links + 1] = { type = "decomposition", kind = node.dec[1], from = source, to = "node" }
  end
  for _, part in ipairs(node.contrib or {}) do
    links[#links + 1] = { type = "contribution", from = part[1], to = "node", weight = part[2] }
  end
  for _, dependee in ipairs(node.dep or {}) do
    links[#links + 1] = { type = "dependency", from = dependee, to = "node" }
  end
  return assert(goals.propagate(links, node.strategy)).node
end

local function claims(inputs)
  local talmud = assert(games.talmud(inputs.estate, inputs.claims))
  local arrival = assert(games.random_arrival(inputs.estate, inputs.claims))
  return {
    talmud_rule_and_nucleolus = talmud, shapley_random_arrival = arrival,
    proportional = assert(games.proportional(inputs.estate, inputs.claims)),
  }, { nucleolus = talmud.exact, shapley = arrival.exact }
end

local function railway(inputs)
  local meal, train = inputs.restaurant_like_interface, inputs.train_interface
  local actor = assert(exchange.net_value { meal, train, fixed = inputs.railway_fixed_expenses })
  return { interface_meal = actor.interfaces[1], interface_train = actor.interfaces[2],
           net_value_flow = actor.net }
end

local function karate(inputs)
  local options, edges = { nodes = inputs.nodes }, inputs.edges
  local degree, between, core = {}, {}, assert(network.k_core(edges, options))
  for id, count in pairs(assert(network.degree(edges, options)).degree) do
    degree[tostring(id)] = count
  end
  for id, share in pairs(assert(network.betweenness(edges, options))) do
    between[tostring(id)] = share
  end
  local sizes = {}
  for k, count in pairs(core.sizes) do sizes[tostring(k)] = count end
  return {
    edge_count = #edges, density = network.density(edges, options), degree = degree,
    betweenness_normalized = between,
    articulation_points = network.articulation_points(edges, options),
    bridges = network.bridges(edges, options),
    core_max = core.max, core_4_members = core.members, core_sizes = sizes,
    average_clustering = assert(network.clustering(edges, options)).average,
    transitivity = network.transitivity(edges, options),
    diameter = network.diameter(edges, options),
  }
end

local function florentine(inputs)
  local degree = assert(network.degree(inputs.edges)).degree
  local nodes = 0
  for _ in pairs(degree) do nodes = nodes + 1 end
  return {
    nodes = nodes, edge_count = #inputs.edges, density = network.density(inputs.edges),
    betweenness_normalized = network.betweenness(inputs.edges),
    articulation_points = network.articulation_points(inputs.edges),
    degree_Medici = degree.Medici,
  }
end

local function analyse(inputs)
  local function variant(power)
    local result = assert(mactor.analyse {
      influence = inputs.MID, positions = inputs.MAO2, power = power })
    result.CAA3, result.DAA3 = result.CAA[3], result.DAA[3]
    return result
  end
  local gross, net = variant("gross"), variant("net")
  return {
    MIDI = gross.MIDI, MMIDI = gross.MMIDI, NS = gross.NS,
    CAA1 = gross.CAA[1], CAA2 = gross.CAA[2], DAA1 = gross.DAA[1], DAA2 = gross.DAA[2],
    variant_gross = gross, variant_net = net,
    mobilisation_2MAO_plus_minus = signs(gross.mobilisation[2]),
    implication_2MAO_plus_minus = signs(gross.implication[2]),
    ambivalence_1 = gross.ambivalence[1], ambivalence_2 = gross.ambivalence[2],
    convergence_degree_percent_1 = gross.convergence[1],
    convergence_degree_percent_2 = gross.convergence[2],
    stability_H_percent_net = net.stability,
  }, {
    r_gross = gross.exact.r, r_net = net.exact.r, ambivalence_2 = gross.exact.ambivalence[2],
    convergence_degree_percent_2 = gross.exact.convergence[2],
  }
end

-- Values and exact texts of a function of one number over cases.
local function each(cases, index)
  local values, texts = {}, {}
  for i, case in ipairs(cases) do values[i], texts[i] = index(case) end
  return values, texts
end

local reliable      -- the activities of one oracle, which another refers to

local drivers = {
  kendall_w = function(inputs)
    local result, reason = concordance.kendall(inputs.ranks_or_scores_per_rater)
    if not result then return { W = reason:find("^all%-tied:") and json.null } end
    return result, result.exact
  end,
  cosine_novels = function(inputs)
    local result, vectors = {}, inputs.vectors
    for _, pair in ipairs { { "SaS", "PaP" }, { "SaS", "WH" }, { "PaP", "WH" } } do
      result[pair[1] .. "-" .. pair[2]] = concordance.cosine(vectors[pair[1]], vectors[pair[2]])
    end
    return result
  end,
  cosine_words = function(inputs) return { cosine = concordance.cosine(inputs.a, inputs.b) } end,
  jaccard_bigrams = function(inputs)
    local value, text = concordance.jaccard(inputs.A, inputs.B)
    return { jaccard = value }, { jaccard = text }
  end,
  mactor_4x5 = analyse,
  grl_telecom = function(inputs)
    return assert(goals.propagate(inputs.links, inputs.strategy, { tolerance = inputs.tolerance }))
  end,
  grl_rules = function(inputs) return map(inputs.cases, grl_case) end,
  grl_actor_satisfaction = function(inputs)
    return { actor = goals.satisfaction(inputs.evaluations, inputs.importance) }
  end,
  grl_kpi_conversion = function(inputs)
    return map(inputs.cases, function(case)
      return (assert(goals.from_kpi(case.value, case.target, case.threshold, case.worst)))
    end)
  end,
  glove_2left_1right = function(inputs)
    local shapley = assert(games.shapley(inputs.v, inputs.n))
    local nucleolus = assert(games.nucleolus(inputs.v, inputs.n))
    local least = assert(games.least_core(inputs.v, inputs.n))
    return {
      shapley = shapley, nucleolus = nucleolus,
      -- The core is one point, which the nucleolus is then.
      core = not least.empty and { nucleolus } or {},
      shapley_in_core = assert(games.core_excess(inputs.v, inputs.n, shapley.exact)).in_core,
    }, { shapley = shapley.exact }
  end,
  airport = function(inputs) return { shapley_cost_shares = games.airport(inputs.costs) } end,
  un_security_council = function(inputs)
    local shapley = assert(games.shapley_voting(inputs.quota, inputs.weights))
    local banzhaf = assert(games.banzhaf_voting(inputs.quota, inputs.weights))
    local permanent, elected = 1, #inputs.weights
    return {
      shapley_permanent = shapley[permanent], shapley_elected = shapley[elected],
      banzhaf_swings_permanent = banzhaf.swings[permanent],
      banzhaf_swings_elected = banzhaf.swings[elected],
      banzhaf_normalized_permanent = banzhaf.normalized[permanent],
      banzhaf_normalized_elected = banzhaf.normalized[elected],
      banzhaf_absolute_permanent = banzhaf.absolute[permanent],
      banzhaf_absolute_elected = banzhaf.absolute[elected],
    }, {
      shapley = { shapley.exact[permanent], shapley.exact[elected] },
      banzhaf_normalized = { banzhaf.exact.normalized[permanent],
                             banzhaf.exact.normalized[elected] },
    }
  end,
  banzhaf = function(inputs)
    local banzhaf = assert(games.banzhaf_voting(inputs.quota, inputs.weights))
    return { banzhaf_normalized = banzhaf.normalized, banzhaf_absolute = banzhaf.absolute }
  end,
  ibn_ezra_inheritance = function(inputs)
    local shapley = assert(games.shapley(inputs.v, inputs.n))
    return { shapley = shapley }, { shapley = shapley.exact }
  end,
  talmud_estate = claims,
  prenucleolus_differs = function(inputs)
    return { prenucleolus = games.prenucleolus(inputs.v, inputs.n),
             nucleolus = games.nucleolus(inputs.v, inputs.n) }
  end,
  majority_empty_core = function(inputs)
    local least = assert(games.least_core(inputs.v, inputs.n))
    return {
      core_empty = least.empty, least_core_epsilon = least.epsilon,
      cost_of_stability = least.cost_of_stability,
      shapley = games.shapley(inputs.v, inputs.n), nucleolus = games.nucleolus(inputs.v, inputs.n),
    }
  end,
  two_towns_water = function(inputs)
    local cost = { inputs.cost_A, inputs.cost_B, inputs.cost_AB }
    local savings = assert(games.savings(cost, 2))
    local share = assert(games.shapley(savings, 2))
    return { shapley = minus(cost, share), saving = savings[3], saving_each = share[1] }
  end,
  apartment_cost_sharing = function(inputs)
    local savings = assert(games.savings(inputs.cost, inputs.n))
    local shares = assert(games.shapley(inputs.cost, inputs.n))
    return {
      savings_game = savings, shapley_cost = shares,
      nucleolus_cost = minus({ inputs.cost[1], inputs.cost[2], inputs.cost[3] },
                             assert(games.nucleolus(savings, inputs.n))),
    }, { shapley_cost = shares.exact }
  end,
  shared_taxi = function(inputs) return { shapley = games.shapley(inputs.v, inputs.n) } end,
  banzhaf_value_gambarelli = function(inputs)
    local banzhaf = assert(games.banzhaf_value(inputs.v, inputs.n))
    return {
      banzhaf_value = banzhaf.value, normalized_banzhaf_value = banzhaf.normalized,
      tau_value = games.tau(inputs.v, inputs.n),
    }, { normalized = banzhaf.exact.normalized }
  end,
  mcnet = function(inputs)
    local shapley = assert(games.shapley_net(inputs.players, inputs.rules))
    return { shapley = shapley }, { shapley = shapley.exact }
  end,
  inequality_ten_incomes = function(inputs)
    local x = inputs.x
    return {
      gini = inequality.gini(x), gini_unbiased = inequality.gini(x, { unbiased = true }),
      ["atkinson_0.5"] = inequality.atkinson(x, 0.5), atkinson_1 = inequality.atkinson(x, 1),
      theil_T = inequality.theil(x, "T"), theil_L = inequality.theil(x, "L"),
      herfindahl = inequality.herfindahl(x),
    }
  end,
  gini_small = function(inputs) return each(inputs.cases, inequality.gini) end,
  jain_index = function(inputs) return each(inputs.cases, inequality.jain) end,
  equity_ratio = function(inputs)
    local equity = assert(inequality.equity(inputs.contribution, inputs.benefit))
    equity.ratio_benefit_over_contribution = equity.ratio
    equity.jain_of_ratios, equity.half_sum_abs_share_gap = equity.jain, equity.gap
    return equity
  end,
  e3value_net_value_railway = railway,
  e3value_partnership = function(inputs)
    local caterer = inputs.caterer
    caterer.expense = caterer.variable_expense
    return {
      partnership = assert(exchange.net_value { inputs.partnership }).net,
      caterer = assert(exchange.net_value { caterer }).net,
      railway = assert(exchange.net_value(map(inputs.railway, function(transfer)
        return { occurrences = transfer.occurrences, money_in = transfer.valuation }
      end))).net,
    }
  end,
  e3value_reciprocity_rule = function(inputs)
    return exchange.reciprocal(map(inputs.interfaces, function(interface)
      return { name = interface.name, incoming = interface["in"], outgoing = interface.out }
    end))
  end,
  shapley_sample_size_hoeffding = function(inputs)
    return map(inputs.cases, function(case)
      return games.sample_size(inputs.range_r, case.epsilon, case.delta, case.players_at_once)
    end)
  end,
  hhi_four_firms = function(inputs)
    local hhi = assert(network.hhi(inputs.shares_percent))
    hhi.hhi_fraction, hhi.diversification_index = hhi.fraction, hhi.diversification
    return hhi
  end,
  hhi_edges = function(inputs)
    return map(inputs.cases, function(case) return assert(network.hhi(case)).hhi end)
  end,
  karate_club = karate,
  florentine_families = florentine,
  truck_factor = function(inputs)
    local result = assert(network.truck_factor(inputs.goal_supporters))
    return { truck_factor = result.factor, removal_order = result.order,
             coverage_after = result.coverage }
  end,
  mitchell_agle_wood = function(inputs) return map(inputs.rows, stakeholders.mitchell) end,
  mendelow = function(inputs)
    return map(inputs.rows, function(row) return assert(stakeholders.mendelow(row)).text end)
  end,
  cpm_reliable_construction = function(inputs)
    reliable = inputs.activities
    return schedule.critical_path(reliable)
  end,
  backward_plan_deadline_47 = function(inputs)
    local plan = assert(schedule.critical_path(reliable, { deadline = inputs.deadline }))
    local result = { LS = {}, LF = {}, slack = {} }
    for id, times in pairs(plan.activities) do
      for name, column in pairs(result) do column[id] = times[name] end
    end
    return result
  end,
  cpm_taylor_1 = function(inputs) return schedule.critical_path(inputs.arcs) end,
  cpm_cycle = function(inputs)
    local plan, reason = schedule.critical_path(inputs.activities)
    return { error = not plan and reason:match("^[%w-]+") }
  end,
  pert_three_point = function(inputs)
    local result = {}
    for id, three in pairs(inputs.a_m_b) do
      result[id] = schedule.pert { a = three[1], m = three[2], b = three[3] }
    end
    return result
  end,
  mecenat_238_bis = function(inputs)
    return map(inputs.cases, function(case)
      local result = assert(finance.patronage(case.gift, case.turnover_excl_tax, "2023-12-31"))
      result.carried_forward_up_to_5_years = result.carry_years == 5 and result.carried_forward
      return result
    end)
  end,
  minimum_share_project_owner = function(inputs) return map(inputs.cases, finance.owner_share) end,
  service_civique_2024 = function(inputs)
    local result = assert(finance.civic_service {
      monthly = inputs.monthly_minimum_by_host, months = inputs.months,
      starts_on_15th = inputs.starts_on_15th })
    result.eight_full_months = result.total
    return result
  end,
  volunteering_valuation = function(inputs)
    return finance.in_kind(inputs.lines, inputs.premises_lent, inputs.goods_given)
  end,
  coverage_ratio = finance.coverage,
}

local function driver_for(name)
  if drivers[name] then return drivers[name] end
  for prefix, driver in pairs(drivers) do
    if name:sub(1, #prefix + 1) == prefix .. "_" then return driver end
  end
end

local function run(oracle)
  local driver = driver_for(oracle.name)
  if not driver then return "no driver for this oracle" end
  local passed, got, exact = pcall(driver, oracle.inputs)
  if not passed then return tostring(got) end
  return difference(got, oracle.expected, oracle.tolerance)
    or oracle.exact and difference(exact, oracle.exact, 0, "exact")
end

return function(tap, root)
  local file = assert(io.open(root .. "/tests/data/oracles.json"))
  local list = json.read(file:read("a"))
  file:close()
  for _, oracle in ipairs(list) do
    local problem = run(oracle)
    tap.ok(not problem, "oracle " .. oracle.name, problem)
  end
end
