-- memory-values.lua -- many values of the host
-- ends: memory-limit
return {
  api = 1, kind = "check", id = "memory-values",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list, day = {}, ctx.today
    for i = 1, math.huge do
      list[i] = day:add { days = i % 1000 }
    end
  end,
}
