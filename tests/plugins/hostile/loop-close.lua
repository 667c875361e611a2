-- loop-close.lua -- never ends when a block is left
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-close",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local guard <close> = setmetatable({}, { __close = function() while true do end end })
    error("leaving")
  end,
}
