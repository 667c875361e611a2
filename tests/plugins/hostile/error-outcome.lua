-- error-outcome.lua -- says that it was only skipped
-- ends: plugin-error
-- says: skipped: nothing
return {
  api = 1, kind = "check", id = "error-outcome",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error("skipped: nothing to see here", 0)
  end,
}
