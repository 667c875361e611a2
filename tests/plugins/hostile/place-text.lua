-- place-text.lua -- a place that is a text
-- ends: plugin-error
-- says: should be an entity
return {
  api = 1, kind = "check", id = "place-text",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = "partner", say = "seen", what = 1 }
  end,
}
