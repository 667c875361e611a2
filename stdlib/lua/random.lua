-- random.lua -- a seeded source of random numbers that gives the same ones everywhere.
--
-- The generator is xoshiro256** (Blackman & Vigna 2018), its state filled by
-- SplitMix64 (Steele, Lea & Flood 2014) from one 64-bit seed. The C kernels
-- hold the same generator, so a sample has the same numbers with and without
-- them. Not for secrets.

local random = {}

local Source = {}
Source.__index = Source

local function rotate(x, by)
  return x << by | x >> (64 - by)
end

--- A source for a seed, an integer.
function random.source(seed)
  seed = math.tointeger(seed) or error("random: the seed is an integer", 2)
  local state = {}
  for i = 1, 4 do
    seed = seed + 0x9e3779b97f4a7c15
    local mixed = (seed ~ seed >> 30) * 0xbf58476d1ce4e5b9
    mixed = (mixed ~ mixed >> 27) * 0x94d049bb133111eb
    state[i] = mixed ~ mixed >> 31
  end
  return setmetatable(state, Source)
end

--- A source with the four integers of its state given, not all of them 0.
function random.state(a, b, c, d)
  if a | b | c | d == 0 then error("random: the state cannot be all zero", 2) end
  return setmetatable({ a, b, c, d }, Source)
end

--- The next 64 random bits, as an integer.
function Source:bits()
  local a, b, c, d = self[1], self[2], self[3], self[4]
  local result = rotate(b * 5, 7) * 9
  c, d = c ~ a, d ~ b
  self[1], self[2] = a ~ d, b ~ c
  self[3], self[4] = c ~ b << 17, rotate(d, 45)
  return result
end

--- A random integer from 0 to bound - 1, every one as likely; bound is from 1
--- to 2^31. The way is Lemire's (2019), on 32 bits.
function Source:below(bound)
  local product = (self:bits() >> 32) * bound
  local low = product & 0xffffffff
  if low < bound then
    local least = (0x100000000 - bound) % bound
    while low < least do
      product = (self:bits() >> 32) * bound
      low = product & 0xffffffff
    end
  end
  return product >> 32
end

--- Shuffles a list in place, every order as likely (Fisher and Yates).
function Source:shuffle(list)
  for i = #list, 2, -1 do
    local j = self:below(i) + 1
    list[i], list[j] = list[j], list[i]
  end
end

return random
