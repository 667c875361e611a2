-- deep-value.lua -- a list that holds itself
-- ends: plugin-error
-- says: nested too deeply
return {
  api = 1, kind = "check", id = "deep-value",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    list[1] = list
    ctx:report { at = ctx.model.partners[1], say = "seen", what = list }
  end,
}
