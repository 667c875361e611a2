-- stakeholders.lua -- who counts how much, and how to deal with them: two published grids.

local stakeholders = {}

--- A number at the middle of the scale counts as high: a convention, since no
--- numeric boundary is published.
stakeholders.conventions = {
  midpoint = { value = "high", basis = "convention, no published source" },
}

-- Rows of the table of Mitchell, Agle & Wood, under the letters of the
-- attributes present.
local classes = {
  [""] = { "non-stakeholder", "none" },
  p = { "dormant", "latent" },
  l = { "discretionary", "latent" },
  u = { "demanding", "latent" },
  pl = { "dominant", "expectant" },
  pu = { "dangerous", "expectant" },
  lu = { "dependent", "expectant" },
  plu = { "definitive", "definitive" },
}

local function has(value)
  if value == true or value == 1 then return true end
  if value == false or value == 0 then return false end
  return nil
end

--- Class and salience of a stakeholder by power, legitimacy and urgency.
--- Takes `{ power, legitimacy, urgency }`, each true or false (or 1, 0); gives
--- `{ class, salience, level }`: salience is the number of attributes, 0 to 3.
--- Undefined: unknown-attribute.
--- Source: Mitchell, Agle & Wood 1997.
function stakeholders.mitchell(stakeholder)
  if type(stakeholder) ~= "table" then error("mitchell: a table is needed", 2) end
  local letters = ""
  for _, attribute in ipairs { "power", "legitimacy", "urgency" } do
    local value = has(stakeholder[attribute])
    if value == nil then
      return nil, ("unknown-attribute: %s is not known"):format(attribute)
    end
    if value then letters = letters .. attribute:sub(1, 1) end
  end
  local class = classes[letters]
  return { class = class[1], salience = #letters, level = class[2] }
end

local quadrants = {
  high = {
    high = { "key-player", "key player (manage closely)" },
    low = { "keep-satisfied", "keep satisfied" },
  },
  low = {
    high = { "keep-informed", "keep informed" },
    low = { "minimal-effort", "minimal effort (monitor)" },
  },
}

local function side(value, midpoint)
  if value == "high" or value == "low" then return value end
  if type(value) == "number" and type(midpoint) == "number" then
    return value >= midpoint and "high" or "low"
  end
  return nil
end

--- Quadrant of the grid of power and interest.
--- Takes `{ power, interest }`, each "high" or "low", or numbers with a
--- `midpoint` (which itself counts as high, see `conventions`); gives
--- `{ quadrant, text }`: quadrant is key-player, keep-satisfied, keep-informed
--- or minimal-effort. Undefined: unknown-attribute.
--- Source: Mendelow 1991.
function stakeholders.mendelow(stakeholder)
  if type(stakeholder) ~= "table" then error("mendelow: a table is needed", 2) end
  local power = side(stakeholder.power, stakeholder.midpoint)
  local interest = side(stakeholder.interest, stakeholder.midpoint)
  if not power or not interest then
    return nil, ("unknown-attribute: %s is not known"):format(power and "interest" or "power")
  end
  local quadrant = quadrants[power][interest]
  return { quadrant = quadrant[1], text = quadrant[2] }
end

return stakeholders
