-- table-kind.lua -- a kind that is none
-- ends: load-error
-- says: kind should be
return {
  api = 1,
  kind = "virus",
  id = "table-kind",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
}
