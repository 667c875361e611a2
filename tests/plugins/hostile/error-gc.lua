-- error-gc.lua -- speaks after the end
-- ends: ok
return {
  api = 1, kind = "check", id = "error-gc",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local partner = ctx.model.partners[1]
    setmetatable({}, { __gc = function()
      ctx:report { at = partner, say = "seen", what = "after the end" }
    end })
    return
  end,
}
