-- table-option.lua -- an option without a type
-- ends: load-error
-- says: type
return {
  api = 1,
  kind = "check",
  id = "table-option",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } },
  run = function() end,
  options = { x = { default = 1 } },
}
