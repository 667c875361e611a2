-- table-status.lua -- a severity for a status that is none
-- ends: load-error
-- says: no status
return {
  api = 1,
  kind = "check",
  id = "table-status",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  severity = { ideas = "error" },
}
