-- finance.lua -- cover of a budget, contributions in kind, and French funding rules by date.
--
-- Amounts are numbers of one currency. The rules of law are data with their
-- date and source (`rules`), and every function takes other values instead.
-- They were gathered from administrations and professional sites, not from the
-- official journal, and are no legal advice. How results, exact texts and
-- reasons look: see rational.

local rational = require "alliance.rational"

local finance = {}

--- Rules by the date from which they hold, latest last. Patronage: the date is
--- that on which the giving company's financial year closes.
finance.rules = {
  patronage = {
    { from = "2019-12-31", floor = 10000, turnover_share = 0.005, carry_years = 5,
      bands = { { rate = 0.6 } },
      source = "CGI art. 238 bis; law 2018-1317 of 28 December 2018, art. 148, years closed "
        .. "from 31 December 2019" },
    { from = "2020-12-31", floor = 20000, turnover_share = 0.005, carry_years = 5,
      bands = { { up_to = 2000000, rate = 0.6 }, { rate = 0.4 } },
      source = "CGI art. 238 bis; law 2019-1479 of 28 December 2019, years closed from "
        .. "31 December 2020; the exceptions to the 40 % rate are not modelled" },
  },
  owner_share = {
    { from = "2012-01-01", rate = 0.2, lead_rate = 0.3,
      source = "CGCT art. L1111-10 (20 % of the public money of an investment) and L1111-9 "
        .. "(30 % where the owner leads); the exceptions are not modelled" },
  },
  civic_service = {
    { from = "2024-01-01", monthly = 114.85,
      source = "Agence du service civique: 7.43 % of the pay at gross index 244" },
  },
}

--- What no source gives as a norm.
finance.conventions = {
  coverage = { value = 1, basis = "convention: secured cash covers the budget" },
}

local function is_date(text)
  return type(text) == "string" and text:find("^%d%d%d%d%-%d%d%-%d%d$") ~= nil
end

