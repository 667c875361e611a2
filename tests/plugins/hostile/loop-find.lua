-- loop-find.lua -- a search that tries everything
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-find",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local _ = ("a"):rep(100):find((".-"):rep(30) .. "b")
  end,
}
