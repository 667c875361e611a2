-- mactor.lua -- actors, their influence on each other and their positions on objectives.
--
-- The method of actors' strategies (MACTOR). Positions may be analysed without
-- an influence matrix, and influence without positions. How results, exact
-- texts and reasons look: see rational.
--
-- Sources: Godet & Bourse 1989-1990; Godet 1991; Arcade, Godet, Meunier &
-- Roubelat 1999. The ambivalence is the formula of the tool's own report.

local rational = require "alliance.rational"

local mactor = {}

--- No threshold is published for these figures. A relative power above 1 is
--- above the mean; more divergence than convergence is more conflict than
--- agreement; any cut on the degree of convergence is a setting.
mactor.conventions = {
  gross = { value = "gross",
            basis = "totals keep the diagonal of MIDI; the texts leave it open" },
}

local MAX_INFLUENCE, MAX_POSITION = 4, 4

local function matrix(n, m, fill)
  local rows = {}
  for i = 1, n do
    rows[i] = {}
    for j = 1, m do rows[i][j] = fill(i, j) end
  end
  return rows
end

-- Integers within bounds, rows of one length: what a caller must hand over.
local function read_matrix(rows, columns, least, most, what)
  if type(rows) ~= "table" or #rows == 0 then
    error(("analyse: %s is a list of rows"):format(what), 3)
  end
  return matrix(#rows, columns, function(i, j)
    local value = type(rows[i]) == "table" and #rows[i] == columns
      and type(rows[i][j]) == "number" and math.tointeger(rows[i][j])
    if not value or value < least or value > most then
      error(("analyse: %s row %d needs %d integers from %d to %d"):format(
        what, i, columns, least, most), 3)
    end
    return value
  end)
end

-- The best or the summed strength of the paths i -> k -> j.
local function indirect(MID, i, j)
  local sum, best = 0, 0
  for k = 1, #MID do
    if k ~= i and k ~= j then
      local step = math.min(MID[i][k], MID[k][j])
      sum, best = sum + step, math.max(best, step)
    end
  end
  return sum, best
end

-- Row and column totals, with or without the diagonal.
local function totals(M, gross)
  local rows, columns, sum = {}, {}, 0
  for i = 1, #M do
    local own = gross and 0 or M[i][i]
    rows[i], columns[i] = -own, -own
    for j = 1, #M do
      rows[i], columns[i] = rows[i] + M[i][j], columns[i] + M[j][i]
    end
    sum = sum + rows[i]
  end
  return rows, columns, sum
end

-- Balance of power of each actor, and the same with a mean of 1 (or false and
-- why there is none).
local function power_of(M, gross)
  local n, I, D, sum = #M, totals(M, gross)
  local r, total = {}, rational.from(0)
  for i = 1, n do
    r[i] = rational.from(0)
    if I[i] + D[i] > 0 and sum > 0 then
      r[i] = rational.from(I[i] - M[i][i]) / sum * I[i] / (I[i] + D[i])
    end
    total = total + r[i]
  end
  if rational.sign(total) == 0 then return r, false, I, D end
  local relative = {}
  for i = 1, n do relative[i] = r[i] * n / total end
  return r, relative, I, D
end

local function analyse_influence(MID, gross, result)
  local n = #MID
  local best = {}
  result.MIDI = matrix(n, n, function(i, j)
    local sum, most = indirect(MID, i, j)
    best[i] = best[i] or {}
    best[i][j] = math.max(MID[i][j], most)
    return MID[i][j] + sum
  end)
  result.MMIDI = best
  result.NS = matrix(n, n, function(i, j) return result.MIDI[i][j] - result.MIDI[j][i] end)

  result.r, result.r_star, result.I, result.D = power_of(result.MIDI, gross)
  result.Q, result.Q_star = power_of(result.MMIDI, gross)
  local differences, sum = 0, 0
  for i = 1, n do
    differences = differences + math.abs(result.I[i] - result.D[i])
    sum = sum + result.D[i]
  end
  result.stability = sum > 0 and rational.from(100 * differences) / (2 * sum)
  if sum == 0 then
    -- Nobody influences anybody: everyone weighs the same.
    result.r_star, result.Q_star = {}, {}
    for i = 1, n do result.r_star[i], result.Q_star[i] = 1, 1 end
    result.reasons.r_star = "no-influence: nobody influences anybody, equal power is assumed"
    result.reasons.stability = "no-influence: nobody influences anybody"
  elseif not result.r_star then
    result.reasons.r_star = "no-net-power: every balance of power is zero in this reading"
  end
