-- games.lua -- what a coalition is worth, who makes it so, and who would do better without it.
--
-- A game is a list `v` of values, one per coalition of n players, by size and
-- then lexicographic, the empty coalition left out and worth 0; with three
-- players {1} {2} {3} {1,2} {1,3} {2,3} {1,2,3}. `alliance.coalitions` makes such
-- a list from a function. The unit is that of v. A table of values has at most
-- 20 players: there are 2^n coalitions, and each one more doubles time and
-- memory; beyond, use `shapley_net` or `shapley_sample`.
--
-- How results, exact texts and reasons look: see rational.

local coalitions = require "alliance.coalitions"
local linear = require "alliance.linear"
local rational = require "alliance.rational"

local found, kernels = pcall(require, "alliance.kernels")
if not found then kernels = require "alliance.plain_kernels" end

local games = {}

--- Limits of the exact methods, and the usual reading of two results.
games.conventions = {
  disrupt_notice = { value = 1, basis = "Gately 1974: leaving costs the others more than oneself" },
  disrupt_warning = { value = 0, basis = "definition: the others do better without" },
  epsilon = { value = 0.01, basis = "convention: error allowed to a sample, per unit of range" },
  delta = { value = 0.05, basis = "convention: risk that some error is larger" },
}

local NUCLEOLUS_PLAYERS = 5     -- a linear program per round
local LEAST_CORE_PLAYERS = 10   -- one linear program with 2^n constraints
local VOTING_PLAYERS = 127      -- counts have 128 bits
local VOTING_CELLS = 2^21       -- players x quota: 32 MiB of counts
local SAMPLE_VALUES = 2^27      -- calls of the function of a sampled game
local LARGEST_WHOLE = 2^53      -- integers beyond do not all fit a float
local LARGEST_SUM = 2^62

local function check_players(n, name)
  if math.type(n) ~= "integer" or n < 1 then
    error(name .. ": the number of players is an integer from 1 up", 3)
  end
end

local function too_large(n, most)
  return ("too-large: %d players; the exact method goes to %d"):format(n, most)
end

-- Checks v and n, which the programmer hands over; gives why they cannot be used.
local function check_game(v, n, name, most)
  check_players(n, name)
  most = most or coalitions.MOST
  if n > most then return too_large(n, most) end
  if type(v) ~= "table" or #v ~= (1 << n) - 1 then
    error(("%s: %d players need a list of %d values"):format(name, n, (1 << n) - 1), 3)
  end
end

local function floats(list)
  local result = {}
  for i = 1, #list do result[i] = rational.number(list[i]) + 0.0 end
  return result
end

-- The values as integers over a denominator; as floats, without one, when they
-- or a sum of so many of them may not fit.
local function scaled(list, terms)
  local numbers, denominator = rational.scale(list)
  if not numbers then return floats(list) end
  local largest = 0.0
  for i = 1, #numbers do largest = math.max(largest, math.abs(numbers[i] + 0.0)) end
  if largest * terms >= LARGEST_SUM then return floats(list) end
  return numbers, denominator
end

-- A number of a scaled list as a fraction.
local function fraction(number, denominator)
  if denominator then return rational.from(number) / denominator end
  return rational.approximate(number)
end

-- The values of a game by coalition as an integer.
local function by_mask(numbers, n)
  local masks, values = coalitions.masks(n), {}
  for i = 1, #masks do values[i] = 0 end      -- in rising order: an array, not a hash
  for i = 1, #masks do values[masks[i]] = numbers[i] end
  return values
end

local function list_of(n, value)
  local list = {}
  for i = 1, n do list[i] = value(i) end
  return list
end

