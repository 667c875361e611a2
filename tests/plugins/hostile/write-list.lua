-- write-list.lua -- changes the lists that it was given
-- ends: ok
return {
  api = 1, kind = "check", id = "write-list",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local list = ctx.model.partners
    for i = #list, 1, -1 do
      list[i] = nil
    end
    assert(#ctx.model.partners == 2)
  end,
}
