-- markdown.lua -- texts for CommonMark and its tables, in which nothing is read as markup.

local text = require "alliance.text"

local markdown = {}

--- A text inside a paragraph: no mark of Markdown or HTML is active, no address becomes a link.
function markdown.text(value)
  local out = text.line(value)
  out = out:gsub("[\\`*_%[%]<>&|~$^]", "\\%0")
  out = out:gsub("(%a):(//)", "%1\\:%2"):gsub("([wW][wW][wW])%.", "%1\\."):gsub("@", "\\@")
  out = out:gsub("^(%s*)([#+%-=:!])", "%1\\%2")
  out = out:gsub("^(%s*%d+)([.)])", "%1\\%2")
  return out
end

--- A text in a cell of a table.
function markdown.cell(value)
  return (markdown.text(value):gsub("^%s+", ""):gsub("%s+$", ""))
end

return markdown
