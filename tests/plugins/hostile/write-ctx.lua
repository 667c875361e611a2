-- write-ctx.lua -- changes what it was given
-- ends: ok
return {
  api = 1, kind = "check", id = "write-ctx",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    for name in pairs(ctx) do
      ctx[name] = nil
    end
  end,
}
