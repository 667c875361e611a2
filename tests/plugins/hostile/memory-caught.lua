-- memory-caught.lua -- catches every refusal and goes on
-- ends: time-limit
return {
  api = 1, kind = "check", id = "memory-caught",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    while true do
      pcall(function()
        local list = {}
        while true do
          list[#list + 1] = ("x"):rep(2^16) .. #list
        end
      end)
    end
  end,
}
