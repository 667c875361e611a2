-- loop-handler.lua -- never ends in the handler of an error
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-handler",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    xpcall(error, function() while true do end end, "first")
  end,
}
