-- table-placeholder.lua -- a placeholder in one language only
-- ends: load-error
-- says: {partner}
return {
  api = 1,
  kind = "check",
  id = "table-placeholder",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "{partner}", fr = "vu" } },
  run = function() end,
}
