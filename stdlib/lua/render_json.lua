-- render_json.lua -- blocks as JSON, for programs that draw them themselves.
--
-- render(blocks, options): lang, title, footer. Amounts, dates and entities are their text.

local json = require "alliance.json"

local function render(list, options)
  options = options or {}
  return json.encode({
    version = 1, lang = options.lang or "en", title = options.title,
    blocks = #list > 0 and list or json.empty, footer = options.footer,
  }, 2) .. "\n"
end

return { render = render }
