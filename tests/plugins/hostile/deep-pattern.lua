-- deep-pattern.lua -- a pattern within a pattern
-- ends: plugin-error
return {
  api = 1, kind = "check", id = "deep-pattern",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local _ = ("x"):find(("("):rep(300))
  end,
}
