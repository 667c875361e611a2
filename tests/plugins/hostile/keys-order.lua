-- keys-order.lua -- keys that have no order
-- ends: plugin-error
-- says: have no order
return {
  api = 1, kind = "check", id = "keys-order",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    for _ in pairs { [{}] = 1, [{ 1 }] = 2 } do
      local _ = 1
    end
  end,
}