end

-- Integers are added as they are; only the positions weighted by power are fractions.
local function sign_of(value)
  if not math.type(value) then return rational.sign(value) end
  return value > 0 and 1 or value < 0 and -1 or 0
end

local function size_of(value)
  return math.type(value) and math.abs(value) or rational.abs(value)
end

-- Convergence and divergence of each pair of actors over signed positions, both doubled: so they are
-- whole numbers where the positions are.
local function agreement(MAO)
  local n, m = #MAO, #MAO[1]
  local function nothing() return 0 end
  local signs = matrix(n, m, function(i, k) return sign_of(MAO[i][k]) end)
  local sizes = matrix(n, m, function(i, k) return size_of(MAO[i][k]) end)
  local same, opposite = matrix(n, n, nothing), matrix(n, n, nothing)
  for i = 1, n do
    local signs_i, sizes_i = signs[i], sizes[i]
    for j = i + 1, n do
      local signs_j, sizes_j = signs[j], sizes[j]
      local together, apart = 0, 0
      for k = 1, m do
        local side = signs_i[k] * signs_j[k]
        if side > 0 then together = together + sizes_i[k] + sizes_j[k]
        elseif side < 0 then apart = apart + sizes_i[k] + sizes_j[k] end
      end
      same[i][j], same[j][i] = together, together
      opposite[i][j], opposite[j][i] = apart, apart
    end
  end
  return same, opposite
end

-- Few different whole numbers stand in many places: each is halved once.
local function halved(M)
  local known = {}
  return matrix(#M, #M, function(i, j)
    local value = M[i][j]
    if not math.type(value) then return value / 2 end
    known[value] = known[value] or rational.from(value) / 2
    return known[value]
  end)
end

local function has_position(row)
  for k = 1, #row do
    if row[k] ~= 0 then return true end
  end
  return false
end

-- How torn each actor is, and the degree of convergence of them all: quotients, so that doubled sums
-- give the same.
local function ambivalence(MAO2, same, opposite)
  local n, torn, reasons = #same, {}, {}
  local agree, disagree = 0, 0
  for i = 1, n do
    local lean, weight = 0, 0
    for k = 1, n do
      local together, apart = same[i][k], opposite[i][k]
      lean = lean + size_of(together - apart)
      weight = weight + together + apart
      agree, disagree = agree + together, disagree + apart
    end
    if sign_of(weight) > 0 then
      torn[i] = rational.from(1) - rational.from(lean) / weight
    else
      torn[i] = false
      reasons[i] = has_position(MAO2[i])
        and "no-common-objective: shares no objective with anyone"
        or "no-position: takes no position"
    end
  end
  local all = agree + disagree
  if sign_of(all) == 0 then return torn, reasons, false end
  return torn, reasons, rational.from(agree) * 100 / all
end

-- Positive and negative totals (both as sizes) of the values that `at` gives.
local function split(count, length, at)
  local list = {}
  for i = 1, count do
    local positive, negative = 0, 0
    for k = 1, length do
      local value = at(i, k)
      if sign_of(value) > 0 then positive = positive + value
      else negative = negative - value end
    end
    list[i] = { positive = rational.from(positive), negative = rational.from(negative) }
  end
  return list
end

