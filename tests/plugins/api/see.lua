-- see.lua -- every field and method of doc/reference/plugins.md, over model.alliance.
--
-- Each line says what is asked and what the file says, derived by hand; what differs is a finding.
local failed, asked = {}, 0

local function same(a, b)
  if type(a) == "table" and type(b) == "table" then
    for key in pairs(a) do
      if not same(a[key], b[key]) then return false end
    end
    return #a == #b
  end
  return a == b and math.type(a) == math.type(b)
end

local function show(value)
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  for i, item in ipairs(value) do parts[i] = show(item) end
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function is(what, got, wanted)
  asked = asked + 1
  if not same(got, wanted) then
    failed[#failed + 1] = what .. ": wanted " .. show(wanted) .. ", got " .. show(got)
  end
end

-- The error of a function must hold a text.
local function fails(what, with, call, ...)
  local fine, problem = pcall(call, ...)
  asked = asked + 1
  if fine or not tostring(problem):find(with, 1, true) then
    failed[#failed + 1] = what .. ": wanted an error with '" .. with .. "', got " .. tostring(problem)
  end
end

local function titles(list)
  local names = {}
  for i, entity in ipairs(list) do names[i] = entity.title or entity.label end
  return names
end

local function get(thing, key)
  return function() return thing[key] end
end

local function see_context(ctx)
  is("lang", ctx.lang, "en")
  is("today", ctx.today.text, "2024-06-30")
  is("status", ctx.status, "framing")
  is("alliance", ctx.alliance.name, "test")
  is("left_out", ctx.left_out, 0)
  is("options", ctx.options.limit, 3)
  is("word kind", ctx:word("kind", "partner"), "partner")
  is("word kinds", ctx:word("kinds", "brings"), "contributions")
  is("word property", ctx:word("property", "interest"), "interest")
  is("word word", ctx:word("word", "local-authority"), "local-authority")
  -- A mixed steering is mixte, a mixed conclusion mitigée.
  is("word of a kind", require("alliance.host").word("word", "mixed", "evaluation", "fr"), "mitigée")
  is("word of another", require("alliance.host").word("word", "mixed", "alliance", "fr"), "mixte")
  is("text", ctx:text { en = "{n:one thing|many things} of {who}", fr = "", n = 2, who = ctx.alliance },
    "many things of Élan des rives")
  is("texts", ctx:texts { en = "{n:one|many} {why}", fr = "{n:une|plusieurs} {why}", n = 2,
    why = { { en = "yes", fr = "oui" }, ctx.today } },
    { en = "many yes and 30 June 2024", fr = "plusieurs oui et 30 juin 2024" })
  is("has", alliance.has("patterns"), true)
  is("has not", alliance.has("telepathy"), false)
end

local function see_model(ctx)
  local model = ctx.model
  is("partners", titles(model.partners), { "Macif", "Orange", "silent" })
  is("all", titles(model:all("partner")), { "Macif", "Orange", "silent" })
  local seen, kinds = {}, {}
  for partner in model:each("partner") do seen[#seen + 1] = partner.name end
  is("each", seen, { "macif", "orange", "silent" })
  for entity in model:each() do kinds[#kinds + 1] = entity.kind end
  is("each of all", table.concat(kinds, " ", 1, 6), "alliance box horizon territory partner brings")
  is("contributions", #model.contributions, 4)
  is("find", model:find("macif").title, "Macif")
  is("find nothing", model:find("nobody"), nil)
  is("alliance", model.alliance == ctx.alliance, true)
  is("query of entities", titles(model:query("partners where type = foundation")), { "Macif" })
  is("query of a value", model:query("partners | count"), 3)
  is("query of a sum", model:query("contributions where nature = money | sum value"):of("EUR").text, "500")
  fails("a wrong query", "query", model.query, model, "partners where")
  fails("no collection", "no collection 'partnres'", get(model, "partnres"))
  fails("no kind", "no kind 'partnre'", model.all, model, "partnre")
  fails("the model is read-only", "read-only", function() model.partners = {} end)
end

local function see_entity(ctx)
  local model = ctx.model
  local macif, orange, silent = model:find("macif"), model:find("orange"), model:find("silent")
  is("name", macif.name, "macif")
  is("title", macif.title, "Macif")
  is("no title", silent.title, nil)
  is("label", silent.label, "silent")
  is("kind", macif.kind, "partner")
  is("file", macif.file:match("[^/]*$"), "model.alliance")
  is("line", macif.line, 20)
  is("path", macif.path, "macif")
  is("path of a thing without a name", macif.contributions[1].path, 'macif/brings/"A gift"')
  is("owner", macif.contributions[1].owner, macif)
  is("no owner", macif.owner, nil)
  is("tostring", tostring(macif), "Macif")
  is("equal", macif == model.partners[1], true)
  is("not equal", macif == orange, false)
  is("text", macif.role, "Gives money")
  is("word", macif.type, "foundation")
  is("level", macif.feels, 3)
  is("list", macif.contact, { "a@b.example", "c@d.example" })
  is("whole numbers", ctx.alliance.sdg, { 3, 17 })
  is("reference", ctx.alliance.lead, macif)
  is("references", titles(model:find("lien").owner), { "Macif", "Orange" })
  is("number", model:find("lien").weight, 2.5)
  is("yes-no", model:find("lien").own, false)
  is("x-", macif["x-charter"], "2024-03-01")
  is("x- unknown", macif["x-colour"], alliance.unknown)
  is("x- absent", macif["x-nothing"], nil)
  is("absent", macif.sector, nil)
  is("unknown", macif.motivation, alliance.unknown)
  is("none", macif.brake, alliance.none)
  is("unknown is not none", alliance.unknown == alliance.none, false)
  is("unknown as a text", tostring(alliance.unknown), "?")
  is("a value is not unknown", macif["decision-time"] == alliance.unknown,
    false)
  is("an entity is not unknown", macif == alliance.unknown, false)
  fails("a property that does not exist", "the nearest is 'interest'", get(macif, "intrest"))
  fails("a property of another kind", "no property 'target'", get(macif, "target"))
  fails("read-only", "read-only", function() macif.role = "x" end)
end

local function see_methods(ctx)
  local model = ctx.model
  local macif, orange, ateliers = model:find("macif"), model:find("orange"), model:find("ateliers")
  is("properties", macif:properties(), { "type", "role", "interest", "motivation", "brake", "since", "feels",
    "decision-time", "contact", "x-charter", "x-colour" })
  is("is_unknown", macif:is_unknown("motivation"), true)
  is("is_unknown of a word", macif:is_unknown("role"), false)
  is("is_unknown of what is absent", macif:is_unknown("sector"), false)
  is("is_unknown of a head", macif.contributions[3]:is_unknown("amount"), true)
  is("is_none", macif:is_none("brake"), true)
  is("is_none of ?", macif:is_none("motivation"), false)
  is("has", macif:has("role"), true)
  is("has ?", macif:has("motivation"), false)
  is("has none", macif:has("brake"), false)
  is("has absent", macif:has("sector"), false)
  is("has x-", macif:has("x-charter"), true)
  fails("has of what does not exist", "nearest is 'interest'", macif.has, macif, "intrest")
  fails("where of what does not exist", "nearest is 'interest'", macif.where, macif, "intrest")
  is("is_a", macif:is_a("partner"), true)
  is("is_a another", macif:is_a("goal"), false)
  fails("is_a nothing", "no kind", macif.is_a, macif, "martian")
  is("children", titles(macif:children("brings")), { "A gift", "Hours", "Advice" })
  is("all children", #macif:children(), 7)
  fails("children of no kind", "no kind", macif.children, macif, "martian")
  is("used_by", titles(ateliers:used_by()), { "A gift", "Room" })
  is("used_by a kind", titles(ateliers:used_by("cost")), { "Room" })
  fails("used_by no kind", "no kind", ateliers.used_by, ateliers, "martian")
  is("source", ctx.alliance:source("purpose"), "Minutes, 2024-03-01")
  is("no source", macif:source("role"), nil)
  is("ask", macif:ask("motivation"), "Macif, Ms Roy")
  is("ask nobody", orange:ask("interest"), nil)
  is("ask about a head", macif.contributions[3]:ask(), "Macif")
  is("is_assumption", macif:is_assumption("interest"), true)
  is("is no assumption", macif:is_assumption("role"), false)
  is("is_confidential", macif:is_confidential("contact"), true)
  is("is not confidential", macif:is_confidential("role"), false)
  is("is not confidential itself", macif:is_confidential(), false)
  local place = macif:where("role")
  is("where", type(place), "table")
end

local function see_relations(ctx)
  local model = ctx.model
  local macif, lien, venus = model:find("macif"), model:find("lien"), model:find("venus")
  is("contributions", titles(macif.contributions), { "A gift", "Hours", "Advice" })
  is("goal.kpis", titles(lien.kpis), { "People who came", "Share at ease" })
  is("goal.activities", titles(lien.activities), { "Workshops" })
  is("kpi.latest", tostring(venus.latest), "50 seniors")
  is("kpi.progress", venus.progress.number, 25)
  is("kpi.due", venus.due.text, "2025-06")
  is("readings", #venus.readings, 2)
  is("amount", macif.contributions[1].amount.text, "500")
  is("unknown amount", macif.contributions[3].amount, alliance.unknown)
  is("value of a contribution", macif.contributions[1].value.text, "500")
  is("total of a rate", macif.contributions[2].total.text, "30")
  is("key", macif:children("position")[1].key, lien)
  is("value", macif:children("position")[1].value, 2)
  is("level", macif:children("influences")[1].value, 4)
  is("unknown level", macif:children("trusts")[1].value, alliance.unknown)
  is("percent", lien:children("affects")[1].value.number, -30)
  is("none in a head", ctx.alliance:children("box")[1].value, alliance.none)
  is("word as a key", ctx.alliance:children("box")[1].key, "channels")
  local link = model.links[1]
  is("from", link.from, macif)
  is("to", link.to, model:find("orange"))
  is("bag", macif.money:of("EUR").text, "500")
  is("bag of nothing", macif.money:of("USD"), nil)
  is("bag of amounts", #macif.total.amounts, 2)
  is("bag unknown", macif.total.unknown, 1)
end

local function see_values(ctx)
  local model = ctx.model
  local macif, venus, bande = model:find("macif"), model:find("venus"), model:find("bande")
  local gift, hours = macif.contributions[1].amount, macif.contributions[2].amount
  local met = macif:children("receives")[1].amount
  is("number", gift.number, 500)
  is("number with a fraction", model.contributions[4].amount.number, 1500.5)
  is("text", model.contributions[4].amount.text, "1500.50")
  is("unit", gift.unit, "EUR")
  is("per", gift.per, nil)
  is("family", gift.family, "money")
  is("unit of time", hours.unit, "hour")
  is("per month", hours.per, "month")
  is("family of time", hours.family, "time")
  is("unit of a count", met.unit, "seniors")
  is("family of a count", met.family, "count")
  is("unit of percent", venus.progress.unit, "%")
  is("family of percent", venus.progress.family, "percent")
  is("add", (gift + gift).text, "1000")
  is("subtract", (gift - gift).text, "0")
  is("multiply", (gift * 3).text, "1500")
  is("multiply the other way", (0.1 * gift).text, "50.0")
  is("divide", (gift / 3).text, "166.66666667")
  is("share", gift / (gift + gift), 0.5)
  is("equal", gift == gift * 1, true)
  is("less", gift < gift * 2, true)
  is("at most", gift <= gift, true)
  is("tostring", tostring(model.contributions[4].amount), "1 500.50 EUR")
  fails("other units", "different units", function() return gift + hours end)
  fails("compare other units", "different units", function() return gift < hours end)
  fails("add a number", "different units", function() return gift + 1 end)
  fails("no such field", "no field 'sum'", get(gift, "sum"))

  local since, start, today = macif.since, ctx.alliance.start, ctx.today
  is("year", since.year, 2019)
  is("no month", since.month, nil)
  is("month", start.month, 3)
  is("no day", start.day, nil)
  is("day", today.day, 30)
  is("date as a text", start.text, "2024-03")
  is("last day of a month", alliance.date(start.last).text, "2024-03-31")
  is("first day of a month", alliance.date(start.first).text, "2024-03-01")
  is("before", since:before(start), true)
  is("not before", today:before(since), false)
  is("cannot be told", start:before(alliance.date("2024-03-15")), nil)
  is("same day", alliance.date("2024-06-30") == today, true)
  is("add days", today:add { days = 2 }.text, "2024-07-02")
  is("add months", today:add { months = 8 }.text, "2025-02-28")
  is("after", macif["decision-time"]:after(today).text, "2024-08-30")
  is("no date", alliance.date("yesterday"), nil)
  local period = macif.contributions[2].period
  is("period", period.first.text .. " " .. period.last.text, "2024-01-01 2024-03-31")
  is("open period", model:find("ateliers").period.last, alliance.unknown)
  is("bound", venus.target.bound, ">=")
  is("low", venus.target.low.text, "200")
  is("no high", venus.target.high, nil)
  is("by", venus.target.by.text, "2025-06")
  is("range", bande.target.bound .. bande.target.low.text .. bande.target.high.text, "..4060")
  is("no by", bande.target.by, nil)
end

local function see_library(ctx)
  local host = require "alliance.host"
  is("type of an entity", host.type(ctx.alliance), "entity")
  is("type of an amount", host.type(ctx.model.contributions[1].amount), "amount")
  is("type of a date", host.type(ctx.today), "date")
  is("width", host.width("Élan"), 4)
  is("fold", host.fold("Élan"), "elan")
  is("match", host.match("the river", "r.v", true), "riv")
  is("no match", host.match("the river", "sea", true), nil)
  is("list", host.list("alliance", "status")[1], "idea")
  is("no list", host.list("partner", "role"), nil)
  is("require", require "alliance" ~= nil and require("alliance.host") == host, true)
  local keys = {}
  for key in pairs { z = 1, a = 2, [3] = 3, [1] = 1, b = 4, [2] = 2 } do keys[#keys + 1] = key end
  is("pairs in order", keys, { 1, 2, 3, "a", "b", "z" })
  local t = { b = 1, a = 2 }
  is("next in order", next(t) .. next(t, "a"), "ab")
  is("next at the end", next(t, "b"), nil)
  is("next of nothing", next {}, nil)
  local sorted = { { 2, "a" }, { 1, "b" }, { 2, "c" }, { 1, "d" } }
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  is("sort keeps the order of equals", sorted[1][2] .. sorted[2][2] .. sorted[3][2] .. sorted[4][2], "bdac")
  local entities = {}
  for _, entity in ipairs(ctx.model.partners) do entities[entity] = true end
  local names = {}
  for entity in pairs(entities) do names[#names + 1] = entity.name end
  is("pairs over entities", names, { "macif", "orange", "silent" })
  is("random", math.random(7, 7), 7)
end

return {
  api = 1, kind = "check", id = "api-see", profile = "light",
  title = { en = "The API", fr = "L'API" }, about = { en = "A test", fr = "Un essai" },
  messages = {
    differs = { en = "{what}", fr = "{what}" },
    seen = { en = "{count} things are as they should be", fr = "{count} choses sont comme prévu" },
  },
  options = { limit = { type = "integer", default = 3 } },
  run = function(ctx)
    see_context(ctx)
    see_model(ctx)
    see_entity(ctx)
    see_methods(ctx)
    see_relations(ctx)
    see_values(ctx)
    see_library(ctx)
    for _, what in ipairs(failed) do
      ctx:report { at = ctx.alliance, say = "differs", what = what }
    end
    ctx:report { at = ctx.alliance, say = "seen", count = asked - #failed }
  end,
}
