-- message-value.lua -- a placeholder without a value
-- ends: plugin-error
-- says: {what}
return {
  api = 1, kind = "check", id = "message-value",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "seen" }
  end,
}
