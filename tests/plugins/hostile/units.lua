-- units.lua -- adds what cannot be added
-- ends: plugin-error
-- says: different units
return {
  api = 1, kind = "check", id = "units",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    return ctx.today + 1
  end,
}