-- Indices in v of the coalitions that leave one player out: the last of size
-- n-1 leaves out player 1.
local function without(v, player)
  return v[#v - player] or 0
end

-- Shapley values as fractions, of integers over a denominator or of floats.
local function shapley_fractions(numbers, denominator, n)
  if denominator then
    local sums, multiple = kernels.shapley_table(numbers, n)
    if sums then
      return list_of(n, function(i) return rational.from(sums[i]) / multiple / denominator end)
    end
    numbers = list_of(#numbers, function(i) return numbers[i] / denominator end)
  end
  local sums = kernels.shapley_table(numbers, n)
  return list_of(n, function(i) return rational.approximate(sums[i]) end)
end

--- Shapley value: what each player adds, on average over all orders of arrival.
--- Takes v and n (to 20); gives a list of n values with sum v(N). Undefined:
--- too-large.
--- Source: Shapley 1953.
function games.shapley(v, n)
  local problem = check_game(v, n, "shapley")
  if problem then return nil, problem end
  local numbers, denominator = scaled(v, 1)
  return rational.result(shapley_fractions(numbers, denominator, n))
end

-- 1 / (p C(p+q, p)): the part of each member of a rule of p members without q.
local function rule_part(p, q)
  local ways = rational.from(1)
  for i = 1, p do ways = ways * (q + i) / i end
  return rational.from(1) / (ways * p)
end

local function read_rule(rule, index, n)
  local side = {}
  for _, name in ipairs { "all_of", "none_of" } do
    for _, player in ipairs(rule[name] or {}) do
      if math.type(player) ~= "integer" or player < 1 or player > n then
        error(("shapley_net: rule %d names player %s of %d"):format(index, tostring(player), n), 3)
      end
      if side[player] then
        return ("contradictory-rule: rule %d names player %d twice"):format(index, player)
      end
      side[player] = name
    end
  end
  if #(rule.all_of or {}) == 0 then
    return ("empty-rule: rule %d would give a value to nobody"):format(index)
  end
end

--- Shapley value of a game given by rules, in time linear in the rules.
--- Takes n and rules `{ all_of, none_of, value }`: a coalition with all of the
--- first players and none of the second (may be absent) gets the value. An
--- alternative "A or B" is two rules, {A} and {B} without A. Gives a list of n
--- values. Undefined: empty-rule, contradictory-rule, missing-value.
--- Source: Ieong & Shoham 2005 (marginal contribution nets).
function games.shapley_net(n, rules)
  check_players(n, "shapley_net")
  if type(rules) ~= "table" then error("shapley_net: a list of rules is needed", 2) end
  local sums = list_of(n, function() return rational.from(0) end)
  for index, rule in ipairs(rules) do
    local problem = read_rule(rule, index, n)
    if problem then return nil, problem end
    if rule.value == nil then
      return nil, ("missing-value: rule %d has no value"):format(index)
    end
    local p, q = #rule.all_of, #(rule.none_of or {})
    local with = rational.from(rule.value) * rule_part(p, q)
    for _, player in ipairs(rule.all_of) do sums[player] = sums[player] + with end
    if q > 0 then
      local against = rational.from(rule.value) * rule_part(q, p)
      for _, player in ipairs(rule.none_of) do sums[player] = sums[player] - against end
    end
  end
  return rational.result(sums)
end

local function common_divisor(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

-- The quota and weights of an equal voting game with smaller numbers, or nil
-- and why there is none.
local function read_voting(quota, weights, name)
  if type(weights) ~= "table" or #weights == 0 then
    error(name .. ": a list of weights is needed", 3)
  end
  local divisor, total = 0, 0
  for i, weight in ipairs(weights) do
    local whole = math.tointeger(weight)
    if not whole or whole > LARGEST_WHOLE then
      return nil, ("not-whole: weight %d is no integer up to 2^53"):format(i)
    end
    if whole < 0 then return nil, ("negative-value: weight %d is below zero"):format(i) end
    divisor, total = common_divisor(divisor, whole), total + whole
  end
  quota = math.tointeger(quota)
  if not quota then return nil, "not-whole: the quota is no integer" end
  if quota <= 0 then return nil, "quota-not-positive: nobody would be needed" end
  if quota > total then return nil, "quota-out-of-reach: all together do not reach it" end
  if #weights > VOTING_PLAYERS then return nil, too_large(#weights, VOTING_PLAYERS) end
  quota, total = (quota + divisor - 1) // divisor, total // divisor
  -- Blocking a decision has the same swings as taking it, and counting costs
  -- in proportion to the quota.
  quota = math.min(quota, total - quota + 1)
  local small = list_of(#weights, function(i)
    return math.min(math.tointeger(weights[i]) // divisor, quota)
  end)
  return quota, small
end

-- How many ways there are to have s of n-1 others arrive first, times n.
local function orders(n)
  local ways, list = rational.from(1), {}
  for s = 0, n - 1 do
    list[s] = ways * n
    ways = ways * (n - 1 - s) / (s + 1)
  end
  return list
end

local function read_count(count)
  if math.type(count) == "integer" then return rational.from(count) end
  return rational.approximate(count)
end

--- Shapley value of a weighted vote: the share of the orders of arrival in which
--- each player brings the decision (Shapley-Shubik index).
--- Takes the quota and the weights, integers (at most 127 players); gives a list
--- with sum 1. Counted with integers of 128 bits; `exact` is false when the
--- fractions outgrow 64 bits. Undefined: not-whole, negative-value,
--- quota-not-positive, quota-out-of-reach, too-large.
--- Source: Shapley & Shubik 1954.
function games.shapley_voting(quota, weights)
  local small
  quota, small = read_voting(quota, weights, "shapley_voting")
  if not quota then return nil, small end
  local n = #small
  if quota * (n + 1) > VOTING_CELLS then
    return nil, ("too-large: %d players with a quota of %d need more counts than %d"):format(
      n, quota, VOTING_CELLS // 1)
  end
  local swings, ways = kernels.voting_swings(quota, small, true), orders(n)
  local known = {}
  return rational.result(list_of(n, function(i)
    local sum = known[small[i]]
    if sum then return sum end
    sum = rational.from(0)
    for s = 0, n - 1 do
      if swings[i][s + 1] ~= 0 then sum = sum + read_count(swings[i][s + 1]) / ways[s] end
    end
    known[small[i]] = sum
    return sum
  end))
end

--- Banzhaf's index of a weighted vote.
--- Takes the quota and the weights, integers (at most 127 players); gives
--- `{ swings, absolute, normalized }`: the number of coalitions of the others that
--- each player turns into winning ones, that number over 2^(n-1), and over the
--- swings of all. Name the one shown: they differ. Undefined: as shapley_voting.
--- Source: Banzhaf 1965; Dubey & Shapley 1979.
function games.banzhaf_voting(quota, weights)
  local small
  quota, small = read_voting(quota, weights, "banzhaf_voting")
  if not quota then return nil, small end
  if quota > VOTING_CELLS then
    return nil, ("too-large: a quota of %d needs more counts than %d"):format(
      quota, VOTING_CELLS // 1)
  end
  local counts = kernels.voting_swings(quota, small, false)
  local swings = list_of(#small, function(i) return read_count(counts[i]) end)
  local all, half = rational.sum(swings), rational.from(1)
  for _ = 1, #small - 1 do half = half * 2 end
  return rational.result {
    swings = swings,
    absolute = list_of(#small, function(i) return swings[i] / half end),
    normalized = list_of(#small, function(i) return swings[i] / all end),
  }
end

--- How many random orders keep the error of k estimates below epsilon at once.
--- Takes the range of one marginal contribution (largest less smallest), epsilon,
--- delta (the risk accepted, below 1) and k (1 if absent); gives an integer.
--- Source: Hoeffding 1963; Maleki et al. 2013: range^2 ln(2k/delta) / (2 epsilon^2).
function games.sample_size(range, epsilon, delta, k)
  k = k or 1
  if not (range > 0 and epsilon > 0 and delta > 0 and delta < 1 and k >= 1) then
    error("sample_size: range, epsilon and delta are above 0, delta below 1, k from 1 up", 2)
  end
  local size = kernels.sample_size(range, epsilon, delta, k)
  return math.tointeger(size) or size
end

--- Estimates the Shapley value of a game too large for a table, from random orders
--- of arrival with a seed: the same seed gives the same numbers.
--- Takes n, `value(members, count)`, which gives the value of the coalition in the
--- first `count` entries of the list (in order of arrival, count 0 being the empty
--- one; it must not keep the list), and `{ range, epsilon, delta, seed }`: the
--- range of one marginal contribution is needed; epsilon is range / 100, delta
--- 0.05 and the seed 1 if absent. Gives a list of n values with
--- `permutations`, `epsilon`, `delta`, `seed`: with probability 1 - delta every
--- error is below epsilon. Undefined: range-exceeded when a player's contributions
--- turn out to span more than `range`, too-large (over 2^27 calls).
--- Source: Castro, Gomez & Tejada 2009; the bound: see sample_size. Not exact.
function games.shapley_sample(n, value, options)
  check_players(n, "shapley_sample")
  if type(value) ~= "function" or type(options) ~= "table" or not options.range then
    error("shapley_sample: n, a function and { range = ... } are needed", 2)
  end
  local range = options.range
  local epsilon = options.epsilon or range * games.conventions.epsilon.value
  local delta = options.delta or games.conventions.delta.value
  local seed = options.seed or 1
  local permutations = games.sample_size(range, epsilon, delta, n)
  if permutations * n > SAMPLE_VALUES then
    return nil, ("too-large: %.0f orders of %d players; allow a larger error"):format(
      permutations, n)
  end
  local sums, lowest, highest = kernels.sample(n, value, permutations, seed)
  local result = { permutations = permutations, epsilon = epsilon, delta = delta, seed = seed,
                   exact = false }
  for i = 1, n do
    local slack = 1e-9 * math.max(math.abs(highest[i]), math.abs(lowest[i]), range)
    local span = highest[i] - lowest[i]
    if span ~= span or span > range + slack then
      return nil, ("range-exceeded: what player %d adds spans more than %s"):format(i, range)
    end
    result[i] = sums[i] / permutations
  end
  return result
end

--- Banzhaf value of a table of values: what each player adds, on average over
--- all coalitions of the others.
--- Takes v and n (to 20); gives `{ value, normalized }`, the second scaled so that
--- the sum is v(N), false (see `reasons`) when the values sum to 0. Undefined:
--- too-large.
--- Source: Owen 1975.
function games.banzhaf_value(v, n)
  local problem = check_game(v, n, "banzhaf_value")
  if problem then return nil, problem end
  local numbers, denominator = scaled(v, 2 << n)
  local all = 0
  for i = 1, #numbers do all = all + numbers[i] end
  local with = coalitions.fold(n, by_mask(numbers, n), function(a, b) return a + b end)
  local value = list_of(n, function(i)
    return fraction(2 * with[i] - all, denominator) / (1 << (n - 1))
  end)
  local result = { value = value, normalized = false, reasons = {} }
  local total = rational.sum(value)
  if rational.sign(total) == 0 then
    result.reasons.normalized = "zero-total: the values sum to zero"
  else
    local whole = fraction(numbers[#numbers], denominator)
    result.normalized = list_of(n, function(i) return value[i] * whole / total end)
  end
  return rational.result(result)
end

--- Tau value: the compromise between the most a player can hope for and the
--- least that the others leave.
--- Takes v and n (to 20); gives a list of n values with sum v(N). Undefined:
--- not-quasi-balanced, too-large.
--- Source: Tijs 1981.
function games.tau(v, n)
  local problem = check_game(v, n, "tau")
  if problem then return nil, problem end
  local numbers, denominator = scaled(v, 2 * n + 3)
  local whole = numbers[#numbers]
  local utopia = list_of(n, function(i)
    return whole - (n > 1 and without(numbers, i) or 0)
  end)
  local hopes, left = coalitions.sums(n, utopia), by_mask(numbers, n)
  for mask = 1, #left do left[mask] = left[mask] - hopes[mask] end
  local remainder = coalitions.fold(n, left, math.max)
  local top, bottom, high, low = {}, {}, rational.from(0), rational.from(0)
  for i = 1, n do
    top[i] = fraction(utopia[i], denominator)
    bottom[i] = fraction(utopia[i] + remainder[i], denominator)
    if bottom[i] > top[i] then
      return nil, ("not-quasi-balanced: player %d is left more than it can hope for"):format(i)
    end
    high, low = high + top[i], low + bottom[i]
  end
  local all = fraction(whole, denominator)
  if all < low or all > high then
    return nil, "not-quasi-balanced: the total lies outside what the players can share"
  end
  local step = high == low and rational.from(0) or (all - low) / (high - low)
  return rational.result(list_of(n, function(i) return bottom[i] + (top[i] - bottom[i]) * step end))
end

-- Constraints x(S) + slack x epsilon >= v(S), one for each coalition but all.
local function coalition_rows(v, n, slack)
  local rows, masks = {}, coalitions.masks(n)
  for i = 1, #masks - 1 do
    local row = { bound = v[i] }
    for player = 1, n do
      row[player] = masks[i] >> (n - player) & 1
    end
    row[n + 1] = slack
    rows[i] = row
  end
  return rows
end

local function whole_row(v, n)
  local row = { bound = v[#v], equal = true }
  for player = 1, n do row[player] = 1 end
  row[n + 1] = 0
  return row
end

-- Rank of the rows over the players, by elimination.
local function rank(rows, n)
  local kept = {}
  for _, row in ipairs(rows) do
    local left = list_of(n, function(i) return rational.from(row[i]) end)
    for _, base in ipairs(kept) do
      local factor = left[base.lead]
      if rational.sign(factor) ~= 0 then
        for i = 1, n do left[i] = left[i] - factor * base[i] end
      end
    end
    for i = 1, n do
      if rational.sign(left[i]) ~= 0 then
        local lead = left[i]
        for j = 1, n do left[j] = left[j] / lead end
        left.lead = i
        kept[#kept + 1] = left
        break
      end
    end
  end
  return #kept
end

-- Lowers the largest excess, fixes the coalitions that hold it up, and goes on
-- with the others until one division remains.
local function lexicographic(v, n, bounds)
  local cost = list_of(n + 1, function(i) return i > n and 1 or 0 end)
  local fixed, free = { whole_row(v, n) }, coalition_rows(v, n, 1)
  local division = { v[1] }     -- of one player
  while rank(fixed, n) < n do
    local constraints = {}
    for _, row in ipairs(free) do constraints[#constraints + 1] = row end
    table.move(fixed, 1, #fixed, #constraints + 1, constraints)
    table.move(bounds, 1, #bounds, #constraints + 1, constraints)
    local answer, problem = linear.minimise(cost, constraints)
    if not answer then return nil, problem end
    local epsilon, left = answer.unknowns[n + 1], {}
    for i, row in ipairs(free) do
      if rational.sign(answer.prices[i], 1e-9) > 0 then
        row.bound, row.equal, row[n + 1] = rational.from(row.bound) - epsilon, true, 0
        fixed[#fixed + 1] = row
      else
        left[#left + 1] = row
      end
    end
    if #left == #free then return nil, "not-exact: the numbers are too large to be compared" end
    free, division = left, table.move(answer.unknowns, 1, n, 1, {})
  end
  return division
end

local function exact_values(v)
  local list = {}
  for i = 1, #v do list[i] = rational.from(v[i]) end
  return list
end

--- Prenucleolus: the division of v(N) that makes the worst-off coalition as
--- content as possible, then the next, and so on.
--- Takes v and n (to 5); gives a list of n values. A player may get less than
--- alone. Undefined: too-large.
--- Source: Schmeidler 1969; successive linear programs (Kopelowitz 1967).
function games.prenucleolus(v, n)
  local problem = check_game(v, n, "prenucleolus", NUCLEOLUS_PLAYERS)
  if problem then return nil, problem end
  local division
  division, problem = lexicographic(exact_values(v), n, {})
  if not division then return nil, problem end
  return rational.result(division)
end

--- Nucleolus: as the prenucleolus, among the divisions that give every player
--- at least what it has alone.
--- Takes v and n (to 5); gives a list of n values. Undefined: no-imputation when
--- the players have more alone than v(N), too-large.
--- Source: Schmeidler 1969; Kopelowitz 1967.
function games.nucleolus(v, n)
  local problem = check_game(v, n, "nucleolus", NUCLEOLUS_PLAYERS)
  if problem then return nil, problem end
  v = exact_values(v)
  local alone, bounds = rational.from(0), {}
  for i = 1, n do
    alone = alone + v[i]
    bounds[i] = { bound = v[i], [i] = 1 }
  end
  if alone > v[#v] then
    return nil, "no-imputation: together they have less than each alone"
  end
  local division
  division, problem = lexicographic(v, n, bounds)
  if not division then return nil, problem end
  return rational.result(division)
end

--- Which coalition has most to gain by going its own way.
--- Takes v, n (to 20) and a division x; gives `{ excess, coalition, in_core,
--- efficient }`: the largest v(S) - x(S) over the coalitions but all together, the
--- first one that has it, whether no excess is positive and whether x shares out
--- exactly v(N) (both are needed for the core). Undefined: one-player, too-large.
--- Source: Gillies 1953 (core); Maschler, Peleg & Shapley 1979 (excess).
function games.core_excess(v, n, x)
  local problem = check_game(v, n, "core_excess")
  if problem then return nil, problem end
  if type(x) ~= "table" or #x ~= n then error("core_excess: x has one value per player", 2) end
  if n == 1 then return nil, "one-player: there is no smaller coalition" end
  local both = table.move(v, 1, #v, 1, {})
  table.move(x, 1, n, #v + 1, both)
  local numbers, denominator = scaled(both, n + 1)
  local gets = coalitions.sums(n, table.move(numbers, #v + 1, #v + n, 1, {}))
  local masks, best, where = coalitions.masks(n), nil, nil
  for i = 1, #masks - 1 do
    local excess = numbers[i] - gets[masks[i]]
    if not best or excess > best then best, where = excess, masks[i] end
  end
  local whole = numbers[#masks]
  local tolerance = denominator and 0 or 1e-9 * math.max(1, math.abs(whole))
  local efficient = math.abs(whole - gets[#masks]) <= tolerance
  return rational.result {
    excess = fraction(best, denominator), coalition = coalitions.members(n, where),
    efficient = efficient, in_core = efficient and best <= tolerance,
  }
end

-- Solves a program over all coalitions but the whole by asking only for those that
-- matter: it starts with the single players and adds the ones that the answer
-- wrongs most, until it wrongs none. `slack` is the weight of a last unknown.
local function minimise_over_coalitions(v, n, cost, slack, others)
  local rows, masks = coalition_rows(v, n, slack), coalitions.masks(n)
  local asked, constraints = {}, table.move(others, 1, #others, 1, {})
  local function ask(i)
    asked[i] = true
    constraints[#constraints + 1] = rows[i]
  end
  for i = 1, n do ask(i) end
  while true do
    local answer, problem = linear.minimise(cost, constraints)
    if not answer then return nil, problem end
    local gets, wronged = coalitions.sums(n, answer.unknowns), {}
    local epsilon = slack and answer.unknowns[n + 1] or rational.from(0)
    for i = n + 1, #rows do
      local wrong = rational.from(v[i]) - gets[masks[i]] - epsilon
      if not asked[i] and rational.sign(wrong, 1e-9) > 0 then
        wronged[#wronged + 1] = { index = i, wrong = wrong }
      end
    end
    if #wronged == 0 then return answer end
    table.sort(wronged, function(a, b)
      local side = rational.compare(a.wrong, b.wrong)
      return side > 0 or side == 0 and a.index < b.index
    end)
    for k = 1, math.min(n, #wronged) do ask(wronged[k].index) end
  end
end

--- How far every coalition can be contented at once, and what it would cost to.
--- Takes v and n (2 to 10); gives `{ epsilon, cost_of_stability, empty }`: the least
--- epsilon such that some division leaves no coalition an excess above it, the
--- least subsidy that makes staying together worth it, and whether the core is
--- empty (epsilon above 0). Undefined: one-player, too-large.
--- Source: Maschler, Peleg & Shapley 1979 (least core); Bachrach et al. 2009
--- (cost of stability).
function games.least_core(v, n)
  local problem = check_game(v, n, "least_core", LEAST_CORE_PLAYERS)
  if problem then return nil, problem end
  if n == 1 then return nil, "one-player: there is no smaller coalition" end
  v = exact_values(v)
  local cost = list_of(n + 1, function(i) return i > n and 1 or 0 end)
  local least
  least, problem = minimise_over_coalitions(v, n, cost, 1, { whole_row(v, n) })
  if not least then return nil, problem end
  local stable
  stable, problem = minimise_over_coalitions(v, n, list_of(n, function() return 1 end), nil, {})
  if not stable then return nil, problem end
  return rational.result {
    epsilon = least.value, empty = rational.sign(least.value, 1e-9) > 0,
    cost_of_stability = rational.max(0, stable.value - v[#v]),
  }
end

--- Propensity to disrupt: what the others lose over what a player loses if it
--- leaves.
--- Takes v, n (to 20) and a division x; gives a list of n values; below 0 the
--- others do better without the player. A value is false where the player
--- loses nothing (`reasons[i]`: nothing-to-lose). Undefined: one-player, too-large.
--- Source: Gately 1974.
function games.propensity(v, n, x)
  local problem = check_game(v, n, "propensity")
  if problem then return nil, problem end
  if type(x) ~= "table" or #x ~= n then error("propensity: x has one value per player", 2) end
  if n == 1 then return nil, "one-player: there is nobody to leave" end
  local all = rational.sum(x)
  local result = { reasons = {} }
  for i = 1, n do
    local loss = rational.from(x[i]) - v[i]
    local others = all - x[i] - without(v, i)
    if rational.sign(loss) == 0 then
      result[i] = false
      result.reasons[i] = "nothing-to-lose: it gets no more than alone"
    else
      result[i] = others / loss
    end
  end
  return rational.result(result)
end

--- Gately's point: the division for which everybody's propensity to disrupt is
--- the same.
--- Takes v and n (to 20); gives a list of n values with sum v(N) and the common
--- `propensity`. Undefined: one-player, no-surplus (together they have no more
--- than alone), no-gately-point, too-large.
--- Source: Gately 1974; Littlechild & Vaidya 1976.
function games.gately(v, n)
  local problem = check_game(v, n, "gately")
  if problem then return nil, problem end
  if n == 1 then return nil, "one-player: there is nobody to share with" end
  local whole = rational.from(v[#v])
  local alone, hope, top = rational.from(0), rational.from(0), {}
  for i = 1, n do
    top[i] = whole - without(v, i)
    alone, hope = alone + v[i], hope + top[i]
  end
  if whole == alone then return nil, "no-surplus: together they have no more than alone" end
  if hope == alone then
    return nil, "no-gately-point: what all add together cannot be shared in proportion"
  end
  local share = (whole - alone) / (hope - alone)
  local result = list_of(n, function(i) return (top[i] - v[i]) * share + v[i] end)
  result.propensity = (hope - whole) / (whole - alone)
  return rational.result(result)
end

-- The estate and the claims as fractions, with the sum of the claims.
local function read_claims(estate, claims, name)
  if type(claims) ~= "table" then error(name .. ": a list of claims is needed", 3) end
  if #claims == 0 then return nil, "no-claim: nobody claims anything" end
  local list, total = {}, rational.from(0)
  for i = 1, #claims do
    list[i] = rational.from(claims[i])
    if rational.sign(list[i]) < 0 then
      return nil, ("negative-value: claim %d is below zero"):format(i)
    end
    total = total + list[i]
  end
  estate = rational.from(estate)
  if rational.sign(estate) < 0 then return nil, "negative-value: the estate is below zero" end
  if rational.sign(total) == 0 then return nil, "no-claim: nobody claims anything" end
  if estate > total then
    return nil, "estate-exceeds-claims: there is enough for everyone"
  end
  return list, estate, total
end

-- Shares an amount equally, nobody above a cap.
local function equal_awards(amount, caps)
  local order = list_of(#caps, function(i) return i end)
  table.sort(order, function(a, b)
    local side = rational.compare(caps[a], caps[b])
    return side < 0 or side == 0 and a < b
  end)
  local awards = {}
  for position, i in ipairs(order) do
    awards[i] = rational.min(caps[i], amount / (#caps - position + 1))
    amount = amount - awards[i]
  end
  return awards
end

--- Divides an estate too small for the claims by the rule of the Talmud, which is
--- the nucleolus of the matching game.
--- Takes the estate and a list of claims; gives a list. Undefined: no-claim,
--- negative-value, estate-exceeds-claims.
--- Source: Aumann & Maschler 1985.
function games.talmud(estate, claims)
  local list, amount, total = read_claims(estate, claims, "talmud")
  if not list then return nil, amount end
  local halves = list_of(#list, function(i) return list[i] / 2 end)
  if amount * 2 <= total then return rational.result(equal_awards(amount, halves)) end
  local losses = equal_awards(total - amount, halves)
  return rational.result(list_of(#list, function(i) return list[i] - losses[i] end))
end

--- Divides an estate by random arrival: first come, first served, over all
--- orders; the Shapley value of the matching game.
--- Takes the estate and a list of claims (at most 20); gives a list. Undefined: as
--- talmud, too-large.
--- Source: O'Neill 1982.
function games.random_arrival(estate, claims)
  local list, amount, total = read_claims(estate, claims, "random_arrival")
  if not list then return nil, amount end
  local n = #list
  if n > coalitions.MOST then return nil, too_large(n, coalitions.MOST) end
  local both = table.move(list, 1, n, 1, {})
  both[n + 1], both[n + 2] = amount, total
  local numbers, denominator = scaled(both, n + 1)
  local money, missing = numbers[n + 1], numbers[n + 2] - numbers[n + 1]
  local claimed, masks = coalitions.sums(n, numbers), coalitions.masks(n)
  for i = 1, #masks do
    -- What is left when all the others have been paid in full.
    masks[i] = math.min(money, math.max(claimed[masks[i]] - missing, 0 * money))
  end
  return rational.result(shapley_fractions(masks, denominator, n))
end

--- Divides an estate in proportion to the claims.
--- Takes the estate and a list of claims; gives a list. Undefined: as talmud.
--- Source: definition.
function games.proportional(estate, claims)
  local list, amount, total = read_claims(estate, claims, "proportional")
  if not list then return nil, amount end
  return rational.result(list_of(#list, function(i) return amount * list[i] / total end))
end

--- Shares the cost of a facility of which everyone needs a part, the smaller within
--- the larger: each part is paid equally by those who need it.
--- Takes a list of costs, one per user; gives a list with the largest cost as sum.
--- It is the Shapley value of the cost game. Undefined: no-value, negative-value.
--- Source: Littlechild & Owen 1973.
function games.airport(costs)
  if type(costs) ~= "table" then error("airport: a list of costs is needed", 2) end
  if #costs == 0 then return nil, "no-value: the list is empty" end
  local order = list_of(#costs, function(i) return i end)
  local list = exact_values(costs)
  for i = 1, #list do
    if rational.sign(list[i]) < 0 then
      return nil, ("negative-value: cost %d is below zero"):format(i)
    end
  end
  table.sort(order, function(a, b)
    local side = rational.compare(list[a], list[b])
    return side < 0 or side == 0 and a < b
  end)
  local shares, paid, before = {}, rational.from(0), rational.from(0)
  for position, i in ipairs(order) do
    paid = paid + (list[i] - before) / (#order - position + 1)
    shares[i], before = paid, list[i]
  end
  return rational.result(shares)
end

--- The savings of joint action: what each coalition pays less together than its
--- members alone.
--- Takes costs in the order of a game and n (to 20); gives a game v. A player's
--- share of the cost is its own cost less its share of v. Undefined: too-large.
--- Source: definition; as in Young 1985.
function games.savings(cost, n)
  local problem = check_game(cost, n, "savings")
  if problem then return nil, problem end
  local numbers, denominator = scaled(cost, n + 1)
  local alone, masks = coalitions.sums(n, numbers), coalitions.masks(n)
  for i = 1, #masks do
    masks[i] = fraction(alone[masks[i]] - numbers[i], denominator)
  end
  return rational.result(masks)
end

return games
