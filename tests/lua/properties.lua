-- properties.lua -- what must hold for any input, tried on random ones.
--
-- The seed is printed; `run.lua --seed N properties` tries others. Second
-- opinions are computed here from definitions, not by the modules.

local coalitions = require "alliance.coalitions"
local concordance = require "alliance.concordance"
local finance = require "alliance.finance"
local games = require "alliance.games"
local goals = require "alliance.goals"
local inequality = require "alliance.inequality"
local linear = require "alliance.linear"
local mactor = require "alliance.mactor"
local network = require "alliance.network"
local random = require "alliance.random"
local rational = require "alliance.rational"
local schedule = require "alliance.schedule"

local difference = require "compare"

local ROUNDS = 40

local source

-- ---- Random inputs ---------------------------------------------------------------------------

local function between(low, high) return low + source:below(high - low + 1) end

local function list_of(n, value)
  local list = {}
  for i = 1, n do list[i] = value(i) end
  return list
end

local function amounts(n, most) return list_of(n, function() return between(0, most) end) end

local function permutation(n)
  local order = list_of(n, function(i) return i end)
  source:shuffle(order)
  return order
end

local function rows(n, m, value)
  return list_of(n, function(i) return list_of(m, function(j) return value(i, j) end) end)
end

local function game(n, low, high)
  return list_of((1 << n) - 1, function() return between(low, high) end)
end

-- A game worth more together: larger coalitions add to their best parts.
local function convex_game(n)
  local weight = amounts(n, 9)
  return coalitions.values(n, function(members)
    local sum = 0
    for _, player in ipairs(members) do sum = sum + weight[player] end
    return sum * sum
  end)
end

