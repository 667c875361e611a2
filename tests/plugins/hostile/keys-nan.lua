-- keys-nan.lua -- keys and numbers that are no numbers
-- ends: ok
return {
  api = 1, kind = "check", id = "keys-nan",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local t = { [1e300] = 1, [-1e300] = 2, [0.5] = 3 }
    assert(not pcall(rawset, t, 0 / 0, 1))
    ctx:report { at = ctx.model.partners[1], say = "seen", what = { 0 / 0, 1 / 0, -1 / 0 }, related = t }
  end,
}
