-- compile.lua -- turns the data of stdlib/ into constant C tables and into reference pages.
--
--   lua5.4 compile.lua OUTPUT-FOLDER ROOT FILE…   writes words_ids.h, words.c, vocabulary.c,
--                                                 messages.h and messages.c
--   lua5.4 compile.lua --reference [ROOT]         writes doc/reference/vocabulary.md,
--                                                 messages.md, method.md and their sisters in
--                                                 the other languages
--
-- FILEs are relative to ROOT: stdlib/vocabulary/*, stdlib/words/LANGUAGE/* and
-- stdlib/messages/LANGUAGE/*. A language is a folder: a third one is more files, and no code.
-- Data that is incomplete or says two things in one place is refused, with every problem by
-- file and line. The same data always gives the same bytes.
--
-- What a text of a message may hold, and the renderer of diagnostics knows:
--   {name}             the argument: a name, a number, or a word in the language shown
--   {name:a}           with its article: a partner, an activity / un partenaire, une activité
--   {name:the}         the partner / le partenaire, l'activité
--   {name:of}          of the partner / du partenaire, de l'activité
--   {name:no}          no partner / aucun partenaire, aucune activité
--   {name:plural}      partners / partenaires
--   {name:e}           `e` after a feminine word, else nothing: déclaré{kind:e}
--   {name:one|many}    by number, of a count or of the things in a list: {count:error|errors}
--                      (0 is singular in French); by gender, of a word: {kind:le seul|la seule}

local folder = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = folder .. "/?.lua;" .. package.path

local messages = require "compiler.messages"
local reader = require "compiler.reader"
local reference = require "compiler.reference"
local reference_messages = require "compiler.reference_messages"
local reference_topics = require "compiler.reference_topics"
local tables_vocabulary = require "compiler.tables_vocabulary"
local tables_words = require "compiler.tables_words"
local verify = require "compiler.verify"
local vocabulary = require "compiler.vocabulary"
local words = require "compiler.words"

local function read_all(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

-- Leaves a file alone that would not change, so that nothing is compiled again for it.
local function write_all(path, text)
  local old = io.open(path, "rb")
  if old then
    local same = old:read("a") == text
    old:close()
    if same then
      return
    end
  end
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

-- The data files of the build, from the one list of them.
local function listed_files(root)
  local files = {}
  for name in read_all(root .. "/stdlib/local.mk"):gmatch("\nSTDLIB_FILES %+= (%S+)") do
    files[#files + 1] = name
  end
  return files
end

-- Sorts rows by what they are for: `vocabulary`, and `words` and `messages` by language.
local function read_rows(root, files)
  local rows = { vocabulary = {}, words = {}, messages = {} }
  local codes = {}
  for _, name in ipairs(files) do
    local what, rest = name:match("^stdlib/(%l+)/(.*)$")
    local list = rows[what] or error(name .. ": no data file stands here", 0)
    if what ~= "vocabulary" then
      local code = rest:match("^(%l+)[/.]")
      if not list[code] then
        list[code] = {}
        if what == "words" then
          codes[#codes + 1] = code
        end
      end
      list = list[code]
    end
    for _, row in ipairs(reader.rows(name, read_all(root .. "/" .. name))) do
      list[#list + 1] = row
    end
  end
  return rows, codes
end

-- English first, since ids and codes are its; the others by their code.
local function order(codes)
  table.sort(codes, function(a, b)
    if (a == "en") ~= (b == "en") then
      return a == "en"
    end
    return a < b
  end)
  return codes
end

local function load(root, files)
  local rows, codes = read_rows(root, files)
  local data = vocabulary.load(rows.vocabulary)
  local languages, catalogues = {}, {}
  for index, code in ipairs(order(codes)) do
    languages[index] = words.load(code, rows.words[code])
    catalogues[index] = messages.load(code, rows.messages[code] or {}, index == 1)
  end
  local problems = verify.all(data, languages)
  table.move(messages.verify(catalogues), 1, 10000, #problems + 1, problems)
  if #problems > 0 then
    error(table.concat(problems, "\n"), 0)
  end
  return data, languages, catalogues
end

local function compile(output, root, files)
  local data, languages, catalogues = load(root, files)
  write_all(output .. "/words_ids.h", tables_words.header(data, languages))
  write_all(output .. "/words.c", tables_words.source(data, languages))
  write_all(output .. "/vocabulary.c", tables_vocabulary.source(data))
  write_all(output .. "/messages.h", messages.header(catalogues))
  write_all(output .. "/messages.c", messages.source(catalogues))
end

local function write_reference(root)
  local data, languages, catalogues = load(root, listed_files(root))
  for index, language in ipairs(languages) do
    local name, text = reference.page(data, languages, language)
    write_all(root .. "/doc/reference/" .. name, text)
    name, text = reference_messages.page(language, catalogues[index], catalogues[1])
    write_all(root .. "/doc/reference/" .. name, text)
    name, text = reference_topics.page(language, catalogues[index], catalogues[1])
    write_all(root .. "/doc/reference/" .. name, text)
  end
end

local ok, message = pcall(function()
  if arg[1] == "--reference" then
    write_reference(arg[2] or folder .. "/..")
  elseif #arg >= 3 then
    compile(arg[1], arg[2], table.move(arg, 3, #arg, 1, {}))
  else
    error("usage: compile.lua OUTPUT-FOLDER ROOT FILE... | --reference [ROOT]", 0)
  end
end)
if not ok then
  io.stderr:write(tostring(message), "\n")
  os.exit(1)
end
