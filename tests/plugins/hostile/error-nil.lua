-- error-nil.lua -- an error that is nothing
-- ends: plugin-error
-- says: no text but a nil
return {
  api = 1, kind = "check", id = "error-nil",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error(nil)
  end,
}
