-- reach-libraries.lua -- looks for what it must not have
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-libraries",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    for _, name in ipairs { "io", "os", "debug", "package", "load", "loadfile", "loadstring", "dofile",
      "collectgarbage", "print", "warn", "module", "setfenv", "getfenv", "newproxy", "host", "job", "arg" } do
      assert(_G[name] == nil, name)
    end
    assert(string.dump == nil and math.randomseed == nil and ("").dump == nil)
  end,
}
