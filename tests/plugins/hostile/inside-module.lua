-- inside-module.lua -- a misspelt property, which a module that ships trips over
-- ends: plugin-error
-- says: inside-module.lua:9: the kind partner has no property 'intrest'; the nearest is 'interest', in stdlib/lua/views.lua:
local views = require "alliance.views"
return {
  api = 1, kind = "check", id = "inside-module",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx) local found = views.gaps(ctx.model.partners, "intrest")
    return found
  end,
}
