-- plain_kernels.lua -- the heavy loops of games in plain Lua, for a host without the C ones.
--
-- Same functions and same numbers as the C module alliance.kernels, to the last
-- bit: additions stand in the same order. `games` takes either.

local coalitions = require "alliance.coalitions"
local random = require "alliance.random"

local kernels = {}

local BLOCK = 12            -- bits of a coalition folded at a time
local HALF_RANGE = 2^62     -- exact sums must stay below it

local function binomial(n, k)
  local result = 1
  for i = 1, k do result = result * (n - k + i) // i end
  return result
end

local function popcounts(bits)
  local counts = { [0] = 0 }
  for mask = 1, (1 << bits) - 1 do counts[mask] = counts[mask >> 1] + (mask & 1) end
  return counts
end

-- Sum of part[from..to] by four running sums, as the C loop has them.
local function sum_of(part, from, to)
  local a, b, c, d = part[from] - part[from], 0, 0, 0
  local i = from
  while i + 3 <= to do
    a, b, c, d = a + part[i], b + part[i + 1], c + part[i + 2], d + part[i + 3]
    i = i + 4
  end
  while i <= to do
    a = a + part[i]
    i = i + 1
  end
  return (a + b) + (c + d)
end

-- Folds one block: adds to `with[bit]` the sum of the part that holds the bit,
-- for the low bits, and gives the sum of all.
local function fold_block(part, low, with)
  for bit = low - 1, 0, -1 do
    local half = 1 << bit
    with[bit] = with[bit] + sum_of(part, half, 2 * half - 1)
    for j = 0, half - 1 do part[j] = part[j] + part[half + j] end
  end
  return part[0]
end

-- For each bit the sum over coalitions with it of value x include[size], less
-- the sum over all coalitions of value x exclude[size].
local function fold(values, n, include, exclude, zero)
  local low = math.min(n, BLOCK)
  local size, counts = 1 << low, popcounts(low)
  local with, without, part, away = {}, zero, {}, {}
  for bit = 0, n - 1 do with[bit] = zero end
  for base = 0, (1 << n) - 1, size do
    local members, high = 0, base >> low
    while high ~= 0 do members, high = members + (high & 1), high >> 1 end
    for j = 0, size - 1 do
      local value, s = values[base + j], members + counts[j]
      part[j], away[j] = value * include[s], value * exclude[s]
    end
    without = without + sum_of(away, 0, size - 1)
    local total = fold_block(part, low, with)
    for bit = low, n - 1 do
      if base >> bit & 1 == 1 then with[bit] = with[bit] + total end
    end
  end
  for bit = 0, n - 1 do with[bit] = with[bit] - without end
  return with
end

