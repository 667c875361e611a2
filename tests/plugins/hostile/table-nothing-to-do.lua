-- table-nothing-to-do.lua -- has nothing to do
-- ends: load-error
-- says: needs 'visit'
return {
  api = 1,
  kind = "check",
  id = "table-nothing-to-do",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
}
