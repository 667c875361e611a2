-- reader.lua -- reads the block syntax of the data files into rows.
--
-- A small part of the language, enough for data: rows (`kind goal "objectif" { … }`,
-- `property owner: refs, partner`), properties (`plural: "objectifs"`), words, texts, numbers
-- and ranges. Every row remembers its file and line. Mistakes stop with `file:line: sentence`.

local reader = {}

-- Stops with a sentence that says where and what.
function reader.fail(row, format, ...)
  local message = select("#", ...) > 0 and string.format(format, ...) or format
  error(string.format("%s:%d: %s", row.file, row.line, message), 0)
end

local escapes = { ['"'] = '"', ["\\"] = "\\", n = "\n", t = "\t" }

local function unescape(place, raw)
  return (raw:gsub("\\(.)({?%x*}?)", function(letter, rest)
    local digits = letter == "u" and rest:match("^{(%x+)}$")
    if digits then
      return utf8.char(tonumber(digits, 16))
    end
    return (escapes[letter] or reader.fail(place, "`\\%s` is no escape", letter)) .. rest
  end))
end

-- The lines between two `"""`, without the blanks that stand before the closing one.
local function long_text(place, raw)
  local body, margin = raw:match("^[ \t\r]*\n(.*)\n([ \t]*)$")
  if not body then
    body, margin = raw:match("^[ \t\r]*()\n([ \t]*)$") and "", ""
  end
  if not body then
    reader.fail(place, 'the text between `"""` starts and ends on lines of their own')
  end
  local lines = {}
  for line in (body .. "\n"):gmatch("(.-)\r?\n") do
    if line:find("%S") and line:sub(1, #margin) ~= margin then
      reader.fail(place, 'a line of this long text stands left of its closing `"""`')
    end
    lines[#lines + 1] = line:sub(#margin + 1)
  end
  return unescape(place, table.concat(lines, "\n"))
end

local word_pattern = "^[%a\x80-\xff][%w\x80-\xff_]*"

-- One word from `start`: `-` and `'` join only when a letter or digit follows.
local function word_end(source, start)
  local _, stop = source:find(word_pattern, start)
  while stop do
    local _, more = source:find("^[-'][%w\x80-\xff_]+", stop + 1)
    if not more then
      return stop
    end
    stop = more
  end
end

local function tokenize(file, source)
  local tokens, line, at = {}, 1, 1
  local function add(kind, value, stop)
    tokens[#tokens + 1] = { kind = kind, value = value, file = file, line = line }
    at = stop + 1
  end
  if source:sub(1, 3) == "\xef\xbb\xbf" then
    at = 4
  end
  while at <= #source do
    local place = { file = file, line = line }
    local byte = source:sub(at, at)
    local blank = source:match("^[ \t\r]+", at)
    if blank then
      at = at + #blank
    elseif byte == "\n" then
      add("newline", "the end of the line", at)
      line = line + 1
    elseif byte == "#" then
      at = source:find("\n", at, true) or #source + 1
    elseif source:sub(at, at + 2) == '"""' then
      local stop = source:find('"""', at + 3, true)
        or reader.fail(place, 'this long text has no closing `"""`')
      local raw = source:sub(at + 3, stop - 1)
      add("text", long_text(place, raw), stop + 2)
      line = line + select(2, raw:gsub("\n", "\n"))
    elseif byte == '"' then
      local stop = at + 1
      while stop <= #source and not source:find('^["\n]', stop) do
        stop = stop + (source:sub(stop, stop) == "\\" and 2 or 1)
      end
      if source:sub(stop, stop) ~= '"' then
        reader.fail(place, "this text has no closing quote on its line")
      end
      add("text", unescape(place, source:sub(at + 1, stop - 1)), stop)
    elseif source:find("^[+-]?%d", at) then
      local raw = source:match("^[+-]?%d+", at)
      add("number", math.tointeger(tonumber(raw)), at + #raw - 1)
    elseif source:sub(at, at + 1) == ".." then
      add("..", "..", at + 1)
    elseif source:find("^[{}:,]", at) then
      add(byte, byte, at)
    else
      local stop = word_end(source, at)
        or reader.fail(place, "`%s` means nothing here", byte)
      add("word", source:sub(at, stop), stop)
    end
  end
  tokens[#tokens + 1] = { kind = "end", value = "the end of the file", file = file, line = line }
  return tokens
end

local Parser = {}
Parser.__index = Parser

function Parser:peek()
  return self.tokens[self.at]
end

function Parser:take(kind, wanted)
  local token = self:peek()
  if token.kind ~= kind then
    reader.fail(token, "%s is expected here, not `%s`", wanted or "`" .. kind .. "`",
      tostring(token.value))
  end
  self.at = self.at + 1
  return token
end

function Parser:skip(kind)
  if self:peek().kind == kind then
    self.at = self.at + 1
    return true
  end
  return false
end

-- Entry = WORD | TEXT | NUMBER [ ".." NUMBER ]
function Parser:entry()
  local token = self:peek()
  if token.kind == "word" or token.kind == "text" then
    self.at = self.at + 1
    return { kind = token.kind, value = token.value, file = token.file, line = token.line }
  end
  local low = self:take("number", "a word, a text in quotes or a number")
  if self:skip("..") then
    local high = self:take("number", "a number")
    return { kind = "range", low = low.value, high = high.value,
      file = low.file, line = low.line }
  end
  return { kind = "number", value = low.value, file = low.file, line = low.line }
end

-- Value = Entry { "," Entry }, where a line may end after a comma.
function Parser:values()
  local list = { self:entry() }
  while self:skip(",") do
    while self:skip("newline") do end
    list[#list + 1] = self:entry()
  end
  return list
end

-- Item = WORD ":" Value | WORD [ Key ":" Value | WORD [ TEXT ] | TEXT ] [ Block ]
function Parser:item()
  local word = self:take("word", "a word that says what the row is")
  local row = { word = word.value, file = word.file, line = word.line, items = {} }
  if self:skip(":") then
    row.values = self:values()
    row.is_property = true
    return row
  end
  local name = self:peek()
  if name.kind == "word" then
    self.at = self.at + 1
    row.name = name.value
    if self:skip(":") then
      row.values = self:values()
    elseif self:peek().kind == "text" then
      row.title = self:take("text").value
    end
  elseif name.kind == "text" then
    row.title = self:take("text").value
  end
  if self:peek().kind == "{" then
    row.items = self:block()
  end
  return row
end

function Parser:block()
  local open = self:take("{")
  local items = {}
  while not self:skip("}") do
    if self:peek().kind == "end" then
      reader.fail(open, "this block has no closing `}`")
    end
    if not self:skip("newline") then
      items[#items + 1] = self:item()
      local after = self:peek().kind
      if after ~= "newline" and after ~= "}" then
        self:take("newline", "the end of the line")
      end
    end
  end
  return items
end

-- The rows of a file. `source` is its text, `file` its name in messages.
function reader.rows(file, source)
  if not utf8.len(source) then
    reader.fail({ file = file, line = 1 }, "this file is not valid UTF-8")
  end
  local parser = setmetatable({ tokens = tokenize(file, source), at = 1 }, Parser)
  local rows = {}
  while parser:peek().kind ~= "end" do
    if not parser:skip("newline") then
      if parser:peek().value == "language" then       -- the header: language en version 1
        while parser:peek().kind ~= "newline" do
          parser.at = parser.at + 1
        end
      else
        rows[#rows + 1] = parser:item()
        if parser:peek().kind ~= "end" then
          parser:take("newline", "the end of the line")
        end
      end
    end
  end
  return rows
end

-- The property `word` of a row, or nil; said twice is a mistake.
function reader.property(row, word)
  local found
  for _, item in ipairs(row.items) do
    if item.is_property and item.word == word then
      if found then
        reader.fail(item, "`%s` stands twice in this block", word)
      end
      found = item
    end
  end
  return found
end

-- Its one text, or nil.
function reader.text(row, word)
  local property = reader.property(row, word)
  if not property then
    return nil
  end
  local first = property.values[1]
  if #property.values ~= 1 or first.kind ~= "text" then
    reader.fail(property, "`%s` is one text in quotes", word)
  end
  return first.value
end

-- Its one word, or nil.
function reader.word(row, word)
  local property = reader.property(row, word)
  if not property then
    return nil
  end
  local first = property.values[1]
  if #property.values ~= 1 or first.kind ~= "word" then
    reader.fail(property, "`%s` is one word", word)
  end
  return first.value
end

-- Its words or texts as a list of strings; an empty list when it is not there.
function reader.list(row, word)
  local property, list = reader.property(row, word), {}
  for index, entry in ipairs(property and property.values or {}) do
    if entry.kind ~= "word" and entry.kind ~= "text" then
      reader.fail(entry, "`%s` is a list of words", word)
    end
    list[index] = entry.value
  end
  return list
end

-- Refuses whatever the row holds beyond these properties and kinds of rows.
function reader.only(row, ...)
  local known = {}
  for _, word in ipairs { ... } do
    known[word] = true
  end
  for _, item in ipairs(row.items) do
    if not known[item.word] then
      reader.fail(item, "`%s` has no place in a `%s` row", item.word, row.word)
    end
  end
end

return reader
