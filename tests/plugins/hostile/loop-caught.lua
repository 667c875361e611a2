-- loop-caught.lua -- never ends, whatever is thrown at it
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-caught",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    while true do
      pcall(function() while true do end end)
    end
  end,
}
