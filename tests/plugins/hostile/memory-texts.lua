-- memory-texts.lua -- many texts
-- ends: memory-limit
return {
  api = 1, kind = "check", id = "memory-texts",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    for i = 1, math.huge do
      list[i] = ("%d"):format(i):rep(100)
    end
  end,
}
