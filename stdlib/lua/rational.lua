-- rational.lua -- exact fractions of 64-bit integers that say when they had to stop being exact.
--
-- A fraction is exact as long as its numerator and denominator fit 64 bits.
-- When an operation would overflow, the result becomes a floating-point value
-- whose field `exact` is false, and whatever is computed from it stays so.
-- The operators + - * / < <= == and unary minus work on fractions; plain
-- numbers and texts are read on the way in.
--
-- How the method modules hand out their results:
--   * a table result holds plain numbers, and a field `exact` of the same
--     shape with the fractions as texts ("17/105"), or false when some value
--     had to be computed in floating point;
--   * a function with one number gives that number, then its text or false;
--   * an undefined result is `nil, "reason-id: sentence"`;
--   * where only a part is undefined, that part is `false` and the field
--     `reasons` has the "reason-id: sentence" under the same name.

local rational = {}

local Fraction = {}
Fraction.__index = Fraction

local LARGEST = 9.2e18      -- a little under 2^63: products estimated below it fit
local DECIMALS = 15         -- decimals of a float that are looked at
local DECIMAL_SCALE = 1000000   -- and of the floats of a long list
local EXACT_FLOAT = 2^53    -- integers up to it are exact as floats

local function inexact(value)
  if value ~= value or value == math.huge or value == -math.huge then
    error("a fraction left the range of numbers", 3)
  end
  return setmetatable({ value = value, exact = false }, Fraction)
end

local function exact(numerator, denominator)
  return setmetatable({ num = numerator, den = denominator, exact = true }, Fraction)
end