local function analyse_positions(MAO2, result)
  local n, m = #MAO2, #MAO2[1]
  local orders = {
    matrix(n, m, function(i, k)
      return MAO2[i][k] > 0 and 1 or MAO2[i][k] < 0 and -1 or 0
    end),
    MAO2,
  }
  if result.r_star then
    orders[3] = matrix(n, m, function(i, k) return result.r_star[i] * rational.from(MAO2[i][k]) end)
    result.MAO3 = orders[3]
  end
  result.CAA, result.DAA, result.ambivalence, result.convergence = {}, {}, {}, {}
  result.mobilisation, result.implication = {}, {}
  result.reasons.ambivalence, result.reasons.convergence = {}, {}
  for t, MAO in ipairs(orders) do
    local same, opposite = agreement(MAO)
    result.CAA[t], result.DAA[t] = halved(same), halved(opposite)
    local torn, reasons, degree = ambivalence(MAO2, same, opposite)
    result.ambivalence[t], result.reasons.ambivalence[t] = torn, reasons
    result.convergence[t] = degree
    if not degree then
      result.reasons.convergence[t] =
        "no-common-objective: no two actors take a position on the same objective"
    end
    result.mobilisation[t] = split(m, n, function(k, i) return MAO[i][k] end)
    result.implication[t] = split(n, m, function(i, k) return MAO[i][k] end)
  end
end

--- Analyses actors and objectives.
---
--- Takes `{ influence, positions, power }`, at least one of the two matrices:
---   influence   n x n integers 0..4, what row does to column (0 none, 1
---               processes, 2 projects, 3 missions, 4 existence), diagonal 0;
---   positions   n x m integers -4..4, actor by objective: sign for or
---               against, size the priority;
---   power       "gross" (default) or "net": whether the totals I and D keep the
---               diagonal of MIDI. The texts leave it open; see `conventions`.
--- Gives, as far as the inputs allow,
---   MIDI, MMIDI, NS      influence direct and indirect, greatest, net scale
---   I, D                 influence and dependence of each actor
---   r, r_star; Q, Q_star balance of power on MIDI and on MMIDI; *_star has mean 1
---   stability            of the group, percent
---   MAO3                 positions weighted by r_star
---   CAA[t], DAA[t]       convergence and divergence of each pair, t = 1 counts,
---                        2 priorities, 3 priorities weighted by power
---   ambivalence[t][i]    0 none, 1 as much convergence as divergence; false
---                        where undefined
---   convergence[t]       degree in percent; false where undefined
---   mobilisation[t][k], implication[t][i]   `{ positive, negative }`, as sizes,
---                        of an objective and of an actor.
--- Without any influence r_star is 1 for everyone (said in `reasons.r_star`) and
--- order 3 equals order 2; without an influence matrix there is no order 3.
--- Undefined: no-position when positions are given and all are zero, one-actor.
function mactor.analyse(arguments)
  if type(arguments) ~= "table" then error("analyse: a table is needed", 2) end
  local influence, positions = arguments.influence, arguments.positions
  local power = arguments.power or "gross"
  if power ~= "gross" and power ~= "net" then
    error("analyse: power is \"gross\" or \"net\"", 2)
  end
  if not influence and not positions then
    error("analyse: influence or positions is needed", 2)
  end

  local result = { reasons = {} }
  local n = #(influence or positions)
  if n == 1 then return nil, "one-actor: actors are compared, one alone cannot be" end
  if positions then
    if #positions ~= n then error("analyse: both matrices have one row per actor", 2) end
    local m = type(positions[1]) == "table" and #positions[1] or 0
    if m == 0 then return nil, "no-position: there is no objective" end
    positions = read_matrix(positions, m, -MAX_POSITION, MAX_POSITION, "positions")
    local any = false
    for i = 1, n do any = any or has_position(positions[i]) end
    if not any then
      return nil, "no-position: no actor takes a position on any objective"
    end
  end
  if influence then
    influence = read_matrix(influence, n, 0, MAX_INFLUENCE, "influence")
    for i = 1, n do
      if influence[i][i] ~= 0 then
        error(("analyse: influence of actor %d on itself must be 0"):format(i), 2)
      end
    end
    analyse_influence(influence, power == "gross", result)
  end
  if positions then analyse_positions(positions, result) end
  return rational.result(result)
end

return mactor
