-- compare.lua -- where a result differs from the one expected.

local function close(got, expected, tolerance)
  return got == expected or math.abs(got - expected) <= tolerance
end

--- The first difference in words, or nil. Numbers may differ by the tolerance;
--- `got` may hold more keys than `expected`, but lists have one length.
local function difference(got, expected, tolerance, path)
  path = path or "result"
  if type(expected) == "number" then
    if type(got) == "number" and close(got, expected, tolerance) then return nil end
  elseif type(expected) == "table" and type(got) == "table" then
    if #expected > 0 and #got ~= #expected then
      return ("%s: %d entries, %d expected"):format(path, #got, #expected)
    end
    for key, value in pairs(expected) do
      local problem = difference(got[key], value, tolerance, path .. "." .. tostring(key))
      if problem then return problem end
    end
    return nil
  elseif got == expected then
    return nil
  end
  return ("%s: got %s, expected %s"):format(path, tostring(got), tostring(expected))
end

return difference
