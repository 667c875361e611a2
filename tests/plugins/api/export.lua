-- export.lua -- an exporter: pieces, lines, letters cut in two, other files, the whole model, and
-- what it must not write.
local function larger(_, out)
  for _ = 1, 40 do
    out:write(("0123456789abcdef"):rep(1 << 15))
  end
end

local cases = {
  lines = function(_, out)
    out:write("one ")
    out:line("two")
    out:line()
    out:line(3)
  end,
  letters = function(_, out)
    for byte in ("É€😀"):gmatch(".") do
      out:write(byte)
    end
  end,
  files = function(_, out)
    out:file("first.txt")
    out:line("1")
    out:file("second.txt")
    out:line("2")
  end,
  model = function(_, out) out:model() end,
  between = function(_, out)
    out:write("before ")
    out:model()
    out:write("after")
  end,
  apart = function(_, out)
    out:file("model.json")
    out:model()
    out:file("note.txt")
    out:line("the model is beside this")
  end,
  twice = function(_, out)
    out:model()
    out:model()
  end,
  named = function(_, out)
    out:write("a text of no file")
    out:file("first.txt")
  end,
  large = function(_, out)
    for _ = 1, 40 do
      out:write(("0123456789abcdef"):rep(1 << 14))
    end
  end,
  count = function(ctx, out) out:write(ctx.options.count) end,
  bytes = function(_, out) out:write("fine\xff") end,
  half = function(_, out) out:write("fine\xc3") end,
  larger = larger,
  breaks = function(ctx, out)
    larger(ctx, out)
    error("late")
  end,
  fails = function(_, out)
    out:write("something")
    error("half way")
  end,
  outside = function(_, out) out:file("../outside.txt") end,
  absolute = function(_, out) out:file("/tmp/outside.txt") end,
  hidden = function(_, out) out:file("a/.hidden") end,
  loops = function(_, out)
    out:write("something")
    local t = setmetatable({}, { __index = function(_, key) return key end })
    return t.x and error("stopped")
  end,
}

return {
  api = 1, kind = "export", id = "api-export",
  title = { en = "Documents", fr = "Documents" }, about = { en = "A test", fr = "Un essai" },
  format = { en = "a text", fr = "un texte" }, extensions = { "txt" },
  options = {
    case = { type = "text", default = "lines" },
    count = { type = "integer", default = 1, min = 1, max = 5 },
  },
  run = function(ctx, out) cases[ctx.options.case](ctx, out) end,
}
