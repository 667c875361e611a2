-- table-id.lua -- an id that is a path
-- ends: load-error
-- says: id should be
return {
  api = 1,
  kind = "check",
  id = "../../etc/passwd",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
}
