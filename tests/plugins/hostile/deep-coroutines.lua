-- deep-coroutines.lua -- a coroutine in a coroutine
-- ends: plugin-error
-- says: overflow
return {
  api = 1, kind = "check", id = "deep-coroutines",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local function deeper()
      return coroutine.wrap(deeper)()
    end
    deeper()
  end,
}
