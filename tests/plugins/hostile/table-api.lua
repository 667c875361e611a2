-- table-api.lua -- the API of another day
-- ends: load-error
-- says: version 1
return {
  api = 2,
  kind = "check",
  id = "table-api",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
}
