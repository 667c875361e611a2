-- loop-arena.lua -- lets the host make texts without end
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-arena",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local fold, text = require("alliance.host").fold, ("É"):rep(2^18)
    while true do
      fold(text)
    end
  end,
}
