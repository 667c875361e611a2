-- number.lua -- numbers as a reader of a language writes them.

local number = {}

-- Groups stand apart by a no-break blank in both languages, as in the files themselves.
local marks = { en = ".", fr = "," }
local blank = "\u{A0}"

--- A number as text. `options`: lang, decimals (as many as the number has, up to 2, without it),
--- group (false: no groups), sign (true: a plus sign too).
function number.format(value, options)
  options = options or {}
  if value ~= value or value == math.huge or value == -math.huge then return "?" end
  local digits
  if options.decimals then
    digits = ("%." .. options.decimals .. "f"):format(value)
  elseif math.tointeger(value) then
    digits = ("%d"):format(math.tointeger(value))
  else
    digits = ("%.2f"):format(value):gsub("0+$", ""):gsub("%.$", "")
  end
  local sign, whole, rest = digits:match("^(%-?)(%d+)(.*)$")
  if (whole .. rest):find("^[0.]*$") then sign = "" end
  if options.group ~= false and #whole > 3 then
    whole = whole:reverse():gsub("(%d%d%d)", "%1 "):reverse():gsub("^ ", ""):gsub(" ", blank)
  end
  if rest ~= "" then rest = (marks[options.lang] or ".") .. rest:sub(2) end
  if sign == "-" then sign = "\u{2212}" elseif options.sign and value > 0 then sign = "+" end
  return sign .. whole .. rest
end

--- A share from 0 to 1 as a whole percentage; never 0 or 100 for what is only near.
function number.percent(share, lang)
  local rounded = math.floor(share * 100 + 0.5)
  if rounded == 0 and share > 0 then rounded = 1 end
  if rounded == 100 and share < 1 then rounded = 99 end
  return number.format(rounded, { lang = lang }) .. blank .. "%"
end

--- Whether a share (0 to 1) is more than a percentage (0 to 100). What rounding adds does not count:
--- a rate over a period has eight decimals, so 3 parts of 5 may come out a little above 60 %.
function number.exceeds(share, percent)
  return share * 100 > percent + 1e-6
end

return number
