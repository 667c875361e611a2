-- loop-index.lua -- a table that answers for ever
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-index",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local t = setmetatable({}, { __index = function(t, k) return t[k .. "x"] end })
    while true do
      pcall(function() return t.a end)
    end
  end,
}
