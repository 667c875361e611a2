-- fold.lua -- the key under which a word is looked up, and its hash, as lang/base makes them.
--
-- Accents and capitals do not distinguish two words. Only the letters that the data may hold
-- are in the table; a new one is refused until it is added, so that a key is never wrong (a test
-- in C compares every key with the folding of lang/base).

local fold = {}

local plain = { ["’"] = "'", ["œ"] = "oe", ["Œ"] = "oe", ["æ"] = "ae", ["Æ"] = "ae", ["ß"] = "ss" }

local function letters(base, accented)
  for _, code in utf8.codes(accented) do
    plain[utf8.char(code)] = base
  end
end

letters("a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄ")
letters("c", "çćĉċčÇĆĈĊČ")
letters("d", "ďĎ")
letters("e", "èéêëēĕėęěÈÉÊËĒĔĖĘĚ")
letters("g", "ĝğġģĜĞĠĢ")
letters("h", "ĥĤ")
letters("i", "ìíîïĩīĭįÌÍÎÏĨĪĬĮ")
letters("j", "ĵĴ")
letters("k", "ķĶ")
letters("l", "ĺļľĹĻĽ")
letters("n", "ñńņňÑŃŅŇ")
letters("o", "òóôõöōŏőÒÓÔÕÖŌŎŐ")
letters("r", "ŕŗřŔŖŘ")
letters("s", "śŝşšŚŜŞŠ")
letters("t", "ţťŢŤ")
letters("u", "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ")
letters("w", "ŵŴ")
letters("y", "ýÿŷÝŸŶ")
letters("z", "źżžŹŻŽ")

-- The folded key, or nil and the letter that the table lacks.
function fold.key(word)
  local parts = {}
  for _, code in utf8.codes(word) do
    local letter = utf8.char(code)
    if code < 0x80 then
      parts[#parts + 1] = letter:lower()
    elseif plain[letter] then
      parts[#parts + 1] = plain[letter]
    else
      return nil, letter
    end
  end
  return table.concat(parts)
end

-- FNV-1a, 32 bits, over the bytes.
function fold.hash(key)
  local hash = 2166136261
  for index = 1, #key do
    hash = ((hash ~ key:byte(index)) * 16777619) & 0xffffffff
  end
  return hash
end

return fold
