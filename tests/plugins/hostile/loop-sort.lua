-- loop-sort.lua -- sorts with an order that is none
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-sort",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    for i = 1, 200000 do
      list[i] = i
    end
    while true do
      table.sort(list, function() return true end)
    end
  end,
}