local function edges_of(n, chance)
  local edges = {}
  for i = 1, n do
    for j = i + 1, n do
      if source:below(100) < chance then edges[#edges + 1] = { i, j } end
    end
  end
  return edges
end

-- ---- Small helpers ---------------------------------------------------------------------------

local function sum(list)
  local total = 0
  for i = 1, #list do total = total + list[i] end
  return total
end

local function near(a, b, tolerance)
  return a == b or math.abs(a - b) <= (tolerance or 1e-9) * math.max(1, math.abs(a), math.abs(b))
end

local function check(condition, text, ...)
  if not condition then error(text:format(...), 0) end
end

local function same(got, wanted, tolerance)
  local problem = difference(got, wanted, tolerance or 1e-9)
  if problem then error(problem, 0) end
end

local function index_of_coalitions(n)
  local index = {}
  for i, mask in ipairs(coalitions.masks(n)) do index[mask] = i end
  return index
end

-- Shapley's value from all orders of arrival.
local function by_orders(v, n)
  local index, totals, orders = index_of_coalitions(n), list_of(n, function() return 0 end), 0
  local function arrive(mask, value, gains)
    if mask == (1 << n) - 1 then
      orders = orders + 1
      for i = 1, n do totals[i] = totals[i] + gains[i] end
      return
    end
    for player = 1, n do
      local with = mask | 1 << (n - player)
      if with ~= mask then
        gains[player] = v[index[with]] - value
        arrive(with, v[index[with]], gains)
      end
    end
  end
  arrive(0, 0, {})
  for i = 1, n do totals[i] = totals[i] / orders end
  return totals
end

local function voting_table(quota, weights)
  return coalitions.values(#weights, function(members)
    local total = 0
    for _, player in ipairs(members) do total = total + weights[player] end
    return total >= quota and 1 or 0
  end)
end

-- Parts of a network without one node or one edge.
local function parts_without(n, edges, node, edge)
  local group, count = {}, 0
  for i = 1, n do
    if i ~= node then group[i], count = i, count + 1 end
  end
  local function root(i)
    while group[i] ~= i do i = group[i] end
    return i
  end
  for k, tie in ipairs(edges) do
    if k ~= edge and group[tie[1]] and group[tie[2]] then
      local a, b = root(tie[1]), root(tie[2])
      if a ~= b then group[a], count = b, count - 1 end
    end
  end
  return count
end

-- ---- The properties --------------------------------------------------------------------------

local properties = {}

-- A heavy one says how many rounds are enough.
local function property(name, try, rounds)
  properties[#properties + 1] = { name = name, try = try, rounds = rounds or ROUNDS }
end

property("rational: arithmetic agrees with itself and with floats", function()
  local function one() return rational.from(between(-999, 999)) / between(1, 999) end
  local a, b, c = one(), one(), one()
  check((a + b) * c == a * c + b * c, "not distributive: %s %s %s", a, b, c)
  check(a - b + b == a and a + b == b + a and a * b == b * a, "sums: %s %s", a, b)
  check(b == rational.from(0) or a / b * b == a, "quotient: %s %s", a, b)
  check(near(rational.number(a * b), rational.number(a) * rational.number(b), 1e-14), "product")
  check((a < b) == (rational.number(a) < rational.number(b)), "order: %s %s", a, b)
  check(rational.from(rational.text(a)) == a, "text: %s", a)
end)

property("mactor: totals, symmetries, renaming, changes of sign", function()
  local n, m = between(2, 7), between(1, 6)
  local MID = rows(n, n, function(i, j) return i == j and 0 or between(0, 4) end)
  local MAO = rows(n, m, function() return between(-4, 4) end)
  local result, reason = mactor.analyse { influence = MID, positions = MAO }
  if not result then return check(reason:find("^no%-position"), "%s", reason) end
  if not result.reasons.r_star then check(near(sum(result.r_star), n), "mean power is not 1") end
  check(sum(result.I) == sum(result.D), "influence and dependence differ")
  for i = 1, n do
    for j = 1, n do
      check(result.NS[i][j] == -result.NS[j][i], "net scale is not antisymmetric")
      for t = 1, 3 do
        check(near(result.CAA[t][i][j], result.CAA[t][j][i]), "CAA is not symmetric")
        check(near(result.DAA[t][i][j], result.DAA[t][j][i]), "DAA is not symmetric")
      end
      check(result.CAA[1][i][j] + result.DAA[1][i][j] <= m, "more agreements than objectives")
    end
  end

  local order = permutation(n)
  local renamed = mactor.analyse {
    influence = rows(n, n, function(i, j) return MID[order[i]][order[j]] end),
    positions = rows(n, m, function(i, k) return MAO[order[i]][k] end),
  }
  same(renamed.r_star, list_of(n, function(i) return result.r_star[order[i]] end))
  same(renamed.CAA[3], rows(n, n, function(i, j) return result.CAA[3][order[i]][order[j]] end))

  local column, actor = between(1, m), between(1, n)
  local turned = mactor.analyse { positions = rows(n, m, function(i, k)
    return k == column and -MAO[i][k] or MAO[i][k]
  end) }
  same({ turned.CAA, turned.DAA }, { { result.CAA[1], result.CAA[2] },
                                     { result.DAA[1], result.DAA[2] } })
  turned = mactor.analyse { positions = rows(n, m, function(i, k)
    return i == actor and -MAO[i][k] or MAO[i][k]
  end) }
  local function swapped(one, other)
    return rows(n, n, function(i, j)
      return (i == actor or j == actor) and other[i][j] or one[i][j]
    end)
  end
  same(turned.CAA[2], swapped(result.CAA[2], result.DAA[2]))
  same(turned.DAA[2], swapped(result.DAA[2], result.CAA[2]))
end)

-- Convergence, divergence and the rest from their definitions, pair by pair and goal by goal.
property("mactor: few positions are compared as all of them are", function()
  local n, m, density = between(2, 7), between(1, 6), between(5, 90)
  local positions, sparse = {}, {}
  for i = 1, n do
    positions[i], sparse[i] = {}, {}
    for k = 1, m do
      positions[i][k] = source:below(100) < density and between(-4, 4) or 0
      if positions[i][k] ~= 0 or source:below(4) == 0 then sparse[i][k] = positions[i][k] end
    end
  end
  local visited = {}
  local found, reason = mactor.compare(sparse, function(i, j, pair)
    visited[#visited + 1] = { i, j, pair.converge, pair.diverge, pair.same, pair.opposite }
  end)
  local wanted, any = {}, false
  local sums = {}
  for order = 1, 2 do
    sums[order] = { lean = list_of(n, function() return 0 end), weight = list_of(n, function() return 0 end),
      agree = 0, disagree = 0 }
  end
  for i = 1, n do
    for k = 1, m do any = any or positions[i][k] ~= 0 end
    for j = 1, n do
      local values = { { 0, 0 }, { 0, 0 } }       -- by order: converge, diverge
      for k = 1, m do
        local a, b = positions[i][k], positions[j][k]
        local side = a * b > 0 and 1 or a * b < 0 and 2
        if i ~= j and side then
          values[1][side] = values[1][side] + 1
          values[2][side] = values[2][side] + (math.abs(a) + math.abs(b)) / 2
        end
      end
      for order, value in ipairs(values) do
        local total = sums[order]
        total.lean[i] = total.lean[i] + math.abs(value[1] - value[2])
        total.weight[i] = total.weight[i] + value[1] + value[2]
        total.agree, total.disagree = total.agree + value[1], total.disagree + value[2]
      end
      if i < j and values[1][1] + values[1][2] > 0 then
        wanted[#wanted + 1] = { i, j, values[2][1], values[2][2], values[1][1], values[1][2] }
      end
    end
  end
  if not any then return check(not found and reason:find("^no%-position"), "%s", reason) end
  check(#visited == #wanted, "%d pairs, not %d", #visited, #wanted)
  same(visited, wanted, 0)
  for order, total in ipairs(sums) do
    for i = 1, n do
      local torn = total.weight[i] > 0 and 1 - total.lean[i] / total.weight[i]
      check(torn == found.ambivalence[order][i] or torn and near(torn, found.ambivalence[order][i]),
        "ambivalence of %d: %s, not %s", i, found.ambivalence[order][i], torn)
      check((found.reasons.ambivalence[order][i] == nil) == (torn ~= false), "reason of %d", i)
    end
    local all = total.agree + total.disagree
    check(all == 0 and found.convergence[order] == false
      or all > 0 and near(found.convergence[order], 100 * total.agree / all), "degree of convergence")
  end
end)

property("mactor: too many comparisons are said to be too many, whatever pairs there are", function()
  local limit = mactor.most_comparisons
  mactor.most_comparisons = between(1, 12)
  local n, comparisons = between(2, 6), 0
  local rows_of = rows(n, 2, function() return between(-1, 1) end)
  for k = 1, 2 do
    local taken = 0
    for i = 1, n do taken = taken + math.abs(rows_of[i][k]) end
    comparisons = comparisons + taken * (taken - 1) // 2
  end
  local visits = 0
  local found, reason = mactor.compare(rows_of, function() visits = visits + 1 end)
  local is_over = comparisons > mactor.most_comparisons
  mactor.most_comparisons = limit
  if found == nil and reason:find("^no%-position") then return end
  check((found == nil) == is_over, "%d comparisons: %s", comparisons, reason)
  check(not is_over or visits == 0 and reason:find("^too%-many"), "visited all the same")
end)

property("mactor: equal power makes the third order the second", function()
  local n, m, strength = between(2, 6), between(1, 5), between(1, 4)
  local positions = rows(n, m, function() return between(1, 4) end)
  local result = mactor.analyse { positions = positions,
    influence = rows(n, n, function(i, j) return i == j and 0 or strength end) }
  same(result.CAA[3], result.CAA[2])
  same(result.DAA[3], result.DAA[2])
end)

property("goals: values stay on the scale, whatever the order of the links", function()
  local n, links, strategy = between(2, 9), {}, { [1] = between(-100, 100) }
  for to = 2, n do
    for from = 1, to - 1 do
      if source:below(2) == 0 then
        local type = ({ "contribution", "dependency", "decomposition" })[between(1, 3)]
        links[#links + 1] = { type = type, from = from, to = to, weight = between(-100, 100),
                              kind = to % 2 == 0 and "AND" or "OR" }
      end
    end
  end
  local values = goals.propagate(links, strategy)
  for _, value in pairs(values) do
    check(value >= -100 and value <= 100 and math.type(value) == "integer", "value %s", value)
  end
  source:shuffle(links)
  same((goals.propagate(links, strategy)), values, 0)
end)

property("goals: an indicator and its mirror give the same value", function()
  local worst, low, high = between(-50, 0), between(1, 50), between(1, 50)
  local threshold, target, value = worst + low, worst + low + high, between(-80, 130)
  check(goals.from_kpi(value, target, threshold, worst)
        == goals.from_kpi(-value, -target, -threshold, -worst), "not mirrored")
end)

property("concordance: W is 0 to 1, and the mean of Spearman without ties", function()
  local m, n = between(2, 6), between(2, 8)
  local ranks = list_of(m, function() return permutation(n) end)
  local result = concordance.kendall(ranks)
  check(result.W >= 0 and result.W <= 1, "W is %s", result.W)
  local rho, pairs_of_raters = 0, m * (m - 1) / 2
  for a = 1, m do
    for b = a + 1, m do
      local squares = 0
      for i = 1, n do squares = squares + (ranks[a][i] - ranks[b][i]) ^ 2 end
      rho = rho + (1 - 6 * squares / (n ^ 3 - n)) / pairs_of_raters
    end
  end
  check(near(result.W, (1 + (m - 1) * rho) / m), "W %s, Spearman %s", result.W, rho)
  local tied = concordance.kendall(rows(m, n, function() return between(1, 3) end))
  check(not tied or tied.W >= 0 and tied.W <= 1, "W with ties")
end)

property("inequality: bounds, scale, order, and Gini as mean difference", function()
  local n = between(2, 9)
  local x = amounts(n, 50)
  x[1] = x[1] + 1
  local gini, mean, apart = inequality.gini(x), sum(x) / n, 0
  for i = 1, n do
    for j = 1, n do apart = apart + math.abs(x[i] - x[j]) end
  end
  check(near(gini, apart / (2 * n * n * mean)), "Gini %s", gini)
  check(gini >= 0 and gini <= (n - 1) / n, "Gini out of bounds")
  local jain, theil = inequality.jain(x), inequality.theil(x, "T")
  check(jain >= 1 / n - 1e-12 and jain <= 1, "Jain out of bounds")
  check(near(jain * n * inequality.herfindahl(x), 1), "Jain and Herfindahl disagree")
  check(theil >= -1e-12 and theil <= math.log(n) + 1e-12, "Theil out of bounds")
  for _, e in ipairs { 0.5, 1, 2 } do
    local index = inequality.atkinson(x, e)
    check(index >= -1e-12 and index <= 1, "Atkinson out of bounds: %s", index)
  end
  local scaled = list_of(n, function(i) return x[i] * 7 end)
  source:shuffle(scaled)
  check(inequality.gini(scaled) == gini and near(inequality.theil(scaled, "T"), theil), "scale")
end)

property("inequality: in proportion means ratios of 1", function()
  local x = list_of(between(2, 8), function() return between(1, 90) end)
  local equity = inequality.equity(x, list_of(#x, function(i) return 3 * x[i] end))
  same(equity.ratio, list_of(#x, function() return 1 end), 0)
  same({ equity.jain, equity.min_over_max, equity.gap }, { 1, 1, 0 }, 0)
end)

property("games: Shapley's value is that of all orders, efficient, additive", function()
  local n = between(1, 6)
  local v, w = game(n, -50, 200), game(n, -50, 200)
  local a, b = games.shapley(v, n), games.shapley(w, n)
  same(a, by_orders(v, n))
  check(near(sum(a), v[#v]), "not efficient")
  check(rational.sum(a.exact) == rational.from(v[#v]), "not efficient exactly")
  local both = games.shapley(list_of(#v, function(i) return v[i] + w[i] end), n)
  same(both, list_of(n, function(i) return a[i] + b[i] end))
  local real = games.shapley(list_of(#v, function(i) return v[i] * math.pi end), n)
  same(real, list_of(n, function(i) return a[i] * math.pi end))
end)

property("games: a player who adds nothing gets nothing, equals get the same", function()
  local n = between(3, 6)
  local index, v = index_of_coalitions(n), game(n, 0, 99)
  local null = 1      -- the bit of player n
  local function mirrored(mask)     -- players 1 and 2 change places
    local one, two = mask >> (n - 1) & 1, mask >> (n - 2) & 1
    return mask & ~(3 << (n - 2)) | two << (n - 1) | one << (n - 2)
  end
  for mask, i in pairs(index) do
    if mask & null == 0 then v[index[mask | null]] = v[i] end
  end
  v[index[null]] = 0
  for mask, i in pairs(index) do
    if mask < mirrored(mask) then v[i] = v[index[mirrored(mask)]] end
  end
  local shapley = games.shapley(v, n)
  check(shapley[n] == 0, "the null player gets %s", shapley[n])
  check(shapley[1] == shapley[2], "equals get %s and %s", shapley[1], shapley[2])
end)

property("games: rules and their table have one value", function()
  local n = between(2, 6)
  local rules = list_of(between(1, 5), function()
    local order, p = permutation(n), between(1, n)
    return { all_of = table.move(order, 1, p, 1, {}), value = between(-20, 60),
             none_of = table.move(order, p + 1, between(p, n), 1, {}) }
  end)
  local v = coalitions.values(n, function(members)
    local present, total = {}, 0
    for _, player in ipairs(members) do present[player] = true end
    for _, rule in ipairs(rules) do
      local holds = true
      for _, player in ipairs(rule.all_of) do holds = holds and present[player] end
      for _, player in ipairs(rule.none_of) do holds = holds and not present[player] end
      if holds then total = total + rule.value end
    end
    return total
  end)
  same(games.shapley_net(n, rules).exact, games.shapley(v, n).exact, 0)
end)

property("games: votes and their table have the same values", function()
  local n = between(1, 8)
  local weights = amounts(n, 9)
  local total = sum(weights)
  if total == 0 then return end
  local quota = between(1, total)
  local v = voting_table(quota, weights)
  same(games.shapley_voting(quota, weights).exact, games.shapley(v, n).exact, 0)
  local banzhaf, value = games.banzhaf_voting(quota, weights), games.banzhaf_value(v, n)
  same(banzhaf.exact.absolute, value.exact.value, 0)
  check(near(sum(banzhaf.normalized), 1), "normalized does not sum to 1")
  same(games.shapley_voting(quota * 10, list_of(n, function(i) return weights[i] * 10 end)).exact,
       games.shapley_voting(quota, weights).exact, 0)
end)

property("games: votes beyond 62 players still sum to 1", function()
  local n = between(63, 90)
  local weights = list_of(n, function() return between(1, 4) end)
  local shapley = games.shapley_voting(between(1, sum(weights)), weights)
  check(near(sum(shapley), 1, 1e-12), "sum is %.17g", sum(shapley))
  for i = 2, n do
    check(weights[i] ~= weights[1] or shapley[i] == shapley[1], "equals differ")
    check(weights[i] <= weights[1] or shapley[i] >= shapley[1], "more votes, less power")
  end
end, 8)

property("games: the kernels and the plain loops give the same bits", function()
  local kernels, plain = package.loaded["alliance.kernels"], require "alliance.plain_kernels"
  if not kernels then kernels = plain end
  local n = between(1, 14)
  local whole = game(n, -1000, 1000)
  local real = list_of(#whole, function(i) return whole[i] / 7 end)
  same({ kernels.shapley_table(whole, n) }, { plain.shapley_table(whole, n) }, 0)
  same({ kernels.shapley_table(real, n) }, { plain.shapley_table(real, n) }, 0)
  local weights = list_of(between(1, 80), function() return between(0, 12) end)
  local quota = between(12, sum(weights) + 12)
  for _, by_size in ipairs { true, false } do
    same(kernels.voting_swings(quota, weights, by_size), plain.voting_swings(quota, weights, by_size), 0)
  end
  local function value(members, count)
    local total = 0
    for i = 1, count do total = total + members[i] / 3 end
    return total * total
  end
  local seed = between(-1000, 1000)
  same({ kernels.sample(n, value, 20, seed) }, { plain.sample(n, value, 20, seed) }, 0)
  check(kernels.sample_size(2, 0.01, 0.05, n) == plain.sample_size(2, 0.01, 0.05, n), "size")
end, 8)

property("games: a sample keeps its bound and repeats itself", function()
  local weights = list_of(between(2, 9), function() return between(1, 5) end)
  local n, total = #weights, sum(weights)
  local quota = between(1, total)
  local function value(members, count)
    local reached = 0
    for i = 1, count do reached = reached + weights[members[i]] end
    return reached >= quota and 1 or 0
  end
  local options = { range = 1, epsilon = 0.1, delta = 1e-6, seed = between(0, 99999) }
  local sample = games.shapley_sample(n, value, options)
  local exact = games.shapley_voting(quota, weights)
  for i = 1, n do
    check(math.abs(sample[i] - exact[i]) < 0.1, "error %s", sample[i] - exact[i])
  end
  same(games.shapley_sample(n, value, options), sample, 0)
end)

property("games: least core, nucleolus and prenucleolus agree with the excesses", function()
  local n = between(2, 4)
  local v = game(n, 0, 30)
  local least, pre = games.least_core(v, n), games.prenucleolus(v, n)
  local excess = games.core_excess(v, n, pre.exact)
  check(excess.efficient and excess.exact.excess == least.exact.epsilon,
        "largest excess %s, least core %s", excess.exact.excess, least.exact.epsilon)
  check(least.empty == (least.epsilon > 0), "empty")
  check((least.cost_of_stability > 0) == least.empty, "cost of stability %s", least.cost_of_stability)
  local nucleolus, reason = games.nucleolus(v, n)
  if not nucleolus then return check(reason:find("^no%-imputation"), "%s", reason) end
  for i = 1, n do check(nucleolus[i] >= v[i] - 1e-12, "less than alone") end
  if not least.empty then same(nucleolus.exact, pre.exact, 0) end
end)

property("games: asking for the coalitions that matter gives the least core of all", function()
  local n = between(3, 6)
  local v, masks, constraints = game(n, -20, 60), coalitions.masks(n), {}
  for i, mask in ipairs(masks) do
    local row = list_of(n, function(player) return mask >> (n - player) & 1 end)
    row[n + 1], row.bound, row.equal = i < #masks and 1 or 0, v[i], i == #masks
    constraints[i] = row
  end
  local all = linear.minimise(list_of(n + 1, function(i) return i > n and 1 or 0 end), constraints)
  check(games.least_core(v, n).exact.epsilon == rational.text(all.value), "epsilon %s", all.value)
end, 10)

property("games: no other division has smaller excesses than the prenucleolus", function()
  local n = 3
  local v = game(n, 0, 12)
  local masks = coalitions.masks(n)
  local function excesses(x)
    local list = {}
    for i = 1, #masks - 1 do
      list[i] = rational.from(v[i])
      for _, player in ipairs(coalitions.members(n, masks[i])) do list[i] = list[i] - x[player] end
    end
    table.sort(list, function(a, b) return a > b end)
    return list
  end
  local best = games.prenucleolus(v, n)
  local mine = excesses(best.exact)
  for _ = 1, 20 do
    local x = list_of(n, function(i) return rational.from(best.exact[i]) end)
    local step = rational.from(between(1, 9)) / between(1, 9)
    local from, to = between(1, n), between(1, n)
    x[from], x[to] = x[from] - step, x[to] + step
    for i, other in ipairs(excesses(x)) do
      if other ~= mine[i] then check(other > mine[i], "a division has smaller excesses") break end
    end
  end
end)

property("games: a convex game has its Shapley value in the core", function()
  local n = between(2, 6)
  local v = convex_game(n)
  check(games.core_excess(v, n, games.shapley(v, n).exact).in_core, "not in the core")
  local tau, gately = games.tau(v, n), games.gately(v, n)
  if tau then check(near(sum(tau), v[#v]), "tau is not efficient") end
  if gately then
    check(near(sum(gately), v[#v]), "Gately is not efficient")
    local propensity = games.propensity(v, n, gately.exact)
    for i = 1, n do
      check(not propensity[i] or near(propensity[i], gately.propensity), "propensities differ")
    end
  end
end)

property("games: Talmud is the nucleolus, random arrival the Shapley value of claims", function()
  local n = between(1, 4)
  local claims = list_of(n, function() return between(1, 60) end)
  local total = sum(claims)
  local estate = between(0, total)
  local v = coalitions.values(n, function(members)
    local others = total
    for _, player in ipairs(members) do others = others - claims[player] end
    return math.max(0, estate - others)
  end)
  same(games.talmud(estate, claims).exact, games.nucleolus(v, n).exact, 0)
  same(games.random_arrival(estate, claims).exact, games.shapley(v, n).exact, 0)
  check(near(sum(games.proportional(estate, claims)), estate), "not shared out")
end)

property("games: airport is the Shapley value of its cost game", function()
  local n = between(1, 7)
  local costs = amounts(n, 40)
  local cost = coalitions.values(n, function(members)
    local largest = 0
    for _, player in ipairs(members) do largest = math.max(largest, costs[player]) end
    return largest
  end)
  same(games.airport(costs).exact, games.shapley(cost, n).exact, 0)
  local saved = games.shapley(games.savings(cost, n), n)
  same(games.airport(costs), list_of(n, function(i) return costs[i] - saved[i] end))
end)

property("linear: the least value is reached, and paid for by the bounds", function()
  local n = between(1, 4)
  local constraints = list_of(n, function(i)      -- keeps every unknown from below
    return { [i] = 1, bound = between(-9, 9) }
  end)
  for _ = 1, between(0, 5) do
    local row = list_of(n, function() return between(0, 4) end)
    row.bound = between(-9, 20)
    if sum(row) > 0 then constraints[#constraints + 1] = row end
  end
  local cost = list_of(n, function() return between(0, 5) end)
  local answer = linear.minimise(cost, constraints)
  local value, paid = rational.from(0), rational.from(0)
  for i = 1, n do value = value + answer.unknowns[i] * cost[i] end
  check(value == answer.value, "value %s, sum %s", answer.value, value)
  for k, row in ipairs(constraints) do
    local left = rational.from(0)
    for i = 1, n do left = left + answer.unknowns[i] * (row[i] or 0) end
    check(left >= rational.from(row.bound), "constraint %d is broken", k)
    check(answer.prices[k] >= rational.from(0), "price below zero")
    paid = paid + answer.prices[k] * row.bound
  end
  check(paid == value, "prices pay %s for %s", paid, value)
end)

property("network: cut nodes and bridges by taking each away", function()
  local n = between(2, 9)
  local edges = edges_of(n, between(15, 50))
  local whole = parts_without(n, edges)
  check(#network.components(edges, { nodes = n }) == whole, "components")
  local cut, bridges = {}, {}
  for i = 1, n do
    -- Alone, a node takes its own part away with it.
    if parts_without(n, edges, i) > whole then cut[#cut + 1] = i end
  end
  for k, edge in ipairs(edges) do
    if parts_without(n, edges, nil, k) > whole then bridges[#bridges + 1] = edge end
  end
  check(not difference(network.articulation_points(edges, { nodes = n }), cut, 0)
        and #network.articulation_points(edges, { nodes = n }) == #cut, "cut nodes")
  check(not difference(network.bridges(edges, { nodes = n }), bridges, 0)
        and #network.bridges(edges, { nodes = n }) == #bridges, "bridges")
end)

property("network: what falls apart without a node, by taking it away", function()
  local n = between(1, 10)
  local edges = edges_of(n, between(5, 60))
  local without = network.without(edges, { nodes = n })
  for id = 1, n do
    local left, others = {}, {}
    for _, edge in ipairs(edges) do
      if edge[1] ~= id and edge[2] ~= id then left[#left + 1] = edge end
    end
    for i = 1, n do
      if i ~= id then others[#others + 1] = i end
    end
    -- Those who hung together with it, in the parts that are left.
    local here = {}
    for _, part in ipairs(network.components(edges, { nodes = n })) do
      local is_own = false
      for _, i in ipairs(part) do is_own = is_own or i == id end
      for _, i in ipairs(is_own and part or {}) do here[i] = true end
    end
    local wanted = {}
    for _, part in ipairs(#others > 0 and network.components(left, { nodes = others }) or {}) do
      if here[part[1]] then wanted[table.concat(part, " ")] = #part end
    end
    local parts, largest = without(id), nil
    for _, part in ipairs(parts) do
      check(wanted[table.concat(part.ids(), " ")] == part.count, "part %s", table.concat(part.ids(), " "))
      check(largest == nil or part.count <= largest, "the largest comes first")
      wanted[table.concat(part.ids(), " ")], largest = nil, part.count
      for most = 1, part.count + 1 do
        local first = table.move(part.ids(), 1, math.min(most, part.count), 1, {})
        same(part.ids(most), first, 0)
      end
    end
    check(next(wanted) == nil, "a part is missing without %d", id)
  end
end)

property("network: a node for each meeting cuts as ties between all who meet do", function()
  local n, meetings = between(2, 9), {}
  for m = 1, between(1, 5) do
    local present = permutation(n)
    meetings[m] = table.move(present, 1, between(2, n), 1, {})
  end
  local ties, hubs = {}, {}
  for m, present in ipairs(meetings) do
    for i, a in ipairs(present) do
      for j = i + 1, #present do ties[#ties + 1] = { a, present[j] } end
      if #present > 2 then hubs[#hubs + 1] = { a, "meeting " .. m } end
    end
    if #present == 2 then hubs[#hubs + 1] = { present[1], present[2] } end
  end
  local options = { nodes = n, counts = math.type }
  local function people(ids)
    local list = {}
    for _, id in ipairs(ids) do
      if math.type(id) then list[#list + 1] = id end
    end
    return list
  end
  local wanted, parts = network.components(ties, { nodes = n }), {}
  for i, part in ipairs(network.components(hubs, options)) do parts[i] = people(part) end
  same(parts, wanted, 0)
  same(people(network.articulation_points(hubs, options)), network.articulation_points(ties, { nodes = n }), 0)
  local bridges = {}
  for _, pair in ipairs(network.bridges(hubs, options)) do
    if #people(pair) == 2 then bridges[#bridges + 1] = pair end
  end
  same(bridges, network.bridges(ties, { nodes = n }), 0)
  local plain, met = network.without(ties, { nodes = n }), network.without(hubs, options)
  for id = 1, n do
    local lists = { {}, {} }
    for k, without in ipairs { plain, met } do
      for _, part in ipairs(without(id)) do
        check(part.count == #part.ids(), "count")
        table.insert(lists[k], table.concat(part.ids(), " "))
      end
      table.sort(lists[k])
    end
    check(table.concat(lists[1], ";") == table.concat(lists[2], ";"), "parts without %d", id)
  end
end)

property("network: betweenness by counting paths, cores by peeling", function()
  local n = between(3, 8)
  local edges, far = edges_of(n, 40), rows(n, n, function(i, j) return i == j and 0 or math.huge end)
  local tied = rows(n, n, function() return false end)
  for _, edge in ipairs(edges) do
    tied[edge[1]][edge[2]], tied[edge[2]][edge[1]] = true, true
    far[edge[1]][edge[2]], far[edge[2]][edge[1]] = 1, 1
  end
  for k = 1, n do
    for i = 1, n do
      for j = 1, n do far[i][j] = math.min(far[i][j], far[i][k] + far[k][j]) end
    end
  end
  local function ways(a, b)
    if a == b then return 1 end
    local total = 0
    for c = 1, n do
      if tied[a][c] and far[c][b] == far[a][b] - 1 then total = total + ways(c, b) end
    end
    return total
  end
  local wanted = list_of(n, function(k)
    local total = 0
    for i = 1, n do
      for j = i + 1, n do
        if i ~= k and j ~= k and far[i][j] < math.huge and far[i][k] + far[k][j] == far[i][j] then
          total = total + ways(i, k) * ways(k, j) / ways(i, j)
        end
      end
    end
    return total
  end)
  same(network.betweenness(edges, { nodes = n, normalized = false }), wanted)

  local core = network.k_core(edges, { nodes = n }).core
  for k = 1, n do       -- the k-core, from scratch
    local left, changed = list_of(n, function() return true end), true
    while changed do
      changed = false
      for i = 1, n do
        local count = 0
        for j = 1, n do
          if tied[i][j] and left[j] then count = count + 1 end
        end
        if left[i] and count < k then left[i], changed = false, true end
      end
    end
    for i = 1, n do check(left[i] == (core[i] >= k), "node %d in core %d", i, k) end
  end
end)

property("network: concentration of equal shares, and the truck factor", function()
  local n = between(2, 9)
  local equal = network.hhi(list_of(n, function() return 30 end))
  same({ equal.fraction, equal.effective_number, equal.normalized, equal.diversification },
       { 1 / n, n, 0, 1 })
  local supporters = {}
  for goal = 1, between(1, 8) do
    supporters["g" .. goal] = list_of(between(1, 3), function() return "p" .. between(1, 5) end)
  end
  local truck = network.truck_factor(supporters)
  check(truck.factor == #truck.order and truck.coverage[truck.factor] < 0.5, "stops too early")
  check(truck.factor == 1 or truck.coverage[truck.factor - 1] >= 0.5, "stops too late")
  -- Who leaves is, of those who are left, the one with most goals; of equals, the first by name.
  local goals_of = {}
  for goal, who in pairs(supporters) do
    for _, partner in ipairs(who) do
      goals_of[partner] = goals_of[partner] or {}
      goals_of[partner][goal] = true
    end
  end
  local function count(partner)
    local total = 0
    for _ in pairs(goals_of[partner]) do total = total + 1 end
    return total
  end
  for _, partner in ipairs(truck.order) do
    for other in pairs(goals_of) do
      local most, own = count(partner), count(other)
      check(most > own or most == own and partner <= other, "%s leaves before %s", partner, other)
    end
    goals_of[partner] = nil
  end
end)

property("schedule: the longest chain is the duration, a deadline moves all slack", function()
  local n, activities = between(1, 9), {}
  for i = 1, n do
    local before = {}
    for j = 1, i - 1 do
      if source:below(3) == 0 then before[#before + 1] = "t" .. j end
    end
    activities["t" .. i] = { duration = between(0, 9) / 4, predecessors = before }
  end
  local function chain(id)
    local longest = 0
    for _, before in ipairs(activities[id].predecessors) do longest = math.max(longest, chain(before)) end
    return longest + activities[id].duration
  end
  local plan, longest = schedule.critical_path(activities), 0
  for id in pairs(activities) do longest = math.max(longest, chain(id)) end
  check(plan.duration == longest, "duration %s, longest chain %s", plan.duration, longest)
  local late = between(-5, 5)
  local moved = schedule.critical_path(activities, { deadline = plan.duration + late })
  for id, times in pairs(plan.activities) do
    check(times.EF == chain(id), "EF of %s", id)
    check(times.EF - times.ES == activities[id].duration and times.LF - times.LS == times.EF - times.ES,
          "%s does not last", id)
    check(times.slack >= 0 and times.free_float >= 0 and times.free_float <= times.slack, "slack of %s", id)
    check(moved.activities[id].slack == times.slack + late, "slack did not move")
    check(moved.activities[id].free_float == times.free_float, "free float moved")
  end
  same(moved.critical_path, plan.critical_path)
  check(moved.feasible == (late >= 0), "feasible")
end)

property("finance: both sides balance, nothing of a gift is lost", function()
  local kind = finance.in_kind({ { hours = between(0, 90), hourly_rate = between(0, 4000) / 100 } },
                               between(0, 999), between(0, 999))
  check(kind.total_86 == kind.total_87, "86 and 87 differ")
  check(near(kind.account_860 + kind.account_861 + kind.account_864, kind.total_86), "parts of 86")
  check(near(kind.account_870 + kind.account_871 + kind.account_875, kind.total_87), "parts of 87")
  local gift = between(0, 5000000)
  local result = finance.patronage(gift, between(0, 2000000000), "2024-12-31")
  check(result.eligible_base + result.carried_forward == gift, "the gift is not whole")
  check(result.tax_reduction <= 0.6 * result.eligible_base + 1e-6, "more than 60 %%")
end)

return function(tap, _, seed)
  print("# properties: seed " .. seed)
  source = random.source(seed)
  for _, case in ipairs(properties) do
    local problem
    for round = 1, case.rounds do
      local passed, message = pcall(case.try)
      if not passed then problem = ("round %d, seed %d: %s"):format(round, seed, message) break end
    end
    tap.ok(not problem, case.name, problem)
  end
end