local function greatest_common(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

-- Weights of a coalition by size, times the least common multiple of 1..n.
local function exact_weights(n)
  local multiple = 1
  for i = 2, n do multiple = multiple // greatest_common(multiple, i) * i end
  local weight = {}
  for s = 0, n - 1 do weight[s] = multiple // (n * binomial(n - 1, s)) end
  return weight, multiple
end

local function real_weights(n)
  local weight = {}
  for s = 0, n - 1 do weight[s] = 1.0 / (n * binomial(n - 1, s)) end
  return weight
end

-- Whether sums of n weighted values, none larger, stay in 64 bits.
local function sums_fit(n, multiple, largest)
  local harmonic = 0.0
  for i = 1, n do harmonic = harmonic + 1.0 / i end
  return largest * (2.0 * multiple * harmonic) < HALF_RANGE
end

--- The Shapley value of a table of values.
--- Takes the values in the order of `coalitions`, all integers or all floats,
--- and n. Gives a list; for integers it holds numerators and the denominator is
--- second, or nil alone when they could overflow.
function kernels.shapley_table(v, n)
  local exact = math.type(v[1]) == "integer"
  local weight, multiple
  if exact then
    local largest = 0.0
    for i = 1, #v do largest = math.max(largest, math.abs(v[i] + 0.0)) end
    weight, multiple = exact_weights(n)
    if not sums_fit(n, multiple, largest) then return nil end
  else
    weight = real_weights(n)
  end
  local zero = exact and 0 or 0.0
  local include, exclude = { [0] = zero }, { [n] = zero }
  weight[n] = zero
  for s = 1, n do include[s] = weight[s - 1] + weight[s] end
  for s = 0, n - 1 do exclude[s] = weight[s] end

  local masks, values = coalitions.masks(n), { [0] = zero }
  for i = 1, #masks do values[masks[i]] = v[i] end
  local with, list = fold(values, n, include, exclude, zero), {}
  for player = 1, n do list[player] = with[n - player] end
  return list, multiple
end

-- Counts need 128 bits: two integers, the lower one read as unsigned.

local function add(high, low, high_more, low_more)
  local sum = low + low_more
  return high + high_more + (math.ult(sum, low) and 1 or 0), sum
end

local function subtract(high, low, high_less, low_less)
  return high - high_less - (math.ult(low, low_less) and 1 or 0), low - low_less
end

local function unsigned_float(x)
  if x >= 0 then return x + 0.0 end
  return (x >> 1 | x & 1) * 2.0
end

local function count_number(high, low)
  if high == 0 and low >= 0 then return low end
  return unsigned_float(high) * 2.0^64 + unsigned_float(low)
end

-- rows[s].high[w], rows[s].low[w]: coalitions of s players (or of any number,
-- in row 0) that weigh w, for w below the quota; then their sums up to w.
local function count_coalitions(quota, weights, by_size)
  local n, total = #weights, 0
  local rows = {}
  for s = 0, by_size and n or 0 do
    local high, low = {}, {}
    for w = 0, quota - 1 do high[w], low[w] = 0, 0 end
    rows[s] = { high = high, low = low }
  end
  rows[0].low[0] = 1
  for p = 1, n do
    local weight = weights[p]
    total = math.min(total + weight, quota - 1)
    for s = by_size and p or 1, 1, -1 do
      local to = rows[by_size and s or 0]
      local from = rows[by_size and s - 1 or 0]
      local to_high, to_low, from_high, from_low = to.high, to.low, from.high, from.low
      for w = total, weight, -1 do
        local before = to_low[w]
        local sum = before + from_low[w - weight]
        to_low[w] = sum
        to_high[w] = to_high[w] + from_high[w - weight] + (math.ult(sum, before) and 1 or 0)
      end
    end
  end
  for s = 0, #rows do
    local high, low = rows[s].high, rows[s].low
    for w = 1, quota - 1 do
      high[w], low[w] = add(high[w], low[w], high[w - 1], low[w - 1])
    end
  end
  return rows
end

-- Coalitions of row s without a player of this weight that he makes win:
-- those that weigh quota - weight to quota - 1, counted by taking turns of
-- coalitions with and without him.
local function swings_of(rows, s, weight, quota, by_size)
  local high, low = 0, 0
  local top, sign = quota, 1
  while s >= 0 and top > 0 do
    local row, bottom = rows[s], math.max(top - weight, 0)
    local window_high, window_low = row.high[top - 1], row.low[top - 1]
    if bottom > 0 then
      window_high, window_low = subtract(window_high, window_low,
                                         row.high[bottom - 1], row.low[bottom - 1])
    end
    local step = sign > 0 and add or subtract
    high, low = step(high, low, window_high, window_low)
    top, sign = top - weight, -sign
    if by_size then s = s - 1 end
  end
  return count_number(high, low)
end

--- How often each player of a voting game turns a losing coalition into a
--- winning one.
--- Takes the quota and the weights, integers with 0 < quota <= sum of weights and
--- every weight from 0 to quota. With `by_size` gives for each player a list by
--- the size of the coalition joined, from 0 (at index 1) to n-1; without, one
--- count per player. Counts of 2^63 or more are floats.
function kernels.voting_swings(quota, weights, by_size)
  local rows = count_coalitions(quota, weights, by_size)
  local known, list = {}, {}
  for player, weight in ipairs(weights) do
    if not known[weight] then
      local counts = {}
      for s = 0, by_size and #weights - 1 or 0 do
        counts[s + 1] = weight > 0 and swings_of(rows, s, weight, quota, by_size) or 0
      end
      known[weight] = by_size and counts or counts[1]
    end
    list[player] = by_size and table.move(known[weight], 1, #weights, 1, {}) or known[weight]
  end
  return list
end

--- Number of random orders for an error; `games.sample_size` describes it.
function kernels.sample_size(range, epsilon, delta, k)
  return math.ceil(range * range * math.log(2 * k / delta) / (2 * (epsilon * epsilon))) + 0.0
end

--- Sums of the marginal contributions over random orders of n players.
--- Takes n, `value(members, count)` (the first `count` entries of the list are the
--- coalition, in order of arrival; do not keep the list), the number of orders
--- and the seed; gives three lists: sums, smallest and largest contributions.
function kernels.sample(n, value, permutations, seed)
  local source = random.source(seed)
  local order, sums, lowest, highest = {}, {}, {}, {}
  for i = 1, n do
    order[i], sums[i], lowest[i], highest[i] = i, 0.0, math.huge, -math.huge
  end
  local members = {}
  local empty = value(members, 0) + 0.0
  for _ = 1, permutations do
    source:shuffle(order)
    local before = empty
    for i = 1, n do
      local player = order[i]
      members[i] = player
      local after = value(members, i) + 0.0
      local gain = after - before
      sums[player] = sums[player] + gain
      if gain < lowest[player] then lowest[player] = gain end
      if gain > highest[player] then highest[player] = gain end
      before = after
    end
    for i = 1, n do members[i] = nil end
  end
  return sums, lowest, highest
end

return kernels
