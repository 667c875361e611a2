-- memory-rep.lua -- one text that is too large
-- ends: memory-limit
return {
  api = 1, kind = "check", id = "memory-rep",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local _ = ("x"):rep(2^27)
  end,
}
