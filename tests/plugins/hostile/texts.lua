-- texts.lua -- texts that are none, where texts are due
-- ends: ok
return {
  api = 1, kind = "check", id = "texts",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local host, bad = require "alliance.host", "a\xff\0b"
    pcall(ctx.model.query, ctx.model, bad)
    pcall(ctx.model.find, ctx.model, bad)
    pcall(ctx.model.all, ctx.model, bad)
    pcall(host.fold, bad)
    pcall(host.width, bad)
    pcall(host.match, bad, bad)
    pcall(host.word, bad, bad, bad, bad)
    pcall(host.list, bad, bad)
    pcall(host.date, bad)
    pcall(function() return ctx.model[bad] end)
    pcall(function() return ctx.model.partners[1][bad] end)
    pcall(ctx.model.query, ctx.model, ("("):rep(100000))
    pcall(ctx.model.query, ctx.model, ("x"):rep(2^22))
  end,
}
