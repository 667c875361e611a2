-- table-title.lua -- a title without French
-- ends: load-error
-- says: 'fr'
return {
  api = 1,
  kind = "check",
  id = "table-title",
  title = { en = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
}
