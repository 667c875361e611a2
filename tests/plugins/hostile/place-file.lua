-- place-file.lua -- a place in a file that is not there
-- ends: output-limit
-- says: could not be taken
return {
  api = 1, kind = "check", id = "place-file",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = { file = 99, start = 0, stop = 1, row = 1 }, say = "seen", what = 1 }
  end,
}
