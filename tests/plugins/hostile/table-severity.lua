-- table-severity.lua -- a severity that is none
-- ends: load-error
-- says: severity
return {
  api = 1,
  kind = "check",
  id = "table-severity",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  severity = "fatal",
}
