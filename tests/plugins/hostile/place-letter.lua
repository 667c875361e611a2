-- place-letter.lua -- a place in the middle of a letter
-- ends: ok
return {
  api = 1, kind = "check", id = "place-letter",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = { file = 0, start = 39, stop = 41, row = 1 }, say = "seen", what = 1 }
  end,
}
