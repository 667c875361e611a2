-- numbers.lua -- numbers at the edge
-- ends: ok
return {
  api = 1, kind = "check", id = "numbers",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local amount = ctx.model.contributions[1].amount
    for _, n in ipairs { 0, -1, 1e18, -1e18, 1e308, 1 / 0, -1 / 0, 0 / 0, math.maxinteger, math.mininteger } do
      pcall(function() return amount * n end)
      pcall(function() return amount / n end)
      pcall(function() return n / amount end)
      pcall(function() return ctx.today:add { days = n, months = n } end)
      pcall(alliance.date, n)
    end
    assert(not pcall(ctx.today.add, ctx.today, { days = math.maxinteger }))
    assert(not pcall(function() return amount < 1 end))
  end,
}
