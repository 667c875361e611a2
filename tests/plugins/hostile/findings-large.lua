-- findings-large.lua -- findings of megabytes
-- ends: output-limit
return {
  api = 1, kind = "check", id = "findings-large",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local text = ("large "):rep(2^18)
    for _ = 1, 1000 do
      ctx:report { at = ctx.model.alliance, say = "seen", what = text }
    end
  end,
}
