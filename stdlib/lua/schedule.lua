-- schedule.lua -- what must start when, what may wait, and whether the deadline holds.
--
-- Critical path with a backward pass from the end or from a deadline. Durations
-- and times are numbers of one unit (days, weeks); time 0 is the start, and an
-- activity that starts at 2 and lasts 4 ends at 6, the moment the next may
-- start. Calendar days only: no holidays. How reasons look: see rational.
--
-- Sources: Kelley & Walker 1959 (critical path); Malcolm, Roseboom, Clark &
-- Fazar 1959 (PERT).

local rational = require "alliance.rational"

local schedule = {}

local function by_name(a, b)
  local left, right = tostring(a), tostring(b)
  if left == right then return type(a) < type(b) end
  return left < right
end

local function sorted_ids(map)
  local ids = {}
  for id in pairs(map) do ids[#ids + 1] = id end
  table.sort(ids, by_name)
  return ids
end

local function new_task(id, duration)
  if duration == nil then
    return nil, ("missing-duration: '%s' has no duration"):format(tostring(id))
  end
  local task = { id = id, duration = rational.from(duration), before = {}, after = {} }
  if rational.sign(task.duration) < 0 then
    return nil, ("negative-duration: '%s' lasts less than nothing"):format(tostring(id))
  end
  return task
end

-- Tasks from a map of id to { duration, predecessors }.
local function read_activities(activities)
  local tasks = {}
  for _, id in ipairs(sorted_ids(activities)) do
    local task, problem = new_task(id, activities[id].duration)
    if not task then return nil, problem end
    tasks[id] = task
  end
  for _, id in ipairs(sorted_ids(activities)) do
    for _, before in ipairs(activities[id].predecessors or {}) do
      if not tasks[before] then
        return nil, ("unknown-predecessor: '%s' comes after '%s', which is not listed"):format(
          tostring(id), tostring(before))
      end
      table.insert(tasks[id].before, tasks[before])
      table.insert(tasks[before].after, tasks[id])
    end
  end
  return tasks
end

-- Tasks from arcs { from, to, duration } between events; the id is "from-to".
local function read_arcs(arcs)
  local tasks, into = {}, {}
  for i, arc in ipairs(arcs) do
    if arc.from == nil or arc.to == nil then error("critical_path: an arc needs from and to", 3) end
    local id = arc.from .. "-" .. arc.to
    if tasks[id] then return nil, ("repeated-arc: arc %d, '%s', is there twice"):format(i, id) end
    local task, problem = new_task(id, arc.duration)
    if not task then return nil, problem end
    tasks[id] = task
    into[arc.to] = into[arc.to] or {}
    table.insert(into[arc.to], task)
  end
  for _, arc in ipairs(arcs) do
    local task = tasks[arc.from .. "-" .. arc.to]
    for _, before in ipairs(into[arc.from] or {}) do
      table.insert(task.before, before)
      table.insert(before.after, task)
    end
  end
  return tasks
end

-- One loop among the tasks that could not be ordered, in words.
local function name_loop(tasks, waiting)
  local task
  for _, id in ipairs(sorted_ids(tasks)) do
    if waiting[id] > 0 then task = tasks[id] break end
  end
  local seen, path = {}, {}
  while not seen[task] do
    path[#path + 1] = task
    seen[task] = #path
    for _, before in ipairs(task.before) do
      if waiting[before.id] > 0 then task = before break end
    end
  end
  local names = {}
  for i = seen[task], #path do names[#names + 1] = tostring(path[i].id) end
  names[#names + 1] = tostring(task.id)
  return "cycle: " .. table.concat(names, " waits for ")
end

local function in_order(tasks)
  local waiting, order = {}, {}
  for _, id in ipairs(sorted_ids(tasks)) do
    waiting[id] = #tasks[id].before
    if waiting[id] == 0 then order[#order + 1] = tasks[id] end
  end
  local count, position = 0, 1
  for _ in pairs(tasks) do count = count + 1 end
  while order[position] do
    for _, after in ipairs(order[position].after) do
      waiting[after.id] = waiting[after.id] - 1
      if waiting[after.id] == 0 then order[#order + 1] = after end
    end
    position = position + 1
  end
  if #order < count then return nil, name_loop(tasks, waiting) end
  return order
end

local function forward(order)
  local finish = rational.from(0)
  for _, task in ipairs(order) do
    task.ES = rational.from(0)
    for _, before in ipairs(task.before) do task.ES = rational.max(task.ES, before.EF) end
    task.EF = task.ES + task.duration
    finish = rational.max(finish, task.EF)
  end
  return finish
end

local function backward(order, finish, last)
  local least
  for i = #order, 1, -1 do
    local task = order[i]
    local next_start = finish
    task.LF = last
    for _, after in ipairs(task.after) do
      task.LF = rational.min(task.LF, after.LS)
      next_start = rational.min(next_start, after.ES)
    end
    task.LS = task.LF - task.duration
    task.slack = task.LS - task.ES
    task.free_float = next_start - task.EF
    least = least and rational.min(least, task.slack) or task.slack
  end
  return least
end

--- Earliest and latest times of activities, and those without slack to spare.
---
--- Takes either a table of id to `{ duration, predecessors }` or a list of arcs
--- `{ from, to, duration }` between events (ids "from-to"), and `{ deadline }`;
--- without a deadline the backward pass starts at the earliest end. Durations
--- may be 0 (milestones).
--- Gives `{ duration, critical_path, activities, feasible }`: activities is id to
--- `{ ES, EF, LS, LF, slack, free_float }`; critical_path lists the ids whose
--- slack is the smallest, by start, then name; feasible is false when that slack
--- is negative: late by that much, LS being the last safe start. Free float is
--- counted to the earliest end, whatever the deadline.
--- Undefined: no-activity, cycle (names the loop), unknown-predecessor,
--- missing-duration, negative-duration, repeated-arc.
function schedule.critical_path(activities, options)
  if type(activities) ~= "table" then error("critical_path: activities are needed", 2) end
  if next(activities) == nil then return nil, "no-activity: there is nothing to plan" end
  local read = activities[1] and activities[1].from ~= nil and read_arcs or read_activities
  local tasks, problem = read(activities)
  if not tasks then return nil, problem end
  local order
  order, problem = in_order(tasks)
  if not order then return nil, problem end

  local finish = forward(order)
  local last = options and options.deadline and rational.from(options.deadline) or finish
  local least = backward(order, finish, last)

  local times, critical = {}, {}
  for _, task in ipairs(order) do
    times[task.id] = {
      ES = task.ES, EF = task.EF, LS = task.LS, LF = task.LF,
      slack = task.slack, free_float = task.free_float,
    }
    if task.slack == least then critical[#critical + 1] = task end
  end
  table.sort(critical, function(a, b)
    if a.ES ~= b.ES then return a.ES < b.ES end
    if a.EF ~= b.EF then return a.EF < b.EF end
    return by_name(a.id, b.id)
  end)
  for i, task in ipairs(critical) do critical[i] = task.id end
  return rational.result {
    duration = finish, critical_path = critical, activities = times,
    feasible = rational.sign(least) >= 0,
  }
end

--- Mean and variance of a duration from three estimates.
--- Takes `{ a, m, b }`: optimistic, most likely, pessimistic, one unit; gives
--- `{ mean, variance }`, the variance in the square of the unit. Undefined:
--- missing-duration, not-ordered unless a <= m <= b.
--- Source: PERT: (a + 4m + b) / 6 and ((b - a) / 6)^2.
function schedule.pert(estimates)
  if type(estimates) ~= "table" then error("pert: { a, m, b } is needed", 2) end
  for _, name in ipairs { "a", "m", "b" } do
    if estimates[name] == nil then
      return nil, ("missing-duration: the estimate %s is not given"):format(name)
    end
  end
  local a, m, b = rational.from(estimates.a), rational.from(estimates.m), rational.from(estimates.b)
  if a > m or m > b then
    return nil, "not-ordered: the most likely duration must lie between the two others"
  end
  local sixth = (b - a) / 6
  return rational.result { mean = (a + m * 4 + b) / 6, variance = sixth * sixth }
end

return schedule
