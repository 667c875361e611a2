-- place-end.lua -- a place behind the end
-- ends: output-limit
return {
  api = 1, kind = "check", id = "place-end",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = { file = 0, start = 5, stop = 1 << 40, row = 1 }, say = "seen", what = 1 }
  end,
}
