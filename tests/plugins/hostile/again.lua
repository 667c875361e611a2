-- again.lua -- calls itself through what it was given
-- ends: time-limit
return {
  api = 1, kind = "check", id = "again",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local report = ctx.report
    function ctx:report(finding)
      return self.report(self, finding)
    end
    ctx:report { at = ctx.model.partners[1], say = "seen", what = report and 1 }
  end,
}
