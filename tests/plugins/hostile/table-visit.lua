-- table-visit.lua -- visits a kind that is none
-- ends: load-error
-- says: no such kind
return {
  api = 1,
  kind = "check",
  id = "table-visit",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  visit = { martian = function() end },
}
