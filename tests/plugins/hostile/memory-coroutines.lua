-- memory-coroutines.lua -- many coroutines
-- ends: memory-limit
return {
  api = 1, kind = "check", id = "memory-coroutines",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    while true do
      list[#list + 1] = coroutine.create(function() coroutine.yield() end)
    end
  end,
}
