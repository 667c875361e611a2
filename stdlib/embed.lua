-- embed.lua -- writes files as bytes in a C file, so that the program needs no folder to run.
--
-- lua5.4 embed.lua OUTPUT ROOT FILE...   each FILE is named relative to ROOT, or to the
-- folder of the build for a file that was made there.

local output, root = arg[1], arg[2]

local function bytes_of(path)
  local file = io.open(root .. "/" .. path, "rb") or io.open(path, "rb")
  if not file then error("cannot open " .. path) end
  local bytes = file:read("a")
  file:close()
  return bytes
end

-- A C text is written in short pieces: compilers limit the length of a line.
local function c_text(bytes)
  local lines, line = {}, {}
  local width = 0
  for position = 1, #bytes do
    local code = bytes:byte(position)
    local piece
    if code == 10 then
      piece = "\\n"
    elseif code == 34 or code == 92 then
      piece = "\\" .. string.char(code)
    elseif code >= 32 and code < 127 and code ~= 63 then
      piece = string.char(code)
    else
      piece = ("\\%03o"):format(code)
    end
    line[#line + 1] = piece
    width = width + #piece
    if code == 10 or width > 80 then
      lines[#lines + 1] = '    "' .. table.concat(line) .. '"'
      line, width = {}, 0
    end
  end
  lines[#lines + 1] = '    "' .. table.concat(line) .. '"'
  return table.concat(lines, "\n")
end

local paths = table.move(arg, 3, #arg, 1, {})
table.sort(paths)

local out = {
  "/* Made by stdlib/embed.lua: the files that ship. */",
  '#include "plugins/host/embedded.h"',
  "",
  "const EmbeddedFile embedded_files[] = {",
}
for _, path in ipairs(paths) do
  local bytes = bytes_of(path)
  out[#out + 1] = ('{ "%s",\n%s,\n    %d },'):format(path, c_text(bytes), #bytes)
end
out[#out + 1] = "    { 0, 0, 0 }"
out[#out + 1] = "};"
out[#out + 1] = ""
out[#out + 1] = ("const size_t embedded_file_count = %d;"):format(#paths)

local file = assert(io.open(output, "wb"))
assert(file:write(table.concat(out, "\n"), "\n"))
assert(file:close())
