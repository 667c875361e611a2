-- goals.lua -- how far goals are reached when what they depend on is known.
--
-- Quantitative evaluation of a goal model (GRL), from -100 denied through 0
-- neutral to 100 satisfied. The published comparison of such procedures
-- (Horkoff & Yu 2012) recommends reading the results as heuristics only.
--
-- Sources: ITU-T Z.151; Amyot, Ghanavati, Horkoff, Mussbacher, Peyton & Yu
-- 2010, International Journal of Intelligent Systems 25(8), and its reference
-- tool. How results, exact texts and reasons look: see rational.

local rational = require "alliance.rational"

local goals = {}

local SATISFIED = 100

--- Words for the weight of a contribution.
goals.weights = {
  make = 100, ["some-positive"] = 75, help = 25, unknown = 0,
  hurt = -25, ["some-negative"] = -75, ["break"] = -100,
}

--- Words for the importance of a goal to an actor.
goals.importances = { high = 100, medium = 50, low = 25 }

--- Choices where the published algorithm or its tool leaves room.
goals.conventions = {
  tolerance = { value = 10, basis = "reference tool: 90 at most without one full part" },
  mirrored = { value = true, basis = "convention: the same holds below -90, decomposed or not" },
}

local function clip(value)
  return rational.max(-SATISFIED, rational.min(SATISFIED, value))
end

-- The nodes, each with its incoming links by type.
local function read_links(links)
  local nodes = {}
  local function node(id)
    if id == nil then error("propagate: a link needs from and to", 4) end
    nodes[id] = nodes[id] or { sources = {}, dependees = {}, contributions = {} }
    return nodes[id]
  end
  for i, link in ipairs(links) do
    local target = node(link.to)
    node(link.from)
    if link.type == "contribution" then
      if type(link.weight) ~= "number" or link.weight < -100 or link.weight > 100 then
        return nil, ("weight-out-of-range: link %d needs a weight from -100 to 100"):format(i)
      end
      table.insert(target.contributions, link)
    elseif link.type == "decomposition" then
      local kind = link.kind == "XOR" and "OR" or link.kind
      if kind ~= "AND" and kind ~= "OR" then
        error("propagate: a decomposition is AND, OR or XOR", 3)
      end
      if target.kind and target.kind ~= kind then
        return nil, ("mixed-decomposition: '%s' is decomposed both by AND and by OR"):format(
          tostring(link.to))
      end
      target.kind = kind
      table.insert(target.sources, link.from)
    elseif link.type == "dependency" then
      table.insert(target.dependees, link.from)
    else
      error("propagate: a link is a contribution, a decomposition or a dependency", 3)
    end
  end
  return nodes
end

local function decomposed(node, values)
  local result
  for _, source in ipairs(node.sources) do
    local value = values[source]
    if not result then result = value
    elseif node.kind == "AND" then result = rational.min(result, value)
    else result = rational.max(result, value) end
  end
  return result
end

-- Without one source that counts in full, a sum of parts is held short of full.
local function held(result, decomposition, full, limit)
  if result < limit then return result end
  if full or decomposition and decomposition == rational.from(SATISFIED) then return result end
  return decomposition and rational.max(limit, decomposition) or limit
end

local function evaluate(node, values, options)
  local decomposition = decomposed(node, values)
  local sum = decomposition or rational.from(0)
  local full_for, full_against = false, false
  for _, link in ipairs(node.contributions) do
    local part = values[link.from] * rational.from(link.weight) / 100
    if options.truncate then part = rational.truncate(part) end
    full_for = full_for or part == rational.from(SATISFIED)
    full_against = full_against or part == rational.from(-SATISFIED)
    sum = sum + part
  end
  local limit = rational.from(SATISFIED) - options.tolerance
  local result = clip(sum)
  result = held(result, decomposition, full_for, limit)
  result = -held(-result, decomposition and -decomposition, full_against, limit)
  for _, dependee in ipairs(node.dependees) do
    result = rational.min(result, values[dependee])
  end
  return result
end

