-- reach-require.lua -- asks for modules that are not for it
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-require",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    for _, name in ipairs { "io", "os", "lib.x", "alliance.../../boot", "alliance.boot", "plugins.host.lua.boot",
      "alliance.host.send", "../x", "" } do
      assert(not pcall(require, name), name)
    end
    local host = require "alliance.host"
    assert(host.send == nil and host.write == nil and host.choose == nil and host.fail == nil)
  end,
}
