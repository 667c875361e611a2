-- table-messages.lua -- no messages
-- ends: load-error
-- says: 'messages' is missing
return {
  api = 1,
  kind = "check",
  id = "table-messages",
  title = { en = "T", fr = "T" },
  about = { en = "A", fr = "A" },
  run = function() end,
}
