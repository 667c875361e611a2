-- loop.lua -- never ends
-- ends: time-limit
-- says: loop.lua:9: it was here when its time was over
return {
  api = 1, kind = "check", id = "loop",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    while true do end
  end,
}
