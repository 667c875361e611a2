-- reach-strings.lua -- looks for the table of all texts
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-strings",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    assert(getmetatable("") == false)
    assert(not pcall(setmetatable, "", {}))
    string.rep, string.format = nil, nil
    assert(("x"):rep(3) == "xxx")
    assert(("%s"):format(1) == "1")
  end,
}
