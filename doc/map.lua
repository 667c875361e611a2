-- map.lua -- writes the map of the sources into CONTRIBUTING.md: one line per file, which is the
-- sentence that the file opens with.
--
--   lua5.4 doc/map.lua           writes it
--   lua5.4 doc/map.lua --check   says what is stale, and ends with 1
--
-- A `.c` and a `.h` of one name share a line.  A file that opens with no sentence is a mistake.

local root = arg[0]:match("^(.*)/doc/[^/]*$") or "."

-- The folders of the map, in its order, each with what it is for; `data`: one line for them all.
local folders = {
  { "lang", "the language: text in; a model, diagnostics, answers and text out" },
  { "lang/base", "what any C program could use" },
  { "lang/syntax", "text to tree, and tree to text" },
  { "lang/model", "tree and vocabulary to meaning" },
  { "lang/eval", "expressions, queries, assertions, patterns" },
  { "stdlib", "what every session starts with, as data" },
  { "stdlib/vocabulary", "kinds, properties and lists, by neutral ids" },
  { "stdlib/words/en", "the English words, sentences and questions" },
  { "stdlib/words/fr", "the French ones" },
  { "stdlib/messages/en", "what the language and the program say, in English" },
  { "stdlib/messages/fr", "the same in French" },
  { "stdlib/templates/en", "what `plugin new` writes, in English" },
  { "stdlib/templates/fr", "the same in French" },
  { "stdlib/compiler", "the parts of stdlib/compile.lua" },
  { "stdlib/lua", "the modules that a plugin can require" },
  { "plugins", "checks, views and documents, and what runs them" },
  { "plugins/host", "runs Lua plugins in workers, and believes nothing that they say" },
  { "plugins/host/lua", "the Lua side of a worker" },
  { "plugins/io", "one reader or writer per foreign format" },
  { "plugins/checks", "the checks that ship" },
  { "plugins/views", "the views that ship: blocks that any medium can draw" },
  { "plugins/exporters", "the other documents that ship" },
  { "repl", "the program: command line, prompt, what is shown" },
  { "examples", "alliances to learn from" },
  { "examples/scripts", "scripts that ask them questions" },
  { "tests", "suites, and what runs them" },
  { "tests/unit", "unit tests of lang/, linked with the library alone" },
  { "tests/host", "tests of the plugin host in C" },
  { "tests/lua", "tests of the Lua modules, on published examples" },
  { "tests/checks", "tests of the checks that ship, on whole files" },
  { "tests/plugins", "tests of the plugins that ship" },
  { "tests/prompt", "transcripts of the prompt" },
  { "tests/generated", "valid files that a generator writes, and the laws they keep" },
  { "tests/fuzz", "random inputs" },
  { "tests/hostile", "inputs that mean harm" },
  { "tests/bench", "the benchmark" },
  { "tests/bench/rules", "rules that it times" },
  { "doc", "what is written about the project" },
  { "doc/guide/en", "the guide: from an empty file to an alliance that stands" },
  { "doc/guide/fr", "the same in French" },
  { "doc/reference", "one text per subject" },
  { "doc/pictures", "pictures of real sessions" },
  { "packaging", "what the program is installed with, and the packages that are needed" },
  { "packaging/completion", "what shells propose after `alliance`" },
  { "m4", "macros of configure.ac" },
}

