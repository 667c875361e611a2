-- table-id-escape.lua -- an id that is an escape sequence
-- ends: load-error
-- says: id should be
return {
  api = 1,
  kind = "check",
  id = "\27[2J",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
}