local function gcd(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a < 0 and -a or a
end

-- The product, or nil if it may not fit 64 bits.
local function multiply(a, b)
  local estimate = (a + 0.0) * b
  if estimate < LARGEST and estimate > -LARGEST then return a * b end
end

local function plus(a, b)
  local estimate = (a + 0.0) + b
  if estimate < LARGEST and estimate > -LARGEST then return a + b end
end

local function reduced(numerator, denominator)
  if denominator < 0 then numerator, denominator = -numerator, -denominator end
  local common = gcd(numerator, denominator)
  return exact(numerator // common, denominator // common)
end

-- A float is read as the shortest decimal that gives it back: 0.2 is 1/5, as
-- the person who wrote it meant, and not the binary number next to it.
local function from_float(value)
  if value ~= value or value == math.huge or value == -math.huge then
    error("a fraction needs a finite number", 4)
  end
  local scale = 1
  for _ = 0, DECIMALS do
    local scaled = value * scale
    if scaled >= EXACT_FLOAT or scaled <= -EXACT_FLOAT then break end
    local numerator = math.floor(scaled + 0.5)
    if numerator / scale == value then return reduced(numerator, scale) end
    scale = scale * 10
  end
  local whole = math.tointeger(value)
  if whole and whole ~= math.mininteger then return exact(whole, 1) end
  return inexact(value)
end

local function from_text(text)
  local above, below = text:match("^%s*([+-]?%d+)%s*/%s*(%d+)%s*$")
  if above then
    local numerator, denominator = math.tointeger(tonumber(above)), math.tointeger(tonumber(below))
    if denominator == 0 then error("a fraction cannot be divided by zero", 4) end
    if numerator and denominator then return reduced(numerator, denominator) end
    return inexact(tonumber(above) / tonumber(below))
  end
  local sign, whole, decimals = text:match("^%s*([+-]?)(%d+)%.?(%d*)%s*$")
  if not whole then error(("'%s' is not a number"):format(text), 4) end
  if #whole + #decimals <= 18 then
    local numerator = math.tointeger(tonumber(whole .. decimals))
    return reduced(sign == "-" and -numerator or numerator, math.tointeger(10 ^ #decimals))
  end
  return inexact(tonumber(text))
end

--- Reads a value as a fraction: an integer, a float (as its shortest decimal),
--- a text ("17/105", "12500.50") or a fraction. Anything else is an error.
function rational.from(value)
  local kind = math.type(value)
  if kind == "integer" then
    if value == math.mininteger then return inexact(value + 0.0) end
    return exact(value, 1)
  end
  if kind == "float" then return from_float(value) end
  if type(value) == "string" then return from_text(value) end
  if getmetatable(value) == Fraction then return value end
  error(("a number is needed here, not %s"):format(type(value)), 2)
end

local from = rational.from

--- Makes a value that counts as computed in floating point.
function rational.approximate(value)
  return inexact(value + 0.0)
end

--- True for a fraction made by this module.
function rational.is(value)
  return getmetatable(value) == Fraction
end

local function float_of(x)
  if x.exact then return x.num / x.den end
  return x.value
end

function Fraction.__add(a, b)
  a, b = from(a), from(b)
  if a.exact and b.exact then
    if a.den == b.den then
      local sum = plus(a.num, b.num)
      if sum then return reduced(sum, a.den) end
    else
      local common = gcd(a.den, b.den)
      local left, right = multiply(a.num, b.den // common), multiply(b.num, a.den // common)
      local below = multiply(a.den // common, b.den)
      local sum = left and right and plus(left, right)
      if sum and below then return reduced(sum, below) end
    end
  end
  return inexact(float_of(a) + float_of(b))
end

function Fraction.__unm(a)
  if a.exact then return exact(-a.num, a.den) end
  return inexact(-a.value)
end

function Fraction.__sub(a, b)
  return from(a) + -from(b)
end

function Fraction.__mul(a, b)
  a, b = from(a), from(b)
  if a.exact and b.exact then
    local left, right = gcd(a.num, b.den), gcd(b.num, a.den)
    if left == 0 or right == 0 then return exact(0, 1) end
    local above = multiply(a.num // left, b.num // right)
    local below = multiply(a.den // right, b.den // left)
    if above and below then return reduced(above, below) end
  end
  return inexact(float_of(a) * float_of(b))
end

function Fraction.__div(a, b)
  a, b = from(a), from(b)
  if b.exact then
    if b.num == 0 then error("division by zero", 2) end
    local inverse = b.num < 0 and exact(-b.den, -b.num) or exact(b.den, b.num)
    return a * inverse
  end
  if b.value == 0 then error("division by zero", 2) end
  return inexact(float_of(a) / b.value)
end

-- -1, 0 or 1. Exact fractions whose cross products overflow are compared by
-- their whole parts and then by the inverses of what remains.
local function compare_exact(a_num, a_den, b_num, b_den)
  local left, right = multiply(a_num, b_den), multiply(b_num, a_den)
  if left and right then return left < right and -1 or left > right and 1 or 0 end
  local a_whole, b_whole = a_num // a_den, b_num // b_den
  if a_whole ~= b_whole then return a_whole < b_whole and -1 or 1 end
  local a_rest, b_rest = a_num % a_den, b_num % b_den
  if a_rest == 0 or b_rest == 0 then
    return a_rest == b_rest and 0 or a_rest == 0 and -1 or 1
  end
  return compare_exact(b_den, b_rest, a_den, a_rest)
end

--- -1, 0 or 1 as `a` is less than, equal to or greater than `b`.
function rational.compare(a, b)
  a, b = from(a), from(b)
  if a.exact and b.exact then return compare_exact(a.num, a.den, b.num, b.den) end
  local left, right = float_of(a), float_of(b)
  return left < right and -1 or left > right and 1 or 0
end

function Fraction.__lt(a, b) return rational.compare(a, b) < 0 end
function Fraction.__le(a, b) return rational.compare(a, b) <= 0 end
function Fraction.__eq(a, b) return rational.compare(a, b) == 0 end

--- The sign, -1, 0 or 1; a value that is not exact counts as 0 when it is
--- within `tolerance` (default 0) of it.
function rational.sign(x, tolerance)
  x = from(x)
  if x.exact then return x.num < 0 and -1 or x.num > 0 and 1 or 0 end
  tolerance = tolerance or 0
  return x.value < -tolerance and -1 or x.value > tolerance and 1 or 0
end

--- The size without its sign.
function rational.abs(x)
  x = from(x)
  if rational.sign(x) < 0 then return -x end
  return x
end

--- The smaller of two.
function rational.min(a, b)
  a, b = from(a), from(b)
  return b < a and b or a
end

--- The larger of two.
function rational.max(a, b)
  a, b = from(a), from(b)
  return a < b and b or a
end

--- The sum of a list; 0 for an empty one.
function rational.sum(list)
  local total = exact(0, 1)
  for i = 1, #list do total = total + list[i] end
  return total
end

--- Cuts the decimals off, towards zero: 12.5 gives 12, -12.5 gives -12.
function rational.truncate(x)
  x = from(x)
  if not x.exact then return inexact(x.value < 0 and math.ceil(x.value) + 0.0
                                     or math.floor(x.value) + 0.0) end
  if x.num < 0 then return exact(-(-x.num // x.den), 1) end
  return exact(x.num // x.den, 1)
end

--- The number: an integer when the fraction is one, a float otherwise.
function rational.number(x)
  x = from(x)
  if x.exact and x.den == 1 then return x.num end
  return float_of(x)
end

--- The text "17/105" or "5"; false when the value is not exact.
function rational.text(x)
  x = from(x)
  if not x.exact then return false end
  if x.den == 1 then return tostring(x.num) end
  return x.num .. "/" .. x.den
end

function Fraction.__tostring(x)
  return rational.text(x) or tostring(x.value)
end

--- A number and its exact text (or false): what a function of one value returns.
function rational.give(x)
  return rational.number(x), rational.text(x)
end

-- Copies a tree with numbers for fractions; second the tree of texts, third
-- whether every fraction was exact.
local function plain(tree)
  if type(tree) ~= "table" then return tree, nil, true end
  if getmetatable(tree) == Fraction then
    if tree.exact and tree.den == 1 then return tree.num, tostring(tree.num), true end
    return float_of(tree), rational.text(tree), tree.exact
  end
  local numbers, texts, all_exact = {}, {}, true
  for key, value in pairs(tree) do
    local number, text, is_exact = plain(value)
    numbers[key], texts[key] = number, text
    all_exact = all_exact and is_exact
  end
  if next(texts) == nil then texts = nil end
  return numbers, texts, all_exact
end

--- Makes a table result plain: every fraction in it becomes a number, and the
--- field `exact` holds the texts in the same shape, or false.
function rational.result(tree)
  local numbers, texts, all_exact = plain(tree)
  numbers.exact = all_exact and (texts or {})
  return numbers
end

-- Numbers as integers over a power of ten, without a fraction for each; nil when
-- that is not what they are.
local function scale_decimals(list)
  local scale = 1
  for i = 1, #list do
    local value = list[i]
    local kind = math.type(value)
    if not kind or value == math.mininteger then return nil end
    while kind == "float" and math.floor(value * scale + 0.5) / scale ~= value do
      scale = scale * 10
      if scale > DECIMAL_SCALE then return nil end
    end
  end
  local integers = {}
  for i = 1, #list do
    local value = list[i]
    local scaled = value * (scale + 0.0)
    if scaled >= EXACT_FLOAT or scaled <= -EXACT_FLOAT then return nil end
    integers[i] = math.type(value) == "integer" and value * scale or math.floor(scaled + 0.5)
  end
  return integers, scale
end

local function whole(value)
  return math.type(value) == "integer" and value ~= math.mininteger
end

--- The values of a list as integers over one denominator: `integers,
--- denominator`; nil when they do not fit 64 bits. A list that holds nothing
--- but integers is given back itself.
function rational.scale(list)
  local all_whole = true
  for i = 1, #list do
    if not whole(list[i]) then all_whole = false break end
  end
  if all_whole then return list, 1 end
  local decimals, scale = scale_decimals(list)
  if decimals then return decimals, scale end

  local fractions, common = {}, 1
  for i = 1, #list do
    local x = from(list[i])
    if not x.exact then return nil end
    common = multiply(common, x.den // gcd(common, x.den))
    if not common then return nil end
    fractions[i] = x
  end
  for i = 1, #fractions do
    fractions[i] = multiply(fractions[i].num, common // fractions[i].den)
    if not fractions[i] then return nil end
  end
  return fractions, common
end

return rational
