-- place-none.lua -- a finding without a place
-- ends: plugin-error
-- says: should be an entity
return {
  api = 1, kind = "check", id = "place-none",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { say = "seen", what = 1 }
  end,
}
