-- loop-gsub.lua -- a replacement that tries everything
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-gsub",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local _ = ("a"):rep(200):gsub(("a-"):rep(20) .. "b", "")
  end,
}
