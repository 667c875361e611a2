-- place-row.lua -- a place of an entity that is not there
-- ends: plugin-error
-- says: at
return {
  api = 1, kind = "check", id = "place-row",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = { file = 0, start = 0, stop = 2, row = 1e9 // 1 | 0 }, say = "seen", what = 1 }
  end,
}
