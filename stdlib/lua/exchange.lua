-- exchange.lua -- what each actor of an exchange keeps, and whether every exchange goes both ways.
--
-- How results, exact texts and reasons look: see rational.

local rational = require "alliance.rational"

local exchange = {}

-- A valuation is a number or a list of numbers; absent counts as nothing.
local function valuation(value)
  if value == nil then return rational.from(0) end
  if type(value) == "table" and not rational.is(value) then return rational.sum(value) end
  return rational.from(value)
end

--- Net value flow of one actor over its interfaces.
--- Takes a list of interfaces `{ occurrences, money_in, money_out, expense }`
--- (money_in and money_out: the valuation of one occurrence, a number or a list;
--- expense: paid at each occurrence; occurrences 1 if absent) with `fixed`, the
--- expenses of the whole period; gives `{ net, interfaces }`, one value per
--- interface, all in the unit given. Undefined: no-interface,
--- negative-occurrences.
--- Source: Gordijn & Akkermans, e3value; the e3value User Guide, chapter 6.
function exchange.net_value(actor)
  if type(actor) ~= "table" then error("net_value: a list of interfaces is needed", 2) end
  if #actor == 0 then return nil, "no-interface: the actor exchanges nothing" end
  local flows, net = {}, -rational.from(actor.fixed or 0)
  for i, interface in ipairs(actor) do
    local occurrences = rational.from(interface.occurrences or 1)
    if rational.sign(occurrences) < 0 then
      return nil, ("negative-occurrences: interface %d happens less than never"):format(i)
    end
    local each = valuation(interface.money_in) - valuation(interface.money_out)
      - valuation(interface.expense)
    flows[i] = occurrences * each
    net = net + flows[i]
  end
  return rational.result { net = net, interfaces = flows }
end

--- The interfaces that give something for something, and the others.
--- Takes a list of `{ name, incoming, outgoing }`, the numbers of transfers each
--- way; gives `{ valid, not_reciprocal, missing }`: two lists of names in the
--- order given, and by name the side that is missing ("incoming", "outgoing",
--- "both"). Undefined: no-interface.
--- Source: e3value User Guide, section 3.4: at least one port each way.
function exchange.reciprocal(interfaces)
  if type(interfaces) ~= "table" then error("reciprocal: a list of interfaces is needed", 2) end
  if #interfaces == 0 then return nil, "no-interface: there is nothing to judge" end
  local result = { valid = {}, not_reciprocal = {}, missing = {} }
  for i, interface in ipairs(interfaces) do
    local name = interface.name or i
    local comes, goes = (interface.incoming or 0) > 0, (interface.outgoing or 0) > 0
    if comes and goes then
      table.insert(result.valid, name)
    else
      table.insert(result.not_reciprocal, name)
      result.missing[name] = comes and "outgoing" or goes and "incoming" or "both"
    end
  end
  return result
end

return exchange
