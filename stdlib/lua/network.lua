-- network.lua -- who is tied to whom, who holds the network together, and what rests on few.
--
-- A network is a list of edges, pairs of node ids (texts or numbers), taken as
-- undirected; repeated edges count once and an edge from a node to itself is
-- left out. Nodes without an edge are given in `{ nodes = list }`, or, when
-- the ids are 1 to n, `{ nodes = n }`. Lists in results are sorted: numbers,
-- then texts. How results, exact texts and reasons look: see rational.

local rational = require "alliance.rational"

local network = {}

--- Limits borrowed from competition law (US merger guidelines), where they are
--- about markets: two equal funders already score 5 000, so a check warns only
--- when the largest share also passes `largest_share`, which no source gives.
network.conventions = {
  hhi_moderate = { value = 1000, basis = "analogy: US merger guidelines 2023" },
  hhi_high = { value = 1800, basis = "analogy: US merger guidelines 2023" },
  hhi_moderate_2010 = { value = 1500, basis = "analogy: US merger guidelines 2010" },
  hhi_high_2010 = { value = 2500, basis = "analogy: US merger guidelines 2010" },
  largest_share = { value = 0.5, basis = "convention, no published source" },
  truck_coverage = { value = 0.5, basis = "Avelino et al. 2016, reference tool" },
}

local function before(a, b)
  if type(a) ~= type(b) then return type(a) == "number" end
  return a < b
end

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys, before)
  return keys
end

-- { ids = sorted list, near[id] = sorted list of neighbours, ties[id][other],
-- count = number of edges }
local function read(edges, options)
  if type(edges) ~= "table" then error("a list of edges is needed", 3) end
  local ties, count = {}, 0
  local function node(id)
    if type(id) ~= "string" and type(id) ~= "number" then
      error("a node is a text or a number", 4)
    end
    ties[id] = ties[id] or {}
    return ties[id]
  end
  local nodes = options and options.nodes
  if type(nodes) == "number" then
    for i = 1, nodes do node(i) end
  else
    for _, id in ipairs(nodes or {}) do node(id) end
  end
  for _, edge in ipairs(edges) do
    local a, b = edge[1], edge[2]
    local from, to = node(a), node(b)
    if a ~= b and not from[b] then
      from[b], to[a] = true, true
      count = count + 1
    end
  end
  local graph = { ids = sorted_keys(ties), near = {}, ties = ties, count = count }
  for _, id in ipairs(graph.ids) do graph.near[id] = sorted_keys(ties[id]) end
  return graph
end

local EMPTY = "no-node: the network is empty"

--- Share of the possible ties that exist, 0 to 1.
--- Takes edges and `{ nodes }`; gives the number, then its exact text.
--- Undefined: too-few-nodes (under 2). Source: 2m / (n(n-1)).
function network.density(edges, options)
  local graph = read(edges, options)
  local n = #graph.ids
  if n < 2 then return nil, "too-few-nodes: density needs at least two nodes" end
  return rational.give(rational.from(2 * graph.count) / (n * (n - 1)))
end

--- Number of ties of each node.
--- Takes edges and `{ nodes }`; gives `{ degree, centrality }`, both id to
--- number, centrality being degree / (n-1). Undefined: too-few-nodes (under 2).
--- Source: Freeman 1978.
function network.degree(edges, options)
  local graph = read(edges, options)
  local n = #graph.ids
  if n < 2 then return nil, "too-few-nodes: a tie needs at least two nodes" end
  local degree, centrality = {}, {}
  for _, id in ipairs(graph.ids) do
    degree[id] = #graph.near[id]
    centrality[id] = rational.from(degree[id]) / (n - 1)
  end
  return rational.result { degree = degree, centrality = centrality }
end

