-- loop-coroutine.lua -- never ends in a coroutine
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-coroutine",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local co = coroutine.wrap(function() while true do coroutine.yield() end end)
    while true do
      co()
    end
  end,
}
