-- error-table.lua -- an error that is a table
-- ends: plugin-error
-- says: no text but a table
return {
  api = 1, kind = "check", id = "error-table",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error({ code = 7 })
  end,
}
