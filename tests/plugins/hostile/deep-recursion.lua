-- deep-recursion.lua -- calls itself
-- ends: plugin-error
-- says: stack overflow
return {
  api = 1, kind = "check", id = "deep-recursion",
  title = { en = "Hostile", fr = "Hostile" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {what}", fr = "vu {what}" } },
  run = function(ctx)
    local function deeper(n)
      return 1 + deeper(n + 1)
    end
    deeper(1)
  end,
}
