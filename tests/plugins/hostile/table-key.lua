-- table-key.lua -- a key that is not known
-- ends: load-error
-- says: nearest is 'severity'
return {
  api = 1,
  kind = "check",
  id = "table-key",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  severety = "error",
}
