-- message-missing.lua -- a message that it does not have
-- ends: plugin-error
-- says: no message 'nothing'
return {
  api = 1, kind = "check", id = "message-missing",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "nothing" }
  end,
}