-- The rule that holds on a date, the latest one without a date.
local function rule_on(rules, date)
  if date == nil then return rules[#rules] end
  local found
  for _, rule in ipairs(rules) do
    if rule.from <= date then found = rule end
  end
  if not found then
    return nil, ("no-rule: the rules known here start on %s"):format(rules[1].from)
  end
  return found
end

-- An amount that must be there and not below zero.
local function amount(value, name)
  if value == nil then return nil, ("missing-amount: %s is not known"):format(name) end
  local x = rational.from(value)
  if rational.sign(x) < 0 then
    return nil, ("negative-value: %s is below zero"):format(name)
  end
  return x
end

--- How far secured money covers a budget.
--- Takes `{ budget, secured, probable, in_kind }`, probable and in_kind 0 if
--- absent; gives `{ secured_ratio, secured_plus_probable_ratio, gap_cash }`: the
--- gap is budget minus secured cash, negative for a surplus. What is given in
--- kind never covers cash. Undefined: missing-amount, negative-value,
--- zero-budget. Source: definition; no norm is published.
function finance.coverage(plan)
  if type(plan) ~= "table" then error("coverage: a table is needed", 2) end
  local values = {}
  for _, name in ipairs { "budget", "secured", "probable", "in_kind" } do
    local given = plan[name]
    if given == nil and (name == "probable" or name == "in_kind") then given = 0 end
    local value, problem = amount(given, name)
    if not value then return nil, problem end
    values[name] = value
  end
  if rational.sign(values.budget) == 0 then return nil, "zero-budget: the budget is zero" end
  return rational.result {
    secured_ratio = values.secured / values.budget,
    secured_plus_probable_ratio = (values.secured + values.probable) / values.budget,
    gap_cash = values.budget - values.secured,
  }
end

--- Contributions in kind in the French accounts of classes 86 and 87, which
--- balance and stay outside the result.
--- Takes lines of volunteering `{ hours, hourly_rate }` (the rate is the
--- association's choice, applied constantly and explained), the value of
--- premises lent and of goods given, 0 if absent; gives `{ volunteer_value,
--- account_860, account_861, account_864, account_870, account_871, account_875,
--- total_86, total_87 }`. Undefined: no-contribution, missing-amount,
--- negative-value.
--- Source: regulation ANC 2018-06, art. 211-1, financial years from 1 January 2020.
function finance.in_kind(lines, premises, goods)
  if type(lines) ~= "table" then error("in_kind: a list of lines is needed", 2) end
  if #lines == 0 and premises == nil and goods == nil then
    return nil, "no-contribution: nothing is given in kind"
  end
  local value = rational.from(0)
  for i, line in ipairs(lines) do
    local hours, problem = amount(line.hours, ("the hours of line %d"):format(i))
    if not hours then return nil, problem end
    local rate
    rate, problem = amount(line.hourly_rate, ("the hourly rate of line %d"):format(i))
    if not rate then return nil, problem end
    value = value + hours * rate
  end
  local lent, problem = amount(premises or 0, "the value of the premises")
  if not lent then return nil, problem end
  local given
  given, problem = amount(goods or 0, "the value of the goods")
  if not given then return nil, problem end
  local total = value + lent + given
  return rational.result {
    volunteer_value = value,
    account_860 = given, account_861 = lent, account_864 = value,
    account_870 = given, account_871 = lent, account_875 = value,
    total_86 = total, total_87 = total,
  }
end

-- The reduction on an amount, rate by rate.
local function reduction(base, bands)
  local sum, lower = rational.from(0), rational.from(0)
  for _, band in ipairs(bands) do
    local upper = band.up_to and rational.min(base, band.up_to) or base
    if upper > lower then sum = sum + (upper - lower) * rational.from(band.rate) end
    lower = rational.max(lower, upper)
  end
  return sum
end

--- Tax reduction of a company that gives (French patronage).
--- Takes the gift, the turnover before tax, the date `"2024-12-31"` on which the
--- company's year closes, and, instead of the rule of that date, one of the same
--- shape as the rows of `rules.patronage`. Gives `{ ceiling, eligible_base,
--- tax_reduction, carried_forward, carry_years, rule }`; what is above the
--- ceiling is carried forward up to carry_years. Undefined: missing-amount,
--- negative-value, no-date, no-rule (before the first date).
--- Source: the field `source` of the rule, given back as `rule`.
function finance.patronage(gift, turnover, date, rule)
  local given, problem = amount(gift, "the gift")
  if not given then return nil, problem end
  local sales
  sales, problem = amount(turnover, "the turnover")
  if not sales then return nil, problem end
  if not rule then
    if not is_date(date) then
      return nil, "no-date: the date on which the year closes is needed, as 2024-12-31"
    end
    rule, problem = rule_on(finance.rules.patronage, date)
    if not rule then return nil, problem end
  end
  local ceiling = rational.max(rule.floor, sales * rational.from(rule.turnover_share))
  local base = rational.min(given, ceiling)
  local result = rational.result {
    ceiling = ceiling, eligible_base = base, tax_reduction = reduction(base, rule.bands),
    carried_forward = given - base, carry_years = rule.carry_years,
  }
  result.rule = rule
  return result
end

--- The least share of public money that the owner of a public investment pays.
--- Takes `{ public_total, owner, rate, lead_competence }`: the money of all public
--- persons (private money, patronage and private bodies with a public mission are
--- outside), the owner's part of it, and either the rate, or whether the project
--- is in a field where the owner leads (then the rate of the rules for that).
--- Gives `{ required, ok, share, rate }`. Undefined: missing-amount,
--- negative-value, no-public-money, rate-out-of-range.
--- Source: `rules.owner_share`.
function finance.owner_share(project)
  if type(project) ~= "table" then error("owner_share: a table is needed", 2) end
  local total, problem = amount(project.public_total, "the public total")
  if not total then return nil, problem end
  local owner
  owner, problem = amount(project.owner, "the owner's part")
  if not owner then return nil, problem end
  if rational.sign(total) == 0 then return nil, "no-public-money: there is no public money" end
  local rule = finance.rules.owner_share[#finance.rules.owner_share]
  local usual = project.lead_competence and rule.lead_rate or rule.rate
  local rate = rational.from(project.rate or usual)
  if rate < 0 or rate > 1 then return nil, "rate-out-of-range: a rate is from 0 to 1" end
  local required = total * rate
  return rational.result {
    required = required, ok = owner >= required, share = owner / total, rate = rate,
  }
end

--- What a host owes a volunteer in civic service, as a minimum.
--- Takes `{ monthly, months, starts_on_15th, date }`: the monthly minimum (or the
--- date `"2024-03-01"` from which to take it in `rules.civic_service`), the length
--- in months; gives `{ full_month, half_month, total, payments }`: a service that
--- starts on the 15th pays half a month first and last. Undefined:
--- missing-amount, negative-value, no-rule, no-month.
--- Source: Agence du service civique.
function finance.civic_service(service)
  if type(service) ~= "table" then error("civic_service: a table is needed", 2) end
  local given = service.monthly
  if given == nil and service.date ~= nil then
    if not is_date(service.date) then return nil, "no-date: a date is written 2024-03-01" end
    local rule, problem = rule_on(finance.rules.civic_service, service.date)
    if not rule then return nil, problem end
    given = rule.monthly
  end
  local monthly, problem = amount(given, "the monthly minimum")
  if not monthly then return nil, problem end
  local months = math.tointeger(service.months)
  if not months or months < 1 then return nil, "no-month: the service lasts at least one month" end
  local half, payments = monthly / 2, {}
  for i = 1, months do payments[i] = monthly end
  if service.starts_on_15th then payments[1], payments[months + 1] = half, half end
  return rational.result {
    full_month = monthly, half_month = half, total = monthly * months, payments = payments,
  }
end

return finance
