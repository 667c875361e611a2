-- reference_topics.lua -- the page of the method, one a language, in Markdown.
--
-- What `help TOPIC` says, one after the other, in the order of the first language. A list of the data
-- is lines that begin with `- ` or `1. `; Markdown wants an empty line around it, and around each paragraph.

local reader = require "compiler.reader"
local words = require "compiler.words"

local reference_topics = {}

local function say(language, id)
  local entry = words.entry(language, "reference", "", id)
    or reader.fail(language, "`%s` has no row `reference %s`", language.code, id)
  return entry.usual
end

local function paragraphs(text)
  local out, was_item = {}, false
  for line in text:gmatch("[^\n]+") do
    local is_item = line:find("^%- ") ~= nil or line:find("^%d%. ") ~= nil
    if #out > 0 and not (was_item and is_item) then
      out[#out + 1] = ""
    end
    out[#out + 1] = line
    was_item = is_item
  end
  return table.concat(out, "\n") .. "\n"
end

-- `first` is the catalogue whose order holds.  Returns the name of the page and its text.
function reference_topics.page(language, catalogue, first)
  local out = {
    "<!-- " .. say(language, "made") .. " -->\n# " .. say(language, "topics-title") .. "\n",
    say(language, "topics-intro") .. "\n",
  }
  for _, topic in ipairs(first.topics) do
    local own = catalogue.topics[topic.id]
    out[#out + 1] = "## " .. own.title .. "\n"
    out[#out + 1] = say(language, "topics-help"):gsub("TOPIC", own.word) .. "\n"
    out[#out + 1] = paragraphs(own.about)
  end
  return say(language, "topics-file"), table.concat(out, "\n")
end

return reference_topics
