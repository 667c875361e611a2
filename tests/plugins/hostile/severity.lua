-- severity.lua -- a severity of its own
-- ends: plugin-error
-- says: severity should be
return {
  api = 1, kind = "check", id = "severity",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "seen", what = 1, severity = "panic" }
  end,
}
