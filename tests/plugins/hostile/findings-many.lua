-- findings-many.lua -- a million findings
-- ends: output-limit
return {
  api = 1, kind = "check", id = "findings-many",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    for i = 1, 1000000 do
      ctx:report { at = ctx.model.alliance, say = "seen", what = i }
    end
  end,
}
