-- inequality.lua -- how evenly a quantity is shared, and who gets back what they bring.
--
-- Lists of amounts, one per partner, all in the same unit and none negative.
-- An index over one partner only, or over a total of zero, is undefined and
-- gives `nil, reason`. How results and reasons look: see rational.

local rational = require "alliance.rational"

local inequality = {}

--- Limits that no source gives as a norm; a check offers them as settings and
--- says so. `four_fifths` is an analogy with a rule of employment law.
inequality.conventions = {
  four_fifths = { value = 0.8, basis = "analogy: the four-fifths rule of US employment law" },
  jain_notice = { value = 0.9, basis = "convention, no published source" },
  jain_warning = { value = 0.75, basis = "convention, no published source" },
}

-- The amounts as fractions with their sum, or nil and why there is none.
local function amounts(x, at_least, what)
  if type(x) ~= "table" then error("a list of amounts is needed", 3) end
  if #x < at_least then
    return nil, at_least == 1 and "no-value: the list is empty"
      or ("one-value: %s needs at least two values"):format(what)
  end
  local list = {}
  for i = 1, #x do
    list[i] = rational.from(x[i])
    if rational.sign(list[i]) < 0 then
      return nil, ("negative-value: value %d is below zero"):format(i)
    end
  end
  local total = rational.sum(list)
  if rational.sign(total) == 0 then return nil, "zero-total: all values are zero" end
  return list, total
end

local function share_list(list, total)
  local shares = {}
  for i = 1, #list do shares[i] = list[i] / total end
  return shares
end

--- The share of each value in the total.
--- Takes a list of amounts; gives a list of the same length, each 0 to 1, sum 1.
--- Undefined: no-value, negative-value, zero-total.
function inequality.shares(x)
  local list, total = amounts(x, 1, "a share")
  if not list then return nil, total end
  return rational.result(share_list(list, total))
end

--- Gini index, 0 (all equal) to (n-1)/n (one has all).
--- Takes a list of amounts and `{ unbiased = true }` for the form multiplied by
--- n/(n-1); gives the number, then its exact text. Undefined: one-value,
--- negative-value, zero-total.
--- Source: Gini 1914, in the rank form 2 sum(i x(i)) / (n sum x) - (n+1)/n.
function inequality.gini(x, options)
  local list, total = amounts(x, 2, "the Gini index")
  if not list then return nil, total end
  table.sort(list)
  local n, ranked = #list, rational.from(0)
  for i = 1, n do ranked = ranked + list[i] * i end
  local index = ranked * 2 / (total * n) - rational.from(n + 1) / n
  if options and options.unbiased then index = index * n / (n - 1) end
  return rational.give(index)
end

