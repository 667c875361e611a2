-- error-memory.lua -- says that memory ran out
-- ends: plugin-error
-- says: not enough memory
return {
  api = 1, kind = "check", id = "error-memory",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error("not enough memory", 0)
  end,
}
