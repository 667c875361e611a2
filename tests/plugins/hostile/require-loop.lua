-- require-loop.lua -- asks for the same module without end
-- ends: time-limit
return {
  api = 1, kind = "check", id = "require-loop",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    while true do
      require "alliance"
      pcall(require, "alliance.nothing")
    end
  end,
}
