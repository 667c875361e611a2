-- reach-shared.lua -- changes what others use
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-shared",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local text = require "alliance.host"
    text.width, text.fold, text.text, text.type = nil, nil, nil, nil
    alliance.unknown, alliance.none = nil, nil
    _G.pairs, _G.ipairs, _G.type, _G.error, _G.tostring = nil, nil, nil, nil, nil
    string.format, string.gsub, table.concat, math.type = nil, nil, nil, nil
    ctx:report { at = ctx.model.partners[1], say = "seen", what = "still here" }
  end,
}
