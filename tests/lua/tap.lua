-- tap.lua -- counts and prints test results in the Test Anything Protocol.

local tap = { count = 0, failed = 0 }

--- One result; a failed one prints what was wrong below it.
function tap.ok(passed, name, detail)
  tap.count = tap.count + 1
  if not passed then tap.failed = tap.failed + 1 end
  print(("%s %d - %s"):format(passed and "ok" or "not ok", tap.count, name))
  if not passed and detail then print("# " .. detail:gsub("\n", "\n# ")) end
  return passed
end

--- A line that is no result.
function tap.note(text)
  print("# " .. text)
end

--- The plan; true if everything passed.
function tap.done()
  print(("1..%d"):format(tap.count))
  return tap.failed == 0 and tap.count > 0
end

local function close(got, expected, tolerance)
  return got == expected or math.abs(got - expected) <= tolerance
end

--- Where `got` differs from `expected`, or nil. Numbers may differ by the
--- tolerance; `got` may hold more keys than `expected` but lists have one length.
function tap.difference(got, expected, tolerance, path)
  path = path or "result"
  if type(expected) == "number" then
    if type(got) == "number" and close(got, expected, tolerance) then return nil end
  elseif type(expected) == "table" and type(got) == "table" then
    if #expected > 0 and #got ~= #expected then
      return ("%s: %d entries, %d expected"):format(path, #got, #expected)
    end
    for key, value in pairs(expected) do
      local problem = tap.difference(got[key], value, tolerance, path .. "." .. tostring(key))
      if problem then return problem end
    end
    return nil
  elseif got == expected then
    return nil
  end
  return ("%s: got %s, expected %s"):format(path, tostring(got), tostring(expected))
end

return tap
