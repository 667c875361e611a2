-- yield.lua -- leaves where nobody waits
-- ends: plugin-error
-- says: outside a coroutine
return {
  api = 1, kind = "check", id = "yield",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    coroutine.yield()
  end,
}
