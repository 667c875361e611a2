-- reference_messages.lua -- the reference page of the messages, one a language, in Markdown.
--
-- A code is listed when the catalogue has a message with it; what is said about it is its page,
-- the one that `explain` prints. The samples are run by tests/docs.py.

local reader = require "compiler.reader"
local words = require "compiler.words"

local reference_messages = {}

local function say(language, id)
  local entry = words.entry(language, "reference", "", id)
    or reader.fail(language, "`%s` has no row `reference %s`", language.code, id)
  return entry.usual
end

-- The codes of the first catalogue, with their severity, by number and then by letter.
local function codes_of(catalogue)
  local codes, seen = {}, {}
  for _, message in ipairs(catalogue) do
    if message.code and not seen[message.code] then
      seen[message.code] = true
      codes[#codes + 1] = { id = message.code, severity = message.severity }
    end
  end
  table.sort(codes, function(a, b)
    local one, two = a.id:sub(2), b.id:sub(2)
    if one ~= two then
      return one < two
    end
    return a.id < b.id
  end)
  return codes
end

local function sample(out, title, mark, text)
  out[#out + 1] = title .. "\n\n```alliance " .. mark .. "\n" .. text:gsub("\n*$", "\n") .. "```\n"
end

local function page_of(catalogue, code)
  return catalogue.pages[code.id]
    or reader.fail(catalogue[1], "the code `%s` has no page in `%s`", code.id, catalogue.code)
end

-- `first` is the catalogue that has the codes.  Returns the name of the page and its text.
function reference_messages.page(language, catalogue, first)
  local codes = codes_of(first)
  local out = {
    "<!-- " .. say(language, "made") .. " -->\n# " .. say(language, "messages-title") .. "\n",
    say(language, "messages-intro") .. "\n",
    "| " .. say(language, "messages-code") .. " | " .. say(language, "messages-severity") .. " | "
      .. say(language, "messages-about") .. " |\n| --- | --- | --- |",
  }
  for _, code in ipairs(codes) do
    out[#out] = out[#out] .. ("\n| `%s` | %s | %s |"):format(code.id,
      say(language, "messages-" .. code.severity), page_of(catalogue, code).title)
  end
  out[#out] = out[#out] .. "\n"
  local group
  for _, code in ipairs(codes) do
    local page = page_of(catalogue, code)
    if code.id:sub(2, 2) ~= group then
      group = code.id:sub(2, 2)
      out[#out + 1] = "## " .. say(language, "messages-group-" .. group) .. "\n"
    end
    out[#out + 1] = "### " .. code.id .. (language.spaced_colon and " : " or ": ") .. page.title .. "\n"
    out[#out + 1] = page.about:gsub("\n*$", "\n")
    if page.wrong then
      sample(out, say(language, "messages-wrong"), "gives " .. code.id, page.wrong)
    end
    if page.right then
      sample(out, say(language, "messages-right"), "without " .. code.id, page.right)
    end
  end
  return say(language, "messages-file"), table.concat(out, "\n")
end

return reference_messages
