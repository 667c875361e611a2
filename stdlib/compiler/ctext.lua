-- ctext.lua -- how the generated C is written: names, texts, and one array for all texts.

local ctext = {}

ctext.banner = "/* Made from stdlib/ by stdlib/compile.lua; do not edit. */\n"

-- KIND_SUCCESS_FACTOR from "KIND" and "success-factor".
function ctext.constant(prefix, id)
  return prefix .. "_" .. id:upper():gsub("[^%w]", "_")
end

-- A C string literal in ASCII.
function ctext.literal(text)
  return '"' .. text:gsub('[%c"\\\x80-\xff?]', function(byte)
    return string.format("\\%03o", byte:byte())
  end) .. '"'
end

-- Enumerators, one a line: a prefix and ids numbered from 1; PREFIX_ID_END is one past the last.
function ctext.enum(prefix, ids, type_name)
  local lines = { type_name and "typedef enum " .. type_name .. " {" or "enum {" }
  for index, id in ipairs(ids) do
    lines[#lines + 1] = "    " .. ctext.constant(prefix, id) .. (index == 1 and " = 1," or ",")
  end
  lines[#lines + 1] = "    " .. prefix .. "_ID_END"
  lines[#lines + 1] = type_name and "} " .. type_name .. ";\n" or "};\n"
  return table.concat(lines, "\n")
end

-- A place for texts in one array: offsets need no work when the program starts, where an array
-- of pointers would have to be relocated. Offset 0 is the empty text, which stands for none.
function ctext.blob(name)
  local blob = { size = 1, offsets = { [""] = 0 }, lines = {} }

  function blob.offset(text)
    if not text then
      return 0
    end
    if not blob.offsets[text] then
      blob.offsets[text] = blob.size
      blob.size = blob.size + #text + 1
      blob.lines[#blob.lines + 1] = "    " .. ctext.literal(text) .. ' "\\0"'
    end
    return blob.offsets[text]
  end

  -- The definition, once all texts are in it.
  function blob.define()
    return string.format('static const char %s[] =\n    "\\0"\n%s;\n', name,
      table.concat(blob.lines, "\n"))
  end

  return blob
end

return ctext
