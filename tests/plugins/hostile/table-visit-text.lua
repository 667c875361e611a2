-- table-visit-text.lua -- a visitor that is no function
-- ends: load-error
-- says: function
return {
  api = 1,
  kind = "check",
  id = "table-visit-text",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  visit = { partner = "x" },
}
