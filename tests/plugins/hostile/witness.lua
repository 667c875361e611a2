-- witness.lua -- sees the whole model, whatever the others do
-- ends: ok
return {
  api = 1, kind = "check", id = "witness", profile = "light",
  title = { en = "Witness", fr = "Témoin" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "model {text}", fr = "modèle {text}" } },
  run = function(ctx)
    local text = ""
    for _, partner in ipairs(ctx.model.partners) do
      text = text .. partner.title .. tostring(partner.interest)
    end
    ctx:report { at = ctx.model.alliance, say = "seen", text = text }
  end,
}
