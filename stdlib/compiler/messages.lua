-- messages.lua -- from the rows of stdlib/messages to messages.h and messages.c.
--
-- `message ID { code, severity, text, label }` is a diagnostic, `text ID { text }` any other
-- sentence; code and severity stand in the first language only. `page CODE { title, about,
-- wrong, right }` is what `explain` prints, `topic ID "word" { title, about }` what `help` says
-- of the method. What the renderer may find in a text is listed at the top of stdlib/compile.lua.

local ctext = require "compiler.ctext"
local reader = require "compiler.reader"

local messages = {}

local forms = { a = true, the = true, of = true, no = true, named = true, plural = true, e = true }
local severities = { error = "0", warning = "1", note = "2" }

-- The names of the placeholders of a text, sorted; a form that does not exist stops.
local function placeholders(row, text)
  local names, seen = {}, {}
  for name, form in text:gmatch("{(%l[%l%d_-]*)(:?[^{}]*)}") do
    if form ~= "" and not form:find("|", 2, true) and not forms[form:sub(2)] then
      reader.fail(row, "`{%s%s}`: there is no such form", name, form)
    end
    if form == "" or form:sub(1, 1) == ":" then
      if not seen[name] then
        seen[name] = true
        names[#names + 1] = name
      end
    end
  end
  table.sort(names)
  return table.concat(names, ", ")
end

local read = {}

function read.message(catalogue, row, is_first)
  reader.only(row, "code", "severity", "text", "label")
  local message = {
    id = row.name, file = row.file, line = row.line,
    code = reader.word(row, "code"), severity = reader.word(row, "severity"),
    text = reader.text(row, "text"), label = reader.text(row, "label"),
  }
  if row.word == "message" then
    message.is_message = true
    if not message.text then
      reader.fail(row, "the message `%s` has no text", row.name)
    elseif is_first and not (message.code and message.code:find("^[EWN]%d%d%d$")
      and severities[message.severity]) then
      reader.fail(row, "the message `%s` needs a code such as E201, and a severity", row.name)
    elseif not is_first and (message.code or message.severity) then
      reader.fail(row, "code and severity stand in the first language only")
    end
  elseif not message.text or message.code or message.label then
    reader.fail(row, "`text %s` has a text and nothing else", row.name)
  end
  message.names = placeholders(row, message.text)
  message.label_names = message.label and placeholders(row, message.label)
  if catalogue.by[row.name] then
    reader.fail(row, "`%s` is there already, in %s:%d", row.name, catalogue.by[row.name].file,
      catalogue.by[row.name].line)
  end
  catalogue.by[row.name] = message
  catalogue[#catalogue + 1] = message
end
read.text = read.message

function read.page(catalogue, row)
  reader.only(row, "title", "about", "wrong", "right")
  local page = { id = row.name, file = row.file, line = row.line }
  for _, part in ipairs { "title", "about", "wrong", "right" } do
    page[part] = reader.text(row, part)
  end
  if not page.title or not page.about then
    reader.fail(row, "the page `%s` needs a title and an `about`", row.name)
  end
  if catalogue.pages[row.name] then
    reader.fail(row, "the page `%s` is there already", row.name)
  end
  catalogue.pages[row.name] = page
end

function read.topic(catalogue, row)
  reader.only(row, "title", "about")
  local topic = { id = row.name, word = row.title, title = reader.text(row, "title"),
    about = reader.text(row, "about"), file = row.file, line = row.line }
  if not (topic.id and topic.word and topic.title and topic.about) then
    reader.fail(row, "a topic has an id, a word in quotes, a title and an `about`")
  end
  for _, other in ipairs(catalogue.topics) do
    if other.id == topic.id or other.word == topic.word then
      reader.fail(row, "the topic `%s` is there already", topic.word)
    end
  end
  table.insert(catalogue.topics, topic)
  catalogue.topics[topic.id] = topic
end

-- The messages of a language; `is_first` is true of the one that gives codes.
function messages.load(code, rows, is_first)
  local catalogue = { code = code, by = {}, pages = {}, topics = {} }
  for _, row in ipairs(rows) do
    local read_row = read[row.word]
      or reader.fail(row, "`%s` is no row of a catalogue of messages", row.word)
    read_row(catalogue, row, is_first)
  end
  return catalogue
end

local function sorted_keys(list)
  local keys = {}
  for key in pairs(list) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

-- What one catalogue has and another lacks, or says with other placeholders.
function messages.verify(catalogues)
  local problems = {}
  local function report(place, format, ...)
    problems[#problems + 1] = string.format("%s:%d: " .. format, place.file, place.line, ...)
  end
  local function compare(a, b)
    for _, message in ipairs(a) do
      local other = b.by[message.id]
      if not other then
        report(message, "`%s` is missing in `%s`", message.id, b.code)
      elseif other.is_message ~= message.is_message then
        report(message, "`%s` is a message in one language and a text in `%s`", message.id, b.code)
      elseif other.names ~= message.names then
        report(message, "the text of `%s` has {%s}, and {%s} in `%s`", message.id, message.names,
          other.names, b.code)
      elseif message.label and not other.label then
        report(message, "`%s` has no label in `%s`", message.id, b.code)
      end
    end
    for _, topic in ipairs(a.topics) do
      if not b.topics[topic.id] then
        report(topic, "the topic `%s` is missing in `%s`", topic.id, b.code)
      end
    end
    for _, id in ipairs(sorted_keys(a.pages)) do
      local page, other = a.pages[id], b.pages[id]
      if not other then
        report(page, "the page `%s` is missing in `%s`", id, b.code)
      elseif not page.wrong ~= not other.wrong or not page.right ~= not other.right then
        report(page, "the page `%s` has other examples in `%s`", id, b.code)
      end
    end
  end
  for index = 2, #catalogues do
    compare(catalogues[1], catalogues[index])
    compare(catalogues[index], catalogues[1])
  end
  return problems
end

function messages.header(catalogues)
  local ids = sorted_keys(catalogues[1].by)
  local enum = ctext.enum("MESSAGE", ids, "MessageId")
  return ctext.banner .. [[
#ifndef MESSAGES_H
#define MESSAGES_H

#include <stdint.h>

#include "words_ids.h"

]] .. enum .. [[

typedef struct MessageRow {     /* by MessageId, which is also the order of the ids */
    uint32_t id, code;          /* offsets in message_texts; code 0: not a diagnostic */
    uint32_t severity;          /* 0 error, 1 warning, 2 note */
    uint32_t text[LANG_COUNT], label[LANG_COUNT];   /* label 0: none */
} MessageRow;

typedef struct PageRow {        /* sorted by code */
    uint32_t code;
    uint32_t title[LANG_COUNT], about[LANG_COUNT], wrong[LANG_COUNT], right[LANG_COUNT];
} PageRow;

typedef struct TopicRow {       /* in the order of the first language */
    uint32_t id;
    uint32_t word[LANG_COUNT], title[LANG_COUNT], about[LANG_COUNT];
} TopicRow;

extern const MessageRow message_rows[MESSAGE_ID_END];
extern const PageRow page_rows[];
extern const uint32_t page_count;
extern const TopicRow topic_rows[];
extern const uint32_t topic_count;
extern const char *const message_texts;

#endif
]]
end

function messages.source(catalogues)
  local blob = ctext.blob("texts")
  local ids = sorted_keys(catalogues[1].by)
  local out = { "const MessageRow message_rows[MESSAGE_ID_END] = {", "    {0}," }
  local function each(get)
    local offsets = {}
    for index, catalogue in ipairs(catalogues) do
      offsets[index] = blob.offset(get(catalogue))
    end
    return "{" .. table.concat(offsets, ", ") .. "}"
  end
  for _, id in ipairs(ids) do
    local first = catalogues[1].by[id]
    out[#out + 1] = string.format("    {%d, %d, %s, %s, %s},", blob.offset(id),
      blob.offset(first.code), severities[first.severity] or "2",
      each(function(catalogue) return catalogue.by[id].text end),
      each(function(catalogue) return catalogue.by[id].label end))
  end
  out[#out + 1] = "};\n\nconst PageRow page_rows[] = {"
  local codes = sorted_keys(catalogues[1].pages)
  for _, code in ipairs(codes) do
    local parts = {}
    for _, part in ipairs { "title", "about", "wrong", "right" } do
      parts[#parts + 1] = each(function(catalogue) return catalogue.pages[code][part] end)
    end
    out[#out + 1] = string.format("    {%d, %s},", blob.offset(code), table.concat(parts, ", "))
  end
  out[#out + 1] = "    {0},\n};\n"
  out[#out + 1] = "const uint32_t page_count = " .. #codes .. ";\n\nconst TopicRow topic_rows[] = {"
  for _, topic in ipairs(catalogues[1].topics) do
    local parts = {}
    for _, part in ipairs { "word", "title", "about" } do
      parts[#parts + 1] = each(function(catalogue) return catalogue.topics[topic.id][part] end)
    end
    out[#out + 1] = string.format("    {%d, %s},", blob.offset(topic.id), table.concat(parts, ", "))
  end
  out[#out + 1] = "    {0},\n};\n"
  out[#out + 1] = "const uint32_t topic_count = " .. #catalogues[1].topics .. ";"
  out[#out + 1] = "const char *const message_texts = texts;"
  return ctext.banner .. '#include "messages.h"\n\n' .. blob.define() .. "\n"
    .. table.concat(out, "\n") .. "\n"
end

return messages
