-- table-option-key.lua -- an option with a key that is not known
-- ends: load-error
-- says: nearest
return {
  api = 1,
  kind = "check",
  id = "table-option-key",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  options = { x = { type = "number", maxx = 1 } },
}
