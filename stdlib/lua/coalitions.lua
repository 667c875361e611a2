-- coalitions.lua -- the coalitions of n players in the order in which games list their values.
--
-- The order is by size, then lexicographic: {1} {2} {3} {1,2} {1,3} {2,3}
-- {1,2,3}. Inside the game modules a coalition is also an integer, player i
-- being the bit of value 2^(n-i): within one size the order above is then that
-- of falling integers.

local coalitions = {}

coalitions.MOST = 20    -- players of a table of values written in Lua

--- The coalitions of n players as integers, in order, without the empty one.
function coalitions.masks(n)
  local list, count, all = {}, 0, (1 << n) - 1
  for size = 1, n - 1 do
    -- What is left out, from the smallest integer with that many bits up.
    local rest = (1 << (n - size)) - 1
    while rest <= all do
      count = count + 1
      list[count] = all ~ rest
      local low = rest & -rest
      local carried = rest + low
      rest = carried | (rest ~ carried) // low >> 2
    end
  end
  list[count + 1] = all
  return list
end

--- The members of a coalition given as an integer, ascending.
function coalitions.members(n, mask)
  local list = {}
  for player = 1, n do
    if mask >> (n - player) & 1 == 1 then list[#list + 1] = player end
  end
  return list
end

--- The coalitions of n players, each a list of players, in order.
function coalitions.list(n)
  local list = coalitions.masks(n)
  for i = 1, #list do list[i] = coalitions.members(n, list[i]) end
  return list
end

--- A table of values: what `value(members)` gives for each coalition, in order.
function coalitions.values(n, value)
  local list = coalitions.masks(n)
  for i = 1, #list do list[i] = value(coalitions.members(n, list[i])) end
  return list
end

--- Sums by coalition: `sums[mask]` of what each member is worth, from a list of
--- one value per player.
function coalitions.sums(n, worth)
  local sums, player_of = {}, {}
  for player = 1, n do player_of[1 << (n - player)] = player end
  for mask = 1, (1 << n) - 1 do
    local last = player_of[mask & -mask]
    sums[mask] = (sums[mask & (mask - 1)] or 0) + worth[last]
  end
  return sums
end

--- For each player the values of all coalitions with it put together by
--- `combine(a, b)`. Takes n and `values[mask]`, which it uses up. Costs some two
--- steps per coalition: the upper half has the first player, and is then folded
--- onto the lower.
function coalitions.fold(n, values, combine)
  local result = {}
  for player = 1, n do
    local half = 1 << (n - player)
    local all = values[half]
    for mask = half + 1, 2 * half - 1 do
      all = combine(all, values[mask])
      values[mask - half] = combine(values[mask - half], values[mask])
    end
    result[player] = all
  end
  return result
end

return coalitions
