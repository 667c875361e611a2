-- reach-addresses.lua -- looks for places in memory
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-addresses",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local things = { {}, print or type, coroutine.create(type), ctx.model, ctx.model.partners[1].where,
      setmetatable({}, { __name = "x" }), ctx, alliance.unknown }
    for _, thing in ipairs(things) do
      assert(not tostring(thing):find("0x"), tostring(thing))
      assert(not ("%s"):format(thing):find("0x"))
      assert(not pcall(string.format, "%p", thing))
      assert(not pcall(string.format, "%-20p", thing))
    end
    assert(("%d %%p"):format(5) == "5 %p")
    ctx:report { at = ctx.model.partners[1], say = "seen", what = { things[2], things[3] } }
  end,
}
