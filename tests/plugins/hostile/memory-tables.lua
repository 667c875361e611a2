-- memory-tables.lua -- tables in tables
-- ends: memory-limit
return {
  api = 1, kind = "check", id = "memory-tables",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = {}
    while true do
      list[#list + 1] = { {}, {}, {} }
    end
  end,
}
