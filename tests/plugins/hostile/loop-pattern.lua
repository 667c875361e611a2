-- loop-pattern.lua -- patterns without end; each has a limit
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-pattern",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local match = require("alliance.host").match
    while true do
      match(("a"):rep(5000), "(a+)+$b")
    end
  end,
}
