-- table-build.lua -- a check with the key of a view
-- ends: load-error
-- says: kind 'view'
return {
  api = 1,
  kind = "check",
  id = "table-build",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  build = function() end,
}
