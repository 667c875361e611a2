-- view.lua -- a view whose blocks are data, and nothing else.
local cases = {
  plain = function(ctx)
    return {
      { block = "title", text = "A view", subtitle = "of " .. ctx.alliance.title },
      { block = "paragraph", text = "\27[2J\u{9b}31m a text\u{202e} that moves" },
      { block = "table", columns = { { text = "partner" }, { text = "amount", align = "right" } },
        rows = { { "Macif", ctx.model:find("macif").contributions[1].amount } } },
    }
  end,
  -- It changes the renderer that it can see; the one that is used is not that one.
  renderer = function()
    for _, name in ipairs { "terminal", "html", "markdown", "svg", "json" } do
      local renderer = require("alliance.render_" .. name)
      renderer.render = function() return "OWNED\27[2J" end
    end
    for name in pairs(require "alliance.text") do
      require("alliance.text")[name] = function() return "OWNED\27[2J" end
    end
    return { { block = "paragraph", text = "still mine" } }
  end,
  -- A text that is another one when it is read again.
  changing = function()
    local reads = 0
    return { setmetatable({ block = "paragraph" }, { __index = function()
      reads = reads + 1
      return reads > 1 and "OWNED\27[2J" or "once"
    end }), { block = "paragraph", text = "the end" } }
  end,
  functions = function() return { { block = "paragraph", text = function() return "OWNED" end } } end,
  circle = function()
    local block = { block = "list" }
    block.items = { block }
    return { block }
  end,
  text = function() return "OWNED" end,
}

return {
  api = 1, kind = "view", id = "api-view",
  title = { en = "A view", fr = "Une vue" }, about = { en = "A test", fr = "Un essai" },
  options = { case = { type = "text", default = "plain" } },
  build = function(ctx) return cases[ctx.options.case](ctx) end,
}
