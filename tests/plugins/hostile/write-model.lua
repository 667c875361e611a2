-- write-model.lua -- changes the model
-- ends: plugin-error
-- says: read-only
return {
  api = 1, kind = "check", id = "write-model",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx.model.partners[1].title = "Mine"
  end,
}
