-- reach-methods.lua -- calls methods on what they are not for
-- ends: ok
return {
  api = 1, kind = "check", id = "reach-methods",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local partner, today = ctx.model.partners[1], ctx.today
    local methods = { partner.where, partner.has, partner.used_by, partner.children, partner.is_a, partner.ask,
      partner.source, partner.properties, partner.is_unknown, today.before, today.add, today.after, today.of }
    for _, method in ipairs(methods) do
      for _, value in ipairs { 0, -1, 2^53, "x", {}, true, alliance.unknown, type } do
        pcall(method, value, value)
        pcall(method, partner, value)
        pcall(method, today, value)
        pcall(method, value)
      end
      assert(not pcall(method))
    end
  end,
}
