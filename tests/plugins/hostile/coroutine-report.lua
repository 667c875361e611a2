-- coroutine-report.lua -- reports from a coroutine that is never finished
-- ends: ok
return {
  api = 1, kind = "check", id = "coroutine-report",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local co = coroutine.wrap(function()
      ctx:report { at = ctx.model.partners[1], say = "seen", what = "from inside" }
      coroutine.yield()
      error("never reached")
    end)
    co()
  end,
}
