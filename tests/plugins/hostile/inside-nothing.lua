-- inside-nothing.lua -- a module that ships is given nothing
-- ends: plugin-error
-- says: inside-nothing.lua:10: attempt to
local text = require "alliance.text"
return {
  api = 1, kind = "check", id = "inside-nothing",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function()
    local shown = text.list(nil)
    return shown
  end,
}
