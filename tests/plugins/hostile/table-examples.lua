-- table-examples.lua -- examples that are no texts
-- ends: load-error
-- says: example
return {
  api = 1,
  kind = "check",
  id = "table-examples",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  examples = { { bad = 7 } },
}