local function read(path)
  local file = assert(io.open(root .. "/" .. path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function files_of_git()
  local pipe = assert(io.popen("git -C '" .. root .. "' ls-files"))
  local files = {}
  for name in pipe:lines() do
    files[#files + 1] = name
  end
  pipe:close()
  table.sort(files)
  return files
end

-- ---- The sentence of a file ----------------------------------------------------------------

local function unwrapped(text)
  return (text:gsub("\n%s*%*?%s*", " "):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- Up to the first full stop that ends a sentence.
local function first_sentence(text)
  return text:match("^(.-[^.])%.%s") or text:match("^(.-)%.$") or text
end

local function commented(text, mark)
  local lines = {}
  for line in text:gmatch("[^\n]*") do
    local rest = line:match("^" .. mark .. " ?(.*)$")
    if rest and (rest:find("^!") or rest:find("^shellcheck ") or rest:find("^compdef ")) then
      rest = nil
      line = ""
    end
    if rest then
      if rest == "" and #lines > 0 then
        break
      end
      lines[#lines + 1] = rest ~= "" and rest or nil
    elseif line ~= "" or #lines > 0 then
      break
    end
  end
  return table.concat(lines, " ")
end

local function opening(path, text, interpreter)
  if path:find("%.[ch]$") then
    return text:match("^/%*(.-)%*/") or ""
  elseif path:find("%.lua$") or path:find("%.sql$") or interpreter:find("lua") then
    return commented(text, "%-%-")
  elseif path:find("%.js$") then
    return commented(text, "//")
  elseif path:find("%.py$") or interpreter:find("python") then
    return text:match('^[^"]-"""(.-)"""') or ""
  elseif path:find("%.1$") then
    return commented(text, '%.\\"')
  elseif path:find("%.md$") then
    return text:match("\n?# ([^\n]*)") or ""
  elseif path:find("%.ac$") or path:find("%.m4$") then
    return commented(text, "dnl")
  end
  return commented(text:gsub("\nlangu%a+ %l%l version %d+\n", "\n"):gsub("^langu%a+ %l%l version %d+\n", ""), "#")
end

local function sentence(path)
  local name = path:match("[^/]*$")
  local whole = read(path)
  local text = whole:gsub("^#![^\n]*\n", "")
  text = unwrapped(opening(path, text, whole:match("^#![^\n]*") or ""))
  local plain = name:gsub("%p", "%%%0")
  text = text:gsub("^" .. plain .. " %-%- ", ""):gsub("^[%w/.]+ %-%- ", "")
  return (first_sentence(text):gsub("%s*:$", ""))
end

-- ---- The map -------------------------------------------------------------------------------

local function in_folder(files, folder)
  local own = {}
  for _, path in ipairs(files) do
    local name = path:match("^" .. folder:gsub("%p", "%%%0") .. "/([^/]*)$")
    if name and not name:find("^%.") then
      own[#own + 1] = name
    end
  end
  return own
end

-- Not sources: pictures, cases with their expectations, data of others.
local function is_listed(name)
  return not (name:find("%.svg$") or name:find("%.json$") or name:find("%.expect$") or name:find("%.in$")
    or name:find("%.txt$") or name:find("%.ansi$"))
end

local function rows_of(folder, names)
  local there, rows = {}, {}
  for _, name in ipairs(names) do
    there[name] = true
  end
  for _, name in ipairs(names) do
    local stem, ending = name:match("^(.*)%.([ch])$")
    local partner = stem and there[stem .. ".c"] and there[stem .. ".h"]
    if is_listed(name) and not (partner and ending == "h") then
      local said = sentence(folder .. "/" .. (partner and stem .. ".h" or name))
      if said == "" then
        error(folder .. "/" .. name .. ": it opens with no sentence that says what it is for", 0)
      end
      local shown = partner and ("`%s.c` `.h`"):format(stem) or ("`%s`"):format(name)
      rows[#rows + 1] = ("| %s | %s |"):format(shown, (said:gsub("|", "\\|")))
    end
  end
  return rows
end

local function map(files)
  local out = {}
  for _, folder in ipairs(folders) do
    local path, about = folder[1], folder[2]
    local rows = rows_of(path, in_folder(files, path))
    if #rows > 0 then
      out[#out + 1] = ("### `%s/`: %s\n\n| file | what it is for |\n| --- | --- |\n%s\n"):format(path, about,
        table.concat(rows, "\n"))
    end
  end
  return table.concat(out, "\n")
end

-- A source in a folder that the map does not know would be lost without a word.
local function nothing_is_lost(files)
  local known = {}
  for _, folder in ipairs(folders) do
    known[folder[1]] = true
  end
  for _, path in ipairs(files) do
    local folder = path:match("^(.*)/[^/]*$") or "."
    local top = path:match("^[^/]*")
    if not known[folder] and (top == "lang" or top == "plugins" or top == "repl" or top == "stdlib") then
      error("doc/map.lua does not know the folder " .. folder, 0)
    end
  end
end

local first, last = "<!-- map: made by `lua5.4 doc/map.lua` -->\n", "<!-- end of the map -->\n"
local text = read("CONTRIBUTING.md")
local start, start_end = text:find(first, 1, true)
local stop = text:find(last, 1, true)
assert(start and stop, "CONTRIBUTING.md has lost the marks of the map")
local files = files_of_git()
nothing_is_lost(files)
local made = text:sub(1, start_end) .. "\n" .. map(files) .. "\n" .. text:sub(stop)

if arg[1] == "--check" then
  if made ~= text then
    local old = {}
    for line in text:gmatch("[^\n]+") do
      old[line] = true
    end
    for line in made:gmatch("[^\n]+") do
      if not old[line] then
        print("not in CONTRIBUTING.md: " .. line)
      end
    end
    print("run: lua5.4 doc/map.lua")
    os.exit(1)
  end
else
  local file = assert(io.open(root .. "/CONTRIBUTING.md", "wb"))
  file:write(made)
  file:close()
end