local function sorted_ids(map)
  local ids = {}
  for id in pairs(map) do ids[#ids + 1] = id end
  table.sort(ids, function(a, b) return tostring(a) < tostring(b) end)
  return ids
end

local function needs(node)
  local list = {}
  for _, link in ipairs(node.contributions) do list[#list + 1] = link.from end
  table.move(node.sources, 1, #node.sources, #list + 1, list)
  table.move(node.dependees, 1, #node.dependees, #list + 1, list)
  return list
end

-- Node ids so that every one comes after all it needs; nil and the loop if
-- there is one. Walks without recursion, so long chains are fine.
local function in_order(nodes, fixed)
  local order, state, path = {}, {}, {}
  for _, start in ipairs(sorted_ids(nodes)) do
    if not state[start] then
      path[1] = { id = start, needs = fixed[start] and {} or needs(nodes[start]), next = 1 }
      state[start] = "open"
    end
    while #path > 0 do
      local top = path[#path]
      local id = top.needs[top.next]
      if not id then
        state[top.id], path[#path] = "done", nil
        order[#order + 1] = top.id
      elseif state[id] == "open" then
        local names = { tostring(id) }
        for i = #path, 1, -1 do
          table.insert(names, 1, tostring(path[i].id))
          if path[i].id == id then break end
        end
        return nil, "cycle: " .. table.concat(names, " needs ")
      else
        top.next = top.next + 1
        if not state[id] then
          state[id] = "open"
          path[#path + 1] = { id = id, needs = fixed[id] and {} or needs(nodes[id]), next = 1 }
        end
      end
    end
  end
  return order
end

local function read_strategy(strategy, nodes)
  local fixed = {}
  for id, value in pairs(strategy) do
    fixed[id] = rational.from(value)
    if fixed[id] < -SATISFIED or fixed[id] > SATISFIED then
      return nil, ("value-out-of-range: '%s' needs a value from -100 to 100"):format(tostring(id))
    end
    nodes[id] = nodes[id] or { sources = {}, dependees = {}, contributions = {} }
  end
  return fixed
end

--- Carries the values of a strategy up through a goal model.
---
--- Takes links, the values fixed by the strategy (id to -100..100), and
--- `{ tolerance = 10, truncate = true }`. A link is `{ type, from, to }` with
--- type "contribution" (and `weight`, -100 to 100, see `weights`),
--- "decomposition" (and `kind`, "AND", "OR" or "XOR") or "dependency" (`to`
--- cannot be better than `from`). Gives a table of id to value; second, the ids
--- that nothing fixes or feeds and that therefore counted as 0, in order.
--- `truncate` cuts each contribution to an integer, as the published tool does;
--- with it every value is an integer, without it values may be floats.
--- Undefined: no-goal, cycle (names the loop; a fixed value breaks a loop),
--- mixed-decomposition, weight-out-of-range, value-out-of-range.
--- Source: see the head of this module; conventions in `conventions`.
function goals.propagate(links, strategy, options)
  if type(links) ~= "table" or type(strategy) ~= "table" then
    error("propagate: links and a strategy are needed", 2)
  end
  options = options or {}
  local settings = {
    tolerance = options.tolerance or goals.conventions.tolerance.value,
    truncate = options.truncate ~= false,
  }
  local nodes, problem = read_links(links)
  if not nodes then return nil, problem end
  local fixed
  fixed, problem = read_strategy(strategy, nodes)
  if not fixed then return nil, problem end
  if next(nodes) == nil then return nil, "no-goal: the model is empty" end
  local order
  order, problem = in_order(nodes, fixed)
  if not order then return nil, problem end

  local values, assumed, numbers = {}, {}, {}
  for _, id in ipairs(order) do
    local node = nodes[id]
    values[id] = fixed[id] or evaluate(node, values, settings)
    numbers[id] = rational.number(values[id])
    if not fixed[id] and #needs(node) == 0 then assumed[#assumed + 1] = id end
  end
  table.sort(assumed, function(a, b) return tostring(a) < tostring(b) end)
  return numbers, assumed
end

--- Satisfaction of an actor by the goals that matter to it, -100 to 100.
--- Takes evaluations (id to -100..100), importance (id to 0..100, see
--- `importances`) and `{ truncate = true }`; gives the number, then its exact
--- text. Goals of importance 0 are left out. Undefined: no-weighted-goal,
--- missing-evaluation (names the goal), importance-out-of-range.
--- Source: as the head of this module: sum(value x importance) / sum(importance).
function goals.satisfaction(evaluations, importance, options)
  if type(evaluations) ~= "table" or type(importance) ~= "table" then
    error("satisfaction: evaluations and importance are needed", 2)
  end
  local sum, weights = rational.from(0), rational.from(0)
  for _, id in ipairs(sorted_ids(importance)) do
    local weight = rational.from(importance[id])
    if weight < 0 or weight > 100 then
      return nil, ("importance-out-of-range: '%s' needs 0 to 100"):format(tostring(id))
    end
    if rational.sign(weight) > 0 then
      if evaluations[id] == nil then
        return nil, ("missing-evaluation: '%s' has no value"):format(tostring(id))
      end
      sum, weights = sum + weight * evaluations[id], weights + weight
    end
  end
  if rational.sign(weights) == 0 then
    return nil, "no-weighted-goal: no goal matters to this actor"
  end
  local result = sum / weights
  if not options or options.truncate ~= false then result = rational.truncate(result) end
  return rational.give(result)
end

--- Converts the value of an indicator to -100..100: `target` or beyond is 100,
--- `threshold` is 0, `worst` or beyond is -100, straight lines between. Works
--- for rising and falling scales.
--- Takes four numbers in the unit of the indicator; gives the number, then its
--- exact text. Undefined: scale-not-ordered unless the threshold lies strictly
--- between the two others.
--- Source: URN indicators (ITU-T Z.151), as in the reference tool.
function goals.from_kpi(value, target, threshold, worst)
  value, target = rational.from(value), rational.from(target)
  threshold, worst = rational.from(threshold), rational.from(worst)
  local rising = target > threshold and threshold > worst
  local falling = target < threshold and threshold < worst
  if not rising and not falling then
    return nil, "scale-not-ordered: the threshold must lie between target and worst"
  end
  local better = rising and value > threshold or falling and value < threshold
  local bound = better and target or worst
  local part = (value - threshold) / (bound - threshold) * SATISFIED
  return rational.give(clip(better and part or -part))
end

return goals
