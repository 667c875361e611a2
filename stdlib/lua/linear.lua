-- linear.lua -- small linear programs solved exactly, for the modules that need one.
--
-- Simplex on fractions (Dantzig 1951), by Bland's rule (1977) when it stalls, so
-- it always ends. Meant for a dozen unknowns and up to a thousand constraints.

local rational = require "alliance.rational"

local linear = {}

local TOLERANCE = 1e-9      -- for values that could not stay exact

local PATIENCE = 20         -- steps without progress before the careful rule

local ZERO = rational.from(0)

local function sign(x)
  return rational.sign(x, TOLERANCE)
end

-- Makes column `column` of row `row` the only one and 1; the objectives too.
local function pivot(tableau, row, column)
  local pivot_row = tableau.rows[row]
  local value = pivot_row[column]
  for j = 1, tableau.width do
    if sign(pivot_row[j]) ~= 0 then pivot_row[j] = pivot_row[j] / value
    else pivot_row[j] = ZERO end
  end
  local function clear(other)
    local factor = other[column]
    if sign(factor) == 0 then return end
    for j = 1, tableau.width do
      if sign(pivot_row[j]) ~= 0 then other[j] = other[j] - factor * pivot_row[j] end
    end
  end
  for i, other in ipairs(tableau.rows) do
    if i ~= row then clear(other) end
  end
  clear(tableau.first)
  clear(tableau.second)
  tableau.basis[row] = column
end

-- The row that limits how far a column may grow; the lowest basis among equals.
local function leaving_row(tableau, column)
  local best, ratio
  for i, row in ipairs(tableau.rows) do
    if sign(row[column]) > 0 then
      local limit = row[tableau.width] / row[column]
      local order = ratio and sign(limit - ratio) or -1
      if order < 0 or order == 0 and tableau.basis[i] < tableau.basis[best] then
        best, ratio = i, limit
      end
    end
  end
  return best
end

-- The column that promises most per unit; the first one that helps once the steps
-- have led nowhere for long, since that rule never runs in a circle.
local function entering_column(objective, columns, stalled)
  local best
  for j = 1, columns do
    if sign(objective[j]) > 0 then
      if stalled > PATIENCE then return j end
      if not best or objective[j] > objective[best] then best = j end
    end
  end
  return best
end

-- Raises an objective until no column below `columns` helps; false if it has no
-- bound.
local function maximise(tableau, objective, columns)
  local stalled = 0
  while true do
    local entering = entering_column(objective, columns, stalled)
    if not entering then return true end
    local row = leaving_row(tableau, entering)
    if not row then return false end
    local moves = sign(tableau.rows[row][tableau.width]) ~= 0
    stalled = moves and 0 or stalled + 1
    pivot(tableau, row, entering)
  end
end

-- The dual in standard form: one row per unknown, one column per constraint (two
-- for an equality), then one artificial column per row, then the right side.
local function build(cost, constraints)
  local columns = {}
  for index, constraint in ipairs(constraints) do
    columns[#columns + 1] = { index = index, sign = 1, constraint = constraint }
    if constraint.equal then
      columns[#columns + 1] = { index = index, sign = -1, constraint = constraint }
    end
  end
  local size, count = #cost, #columns
  local tableau = {
    rows = {}, basis = {}, first = {}, second = {}, width = count + size + 1,
    columns = columns, flipped = {},
  }
  for j = 1, tableau.width do tableau.first[j], tableau.second[j] = ZERO, ZERO end
  for j, column in ipairs(columns) do
    tableau.second[j] = rational.from(column.constraint.bound) * column.sign
  end
  for i = 1, size do
    local right = rational.from(cost[i])
    local flip = sign(right) < 0 and -1 or 1
    local row = {}
    for j, column in ipairs(columns) do
      row[j] = rational.from(column.constraint[i] or 0) * (column.sign * flip)
    end
    for k = 1, size do row[count + k] = rational.from(k == i and 1 or 0) end
    row[tableau.width] = right * flip
    tableau.rows[i], tableau.basis[i], tableau.flipped[i] = row, count + i, flip
    for j = 1, count do tableau.first[j] = tableau.first[j] + row[j] end
    tableau.first[tableau.width] = tableau.first[tableau.width] + row[tableau.width]
  end
  return tableau
end

-- Takes artificial columns that stand at 0 out of the basis where possible.
local function drop_artificial(tableau, count)
  for i, row in ipairs(tableau.rows) do
    if tableau.basis[i] > count then
      for j = 1, count do
        if sign(row[j]) ~= 0 then pivot(tableau, i, j) break end
      end
    end
  end
end

--- The least value of a sum of unknowns of any sign under constraints.
--- Takes the cost of each unknown and a list of constraints, each a list of
--- coefficients (absent: 0) with `bound` and, for an equality, `equal = true`:
--- sum >= bound otherwise. Gives `{ value, unknowns, prices }` as fractions, the
--- price of a constraint being what its bound costs per unit (0 if it does not
--- bind); or nil, "infeasible: ..." or "unbounded: ...".
function linear.minimise(cost, constraints)
  local tableau = build(cost, constraints)
  local count = #tableau.columns
  maximise(tableau, tableau.first, count)
  if sign(tableau.first[tableau.width]) > 0 then
    return nil, "unbounded: the sum has no least value"
  end
  drop_artificial(tableau, count)
  if not maximise(tableau, tableau.second, count) then
    return nil, "infeasible: no values satisfy all constraints"
  end
  local unknowns, prices = {}, {}
  for i = 1, #cost do
    unknowns[i] = -tableau.second[count + i] * tableau.flipped[i]
  end
  for index = 1, #constraints do prices[index] = ZERO end
  for i, row in ipairs(tableau.rows) do
    local column = tableau.columns[tableau.basis[i]]
    if column then
      prices[column.index] = prices[column.index] + row[tableau.width] * column.sign
    end
  end
  return { value = -tableau.second[tableau.width], unknowns = unknowns, prices = prices }
end

return linear
