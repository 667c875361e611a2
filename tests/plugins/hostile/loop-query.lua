-- loop-query.lua -- asks the model without end
-- ends: time-limit
return {
  api = 1, kind = "check", id = "loop-query",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    while true do
      pcall(ctx.model.query, ctx.model, "partners | sort title")
    end
  end,
}
