-- deep-related.lua -- related things without end
-- ends: plugin-error
-- says: nested too deeply
return {
  api = 1, kind = "check", id = "deep-related",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    list.again = list
    ctx:report { at = ctx.model.partners[1], say = "seen", what = 1, related = list }
  end,
}
