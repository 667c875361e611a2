-- needs.lua -- needs what does not exist
-- ends: skipped
-- says: teleportation
return {
  api = 1, kind = "check", id = "needs", title = { en = "T", fr = "T" }, about = { en = "A", fr = "A" },
  messages = { seen = { en = "seen", fr = "vu" } }, needs = { "teleportation" }, run = function() end,
}
