-- exit.lua -- ends the program
-- ends: plugin-error
-- says: global 'os'
return {
  api = 1, kind = "check", id = "exit",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    os.exit(0)
  end,
}
