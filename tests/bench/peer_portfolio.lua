-- peer_portfolio.lua -- what a user of plain Lua would write to look at many alliances.
--
--     lua5.4 peer_portfolio.lua FOLDER       FOLDER was made by portfolio.lua
--
-- Seven rules on plain tables, a small part of what the checks that ship do: no question is asked,
-- nothing is unknown or a sum of several units, no reason is given and no place.

local found, alliances = {}, 0

local function say(rule) found[rule] = (found[rule] or 0) + 1 end

local rules = {
  function(one)
    for _, partner in ipairs(one.partners) do
      if not partner.receives then say "a partner receives nothing" end
    end
  end,
  function(one)
    for _, goal in ipairs(one.goals) do
      if not goal.kpi then say "a goal has no indicator" end
    end
  end,
  function(one)
    for i = 2, #one.phases do
      if one.phases[i][1] <= one.phases[i - 1][2] then say "a phase begins before the last one ended" end
    end
    if one.go > one.phases[3][1] then say "the decision comes after what it opens" end
  end,
  function(one)
    local given = {}
    for _, funding in ipairs(one.funding) do
      given[funding[1]] = (given[funding[1]] or 0) + funding[3]
    end
    for year = 2025, 2027 do
      if given[year] < one.costs[year] then say "a year is not paid for" end
    end
    for _, funding in ipairs(one.funding) do
      if funding[3] * 2 > given[funding[1]] then say "one funder pays more than half" end
    end
  end,
  function(one)
    local hours = 0
    for _, partner in ipairs(one.partners) do hours = hours + partner.hours end
    for _, partner in ipairs(one.partners) do
      if partner.hours * 4 > hours then say "one partner gives more than a quarter of the time" end
    end
  end,
  function(one)
    for goal = 1, #one.goals do
      local against = 0
      for _, partner in ipairs(one.partners) do
        if partner.positions[goal] < 0 then against = against + 1 end
      end
      if against > 0 then say "somebody is against a goal" end
    end
  end,
  function(one)
    for i = 1, #one.partners do
      for j = i + 1, #one.partners do
        local apart, together = 0, 0
        for goal = 1, #one.goals do
          local a, b = one.partners[i].positions[goal], one.partners[j].positions[goal]
          if a * b < 0 then apart = apart + math.abs(a) + math.abs(b)
          elseif a * b > 0 then together = together + math.abs(a) + math.abs(b) end
        end
        if apart > together then say "two partners are more apart than together" end
      end
    end
  end,
}

assert(loadfile(arg[1] .. "/model.lua", "t", { alliance = function(one)
  alliances = alliances + 1
  for _, rule in ipairs(rules) do rule(one) end
end }))()

print(alliances, "alliances")
for rule, count in pairs(found) do print(count, rule) end
