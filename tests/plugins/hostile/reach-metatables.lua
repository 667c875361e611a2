-- reach-metatables.lua -- looks behind what the host gives
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-metatables",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local partner = ctx.model.partners[1]
    for _, thing in ipairs { partner, ctx.model, ctx.today, alliance.unknown, alliance.none } do
      assert(not getmetatable(thing))
      assert(not pcall(setmetatable, thing, {}))
    end
    assert(not pcall(rawset, partner, "title", "mine"))
    assert(not pcall(function() partner.title = "mine" end))
    assert(not pcall(function() ctx.model.partners = {} end))
  end,
}
