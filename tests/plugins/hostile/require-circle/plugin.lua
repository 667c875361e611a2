-- require-circle -- modules that need each other
-- ends: ok
return {
  api = 1, kind = "check", id = "require-circle",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function()
    local fine, problem = pcall(require, "lib.again")
    assert(not fine and problem:find("requires itself"), problem)
    assert(not pcall(require, "lib.nothing"))
    assert(not pcall(require, "lib.wrong"))
  end,
}
