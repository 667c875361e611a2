-- layers.lua -- the architecture as a test: who may include whom, what is known to one file
-- only, what is called nowhere or in one place, what the sources look like.

local root, build = os.getenv("SRCDIR"), os.getenv("BUILDDIR")
local tap = dofile(root .. "/tests/tap.lua")

-- ---- Reading the sources --------------------------------------------------------------------

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  pipe:close()
  return text
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

local function bytes_of(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function files(folders, ...)
  local names = {}
  for _, extension in ipairs { ... } do names[#names + 1] = ("-name '*.%s'"):format(extension) end
  local found = {}
  local listed = output_of(("cd '%s' && find %s -type f \\( %s \\) | LC_ALL=C sort")
    :format(root, folders, table.concat(names, " -o ")))
  for path in listed:gmatch("[^\n]+") do found[#found + 1] = path end
  return found
end

-- The code alone: comments and the inside of quotes become blanks, lines stay.
local function code_of(text)
  local out, position = {}, 1
  while position <= #text do
    local two, one = text:sub(position, position + 1), text:sub(position, position)
    local stop
    if two == "/*" then
      stop = select(2, text:find("*/", position + 2, true)) or #text
    elseif two == "//" then
      stop = (text:find("\n", position, true) or #text + 1) - 1
    elseif one == '"' or one == "'" then
      stop = position + 1
      while stop <= #text and text:sub(stop, stop) ~= one do
        stop = stop + (text:sub(stop, stop) == "\\" and 2 or 1)
      end
    end
    if stop then
      out[#out + 1] = one .. text:sub(position + 1, stop):gsub("[^\n]", " ")
      position = stop + 1
    else
      local next_mark = text:find("[/\"']", position + 1) or #text + 1
      out[#out + 1] = text:sub(position, next_mark - 1)
      position = next_mark
    end
  end
  return table.concat(out)
end

local function line_of(text, position)
  return 1 + select(2, text:sub(1, position - 1):gsub("\n", ""))
end

local sources = {}   -- path -> { text, code, includes = { { line, name, system } } }
local c_files = files("lang plugins repl", "c", "h")
for _, path in ipairs(c_files) do
  local text = bytes_of(root .. "/" .. path)
  local source = { text = text, code = code_of(text), includes = {} }
  local number = 0
  for line in text:gmatch("([^\n]*)\n?") do
    number = number + 1
    local open, name = line:match('^%s*#%s*include%s*([<"])([^>"]+)')
    if name then
      source.includes[#source.includes + 1] = { line = number, name = name, system = open == "<" }
    end
  end
  sources[path] = source
end

-- Runs judge over every C file; it calls complain(line, what).  One test.
local function over_sources(what, judge)
  local complaints = {}
  for _, path in ipairs(c_files) do
    judge(path, sources[path], function(line, complaint)
      complaints[#complaints + 1] = ("%s:%s: %s"):format(path, line, complaint)
    end)
  end
  tap.ok(#complaints == 0, what, table.concat(complaints, "\n"))
end

-- ---- Who may include whom -------------------------------------------------------------------

-- The first folder that a file's path begins with decides; "may" are the beginnings of what
-- it may include.  config.h and the generated tables stand below everything.
local floors = {
  { "lang/base/",     may = { "lang/base/" } },
  { "lang/syntax/",   may = { "lang/base/", "lang/syntax/" } },
  { "lang/model/",    may = { "lang/base/", "lang/syntax/", "lang/model/" } },
  { "lang/eval/",     may = { "lang/base/", "lang/syntax/", "lang/model/", "lang/eval/" } },
  { "lang/change/",   may = { "lang/base/", "lang/syntax/", "lang/model/", "lang/eval/", "lang/change/" } },
  { "lang/",          may = { "lang/" } },
  { "plugins/io/",    may = { "plugins/io/" } },
  { "plugins/host/",  may = { "lang/lang.h", "plugins/host/", "plugins/io/" } },
  { "repl/",          may = { "lang/lang.h", "plugins/host/host.h", "plugins/host/value_json.h",
                              "plugins/io/", "repl/" } },
}

local function begins(text, beginning)
  return text:sub(1, #beginning) == beginning
end

local function floor_of(path)
  for _, floor in ipairs(floors) do
    if begins(path, floor[1]) then return floor end
  end
end

over_sources("each folder includes only what stands below it", function(path, source, complain)
  local floor = floor_of(path)
  if not floor then return complain(1, "this folder has no floor") end
  for _, include in ipairs(source.includes) do
    if not include.system and include.name:find("/", 1, true) then
      local allowed = false
      for _, beginning in ipairs(floor.may) do
        allowed = allowed or begins(include.name, beginning)
      end
      if not allowed then complain(include.line, "may not include " .. include.name) end
    end
  end
end)

over_sources("our own headers are included by their path in the project", function(_, source, complain)
  for _, include in ipairs(source.includes) do
    if not include.system and not include.name:find("/", 1, true)
        and not exists(build .. "/gen/" .. include.name) and include.name ~= "config.h" then
      complain(include.line, include.name .. " has no folder and is not generated")
    end
  end
end)

-- A module is a .c, its .h, and a private header that adds a word to its name (words_rows.h);
-- arrows between modules never make a ring.
local function module_of(path)
  local stem = path:gsub("%.[ch]$", "")
  local shorter = stem:match("^(.*)_[^_/]+$")
  if not sources[stem .. ".c"] and shorter and sources[shorter .. ".h"] then return shorter end
  return stem
end

-- A ring among arrows (module -> set of modules), written as a path; nil: there is none.
local function ring_among(arrows)
  local state, trail = {}, {}
  local function ring_from(module)
    if state[module] == "done" then return nil end
    trail[#trail + 1] = module
    if state[module] == "open" then return table.concat(trail, " -> ") end
    state[module] = "open"
    for to in pairs(arrows[module] or {}) do
      local ring = ring_from(to)
      if ring then return ring end
    end
    state[module] = "done"
    trail[#trail] = nil
  end
  for module in pairs(arrows) do
    local ring = ring_from(module)
    if ring then return ring end
  end
end

tap.ok(ring_among { a = { b = true }, b = { c = true }, c = { b = true } }
  and not ring_among { a = { b = true, c = true }, b = { c = true } }
  and module_of("lang/syntax/words_rows.h") == "lang/syntax/words"
  and module_of("repl/report_json.c") == "repl/report_json",
  "a ring is seen, and what belongs to one module")

local arrows = {}
for _, path in ipairs(c_files) do
  local from = module_of(path)
  for _, include in ipairs(sources[path].includes) do
    local to = module_of(include.name)
    if sources[include.name] and to ~= from then
      arrows[from] = arrows[from] or {}
      arrows[from][to] = true
    end
  end
end

local ring = ring_among(arrows)
tap.ok(not ring, "no module includes itself by a detour", ring)

-- ---- Engines known to one file --------------------------------------------------------------

local engines = {
  { "PCRE2",     "^pcre2",            "lang/eval/" },
  { "utf8proc",  "^utf8proc",         "lang/base/" },
  { "readline",  "^readline/",        "repl/" },
  { "json-c",    "^json%-c/",         "plugins/io/" },
  { "SQLite",    "^sqlite3",          "plugins/io/" },
  { "XLSX",      "^xlsxwriter",       "plugins/io/" },
  { "expat",     "^expat",            "plugins/io/" },
}
for _, engine in ipairs(engines) do
  local name, pattern, folder = table.unpack(engine)
  local users = {}
  over_sources(name .. " is known to one file, in " .. folder, function(path, source, complain)
    for _, include in ipairs(source.includes) do
      if include.name:find(pattern) then
        users[#users + 1] = path
        if not begins(path, folder) then complain(include.line, "is not in " .. folder) end
        if users[1] ~= path then complain(include.line, users[1] .. " knows it already") end
      end
    end
  end)
end

over_sources("only plugins/host knows Lua", function(path, source, complain)
  for _, include in ipairs(source.includes) do
    if include.name:find("^l?ua") and not begins(path, "plugins/host/") then
      complain(include.line, "includes " .. include.name)
    end
  end
end)

-- ---- Banned calls ----------------------------------------------------------------------------

-- name -> the one file or folder that may call it ("" for none), with what to use instead.
local banned = {
  strcpy = { "", "memcpy with a length" }, strcat = { "", "memcpy with a length" },
  sprintf = { "", "snprintf" }, vsprintf = { "", "vsnprintf" }, gets = { "", "read" },
  strtok = { "", "lengths" }, alloca = { "", "an arena" },
  atoi = { "", "lang/base/decimal" }, atol = { "", "lang/base/decimal" },
  atof = { "", "lang/base/decimal" }, strtod = { "", "lang/base/decimal" },
  strtof = { "", "lang/base/decimal" }, sscanf = { "", "lang/base/decimal" },
  system = { "", "fork and exec with a list" }, popen = { "", "fork and exec with a list" },
  mktime = { "", "lang/base/date" }, strptime = { "", "lang/base/date" },
  setlocale = { "repl/", "nothing: no locale" }, strcoll = { "", "the folded key" },
  signal = { "", "sigaction" }, tmpnam = { "", "mkstemp" }, mktemp = { "", "mkstemp" },
  fopen = { "", "the one place that opens files" }, rand = { "", "a seed in the Env" },
}
local banned_in_lang = {
  "printf", "fprintf", "vfprintf", "puts", "fputs", "putchar", "fwrite", "perror",
  "exit", "_exit", "abort", "open", "read", "write", "getenv", "time", "isalpha", "isalnum",
  "isdigit", "isspace", "tolower", "toupper", "strerror",
}

local function over_calls(code, name, found)
  local position = 1
  while true do
    local first, last = code:find("%f[%w_]" .. name .. "%s*%(", position)
    if not first then return end
    -- A member (`table->open (...)`) is another thing than the function.
    if not code:sub(first - 2, first - 1):find("%.$") and code:sub(first - 2, first - 1) ~= "->" then
      found(line_of(code, first))
    end
    position = last + 1
  end
end

over_sources("banned functions are called nowhere but in their home", function(path, source, complain)
  for name, rule in pairs(banned) do
    local home, instead = table.unpack(rule)
    if home == "" or not begins(path, home) then
      over_calls(source.code, name, function(line)
        complain(line, name .. " is banned; use " .. instead)
      end)
    end
  end
end)

over_sources("lang/ calls nothing that prints, exits, opens, or asks the locale or the clock",
  function(path, source, complain)
    if not begins(path, "lang/") then return end
    for _, name in ipairs(banned_in_lang) do
      over_calls(source.code, name, function(line) complain(line, "calls " .. name) end)
    end
  end)

over_sources("sizes are never multiplied inside an allocation", function(_, source, complain)
  for position, arguments in source.code:gmatch("()%f[%w_][mr]e?alloc%s*(%b())") do
    if arguments:find("[%w_)%]]%s*%*%s*[%w_(]") then
      complain(line_of(source.code, position), "multiply with a check before")
    end
  end
end)

-- ---- What the library really needs -----------------------------------------------------------

local library = build .. "/liballiance.a"
local needed = output_of(("nm -u '%s' 2>/dev/null"):format(library))
local instrumented = needed:find("__asan") or needed:find("__gcov") or needed:find("__sanitizer")
do
  local bad = {}
  local forbidden = {}
  for _, name in ipairs(banned_in_lang) do forbidden[name] = true end
  for name in pairs(banned) do forbidden[name] = true end
  for name in needed:gmatch("U ([%w_]+)") do
    local plain = name:gsub("^__", ""):gsub("_chk$", ""):gsub("^isoc99_", "")
    if forbidden[plain] or forbidden[name] or plain:find("^luaL?_") or plain:find("^rl_")
        or plain:find("^json_") then
      bad[#bad + 1] = name
    end
  end
  tap.ok(needed ~= "" and #bad == 0, "liballiance.a links to no such function either",
    table.concat(bad, "\n"))
end

if instrumented then
  tap.skip("lang/ has no global state", "sanitizers and coverage add their own")
else
  local state_found = {}
  local symbols = output_of(("objdump -t '%s' 2>/dev/null"):format(library))
  for section, name in symbols:gmatch("(%.[%w_.]+)%s+%x+%s+[^\n]-([%w_.]+)\n") do
    local writable = section:find("^%.bss")
      or section:find("^%.data") and not section:find("^%.data%.rel%.ro")
    if writable and not name:find("^%.") then state_found[#state_found + 1] = section .. " " .. name end
  end
  if symbols:find("%*COM%*") then state_found[#state_found + 1] = "a common symbol" end
  tap.ok(symbols ~= "" and #state_found == 0, "lang/ has no global state",
    table.concat(state_found, "\n"))
end

-- ---- Headers --------------------------------------------------------------------------------

do
  local compiler = os.getenv("CC") or "cc"
  local flags = output_of("pkg-config --cflags lua5.4 libpcre2-8 libutf8proc json-c 2>/dev/null"):gsub("\n", " ")
  local complaints = {}
  for _, path in ipairs(c_files) do
    if path:find("%.h$") then
      local said = output_of((
        "cd '%s' && echo '#include \"%s\"' | %s -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only"
        .. " -x c -I. -I'%s' -I'%s/gen' %s - 2>&1 | grep error: | head -n 2")
        :format(root, path, compiler, build, build, flags))
      if said ~= "" then complaints[#complaints + 1] = path .. "\n" .. said end
    end
  end
  tap.ok(#complaints == 0, "each header compiles by itself", table.concat(complaints, "\n"))
end

over_sources("each header has the guard of its path", function(path, source, complain)
  if not path:find("%.h$") then return end
  local guard = path:upper():gsub("[^A-Z0-9]", "_")
  if not source.text:find("#ifndef " .. guard .. "\n#define " .. guard .. "\n", 1, true) then
    complain(1, "the guard should be " .. guard)
  end
end)

-- ---- What the sources look like --------------------------------------------------------------

over_sources("each file opens with a sentence saying what it is for", function(path, source, complain)
  local name = path:match("[^/]+$")
  if not begins(source.text, "/* " .. name .. " -- ") then
    complain(1, "should begin with: /* " .. name .. " -- what it is for")
  end
end)

over_sources("C sources are ASCII, 100 columns, no tabs, braces in place, at most 1,000 lines",
  function(_, source, complain)
    local number = 0
    for line in source.text:gmatch("([^\n]*)\n") do
      number = number + 1
      if line:find("[\x80-\xff]") then complain(number, "is not ASCII") end
      if #line > 100 then complain(number, "is longer than 100 columns") end
      if line:find("\t") then complain(number, "has a tab") end
      if line:find("[ \t]$") then complain(number, "ends with a blank") end
      if line:find("^[%a_][^=]*%) {$") then complain(number, "wants its brace on the next line") end
      if line:find("^%s+[%a_]+%* [%a_]+[;,=)]") then complain(number, "wants its star at the name") end
    end
    if number > 1000 then complain(number, "is longer than 1,000 lines: split it by idea") end
  end)

over_sources("functions have at most 80 lines", function(_, source, complain)
  local number, start = 0, nil
  for line in source.code:gmatch("([^\n]*)\n") do
    number = number + 1
    if line == "{" then start = number end
    if line == "}" and start then
      if number - start > 80 then complain(start, ("has %d lines"):format(number - start)) end
      start = nil
    end
  end
end)

do
  local complaints = {}
  local marks = { "TO" .. "DO", "FIX" .. "ME", "XX" .. "X", "HA" .. "CK" }
  local folders = "lang plugins repl stdlib tests examples"
  for _, path in ipairs(files(folders, "c", "h", "lua", "sh", "py", "mk", "alliance")) do
    local text = bytes_of(root .. "/" .. path)
    for _, mark in ipairs(marks) do
      local position = text:find("%f[%w_]" .. mark .. "%f[^%w_]")
      if position then
        complaints[#complaints + 1] = ("%s:%d: %s"):format(path, line_of(text, position), mark)
      end
    end
  end
  tap.ok(#complaints == 0, "nothing is marked as unfinished", table.concat(complaints, "\n"))
end

-- ---- Lua that ships --------------------------------------------------------------------------

do
  local complaints = {}
  for _, path in ipairs(files("plugins stdlib/lua", "lua")) do
    local number = 0
    for line in (bytes_of(root .. "/" .. path) .. "\n"):gmatch("([^\n]*)\n") do
      number = number + 1
      local code = line:gsub('%b""', '""'):gsub("%-%-.*", "")
      for _, absent in ipairs { "os%.", "io%.", "debug%.", "package%.", "load%s*%(", "loadfile", "dofile" } do
        if code:find("%f[%w_.:]" .. absent) then
          complaints[#complaints + 1] = ("%s:%d: uses what no plugin has: %s")
            :format(path, number, (absent:gsub("%%", "")))
        end
      end
    end
  end
  tap.ok(#complaints == 0, "shipped Lua uses only what a plugin has", table.concat(complaints, "\n"))
end

tap.done()
