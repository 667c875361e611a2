-- text.lua -- texts as a reader sees them: width, lines, order, lists in words, plurals.

local has_host, host = pcall(require, "alliance.host")
if not has_host then host = {} end

local text = {}

--- How many columns a text takes in a terminal.
function text.width(value)
  if host.width then return host.width(value) end
  return utf8.len(value) or #value
end

-- The same for letters one by one; ours when the host is not there (tests with plain Lua).
local plain = {}
local function letters(base, accented)
  for _, code in utf8.codes(accented) do plain[utf8.char(code)] = base end
end
letters("a", "àáâãäåÀÁÂÃÄÅ")
letters("c", "çÇ")
letters("e", "èéêëÈÉÊË")
letters("i", "ìíîïÌÍÎÏ")
letters("n", "ñÑ")
letters("o", "òóôõöÒÓÔÕÖ")
letters("u", "ùúûüÙÚÛÜ")
letters("y", "ýÿÝŸ")
letters("oe", "œŒ")
letters("ae", "æÆ")
letters("'", "’")

--- A text without accents and capitals, for comparing.
function text.fold(value)
  if host.fold then return host.fold(value) end
  return (value:lower():gsub(utf8.charpattern, plain))
end

--- What to sort by: the folded text, then the text itself.
function text.sort_key(value)
  return text.fold(value) .. "\0" .. value
end

--- A sorted copy of a list; `key(item)` gives the text to sort by, the item itself without it.
function text.sort(list, key)
  local keyed = {}
  for i, item in ipairs(list) do
    keyed[i] = { item = item, key = text.sort_key(tostring(key and key(item) or item)), index = i }
  end
  table.sort(keyed, function(a, b)
    if a.key ~= b.key then return a.key < b.key end
    return a.index < b.index
  end)
  local sorted = {}
  for i, entry in ipairs(keyed) do sorted[i] = entry.item end
  return sorted
end

local joints = { en = " and ", fr = " et " }

--- A list in words: "a, b and c", "a, b et c"; "a; b, c; d" where a comma inside one would be taken for a
--- comma between two.
function text.list(items, lang)
  local words, has_comma = {}, false
  for i, item in ipairs(items) do
    words[i] = tostring(item)
    has_comma = has_comma or words[i]:find(", ", 1, true) ~= nil
  end
  if has_comma then return table.concat(words, lang == "fr" and "\u{A0}; " or "; ") end
  local last = table.remove(words)
  if not last then return "" end
  if #words == 0 then return last end
  return table.concat(words, ", ") .. (joints[lang] or joints.en) .. last
end

--- The form of a word that a count calls for; in French, zero is singular.
function text.plural(count, one, many, lang)
  local size = math.abs(count)
  local singular = lang == "fr" and size < 2 or size == 1
  return singular and one or many
end

local capitals = {}
for small, large in pairs { ["à"] = "À", ["â"] = "Â", ["ä"] = "Ä", ["ç"] = "Ç", ["è"] = "È",
  ["é"] = "É", ["ê"] = "Ê", ["ë"] = "Ë", ["î"] = "Î", ["ï"] = "Ï", ["ô"] = "Ô", ["ö"] = "Ö",
  ["œ"] = "Œ", ["æ"] = "Æ", ["ù"] = "Ù", ["û"] = "Û", ["ü"] = "Ü", ["ÿ"] = "Ÿ" } do
  capitals[small] = large
end

--- A text in capitals, French accents included.
function text.upper(value)
  return (value:gsub(utf8.charpattern, capitals):upper())
end

local initials = { ngo = true, ong = true, kpi = true, kpis = true, cci = true, cma = true, cress = true,
  ptce = true, sdg = true, odd = true }

--- A word of the vocabulary as running text writes it: blanks for its hyphens, capitals for initials.
function text.plain_words(word)
  if initials[word] then return (word:upper():gsub("S$", word == "kpis" and "s" or "S")) end
  return (word:gsub("%-", " "):gsub("^co ", "co-"):gsub("^think tank", "think-tank"))
end

--- An amount or a date as text that no line end may split; a period may end a line after its dash.
function text.unbroken(value)
  return (tostring(value):gsub(" ", "\u{A0}"):gsub("–\u{A0}", "– "))
end

