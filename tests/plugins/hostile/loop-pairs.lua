-- loop-pairs.lua -- goes through a table that never ends
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-pairs",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local endless = setmetatable({}, { __pairs = function()
      return function(_, n) return (n or 0) + 1, true end, nil, 0
    end })
    for _ in pairs(endless) do
      local _ = 1
    end
  end,
}
