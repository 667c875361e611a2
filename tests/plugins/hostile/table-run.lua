-- table-run.lua -- a run that is no function
-- ends: load-error
-- says: function
return {
  api = 1,
  kind = "check",
  id = "table-run",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = "x",
}