--- A text whose first letter is a capital.
function text.sentence(value)
  local first = value:match("^" .. utf8.charpattern)
  if not first or first == "" then return value end
  return text.upper(first) .. value:sub(#first + 1)
end

--- A text with a mark at its end, when it has none.
function text.ended(value, mark)
  return value:find("[.?!…:»”]$") and value or value .. mark
end

-- What no sink may receive: control characters and those that turn the direction of a text.
local hidden = { [0x061C] = true, [0x200E] = true, [0x200F] = true, [0xFEFF] = true }
for code = 0x202A, 0x202E do hidden[code] = true end
for code = 0x2066, 0x2069 do hidden[code] = true end
for code = 0x80, 0x9F do hidden[code] = true end

--- A text that is safe to hand to any encoder: valid UTF-8, no control character but line ends
--- and tabs, no change of direction. What is removed leaves a replacement mark.
function text.clean(value)
  value = tostring(value)
  if not value:find("[\0-\8\11-\31\127-\255]") then return value end
  local out, position = {}, 1
  while position <= #value do
    local length, wrong = utf8.len(value, position)
    local stop = length and #value or wrong - 1
    for _, code in utf8.codes(value:sub(position, stop)) do
      if code == 0x0D then
        out[#out + 1] = ""
      elseif hidden[code] or code == 0x7F or (code < 0x20 and code ~= 0x0A and code ~= 0x09)
          or code == 0xFFFE or code == 0xFFFF then
        out[#out + 1] = "\u{FFFD}"
      else
        out[#out + 1] = utf8.char(code)
      end
    end
    if length then break end
    out[#out + 1] = "\u{FFFD}"
    position = wrong + 1
  end
  return table.concat(out)
end

--- A clean text on one line.
function text.line(value)
  return (text.clean(value):gsub("%s*[\n\t]%s*", " "))
end

local months, counted = {}, {}
for word in ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre January February "
  .. "March April May June July August September October November December"):gmatch("%S+") do
  months[word] = true
end
for word in ("jour jours semaine semaines mois an ans année années autre autres day days week weeks month months "
  .. "year years other others")
  :gmatch("%S+") do
  counted[word] = true
end

-- Beyond a to z, these words have é and û only.
local word_pattern = "([%a\xC3\xA9\xBB]+)"

--- A text with no-break blanks where print has them: around the marks that French sets apart, inside a date,
--- between a number and what it counts or is a part of, after a comparison. `tie`: what ties dates and times,
--- a no-break blank without it.
function text.typeset(value, tie)
  tie = tie or "\u{A0}"
  value = value:gsub(" ([:;?!%%])", "\u{A0}%1"):gsub(" »", "\u{A0}»"):gsub("« ", "«\u{A0}")
    :gsub("([<>]=?) (%d)", "%1\u{A0}%2")
  if not value:find("%d") then return value end
  value = value:gsub("(%d) (sur) (%d)", "%1" .. tie .. "%2" .. tie .. "%3")
    :gsub("(%d) (of) (%d)", "%1" .. tie .. "%2" .. tie .. "%3")
  value = value:gsub("(%d[erstndh]*) " .. word_pattern, function(count, word)
    if months[word] or counted[word] then return count .. tie .. word end
  end)
  return (value:gsub(word_pattern .. " (%d%d%d%d)%f[%D]", function(month, year)
    if months[month] then return month .. tie .. year end
  end))
end

-- A word that is wider than the line, in pieces.
local function pieces(word, width, measure)
  local out, piece, used = {}, {}, 0
  for letter in word:gmatch(utf8.charpattern) do
    local size = measure(letter)
    if used + size > width and #piece > 0 then
      out[#out + 1] = table.concat(piece)
      piece, used = {}, 0
    end
    piece[#piece + 1], used = letter, used + size
  end
  if #piece > 0 then out[#out + 1] = table.concat(piece) end
  return out
end

-- A blank that holds together what wrapping puts on lines, and that is a plain blank there.
local tied = "\1"

-- The words of a line with the places where a long one may break: at a no-break blank, since the line
-- is narrower than what it holds together; else after a hyphen.
local function words_of(line, width, measure)
  local words = {}
  for word in line:gmatch("[^ ]+") do
    if measure(word) <= width then
      words[#words + 1] = { text = word, blank = true }
    elseif word:find("\u{A0}", 1, true) or word:find(tied, 1, true) then
      local untied = word:gsub("\u{A0}", " "):gsub(tied, " ")
      for _, part in ipairs(words_of(untied, width, measure)) do words[#words + 1] = part end
    else
      local first = true
      for part in (word:gsub("([%-/])(%w)", "%1\0%2") .. "\0"):gmatch("([^\0]*)\0") do
        for _, piece in ipairs(measure(part) > width and pieces(part, width, measure) or { part }) do
          words[#words + 1] = { text = piece, blank = first }
          first = false
        end
      end
    end
  end
  return words
end

--- The lines of a text in a width. `measure(text)` gives the width of a piece; without it,
--- columns of a terminal. A no-break blank never ends a line, nor does one that `text.typeset` makes so.
function text.wrap(value, width, measure)
  local plain_measure = measure or text.width
  measure = function(piece) return plain_measure((piece:gsub(tied, " "))) end
  local blank = measure(" ")
  local lines = {}
  for source in (text.clean(value) .. "\n"):gmatch("([^\n]*)\n") do
    local line, used = "", 0
    for _, word in ipairs(words_of(text.typeset(source:gsub("\t", " "), tied), width, measure)) do
      local size = measure(word.text)
      local gap = line ~= "" and word.blank and blank or 0
      if line ~= "" and used + gap + size > width then
        lines[#lines + 1] = line:gsub(tied, " ")
        line, used, gap = "", 0, 0
      end
      line = line .. (gap > 0 and " " or "") .. word.text
      used = used + gap + size
    end
    lines[#lines + 1] = line:gsub(tied, " ")
  end
  return lines
end

--- A text cut or filled with blanks to a width. `align`: "left" (default), "right", "center".
function text.pad(value, width, align)
  local missing = width - text.width(value)
  if missing <= 0 then return value end
  if align == "right" then return (" "):rep(missing) .. value end
  if align == "center" then
    local left = missing // 2
    return (" "):rep(left) .. value .. (" "):rep(missing - left)
  end
  return value .. (" "):rep(missing)
end

return text
