-- bytes-names.lua -- placeholders with names that are no names
-- ends: ok
return {
  api = 1, kind = "check", id = "bytes-names",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "seen", what = "x", ["\x1b[31m\n"] = "\x1b[2J" }
  end,
}