-- Distances from one node, breadth first; second the nodes by distance.
local function distances(graph, start)
  local distance, queue = { [start] = 0 }, { start }
  local position = 1
  while queue[position] do
    local id = queue[position]
    for _, other in ipairs(graph.near[id]) do
      if not distance[other] then
        distance[other] = distance[id] + 1
        queue[#queue + 1] = other
      end
    end
    position = position + 1
  end
  return distance, queue
end

--- The connected parts of the network.
--- Takes edges and `{ nodes }`; gives a list of lists of ids, each sorted, the
--- part of the first id first. Undefined: no-node.
function network.components(edges, options)
  local graph = read(edges, options)
  if #graph.ids == 0 then return nil, EMPTY end
  local parts, seen = {}, {}
  for _, id in ipairs(graph.ids) do
    if not seen[id] then
      local _, part = distances(graph, id)
      for _, member in ipairs(part) do seen[member] = true end
      table.sort(part, before)
      parts[#parts + 1] = part
    end
  end
  return parts
end

-- Walks each part of the network in depth, without recursion, and calls `tree_edge(parent, child,
-- low_of_child, entry_of_parent, is_root)` when it leaves a child, with the earliest node that the child's
-- branch reaches. Gives { walk = nodes in the order of entering, entry = the place of each node there,
-- last = the place of the last node of its branch, root = the node from which its part was walked }.
local function low_link(graph, tree_edge)
  local walk, entry, last, roots, low = {}, {}, {}, {}, {}
  local function enter(id, parent, root)
    local place = #walk + 1
    walk[place], entry[id], low[id], roots[id] = id, place, place, root
    return { id = id, parent = parent, next = 1 }
  end
  for _, root in ipairs(graph.ids) do
    local path = {}
    if not entry[root] then path[1] = enter(root, nil, root) end
    while #path > 0 do
      local top = path[#path]
      local other = graph.near[top.id][top.next]
      top.next = top.next + 1
      if other == nil then
        path[#path], last[top.id] = nil, #walk
        local parent = top.parent
        if parent ~= nil then
          low[parent] = math.min(low[parent], low[top.id])
          tree_edge(parent, top.id, low[top.id], entry[parent], parent == root)
        end
      elseif not entry[other] then
        path[#path + 1] = enter(other, top.id, root)
      elseif other ~= top.parent then
        low[top.id] = math.min(low[top.id], entry[other])
      end
    end
  end
  return { walk = walk, entry = entry, last = last, root = roots }
end

--- The nodes whose leaving cuts the network into more parts.
--- Takes edges and `{ nodes }`; gives a list of ids, empty when nobody is
--- indispensable. Undefined: no-node. Source: Tarjan 1972 (low links).
function network.articulation_points(edges, options)
  local graph = read(edges, options)
  if #graph.ids == 0 then return nil, EMPTY end
  local points, branches = {}, {}
  low_link(graph, function(parent, _, low, entry, is_root)
    if is_root then
      branches[parent] = (branches[parent] or 0) + 1
      if branches[parent] > 1 then points[parent] = true end
    elseif low >= entry then
      points[parent] = true
    end
  end)
  return sorted_keys(points)
end

-- The first `most` of the nodes at some spans of a walk that count, sorted; few of many are found without
-- sorting all.
local function first_of(walk, spans, most, counts)
  local list = {}
  for _, span in ipairs(spans) do
    for place = span[1], span[2] do
      local id, at = walk[place], #list
      if counts(id) and (at < most or before(id, list[at])) then
        if at == most then list[at], at = nil, at - 1 end
        while at > 0 and before(id, list[at]) do at = at - 1 end
        table.insert(list, at + 1, id)
      end
    end
  end
  return list
end

-- A part of the network as spans of a walk; `sums[place]` is how many nodes that count stand up to a place.
local function part_of(walk, spans, sums, counts)
  local part = { count = 0, at = spans[1][1] }
  for _, span in ipairs(spans) do part.count = part.count + sums[span[2]] - sums[span[1] - 1] end
  function part.ids(most)
    if most and most < part.count then return first_of(walk, spans, most, counts) end
    local list = {}
    for _, span in ipairs(spans) do
      for place = span[1], span[2] do
        if counts(walk[place]) then list[#list + 1] = walk[place] end
      end
    end
    table.sort(list, before)
    return list
  end
  return part
end

--- The parts in which those who hang together with a node fall without it.
--- Takes edges and `{ nodes, counts }`; gives a function that takes the id of a node and gives a list of parts,
--- the largest first: `{ count, ids }`, ids being a function that gives the sorted list of the nodes, or the
--- first `most` of them. The network is gone through once, however many nodes are asked about. `counts`
--- says of an id whether it is counted and listed: a node that stands for a meeting of several is not.
--- Source: Tarjan 1972 (low links).
function network.without(edges, options)
  local branches = {}
  local counts = options and options.counts or function() return true end
  local found = low_link(read(edges, options), function(parent, child, low, entry, is_root)
    if is_root or low >= entry then
      branches[parent] = branches[parent] or {}
      table.insert(branches[parent], child)
    end
  end)
  local sums = { [0] = 0 }
  for place, id in ipairs(found.walk) do sums[place] = sums[place - 1] + (counts(id) and 1 or 0) end
  return function(id)
    local root, parts, rest = found.root[id], {}, {}
    if root == nil then error("without: there is no such node", 2) end
    local at = found.entry[root]
    -- What is left of the walk, up to the node or to a branch that is a part of its own.
    local function keep(next_place)
      if next_place > at then rest[#rest + 1] = { at, next_place - 1 } end
    end
    keep(found.entry[id])
    at = found.entry[id] + 1
    for _, child in ipairs(branches[id] or {}) do
      keep(found.entry[child])
      parts[#parts + 1] = part_of(found.walk, { { found.entry[child], found.last[child] } }, sums, counts)
      at = found.last[child] + 1
    end
    keep(found.last[root] + 1)
    if #rest > 0 then parts[#parts + 1] = part_of(found.walk, rest, sums, counts) end
    table.sort(parts, function(a, b)
      if a.count ~= b.count then return a.count > b.count end
      return a.at < b.at
    end)
    return parts
  end
end

--- The ties whose loss cuts the network into more parts.
--- Takes edges and `{ nodes }`; gives a list of pairs, each and all sorted.
--- Undefined: no-node. Source: Tarjan 1974.
function network.bridges(edges, options)
  local graph = read(edges, options)
  if #graph.ids == 0 then return nil, EMPTY end
  local list = {}
  low_link(graph, function(parent, child, low, entry)
    if low > entry then
      list[#list + 1] = before(parent, child) and { parent, child } or { child, parent }
    end
  end)
  table.sort(list, function(a, b)
    if a[1] ~= b[1] then return before(a[1], b[1]) end
    return before(a[2], b[2])
  end)
  return list
end

-- Adds to `between` what the shortest paths from one node give to others.
local function add_paths(graph, start, between)
  local distance, queue = distances(graph, start)
  local paths, share = { [start] = 1.0 }, {}
  for _, id in ipairs(queue) do
    for _, other in ipairs(graph.near[id]) do
      if distance[other] == distance[id] + 1 then
        paths[other] = (paths[other] or 0.0) + paths[id]
      end
    end
  end
  for i = #queue, 2, -1 do
    local id = queue[i]
    local own = share[id] or 0.0
    for _, other in ipairs(graph.near[id]) do
      if distance[other] == distance[id] - 1 then
        share[other] = (share[other] or 0.0) + paths[other] / paths[id] * (1 + own)
      end
    end
    between[id] = between[id] + own
  end
end

--- How often each node lies on the shortest ways between others.
--- Takes edges and `{ nodes, normalized = true }`; gives id to number, 0 to 1
--- normalized by (n-1)(n-2)/2, otherwise a number of pairs. Computed in floating
--- point. It is no test of indispensable nodes: see `articulation_points`.
--- Undefined: too-few-nodes (under 3).
--- Source: Freeman 1977; Brandes 2001.
function network.betweenness(edges, options)
  local graph = read(edges, options)
  local n = #graph.ids
  if n < 3 then return nil, "too-few-nodes: betweenness needs at least three nodes" end
  local between = {}
  for _, id in ipairs(graph.ids) do between[id] = 0.0 end
  for _, id in ipairs(graph.ids) do add_paths(graph, id, between) end
  -- Every pair was counted from both its ends.
  local scale = 2
  if not options or options.normalized ~= false then scale = (n - 1) * (n - 2) end
  for _, id in ipairs(graph.ids) do between[id] = between[id] / scale end
  return between
end

--- The core number of each node: the largest k such that it belongs to a group
--- where everyone has k ties inside the group.
--- Takes edges and `{ nodes }`; gives `{ core, max, sizes, members }`: core is id to
--- k, sizes k to the number of nodes with that core number, members the ids of
--- the innermost core. Undefined: no-node. Source: Seidman 1983 (peeling).
function network.k_core(edges, options)
  local graph = read(edges, options)
  if #graph.ids == 0 then return nil, EMPTY end
  local left, by_degree, highest = {}, {}, 0
  for _, id in ipairs(graph.ids) do
    left[id] = #graph.near[id]
    highest = math.max(highest, left[id])
  end
  for k = 0, highest do by_degree[k] = {} end
  for _, id in ipairs(graph.ids) do table.insert(by_degree[left[id]], id) end

  local core, sizes, k, removed = {}, {}, 0, 0
  while removed < #graph.ids do
    local id = table.remove(by_degree[k])
    if id == nil then
      k = k + 1
    elseif not core[id] then
      -- An entry of an earlier, higher degree is met again later and skipped.
      core[id] = k
      sizes[k] = (sizes[k] or 0) + 1
      removed = removed + 1
      for _, other in ipairs(graph.near[id]) do
        if not core[other] then
          left[other] = math.max(left[other] - 1, k)
          table.insert(by_degree[left[other]], other)
        end
      end
    end
  end
  local members = {}
  for _, id in ipairs(graph.ids) do
    if core[id] == k then members[#members + 1] = id end
  end
  return { core = core, max = k, sizes = sizes, members = members }
end

-- Ties between the neighbours of a node.
local function closed_pairs(graph, id)
  local near, closed = graph.near[id], 0
  for i = 1, #near do
    local ties = graph.ties[near[i]]
    for j = i + 1, #near do
      if ties[near[j]] then closed = closed + 1 end
    end
  end
  return closed, #near * (#near - 1) // 2
end

--- How far the neighbours of each node know each other.
--- Takes edges and `{ nodes }`; gives `{ average, clustering }`, clustering being
--- id to 0..1. A node with fewer than two ties counts as 0, which is the usual
--- convention for the average. Undefined: no-node.
--- Source: Watts & Strogatz 1998.
function network.clustering(edges, options)
  local graph = read(edges, options)
  if #graph.ids == 0 then return nil, EMPTY end
  local sum, clustering = rational.from(0), {}
  for _, id in ipairs(graph.ids) do
    local closed, possible = closed_pairs(graph, id)
    clustering[id] = rational.from(closed) / math.max(possible, 1)
    sum = sum + clustering[id]
  end
  return rational.result { average = sum / #graph.ids, clustering = clustering }
end

--- Share of the pairs of ties of one node that close a triangle, 0 to 1.
--- Takes edges and `{ nodes }`; gives the number, then its exact text.
--- Undefined: no-triad when no node has two ties.
--- Source: Newman, Watts & Strogatz 2002.
function network.transitivity(edges, options)
  local graph = read(edges, options)
  local closed, possible = 0, 0
  for _, id in ipairs(graph.ids) do
    local own, pairs_of_ties = closed_pairs(graph, id)
    closed, possible = closed + own, possible + pairs_of_ties
  end
  if possible == 0 then return nil, "no-triad: no node has two ties" end
  return rational.give(rational.from(closed) / possible)
end

--- The longest of the shortest ways between two nodes, in ties.
--- Takes edges and `{ nodes }`; gives an integer. Undefined: too-few-nodes
--- (under 2), disconnected (ask `components`).
function network.diameter(edges, options)
  local graph = read(edges, options)
  if #graph.ids < 2 then return nil, "too-few-nodes: a way needs two nodes" end
  local longest = 0
  for _, id in ipairs(graph.ids) do
    local distance, queue = distances(graph, id)
    if #queue < #graph.ids then return nil, "disconnected: some nodes cannot be reached" end
    longest = math.max(longest, distance[queue[#queue]])
  end
  return longest
end

--- Concentration of shares: the Herfindahl-Hirschman index and its readings.
--- Takes shares or amounts of one unit (divided by their total here; those at 0
--- are no source and do not count); gives `{ hhi, fraction, normalized,
--- effective_number, diversification, largest }`: hhi 0..10 000, fraction and
--- largest 0..1, normalized and diversification false for a single source (see
--- `reasons`). The result depends on how finely sources are listed.
--- Undefined: no-value, negative-value, zero-total.
--- Source: Hirschman 1964; Tuckman & Chang 1991 (diversification); limits in
--- `conventions`.
function network.hhi(shares)
  if type(shares) ~= "table" then error("hhi: a list of shares is needed", 2) end
  if #shares == 0 then return nil, "no-value: the list is empty" end
  local list = {}
  for i = 1, #shares do
    local share = rational.from(shares[i])
    if rational.sign(share) < 0 then
      return nil, ("negative-value: value %d is below zero"):format(i)
    end
    if rational.sign(share) > 0 then list[#list + 1] = share end
  end
  if #list == 0 then return nil, "zero-total: all values are zero" end
  local total, squares, largest = rational.sum(list), rational.from(0), rational.from(0)
  for _, value in ipairs(list) do
    local share = value / total
    squares, largest = squares + share * share, rational.max(largest, share)
  end
  local n = #list
  local result = {
    hhi = squares * 10000, fraction = squares, effective_number = rational.from(1) / squares,
    largest = largest, normalized = false, diversification = false, reasons = {},
  }
  if n == 1 then
    local reason = "one-source: everything comes from a single source"
    result.reasons = { normalized = reason, diversification = reason }
  else
    local least = rational.from(1) / n
    result.normalized = (squares - least) / (rational.from(1) - least)
    result.diversification = (rational.from(1) - squares) / (rational.from(1) - least)
  end
  return rational.result(result)
end

-- Partners by how many goals they carry, most first, equals by name.
local function busiest_first(carried)
  local partners = sorted_keys(carried)
  table.sort(partners, function(a, b)
    if #carried[a] ~= #carried[b] then return #carried[a] > #carried[b] end
    return before(a, b)
  end)
  return partners
end

--- How many partners can leave before fewer than half of the goals keep a
--- supporter: the one who supports most goals leaves first.
--- Takes goal to list of supporters; gives `{ factor, order, coverage,
--- single_carrier }`: who leaves in order, the share of goals still supported
--- after each, and the goals with exactly one supporter (goal to partner). Ties
--- go by name. Undefined: no-goal, already-uncovered.
--- Source: Avelino, Passos, Hora & Valente 2016.
function network.truck_factor(supporters)
  if type(supporters) ~= "table" then error("truck_factor: goals are needed", 2) end
  local carried, left, single, count, covered = {}, {}, {}, 0, 0
  for _, goal in ipairs(sorted_keys(supporters)) do
    count = count + 1
    local seen, supported = {}, 0
    for _, partner in ipairs(supporters[goal]) do
      if not seen[partner] then
        seen[partner], supported = true, supported + 1
        carried[partner] = carried[partner] or {}
        table.insert(carried[partner], goal)
      end
    end
    left[goal] = supported
    if supported > 0 then covered = covered + 1 end
    if supported == 1 then single[goal] = supporters[goal][1] end
  end
  if count == 0 then return nil, "no-goal: there is no goal" end
  local enough = network.conventions.truck_coverage.value
  if covered / count < enough then
    return nil, "already-uncovered: fewer than half of the goals have a supporter"
  end
  local order, coverage = {}, {}
  for _, partner in ipairs(busiest_first(carried)) do
    if covered / count < enough then break end
    for _, goal in ipairs(carried[partner]) do
      left[goal] = left[goal] - 1
      if left[goal] == 0 then covered = covered - 1 end
    end
    order[#order + 1] = partner
    coverage[#coverage + 1] = rational.from(covered) / count
  end
  return rational.result {
    factor = #order, order = order, coverage = coverage, single_carrier = single,
  }
end

return network
