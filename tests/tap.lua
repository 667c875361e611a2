-- tap.lua -- what a test script in Lua says its results with.
--
-- local tap = dofile(os.getenv("SRCDIR") .. "/tests/tap.lua")
-- tap.ok(condition, "what is tested", "details shown if it fails")
-- tap.is(got, wanted, "what is tested")
-- tap.done()

local tap = { count = 0 }

function tap.ok(condition, what, details)
  tap.count = tap.count + 1
  print(("%sok %d - %s"):format(condition and "" or "not ", tap.count, what))
  if not condition and details then print((("\n" .. details):gsub("\n", "\n# "):sub(2))) end
  return condition
end

function tap.is(got, wanted, what)
  return tap.ok(got == wanted, what, ("wanted: %s\ngot:    %s"):format(wanted, got))
end

-- why begins with "needs" if a tool is missing.
function tap.skip(what, why)
  tap.count = tap.count + 1
  print(("ok %d - %s # SKIP %s"):format(tap.count, what, why))
end

function tap.done()
  print("1.." .. tap.count)
end

return tap
