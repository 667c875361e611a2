-- error-huge.lua -- an error of megabytes
-- ends: plugin-error
-- says: long long
return {
  api = 1, kind = "check", id = "error-huge",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error(("long "):rep(2^20))
  end,
}
