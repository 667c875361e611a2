-- bytes-findings.lua -- bytes that are no text, and marks that move what is shown
-- ends: ok
return {
  api = 1, kind = "check", id = "bytes-findings",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    ctx:report { at = ctx.model.partners[1], say = "seen",
      what = "\xff\xc0\x80 \0 \x1b[2J\x1b]0;owned\x07 \x9b31m \u{202e}\u{2066}\u{200f} \r\n\b\x7f" }
  end,
}
