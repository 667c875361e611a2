-- loop-tostring.lua -- its error never ends being told
-- ends: plugin-error
-- says: an error that is no text but a table
return {
  api = 1, kind = "check", id = "loop-tostring",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error(setmetatable({}, { __tostring = function() while true do end end }))
  end,
}
