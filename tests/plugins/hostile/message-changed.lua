-- message-changed.lua -- changes its messages while it runs
-- ends: plugin-error
-- says: after one finding
return {
  api = 1, kind = "check", id = "message-changed",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "seen", what = 1 }
    error("after one finding")
  end,
}
