-- memory-double.lua -- doubles a text
-- ends: memory-limit
return {
  api = 1, kind = "check", id = "memory-double",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local text = "x"
    while true do
      text = text .. text
    end
  end,
}
