-- concordance.lua -- how far several rankings, or sets of goals, agree.
--
-- How results, exact texts and reasons look: see rational.

local rational = require "alliance.rational"

local concordance = {}

--- Schmidt's words for W in a ranking Delphi (1997): a convention of that
--- method, reported in the literature, not a test.
concordance.conventions = {
  very_weak = { value = 0.1, basis = "Schmidt 1997" },
  weak = { value = 0.3, basis = "Schmidt 1997" },
  moderate = { value = 0.5, basis = "Schmidt 1997" },
  strong = { value = 0.7, basis = "Schmidt 1997" },
  unusually_strong = { value = 0.9, basis = "Schmidt 1997" },
}

local CHI2_ITEMS = 7    -- the chi-square approximation needs more items than this

-- Ranks from 1 for the smallest score, ties sharing their middle rank, doubled
-- so that they are integers; second the sum of t^3 - t over the groups of ties.
local function double_ranks(scores)
  local order = {}
  for i = 1, #scores do order[i] = i end
  table.sort(order, function(a, b)
    local side = rational.compare(scores[a], scores[b])
    return side < 0 or side == 0 and a < b
  end)
  local ranks, ties, first = {}, 0, 1
  while first <= #order do
    local last = first
    while last < #order and scores[order[last + 1]] == scores[order[first]] do last = last + 1 end
    for i = first, last do ranks[order[i]] = first + last end
    local size = last - first + 1
    ties = ties + size * size * size - size
    first = last + 1
  end
  return ranks, ties
end

--- Kendall's coefficient of concordance W between raters, 0 to 1, with
--- correction for ties.
--- Takes rows, one per rater, of scores or ranks of the same items; gives
--- `{ W, S, rank_sums, chi2, df, chi2_valid }`. `chi2_valid` is false up to 7
--- items, where the chi-square approximation must not be used. With two raters
--- W = (1 + rho)/2: no relation shows as 0.5. A W near 0 can also mean two solid
--- camps: show it beside the pairs.
--- Undefined: too-few-raters, too-few-items, all-tied.
--- Source: Kendall & Babington Smith 1939; Siegel & Castellan 1988 (ties).
function concordance.kendall(rows)
  if type(rows) ~= "table" then error("kendall: a list of rows is needed", 2) end
  local m = #rows
  if m < 2 then return nil, "too-few-raters: agreement needs at least two rankings" end
  local n = #rows[1]
  if n < 2 then return nil, "too-few-items: a ranking needs at least two items" end

  local sums, ties = {}, 0
  for i = 1, n do sums[i] = 0 end
  for r = 1, m do
    if #rows[r] ~= n then
      error(("kendall: row %d has %d items, row 1 has %d"):format(r, #rows[r], n), 2)
    end
    local scores = {}
    for i = 1, n do scores[i] = rational.from(rows[r][i]) end
    local ranks, row_ties = double_ranks(scores)
    for i = 1, n do sums[i] = sums[i] + ranks[i] end
    ties = ties + row_ties
  end

  local squares = 0     -- of the doubled deviations, so four times S
  for i = 1, n do
    local difference = sums[i] - m * (n + 1)
    squares = squares + difference * difference
  end
  local deviation = rational.from(squares) / 4
  local denominator = m * m * (n * n * n - n) - m * ties
  if denominator == 0 then return nil, "all-tied: every rater puts all items level" end
  local W = deviation * 12 / denominator
  local rank_sums = {}
  for i = 1, n do rank_sums[i] = rational.from(sums[i]) / 2 end
  return rational.result {
    W = W, S = deviation, rank_sums = rank_sums, chi2 = W * m * (n - 1), df = n - 1,
    chi2_valid = n > CHI2_ITEMS, raters = m, items = n,
  }
end

local function set_of(list)
  local set = {}
  for i = 1, #list do set[list[i]] = true end
  return set
end

--- Jaccard's overlap of two sets, 0 to 1: what they share over what either has.
--- Takes two lists (an element counted once); gives the number, then its exact
--- text. Undefined: no-goals when both are empty.
--- Source: Jaccard 1901.
function concordance.jaccard(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then error("jaccard: two lists are needed", 2) end
  local left, right = set_of(a), set_of(b)
  local both, either = 0, 0
  for element in pairs(left) do
    either = either + 1
    if right[element] then both = both + 1 end
  end
  for element in pairs(right) do
    if not left[element] then either = either + 1 end
  end
  if either == 0 then return nil, "no-goals: both sets are empty" end
  return rational.give(rational.from(both) / either)
end

--- Cosine of two vectors of weights, -1 to 1. Never judge signed positions by
--- it alone: it can be high although one vital goal is opposed.
--- Takes two lists of the same length; gives a number. Undefined: zero-vector.
--- Source: Salton & McGill 1983.
function concordance.cosine(a, b)
  if type(a) ~= "table" or type(b) ~= "table" or #a ~= #b then
    error("cosine: two lists of the same length are needed", 2)
  end
  local dot, left, right = 0, 0, 0
  for i = 1, #a do
    local x, y = rational.number(a[i]), rational.number(b[i])
    dot, left, right = dot + x * y, left + x * x, right + y * y
  end
  if left == 0 or right == 0 then return nil, "zero-vector: all weights are zero" end
  return dot / (math.sqrt(left) * math.sqrt(right))
end

return concordance
