-- make.lua -- makes the pictures of the README from real sessions and real documents.
--
--   lua5.4 doc/pictures/make.lua PROGRAM [FOLDER]     writes into FOLDER (doc/pictures)
--
-- A session is typed into the program in a terminal (tmux), and what stands on its screen at the
-- end, colours included, becomes an SVG; a canvas is the program's own export. Needs tmux.

local root = arg[0]:match("^(.*)/doc/pictures/[^/]*$") or "."
local program = assert(arg[1], "usage: lua5.4 doc/pictures/make.lua PROGRAM [FOLDER]")
local folder = arg[2] or root .. "/doc/pictures"
local today = "2026-01-15"

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function run(command)
  local pipe = assert(io.popen(command))
  local said = pipe:read("a")
  assert(pipe:close(), "this failed: " .. command)
  return said
end

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(text)
  file:close()
end

program = run("realpath " .. quoted(program)):gsub("\n$", "")
local work = run("mktemp -d"):gsub("\n$", "")
run(("cp -r %s/examples %s/"):format(quoted(root), quoted(work)))

-- ---- Sessions ------------------------------------------------------------------------------

local columns = 96

-- Types lines into the program, and gives the screen with its colours.
local function capture(session)
  local tmux = ("tmux -L alliance-%s-%s "):format(work:match("[^./]*$"), session.name)
  local start = ("env -i PATH=/usr/bin:/bin TERM=xterm-256color LC_ALL=C.UTF-8 HOME=%s %s --today %s -q %s"):format(
    work, quoted(program), today, session.file)
  run(("cd %s/examples && %s-f /dev/null new-session -d -x %d -y %d %s"):format(quoted(work), tmux, columns,
    session.lines, quoted(start)))
  local function wait_for(text)
    for _ = 1, 100 do
      run("sleep 0.1")
      if run(tmux .. "capture-pane -p"):find(text, 1, true) then
        return
      end
    end
    error("the session never showed: " .. text)
  end
  wait_for(")>")
  run(tmux .. "send-keys C-l")
  for _, line in ipairs(session) do
    run(tmux .. "send-keys -l " .. quoted(line.type))
    for _ = 1, line.tabs or 0 do
      run(tmux .. "send-keys Tab")
    end
    if line.tabs == nil then
      run(tmux .. "send-keys Enter")
    end
    wait_for(line.until_it_shows)
  end
  run("sleep 0.3")
  local screen = run(tmux .. "capture-pane -e -p")
  run(tmux .. "kill-server")
  return (screen:gsub("%s+$", "\n"))
end

-- ---- A screen as SVG -----------------------------------------------------------------------

local palette = {
  ink = "#d7dde5", paper = "#171b21", bar = "#232932", faint = "#8b96a4",
  [1] = "#f08a7b", [2] = "#8fcf9f", [3] = "#e6c07b", [4] = "#82b1ef", [5] = "#c9a0e8", [6] = "#7fd0d0", [7] = "#d7dde5",
}

-- Changes the style as the codes of one escape sequence say.
local function apply(style, codes)
  for code in (codes == "" and "0" or codes):gmatch("%d+") do
    local number = tonumber(code)
    if number == 0 then
      style.colour, style.bold, style.faint = nil, false, false
    elseif number == 1 then
      style.bold = true
    elseif number == 2 then
      style.faint = true
    elseif number == 22 then
      style.bold, style.faint = false, false
    elseif number == 39 then
      style.colour = nil
    elseif number >= 31 and number <= 37 then
      style.colour = palette[number - 30]
    elseif number >= 91 and number <= 97 then
      style.colour = palette[number - 90]
    end
  end
end

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }

local function svg(screen, title)
  local wide, high, left, top = 8.4, 19, 18, 52
  local out, row, most = {}, 0, 0
  local style = {}
  for line in screen:gmatch("([^\n]*)\n") do
    local column, at = 0, 1
    while at <= #line do
      local codes, next_at = line:match("^\27%[([%d;]*)m()", at)
      if codes then
        apply(style, codes)
        at = next_at
      else
        local run_end = (line:find("\27[", at, true) or #line + 1) - 1
        local text = line:sub(at, run_end)
        local length = utf8.len(text)
        if text:find("%S") then
          out[#out + 1] = ('<text x="%.1f" y="%d" textLength="%.1f" fill="%s"%s xml:space="preserve">%s</text>'):format(
            left + column * wide, top + row * high, length * wide,
            style.faint and palette.faint or style.colour or palette.ink,
            style.bold and ' font-weight="700"' or "", (text:gsub("[&<>]", escapes)))
        end
        column = column + length
        at = run_end + 1
      end
    end
    most = math.max(most, column)
    row = row + 1
  end
  local width, height = math.ceil(left * 2 + columns * wide), top + row * high
  return ([[
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">
<title>%s</title>
<rect width="%d" height="%d" rx="8" fill="%s"/><path d="M0 8a8 8 0 0 1 8-8h%da8 8 0 0 1 8 8v22H0z" fill="%s"/>
<text x="%d" y="20" fill="%s" font-family="sans-serif" font-size="13" text-anchor="middle">%s</text>
<g font-family="ui-monospace,'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace" font-size="14">
%s
</g>
</svg>
]]):format(width, height, width, height, title, title, width, height, palette.paper, width - 16, palette.bar, width // 2,
    palette.faint, title, table.concat(out, "\n"))
end

-- ---- The pictures --------------------------------------------------------------------------

local sessions = {
  {
    name = "prompt.svg", title = "alliance silver-geek.en.alliance", file = "silver-geek.en.alliance", lines = 60,
    { type = "partners where interest is unknown | show title, type, interest", until_it_shows = "rows)" },
    { type = "partners where tpye = association", until_it_shows = "explain E201" },
    { type = "check count(partners | distinct type) >= 3", until_it_shows = "It holds." },
    { type = "partners where c", tabs = 2, until_it_shows = "culture " },
  },
  {
    name = "prompt.fr.svg", title = "alliance silver-geek.alliance", file = "silver-geek.alliance", lines = 60,
    { type = "partenaires dont intérêt est inconnu | montrer titre, type, intérêt", until_it_shows = "lignes)" },
    { type = "partenaires dont tpye = association", until_it_shows = "expliquer E201" },
    { type = "vérifier nombre(partenaires | distinct type) >= 3", until_it_shows = "C'est vérifié." },
    { type = "partenaires dont d", tabs = 2, until_it_shows = "depuis " },
  },
}

for _, session in ipairs(sessions) do
  write(session.name, svg(capture(session), session.title))
end
for name, file in pairs { ["canvas.svg"] = "silver-geek.en.alliance", ["canvas.fr.svg"] = "silver-geek.alliance" } do
  run(("cd %s/examples && %s --today %s -q export canvas %s -o ../canvas.svg --force"):format(quoted(work), quoted(program),
    today, file))
  write(name, run("cat " .. quoted(work .. "/canvas.svg")))
end
run("rm -rf " .. quoted(work))