local function jain_of(list, total)
  local squares = rational.from(0)
  for i = 1, #list do squares = squares + list[i] * list[i] end
  return total * total / (squares * #list)
end

--- Jain's fairness index, 1/n (one has all) to 1 (all equal); k of n served
--- equally gives k/n.
--- Takes a list of amounts (or of ratios received / due); gives the number,
--- then its exact text. Undefined: one-value, negative-value, zero-total.
--- Source: Jain, Chiu & Hawe 1984.
function inequality.jain(x)
  local list, total = amounts(x, 2, "Jain's index")
  if not list then return nil, total end
  return rational.give(jain_of(list, total))
end

--- Theil's index: "T", mean of (x/mu) ln(x/mu), 0 to ln n; or "L", mean of
--- ln(mu/x), which needs every value above zero.
--- Takes a list of amounts and the letter; gives a number. Undefined:
--- one-value, negative-value, zero-total, zero-value (L only).
--- Source: Theil 1967.
function inequality.theil(x, form)
  if form ~= "T" and form ~= "L" then error("theil: the form is \"T\" or \"L\"", 2) end
  local list, total = amounts(x, 2, "Theil's index")
  if not list then return nil, total end
  local n, sum = #list, 0.0
  for i = 1, n do
    local ratio = rational.number(list[i] * n / total)
    if form == "L" then
      if ratio == 0 then return nil, ("zero-value: value %d is zero"):format(i) end
      sum = sum - math.log(ratio)
    elseif ratio > 0 then
      sum = sum + ratio * math.log(ratio)
    end
  end
  return sum / n
end

--- Atkinson's index, 0 (equal) to 1, for an aversion to inequality e >= 0.
--- Takes a list of amounts and e; gives a number. With e >= 1 and some value at
--- zero it is 1. Undefined: one-value, negative-value, zero-total.
--- Source: Atkinson 1970.
function inequality.atkinson(x, e)
  if type(e) ~= "number" or not (e >= 0 and e < math.huge) then
    error("atkinson: e is a number from 0 up", 2)
  end
  local list, total = amounts(x, 2, "Atkinson's index")
  if not list then return nil, total end
  local n, sum = #list, 0.0
  for i = 1, n do
    local ratio = rational.number(list[i] * n / total)
    if ratio == 0 and e >= 1 then return 1.0 end
    sum = sum + (e == 1 and math.log(ratio) or ratio ^ (1 - e))
  end
  if e == 1 then return 1 - math.exp(sum / n) end
  return 1 - (sum / n) ^ (1 / (1 - e))
end

--- Herfindahl's index: the sum of the squared shares, 1/n to 1.
--- Takes a list of amounts; gives the number, then its exact text. Undefined:
--- no-value, negative-value, zero-total.
--- Source: Herfindahl 1950; Hirschman 1945.
function inequality.herfindahl(x)
  local list, total = amounts(x, 1, "Herfindahl's index")
  if not list then return nil, total end
  local sum = rational.from(0)
  for _, share in ipairs(share_list(list, total)) do sum = sum + share * share end
  return rational.give(sum)
end

-- The ratio of one partner, or false and why there is none.
local function equity_ratio(contribution, benefit)
  if rational.sign(contribution) > 0 then return benefit / contribution end
  if rational.sign(benefit) > 0 then
    return false, "receives-without-contributing: gets something and brings nothing"
  end
  return false, "no-part: brings nothing and gets nothing"
end

-- Smallest over largest and Jain's index of the ratios, as far as they exist.
local function spread(ratio, reasons, summary)
  local defined = {}
  for i = 1, #ratio do
    if ratio[i] then
      defined[#defined + 1] = ratio[i]
    elseif reasons[i]:find("^receives") then
      return "receives-without-contributing: someone gets something and brings nothing"
    end
  end
  if #defined < 2 then return "one-partner: fewer than two partners have a ratio" end
  local total = rational.sum(defined)
  if rational.sign(total) == 0 then
    return "zero-benefits: those who contribute get nothing"
  end
  local least, most = defined[1], defined[1]
  for _, value in ipairs(defined) do
    least, most = rational.min(least, value), rational.max(most, value)
  end
  summary.min_over_max, summary.jain = least / most, jain_of(defined, total)
end

--- Who gets what they bring: share of the benefits over share of the
--- contributions, 1 meaning in proportion.
--- Takes two lists of the same length, one entry per partner; gives
--- `{ contribution_share, benefit_share, ratio, min_over_max, jain, gap }`:
--- `ratio[i]` is false where it has no number (reason in `reasons.ratio[i]`:
--- receives-without-contributing, no-part), `min_over_max` and `jain` are over
--- the ratios, `gap` is half the sum of the absolute differences of shares.
--- Undefined: one-partner, negative-value, zero-contributions, zero-benefits.
--- Source: Adams 1965 (equity ratio); Jain, Chiu & Hawe 1984. The limits are in
--- `conventions`.
function inequality.equity(contribution, benefit)
  if type(contribution) ~= "table" or type(benefit) ~= "table" or #contribution ~= #benefit then
    error("equity: two lists of the same length are needed", 2)
  end
  if #contribution < 2 then
    return nil, "one-partner: fairness between partners needs at least two of them"
  end
  local given, given_total = amounts(contribution, 2, "fairness")
  if not given then
    return nil, (given_total:gsub("^zero%-total:.*", "zero-contributions: nobody brings anything"))
  end
  local got, got_total = amounts(benefit, 2, "fairness")
  if not got then
    return nil, (got_total:gsub("^zero%-total:.*", "zero-benefits: nobody gets anything"))
  end

  local given_share, got_share = share_list(given, given_total), share_list(got, got_total)
  local ratio, ratio_reasons, gap = {}, {}, rational.from(0)
  for i = 1, #given do
    ratio[i], ratio_reasons[i] = equity_ratio(given_share[i], got_share[i])
    gap = gap + rational.abs(got_share[i] - given_share[i])
  end
  local summary = {
    contribution_share = given_share, benefit_share = got_share,
    ratio = ratio, min_over_max = false, jain = false, gap = gap / 2,
  }
  local reason = spread(ratio, ratio_reasons, summary)
  summary.reasons = { ratio = ratio_reasons, min_over_max = reason, jain = reason }
  return rational.result(summary)
end

return inequality
