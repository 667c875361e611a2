-- folder -- a plugin of several files.
local words = require "lib.words"

return {
  api = 1, kind = "check", id = "pack/folder", profile = "light",
  title = { en = "A folder", fr = "Un dossier" }, about = { en = "A test", fr = "Un essai" },
  messages = { said = { en = "{text}", fr = "{text}" } },
  run = function(ctx)
    ctx:report { at = ctx.alliance, say = "said", text = words.said .. require("lib.more-words") }
  end,
}
