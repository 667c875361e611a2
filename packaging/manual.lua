-- manual.lua -- writes the manual pages from what `alliance help` says, in each language.
--
--   lua5.4 packaging/manual.lua PROGRAM          writes packaging/alliance.1 and packaging/alliance.fr.1
--   lua5.4 packaging/manual.lua PROGRAM --check  says what is stale, and ends with 1

local program, is_check = arg[1], arg[2] == "--check"
local root = arg[0]:match("^(.*)/packaging/[^/]*$") or "."

local words = {
  en = {
    made = "the manual page", name = "NAME", line = "writes an alliance down, checks it, and makes the documents of a meeting",
    synopsis = "SYNOPSIS", description = "DESCRIPTION", exit = "EXIT STATUS", files = "FILES", also = "SEE ALSO",
    about = { "Alliance is a small language, in French and in English, to write down a territorial alliance: who takes part, "
      .. "what each brings, receives and wants, for which need, with which goals. What nobody knows yet is written `?`.",
      "`alliance new NAME` writes a first file; `alliance FILE` says what it is and what the checks say, then opens a "
      .. "prompt, where `:help` says what to do. Commands are read in both languages." },
    paths = {
      { "alliance.conf", "beside the files of a project: the settings of its checks, views and documents" },
      { "plugins/", "beside it: checks and documents of the project, which run once `alliance trust` has allowed them" },
      { "~/.config/alliance-lang/alliance.conf", "the user's own settings" },
      { "~/.local/share/alliance-lang/plugins/", "the user's own checks and documents" },
      { "~/.local/state/alliance-lang/history", "the history of the prompt" },
    },
    see = "The guide, the reference and the examples that are installed with the program.",
  },
  fr = {
    made = "the manual page in French", name = "NOM", line = "met une alliance par écrit, la vérifie, et produit les documents d'une réunion",
    synopsis = "SYNOPSIS", description = "DESCRIPTION", exit = "CODE DE SORTIE", files = "FICHIERS", also = "VOIR AUSSI",
    about = { "Alliance est un petit langage, en français et en anglais, pour mettre par écrit une alliance territoriale : qui "
      .. "en fait partie, ce que chacun apporte, reçoit et souhaite, pour quel besoin, avec quels objectifs. Ce que personne "
      .. "ne sait encore s'écrit `?`.",
      "`alliance créer NOM` écrit un premier fichier ; `alliance FICHIER` dit ce qu'il est et ce que disent les "
      .. "vérifications, puis ouvre une invite, où `:aide` dit que faire. Les commandes se lisent dans les deux langues." },
    paths = {
      { "alliance.conf", "à côté des fichiers d'un projet : les réglages de ses vérifications, vues et documents" },
      { "plugins/", "à côté de lui : les vérifications et documents du projet, qui tournent une fois permis par "
        .. "`alliance autoriser`" },
      { "~/.config/alliance-lang/alliance.conf", "vos propres réglages" },
      { "~/.local/share/alliance-lang/plugins/", "vos propres vérifications et documents" },
      { "~/.local/state/alliance-lang/history", "l'historique de l'invite" },
    },
    see = "Le guide, la référence et les exemples installés avec le programme.",
  },
}

-- A text as roff takes it: nothing in it is a request; what stands between backquotes is bold.
local function roff(text)
  text = text:gsub("\\", "\\e"):gsub("%-", "\\-")
  text = text:gsub(" ([:;?!»])", "\\ %1"):gsub("« ", "«\\ ")
  text = text:gsub("`([^`]*)`", "\\fB%1\\fR")
  return (text:gsub("^[.']", "\\&%0"))
end

local function pair(out, word, about)
  out[#out + 1] = ".TP\n.B " .. roff(word) .. "\n" .. roff(about)
end

local function page(lang)
  local say = words[lang]
  local pipe <close> = assert(io.popen(("%s --lang %s help"):format(program, lang)))
  local help = pipe:read("a")
  local out = { '.\\" ' .. say.made .. ", made by packaging/manual.lua from `alliance help`.", '.TH ALLIANCE 1 "" "Alliance" "Alliance"',
    ".SH " .. say.name, "alliance \\- " .. roff(say.line), ".SH " .. say.synopsis }
  local shown, statuses = 0, nil
  for line in help:gmatch("[^\n]*") do
    local word, about = line:match("^  (%S+)%s%s+(.*)$")
    if shown < 2 and line:find("^alliance ") then
      shown = shown + 1
      out[#out + 1] = (shown == 1 and "" or ".PP\n") .. roff(line)
      if shown == 2 then
        out[#out + 1] = ".SH " .. say.description
        for i, text in ipairs(say.about) do out[#out + 1] = (i == 1 and "" or ".PP\n") .. roff(text) end
      end
    elseif word then
      pair(out, word, about)
    elseif line:find(" 130 ") or line:find(" 70 ") then
      statuses = line:gsub("^[^:]*:%s*", ""):gsub("%.$", "")
    elseif line ~= "" then
      out[#out + 1] = ".SH " .. roff(line)
    end
  end
  out[#out + 1] = ".SH " .. say.exit
  for number, about in assert(statuses, "no exit status in the help"):gmatch("(%d+) ([^;]*)") do
    pair(out, number, (about:gsub("%s+$", "")))
  end
  out[#out + 1] = ".SH " .. say.files
  for _, path in ipairs(say.paths) do pair(out, path[1], path[2]) end
  out[#out + 1] = ".SH " .. say.also
  out[#out + 1] = roff(say.see)
  return table.concat(out, "\n") .. "\n"
end

local stale = false
for lang, name in pairs { en = "alliance.1", fr = "alliance.fr.1" } do
  local path, new = root .. "/packaging/" .. name, page(lang)
  local file = io.open(path, "rb")
  local old = file and file:read("a")
  if file then file:close() end
  if is_check and old ~= new then
    print(path .. " is stale: run lua5.4 packaging/manual.lua PROGRAM")
    stale = true
  elseif not is_check and old ~= new then
    local writing <close> = assert(io.open(path, "wb"))
    writing:write(new)
  end
end
os.exit(not stale)
