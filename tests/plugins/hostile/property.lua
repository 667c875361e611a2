-- property.lua -- a property that the kind does not have
-- ends: plugin-error
-- says: the nearest is 'interest'
return {
  api = 1, kind = "check", id = "property",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    return ctx.model.partners[1].intrest
  end,
}
