-- braces.lua -- a value that looks like a placeholder
-- ends: ok
return {
  api = 1, kind = "check", id = "braces",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "seen", what = "{what} {count:one|many} %s %n" }
  end,
}
