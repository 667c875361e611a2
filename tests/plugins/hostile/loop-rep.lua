-- loop-rep.lua -- stays in string.rep
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-rep",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    while true do
      local _ = ("x"):rep(2^22)
    end
  end,
}
