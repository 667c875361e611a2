-- loop-concat.lua -- puts the same texts together again and again
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-concat",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    for i = 1, 100000 do
      list[i] = "some words"
    end
    while true do
      local _ = table.concat(list)
    end
  end,
}
