-- error-loaderror.lua -- says that a setting was wrong
-- ends: plugin-error
-- says: wrong-setting: yours
return {
  api = 1, kind = "check", id = "error-loaderror",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error("wrong-setting: yours", 0)
  end,
}
