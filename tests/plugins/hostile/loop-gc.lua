-- loop-gc.lua -- never ends when it is collected
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-gc",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    setmetatable({}, { __gc = function() while true do end end })
  end,
}
