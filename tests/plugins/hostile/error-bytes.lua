-- error-bytes.lua -- an error that is no text
-- ends: plugin-error
-- says: ?
return {
  api = 1, kind = "check", id = "error-bytes",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    error("\0\xff\xfe\x1b[2J\u{202e}", 0)
  end,
}
