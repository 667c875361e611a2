-- table-title-text.lua -- a title that is a text
-- ends: load-error
-- says: title
return {
  api = 1,
  kind = "check",
  id = "table-title-text",
  title = "T",
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
}
