-- tables_vocabulary.lua -- vocabulary.c: kinds, properties and lists as the rows of
-- lang/model/vocabulary_rows.h.

local ctext = require "compiler.ctext"

local tables_vocabulary = {}

local function add(out, format, ...)
  out[#out + 1] = string.format(format, ...)
end

local function type_constant(what)
  return what and ctext.constant("TYPE", what.type) or "0"
end

local function list_constant(what)
  return what and what.list and ctext.constant("LIST", what.list) or "0"
end

-- `KIND_A, KIND_B` as a shared constant array; returns its name, or NULL.
local function refs_array(arrays, what)
  if not what or #what.refs == 0 then
    return "NULL", 0
  end
  local names = {}
  for index, id in ipairs(what.refs) do
    names[index] = ctext.constant("KIND", id)
  end
  local content = table.concat(names, ", ")
  if not arrays.by[content] then
    arrays.count = arrays.count + 1
    arrays.by[content] = "refs_" .. arrays.count
    add(arrays.lines, "static const KindId refs_%d[] = {%s};", arrays.count, content)
  end
  return arrays.by[content], #what.refs
end

local function property_row(arrays, property)
  local refs, count = refs_array(arrays, property)
  return string.format("    {%s, %s, %s, %d, %s, %d, %d, %s, %d},",
    ctext.constant("PROPERTY", property.id), type_constant(property),
    tostring(property.is_derived), property.required_rank or 0, list_constant(property),
    property.low or 0, property.high or 0, refs, count)
end

local function properties_array(out, arrays, name, list)
  if #list == 0 then
    return "NULL"
  end
  add(out, "static const PropertyInfo %s[] = {", name)
  for _, property in ipairs(list) do
    out[#out + 1] = property_row(arrays, property)
  end
  add(out, "};\n")
  return name
end

local function kind_rows(out, arrays, data)
  local rows = { "static const KindInfo kinds[] = {", "    {0}," }
  for _, kind in ipairs(data.kinds) do
    local places = {}
    for index, place in ipairs(kind.places) do
      places[index] = ctext.constant("PLACE", place)
    end
    local name = properties_array(out, arrays, "properties_" .. kind.id:gsub("%W", "_"),
      kind.properties)
    local refs, ref_count = refs_array(arrays, kind.key)
    local value = kind.head == "keyed" and kind.value or nil
    add(rows, [[
    {
        .id = %s,
        .head = %s,
        .amount_is_money = %s,
        .places = %s,
        .key_type = %s, .value_type = %s,
        .key_list = %s,
        .value_minimum = %d, .value_maximum = %d,
        .key_refs = %s, .key_ref_count = %d,
        .properties = %s, .property_count = %d,
    },]], ctext.literal(kind.id), ctext.constant("HEAD", kind.head),
      tostring(kind.head == "measured" and kind.value.type == "money"),
      table.concat(places, " | "), type_constant(kind.key), type_constant(value),
      list_constant(kind.key), value and value.low or 0, value and value.high or 0,
      refs, ref_count, name, #kind.properties)
  end
  rows[#rows + 1] = "};\n"
  return table.concat(rows, "\n")
end

local function list_rows(out, data)
  local rows = { "static const ListInfo lists[] = {", "    {0}," }
  for _, list in ipairs(data.lists) do
    local name = "list_" .. list.id:gsub("%W", "_")
    local names = {}
    for index, word in ipairs(list.words) do
      names[index] = "    " .. ctext.constant("WORD", word) .. ","
    end
    add(out, "static const WordId %s[] = {\n%s\n};\n", name, table.concat(names, "\n"))
    add(rows, "    {%s, %s, %d},", ctext.literal(list.id), name, #list.words)
  end
  rows[#rows + 1] = "};\n"
  return table.concat(rows, "\n")
end

local function id_array(out, name, ids)
  add(out, "static const char *const %s[] = {\n    \"\",", name)
  for _, id in ipairs(ids) do
    add(out, "    %s,", ctext.literal(id))
  end
  add(out, "};\n")
end

function tables_vocabulary.source(data)
  local out, arrays = {}, { by = {}, count = 0, lines = {} }
  properties_array(out, arrays, "common", data.common)
  local kinds = kind_rows(out, arrays, data)
  out[#out + 1] = kinds
  local lists = list_rows(out, data)
  out[#out + 1] = lists
  id_array(out, "property_ids", data.properties.ids)
  id_array(out, "word_ids", data.words.ids)
  add(out, [[const Vocabulary vocabulary_tables = {
    .kinds = kinds,
    .lists = lists,
    .property_ids = property_ids,
    .word_ids = word_ids,
    .common = common,
    .kind_count = %d,
    .list_count = %d,
    .property_count = %d,
    .word_count = %d,
    .common_count = %d,
    .arena = NULL,
};
]], #data.kinds, #data.lists, #data.properties.ids, #data.words.ids,
    #data.common)
  return ctext.banner .. '#include "lang/model/vocabulary_rows.h"\n\n'
    .. table.concat(arrays.lines, "\n") .. "\n\n" .. table.concat(out, "\n") .. "\n"
end

return tables_vocabulary
