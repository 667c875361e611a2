-- vocabulary.lua -- the words of both languages are complete, and broken ones are refused.
--
-- Compiles the data of stdlib/ as it is, then copies of it with one thing wrong each: the
-- compiler must refuse every one, and say where. Then the reference pages must be those of the
-- data.

local source = os.getenv("SRCDIR") or "."
local tap = dofile(source .. "/tests/tap.lua")
local lua = os.getenv("LUA") or "lua5.4"
local scratch = os.getenv("TMPDIR") or "/tmp"

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local files = {}
for name in read(source .. "/stdlib/local.mk"):gmatch("\nSTDLIB_FILES %+= (%S+)") do
  files[#files + 1] = name
end

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function run(command)
  local pipe = io.popen(command .. " 2>&1")
  local said = pipe:read("a")
  return pipe:close() == true, said
end

local function compile(root, names, output)
  local words = { quoted(lua), quoted(source .. "/stdlib/compile.lua"), quoted(output), quoted(root) }
  for _, name in ipairs(names) do
    words[#words + 1] = quoted(name)
  end
  return run(table.concat(words, " "))
end

local folders = 0

-- A copy of the data with some files changed: `change(name, text)` gives the new text.
local function copy(change, more)
  folders = folders + 1
  local root = scratch .. "/data" .. folders
  local names = table.move(files, 1, #files, 1, {})
  for index, extra in ipairs(more or {}) do
    names[#files + index] = extra.name
  end
  local made = {}
  for _, name in ipairs(names) do
    local folder = root .. "/" .. name:match("^(.*)/")
    if not made[folder] then
      made[folder] = true
      os.execute("mkdir -p " .. quoted(folder))
    end
  end
  for _, name in ipairs(files) do
    write(root .. "/" .. name, change(name, read(source .. "/" .. name)))
  end
  for _, extra in ipairs(more or {}) do
    write(root .. "/" .. extra.name, extra.text)
  end
  os.execute("mkdir -p " .. quoted(root .. "/gen"))
  return root, names
end

-- ---- The data as it is -------------------------------------------------------------------

local tables = { "words_ids.h", "words.c", "vocabulary.c", "messages.h", "messages.c" }
for _, name in ipairs { "one", "two" } do
  os.execute("mkdir -p " .. quoted(scratch .. "/" .. name))
end
local ok, said = compile(source, files, scratch .. "/one")
tap.ok(ok and said == "", "the data compiles without a word", said)
compile(source, files, scratch .. "/two")
for _, name in ipairs(tables) do
  tap.ok(read(scratch .. "/one/" .. name) == read(scratch .. "/two/" .. name),
    "the same data gives the same " .. name)
end

-- The kinds and their words, as the vocabulary was decided.
local kinds = [[
alliance alliance, horizon horizon, box case, territory territoire, need besoin, blocker blocage,
opportunity opportunité, beneficiary bénéficiaire, partner partenaire, brings apporte,
receives reçoit, position position, influences influence, trusts confiance, opinion avis,
success succès, commitment engagement, tension tension, competition coopétition,
agreement convention, valuation valorisation, goal objectif, affects effet, kpi indicateur,
reading relevé, workstream axe, result résultat, impact impact, evaluation évaluation,
success-factor facteur-de-succès, offer proposition, channel canal, relation relation,
activity activité, resource ressource, cost coût, funding financement, phase étape,
milestone jalon, criterion critère, pilot expérimentation, body instance, ritual rituel,
process processus, stakeholder partie-prenante, support appui, risk risque, scale-up essaimage,
testimony témoignage, link lien, comment commentaire, lead piste, group groupe]]
local english, french = "", ""
for _, name in ipairs(files) do
  if name:find("^stdlib/words/en/") then
    english = english .. read(source .. "/" .. name)
  elseif name:find("^stdlib/words/fr/") then
    french = french .. read(source .. "/" .. name)
  end
end
local missing, count = {}, 0
for id, word in kinds:gmatch("([%w-]+) ([^,%s]+)") do
  count = count + 1
  if not english:find(('\nkind %s "%s" {'):format(id, id), 1, true)
    or not french:find(('\nkind %s "%s" {'):format(id, word), 1, true) then
    missing[#missing + 1] = id
  end
end
tap.is(count, 53, "fifty-three kinds were decided")
tap.is(table.concat(missing, " "), "", "each kind has the words that were decided")

-- ---- Broken data -------------------------------------------------------------------------

-- Replaces a text, which must be there, in one file.
local function broken(what, file, old, new, wanted)
  local replaced = false
  local root, names = copy(function(name, text)
    if name ~= file then
      return text
    end
    local first, last = text:find(old, 1, true)
    if not first then
      return text
    end
    replaced = true
    return text:sub(1, first - 1) .. new .. text:sub(last + 1)
  end)
  local accepted, sentence = compile(root, names, root .. "/gen")
  tap.ok(replaced and not accepted and sentence:find(wanted, 1, true), what,
    (replaced and "" or "nothing was replaced\n") .. "wanted: " .. wanted .. "\ngot:    " .. sentence)
end

local fr, en, voc = "stdlib/words/fr/", "stdlib/words/en/", "stdlib/vocabulary/"

broken("a listed word without French is refused", fr .. "partners.alliance",
  '  word company "entreprise"\n', "", "the listed `partner-type.company` has no word in `fr`")
broken("a kind without a word is refused", fr .. "goals.alliance",
  'kind reading "relevé"', 'kind readings "relevé"', "the kind `reading` has no word in `fr`")
broken("a property without a question is refused", fr .. "goals.alliance",
  '    ask: "Combien, et pour quand ?"\n', "", "`kpi.target` has no `ask`")
broken("a word for something that does not exist is refused", en .. "core.alliance",
  'month may: "May"', 'month mai: "May"', "no month is called `mai` in the vocabulary")
broken("two properties of a kind with one word are refused", fr .. "partners.alliance",
  'property sector "secteur"', 'property sector "Role"', "in the block of partner")
broken("an accent does not make another word", fr .. "partners.alliance",
  'property brake "frein"', 'property brake "interet"', "`interet` is also a word for")
broken("a property named like a word of expressions is refused", fr .. "growth.alliance",
  'property route "voie"', 'property route "où"', "`où` is the word `or` of expressions")
broken("two kinds with one word are refused", fr .. "canvas.alliance",
  'kind channel "canal"', 'kind channel "axe"', "where a statement begins")
broken("two collections with one word are refused", en .. "canvas.alliance",
  'plural: "channels"', 'plural: "offers"', "as a collection")
broken("two words of a list with one key are refused", en .. "goals.alliance",
  'word mixed "mixed"', 'word mixed "Positive"', "in the list outcome")
broken("a unit that is a core word is refused", en .. "core.alliance",
  'unit week: "week"', 'unit week: "sort"', "after a number")
broken("two commands with one name are refused", fr .. "core.alliance",
  'command undo: "annuler"', 'command undo: "aide"', "in the place prompt")
broken("two core words of one place are refused", fr .. "core.alliance",
  'core sum: "somme"', 'core sum: "nombre"', "in the place step")
broken("a word of two words is refused", fr .. "frame.alliance",
  'kind need "besoin"', 'kind need "le besoin"', "`le besoin` is not one word")
broken("a kind without gender is refused", fr .. "frame.alliance",
  'plural: "alliances"\n  gender: feminine\n', 'plural: "alliances"\n', "`alliance`: its gender is missing")
broken("a confusion with nothing meant is refused", en .. "confusions.alliance",
  "means: property, cost", "means: property, costs", "`property costs` is nothing that can be meant")
broken("a confusion of a right word is refused", en .. "confusions.alliance",
  'confuse "member"', 'confuse "partner"', "`partner` is itself the word of a kind")
broken("a confusion with a word of no list is refused", en .. "confusions.alliance",
  "means: listed, partner-type, company", "means: listed, partner-type, compny",
  "`listed compny` is nothing that can be meant")
broken("a confusion of a right word of a list is refused", en .. "confusions.alliance",
  'confuse "shop"', 'confuse "company"', "`company` is itself a word of `partner-type`")
broken("a reference to no kind is refused", voc .. "goals.alliance",
  "property owner: refs, partner", "property owner: refs, partners", "there is no kind `partners`")
broken("a list that does not exist is refused", voc .. "goals.alliance",
  "property type: word, impact-type", "property type: word, impacts", "there is no list `impacts`")
broken("a type that does not exist is refused", voc .. "goals.alliance",
  "property at: duration", "property at: time", "`time` is no type")
broken("a property that stands twice is refused", voc .. "goals.alliance",
  "property at: duration", "property kpi: duration", "`kpi` stands twice here")
broken("a block without end is refused", voc .. "growth.alliance",
  "property for: refs, need, opportunity, goal, blocker\n}", "property for: refs, need",
  "this block has no closing `}`")
broken("a text without closing quote is refused, with its line", fr .. "core.alliance",
  'tongue fr "français"', 'tongue fr "français', fr .. "core.alliance:")

local function message_file(language, text)
  return { name = "stdlib/messages/" .. language .. "/test.alliance", text = text }
end

local function broken_messages(what, in_english, in_french, wanted)
  local root, names = copy(function(_, text) return text end,
    { message_file("en", in_english), message_file("fr", in_french) })
  local accepted, sentence = compile(root, names, root .. "/gen")
  tap.ok(not accepted and sentence:find(wanted, 1, true), what,
    "wanted: " .. wanted .. "\ngot:    " .. sentence)
end

local fine_en = 'message test-one {\n  code: E998\n  severity: error\n  text: "no {name}"\n}\n'
local fine_fr = 'message test-one { text: "pas de {name}" }\n'
broken_messages("a message that one language lacks is refused", fine_en, "",
  "`test-one` is missing in `fr`")
broken_messages("a placeholder that one language lacks is refused", fine_en,
  fine_fr:gsub("{name}", "{nom}"), "the text of `test-one` has {name}, and {nom} in `fr`")
broken_messages("a label that one language lacks is refused",
  fine_en:gsub("\n}", '\n  label: "here"\n}'), fine_fr, "`test-one` has no label in `fr`")
broken_messages("a form that the renderer does not know is refused",
  fine_en:gsub("{name}", "{name:some}"), fine_fr, "`{name:some}`: there is no such form")
broken_messages("a code in the second language is refused", fine_en,
  'message test-one {\n  code: E998\n  text: "pas de {name}"\n}\n',
  "code and severity stand in the first language only")
broken_messages("a message without code is refused", fine_en:gsub("  code: E998\n", ""), fine_fr,
  "needs a code such as E201")
broken_messages("a page that one language lacks is refused",
  fine_en .. 'page E998 {\n  title: "t"\n  about: """\n  a\n  """\n}\n', fine_fr,
  "the page `E998` is missing in `fr`")

-- ---- A third language is more files, and no code ------------------------------------------

local third = {}
for _, name in ipairs(files) do
  local what, rest = name:match("^stdlib/(%l+)/fr/(.*)$")
  if what then
    third[#third + 1] = {
      name = ("stdlib/%s/xx/%s"):format(what, rest),
      text = read(source .. "/" .. name):gsub('tongue fr "', 'tongue xx "'),
    }
  end
end
local root, names = copy(function(_, text) return text end, third)
local accepted, sentence = compile(root, names, root .. "/gen")
tap.ok(accepted, "a third language is accepted", sentence)
tap.ok(accepted and read(root .. "/gen/words_ids.h"):find("LANG_EN,\n    LANG_FR,\n    LANG_XX,", 1, true),
  "the third language has its id")

-- ---- The reference pages ------------------------------------------------------------------

local pages = copy(function(_, text) return text end)
os.execute("mkdir -p " .. quoted(pages .. "/doc/reference"))
write(pages .. "/stdlib/local.mk", read(source .. "/stdlib/local.mk"))
local written, trouble = run(("%s %s --reference %s"):format(quoted(lua),
  quoted(source .. "/stdlib/compile.lua"), quoted(pages)))
tap.ok(written, "the reference pages are made", trouble)
for _, name in ipairs { "vocabulary.md", "vocabulaire.md", "messages.md", "messages.fr.md", "method.md",
  "methode.md" } do
  local path = "/doc/reference/" .. name
  tap.ok(written and read(pages .. path) == read(source .. path), "doc/reference/" .. name
    .. " is that of the data", "run: lua5.4 stdlib/compile.lua --reference")
end

-- ---- One word for a command -----------------------------------------------------------------

-- A command that a message advises is called by its usual word, as `help` and `list` call it: not by
-- another spelling, not by the word of the other language.
local usual, spellings = { en = {}, fr = {} }, {}
for language, words in pairs(usual) do
  local core = read(("%s/stdlib/words/%s/core.alliance"):format(source, language))
  for row in core:gmatch("\n(command [^\n]*)") do
    words[row:match('"([^"]+)"')] = true
  end
  for row in (core:gsub("\n ", " ")):gmatch("\n(command [^\n]*)") do
    for word in (row:match('"[^"]+"') .. (row:match("also:([^}]*)") or "")):gmatch('"([^"]+)"') do
      spellings[word] = true
    end
  end
end
for _, language in ipairs { "en", "fr" } do
  local strange = {}
  for _, name in ipairs(files) do
    local text = name:find("^stdlib/messages/" .. language .. "/") and read(source .. "/" .. name) or ""
    for word in text:gmatch("`alliance ([^%s`]+)") do
      if spellings[word] and not usual[language][word] then
        strange[#strange + 1] = name .. ": " .. word
      end
    end
  end
  tap.is(table.concat(strange, "\n"), "", "the commands that messages advise, by their usual words: " .. language)
end

tap.done()
