-- table-message-name.lua -- a message whose name is no word
-- ends: load-error
-- says: should have a word
return {
  api = 1,
  kind = "check",
  id = "table-message-name",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  messages = { ["a b"] = { en = "x", fr = "x" } },
  run = function() end,
}
