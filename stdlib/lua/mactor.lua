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

-- By objective, the actors that take a position on it, in order; and how many comparisons of two positions
-- that makes. Rows may be lists, or hold what is not 0 only.
local function actors_by_objective(rows)
  local by, comparisons = {}, 0
  for i, row in ipairs(rows) do
    for k, value in pairs(row) do
      if value ~= 0 and sign_of(value) ~= 0 then
        by[k] = by[k] or {}
        comparisons = comparisons + #by[k]
        table.insert(by[k], i)
      end
    end
  end
  return by, comparisons
end

-- Goes through the pairs of actors that share an objective: `visit(i, j, together, apart, same, opposite)`
-- with i < j, in order; their convergence and divergence, both doubled (so they are whole numbers where the
-- positions are), and on how many objectives they are on the same side and on opposite ones.
local function each_pair(rows, by, visit)
  local together, apart, same, opposite = {}, {}, {}, {}
  local seen = {}
  for i, row in ipairs(rows) do
    local others = {}
    for k, value in pairs(row) do
      local actors, sign = by[k] or {}, sign_of(value)
      local size = size_of(value)
      for place = sign ~= 0 and #actors or 0, 1, -1 do
        local j = actors[place]
        if j == i then break end
        if seen[j] ~= i then
          seen[j], others[#others + 1] = i, j
          together[j], apart[j], same[j], opposite[j] = 0, 0, 0, 0
        end
        local other = rows[j][k]
        if sign_of(other) == sign then
          together[j], same[j] = together[j] + size + size_of(other), same[j] + 1
        else
          apart[j], opposite[j] = apart[j] + size + size_of(other), opposite[j] + 1
        end
      end
    end
    table.sort(others)
    for _, j in ipairs(others) do visit(i, j, together[j], apart[j], same[j], opposite[j]) end
  end
end

-- What pairs come to: how torn each actor is (`lean` of `weight`), how much all agree and disagree.
local function tally(n)
  local found = { lean = {}, weight = {}, agree = 0, disagree = 0 }
  for i = 1, n do found.lean[i], found.weight[i] = 0, 0 end
  local lean, weight = found.lean, found.weight
  function found.add(i, j, together, apart)
    local leaning, all = size_of(together - apart), together + apart
    lean[i], lean[j] = lean[i] + leaning, lean[j] + leaning
    weight[i], weight[j] = weight[i] + all, weight[j] + all
    found.agree, found.disagree = found.agree + together, found.disagree + apart
  end
  return found
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
  for _, value in pairs(row) do
    if value ~= 0 then return true end
  end
  return false
end

-- The ambivalence of each actor, and the degree of convergence of them all: quotients, so that doubled sums
-- give the same.
local function put_tally(result, order, rows, found)
  local torn, reasons = {}, {}
  for i, row in ipairs(rows) do
    if sign_of(found.weight[i]) > 0 then
      torn[i] = rational.from(1) - rational.from(found.lean[i]) / found.weight[i]
    else
      torn[i] = false
      reasons[i] = has_position(row) and "no-common-objective: shares no objective with anyone"
        or "no-position: takes no position"
    end
  end
  result.ambivalence[order], result.reasons.ambivalence[order] = torn, reasons
  local all = found.agree + found.disagree
  result.convergence[order] = sign_of(all) ~= 0 and rational.from(found.agree) * 100 / all
  if sign_of(all) == 0 then
    result.reasons.convergence[order] =
      "no-common-objective: no two actors take a position on the same objective"
  end
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
  local orders = { matrix(n, m, function(i, k) return sign_of(MAO2[i][k]) end), MAO2 }
  if result.r_star then
    orders[3] = matrix(n, m, function(i, k) return result.r_star[i] * rational.from(MAO2[i][k]) end)
    result.MAO3 = orders[3]
  end
  result.CAA, result.DAA, result.ambivalence, result.convergence = {}, {}, {}, {}
  result.mobilisation, result.implication = {}, {}
  result.reasons.ambivalence, result.reasons.convergence = {}, {}
  for t, MAO in ipairs(orders) do
    local found, nothing = tally(n), function() return 0 end
    local same, opposite = matrix(n, n, nothing), matrix(n, n, nothing)
    each_pair(MAO, actors_by_objective(MAO), function(i, j, together, apart)
      same[i][j], same[j][i], opposite[i][j], opposite[j][i] = together, together, apart, apart
      found.add(i, j, together, apart)
    end)
    result.CAA[t], result.DAA[t] = halved(same), halved(opposite)
    put_tally(result, t, MAO2, found)
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

--- How many comparisons of two positions `compare` makes at most: what a check may take in its time.
mactor.most_comparisons = 2000000

--- Compares actors two by two, where few of them take a position on each objective: what `analyse` finds
--- from positions in its orders 1 and 2, without a matrix.
---
--- Takes positions, a list with a row for each actor, objective to an integer from -4 to 4 (what is not there is
--- 0); and `visit(i, j, pair)`, which is called for the pairs that share an objective, i < j, in
--- order: `pair` holds converge and diverge (CAA[2] and DAA[2]), same and opposite (CAA[1] and
--- DAA[1]), and is the same table each time. Gives `{ ambivalence, convergence, reasons }` as `analyse`
--- does. Undefined: one-actor, no-position; too-many, beyond `most_comparisons`: then nobody is visited.
function mactor.compare(positions, visit)
  if type(positions) ~= "table" then error("compare: a list of rows is needed", 2) end
  if #positions < 2 then return nil, "one-actor: actors are compared, one alone cannot be" end
  for i, row in ipairs(positions) do
    for k, value in pairs(row) do
      if math.type(value) ~= "integer" or value < -MAX_POSITION or value > MAX_POSITION then
        error(("compare: position of actor %d on %s is no integer from %d to %d"):format(i, tostring(k),
          -MAX_POSITION, MAX_POSITION), 2)
      end
    end
  end
  local by, comparisons = actors_by_objective(positions)
  if next(by) == nil then return nil, "no-position: no actor takes a position on any objective" end
  if comparisons > mactor.most_comparisons then
    return nil, ("too-many: %d comparisons of two positions"):format(comparisons)
  end
  local result = { ambivalence = {}, convergence = {}, reasons = { ambivalence = {}, convergence = {} } }
  local orders, pair = { tally(#positions), tally(#positions) }, {}
  each_pair(positions, by, function(i, j, together, apart, same, opposite)
    orders[1].add(i, j, same, opposite)
    orders[2].add(i, j, together, apart)
    pair.converge, pair.diverge, pair.same, pair.opposite = together / 2, apart / 2, same, opposite
    visit(i, j, pair)
  end)
  for order, found in ipairs(orders) do put_tally(result, order, positions, found) end
  return rational.result(result)
end

return mactor
