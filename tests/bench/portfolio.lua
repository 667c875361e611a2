-- portfolio.lua -- writes a folder of N made-up alliances of twelve partners each.
--
--     lua5.4 portfolio.lua N FOLDER
--
-- Each has what the checks look at: needs, goals with indicators and readings, contributions,
-- positions, a calendar with decisions, funding over three years, roles, risks.  Some lack a thing,
-- so that there is something to find.  The same N gives the same bytes, on any machine.  FOLDER gets
-- alliances/NNNN.alliance, and model.lua with the part that peer_portfolio.lua asks about.

local count, folder = math.tointeger(tonumber(arg[1])), arg[2]
if not count or count < 1 or not folder then
  io.stderr:write("usage: portfolio.lua N FOLDER, N at least 1\n")
  os.exit(2)
end

local PLACES = { "the Banks", "the Old Port", "the High Meadows", "the Canal", "the Three Rivers",
  "the Forge Quarter", "the Northern Hill", "the Lighthouse", "the Long Island", "the Vineyards" }
local PARTNERS = {
  { name = "house", title = "House of Young People", type = "association" },
  { name = "town", title = "Town Hall", type = "local-authority" },
  { name = "fund", title = "Mutual Fund", type = "foundation" },
  { name = "mill", title = "Old Mill", type = "company" },
  { name = "school", title = "Evening School", type = "school" },
  { name = "kitchen", title = "Shared Kitchen", type = "cooperative" },
  { name = "library", title = "Travelling Library", type = "cultural-place" },
  { name = "growers", title = "Market of the Growers", type = "cooperative" },
  { name = "theatre", title = "Little Theatre", type = "artist" },
  { name = "clinic", title = "Clinic of the Station", type = "company" },
  { name = "watch", title = "Observatory", type = "think-tank" },
  { name = "neighbours", title = "Neighbours' Circle", type = "citizens" },
}
local GOALS = {
  { name = "jobs", title = "Young people find work here", unit = "jobs", whom = "young", need = "work" },
  { name = "meals", title = "Meals are shared", unit = "meals", whom = "old", need = "company" },
  { name = "visits", title = "Nobody stays alone for a week", unit = "visits", whom = "old", need = "company" },
  { name = "rooms", title = "Empty rooms come to life", unit = "evenings", whom = "young", need = "work" },
}
local FUNDERS = { { "town", "public", 40 }, { "fund", "patronage", 12 }, { "mill", "patronage", 12 } }
local NATURES = { "staff", "skills", "equipment", "volunteering" }

local ALLIANCE = [[
language en version 1

alliance alliance-{i} "Alliance of {where}" {
  purpose: "Live well together in {where}, whatever one earns and however old one is"
  territory: place
  status: deployment
  mode: project
  form: convention
  steering: civil-society
  lead: house
  start: 2025-01-06
  end: 2027-12-31
  review: 6 months
  currency: EUR
{exit}
  horizon 6 months: "The first rooms are open"
  horizon 1 year: "Each quarter has its evening"
  horizon 3 years: "The alliance pays half of its own costs"

  success "Young people stay" {
    kpi: count-jobs
    accepted-by: house, town, fund
  }
}

territory place "The valley of {where}" {
  scale: intercommunality
  population: {people} people
}

need work "Young people leave to find work" {
  evidence: "One in three, in the count of 2024"
  territory: place
  public: young
  competent: town
}
need company "Older people who see nobody" {
  evidence: "The count of 2024"
  territory: place
}

beneficiary young "Young people of the valley" {
  number: {young} people
  need: work
  interest: "A job nearby"
  rank: main
}
beneficiary old "Older people" {
  need: company
  rank: secondary
}
]]

local PARTNER = [[

partner {name} "{title} of {where}" {
  type: {type}
  role: "Takes part with what it knows"
  expertise: "Twenty years of practice"
  interest: "To be useful here"
  feels: {feels}
{contact}  decision-time: {weeks} weeks
  since: 2025-01-06

  brings {hours} h/month "Time of the team" {
    nature: {nature}
    for: act-{goal}
    period: 2025-01..2026-12
    status: confirmed
  }
  brings "A hall in the evening" {
    nature: space
    worth: {gives} EUR
  }
{receives}{positions}  influences {other}: {influence}
  trusts {other}: {trust}
}
]]

local RECEIVES = [[
  receives "People who come" {
    nature: audience
    worth: {worth} EUR
    felt: {felt}
  }
]]

local GOAL = [[

goal {name} "{title}" {
  owner: {owner}
  carried-by: {owner}, {beside}
  beneficiaries: {whom}
  need: {need}
  horizon: 2 years
}
]]

local KPI = [[
kpi count-{name} "{unit} counted" {
  goal: {name}
  baseline: 10 {unit}
  target: {target} {unit} by 2026-12-31
  frequency: 3 months
  means: "A register"
  measured-by: watch
{readings}}
]]

local CALENDAR = [[

phase meeting "Meeting" {
  type: meeting
  period: 2024-09..2024-12
}
phase framing "Framing" {
  type: framing
  period: 2025-01..2025-06
  after: meeting
}
phase deploying "Deployment" {
  type: deployment
  period: 2025-07..2027-12
  after: go
}
milestone go "Go or no-go" {
  type: go-no-go
  date: {day}
  after: framing
  owner: house
  decider: board
  decision: go
  criterion "Two rooms are open" {
    target: 2 rooms
  }
}
body board "Board" {
  members: house, town, fund, neighbours
  decides: yes
  frequency: 2 months
}
ritual coffee "Coffee of the first Monday" {
  frequency: 1 month
  start: 2025-01-06
  with: house, kitchen, neighbours
}
risk late "The hall is late" {
  likelihood: {likelihood}
  impact: medium
  response: "The school lends a room"
  owner: house
}
offer evenings "Open evenings" {
  answers: work, company
  for: young, old
}
channel posters "Posters" {
  to: young
}
relation names "First names" {
  with: young, old
}
resource hall "The hall" {
  from: mill
  for: act-rooms
  period: 2025-07..2027-12
}
stakeholder press "The local paper" {
  type: company
  power: 2
  interest: 2
  position: +1
}
support hub "Hub of the region" {
  family: ptce
  contact: met
  offers: "Advice"
}
]]

local ACTIVITY = [[
activity act-{name} "{title}, each week" {
  offer: evenings
  goals: {name}
  owner: {owner}
  with: {owner}, {beside}
  for: young
  period: 2025-07..2027-12
  place: place
}
]]

local COST = [[
cost team-{year} {euros} EUR "Team, {year}" {
  for: act-jobs
  period: {year}
}
]]

local FUNDING = [[
funding {from}-{year} {euros} EUR "{from}, {year}" {
  from: {from}
  type: {type}
  status: {status}
  period: {year}
}
]]

-- A number from 0 below `limit` that looks random and depends on i and on the question alone.
local function pick(i, question, limit)
  local x = i * 0x9E3779B97F4A7C15 + question * 0xD6E8FEB86659FD93
  x = (x ~ (x >> 32)) * 0xD6E8FEB86659FD93
  x = (x ~ (x >> 29)) * 0x9E3779B97F4A7C15
  return ((x ~ (x >> 32)) & 0x7fffffffffffffff) % limit
end

local function fill(form, values)
  return (form:gsub("{(%w+)}", values))
end

-- One alliance being made: its text, and the plain table of the peer.
local function maker(i)
  local made = { i = i, text = {}, plain = {}, where = PLACES[pick(i, 1, #PLACES) + 1] .. " " .. i }
  function made.pick(question, limit) return pick(i, question, limit) end
  function made.one_in(question, many) return pick(i, question, many) == 0 end
  function made.add(form, values) made.text[#made.text + 1] = fill(form, values) end
  function made.note(...) made.plain[#made.plain + 1] = (...):format(select(2, ...)) end
  -- A partner's name, and another that is not the same.
  function made.someone(question, beside)
    local name = PARTNERS[pick(i, question, #PARTNERS) + 1].name
    return name, name == beside and "house" or beside
  end
  return made
end

local function add_partner(made, p, partner)
  local receives = not made.one_in(120 + p, 6)
  local hours, gives = 4 + made.pick(80 + p, 60), 500 * (1 + made.pick(100 + p, 30))
  local positions = {}
  made.note("{%q,hours=%d,gives=%d,receives=%s,positions={", partner.name, hours, gives, receives)
  for g, goal in ipairs(GOALS) do
    local position = made.pick(200 + 10 * p + g, 7) - 2
    positions[g] = ("  position %s: %s\n"):format(goal.name, position > 0 and "+" .. position or position)
    made.note("%d,", position)
  end
  made.note("}},\n")
  made.add(PARTNER, {
    name = partner.name, title = partner.title, type = partner.type, where = made.where,
    feels = made.pick(20 + p, 5), weeks = 1 + made.pick(60 + p, 8), hours = hours, gives = gives,
    contact = made.one_in(40 + p, 4) and "" or "  contact: \"Head of the house\"\n  deputy: \"Assistant\"\n",
    nature = NATURES[p % 4 + 1], goal = GOALS[p % 4 + 1].name, positions = table.concat(positions),
    receives = receives and fill(RECEIVES, { worth = 400 * (1 + made.pick(140 + p, 30)), felt = made.pick(160 + p, 5) })
      or "",
    other = PARTNERS[p % #PARTNERS + 1].name, influence = made.pick(400 + p, 5), trust = made.pick(420 + p, 5),
  })
end

local function add_goal(made, g, goal)
  local owner, beside = made.someone(500 + g, "town")
  local is_measured = goal.name == "jobs" or not made.one_in(510 + g, 5)
  made.note("{%q,kpi=%s},\n", goal.name, is_measured)
  made.add(GOAL, { name = goal.name, title = goal.title, whom = goal.whom, need = goal.need, owner = owner,
    beside = beside })
  if not is_measured then return end
  local readings = {}
  for quarter = 1, 4 do
    readings[quarter] = ("  reading 2025-%02d-28: %d %s\n"):format(3 * quarter - 1,
      10 + quarter * made.pick(530 + 10 * g + quarter, 12), goal.unit)
  end
  made.add(KPI, { name = goal.name, unit = goal.unit, target = 50 + made.pick(520 + g, 100),
    readings = table.concat(readings) })
end

local function add_calendar(made)
  local day = made.one_in(600, 5) and "2025-09-12" or "2025-06-20"
  made.note("phases={{'2024-09-01','2024-12-31'},{'2025-01-01','2025-06-30'},")
  made.note("{'2025-07-01','2027-12-31'}},go=%q,\n", day)
  made.add(CALENDAR, { day = day, likelihood = made.one_in(900, 2) and "low" or "high" })
  for g, goal in ipairs(GOALS) do
    local owner, beside = made.someone(700 + g, "neighbours")
    made.add(ACTIVITY, { name = goal.name, title = goal.title, owner = owner, beside = beside })
  end
end

local function add_money(made)
  made.note("costs={")
  for year = 2025, 2027 do
    local euros = 1000 * (20 + made.pick(800 + year, 40))
    made.add(COST, { year = year, euros = euros })
    made.note("[%d]=%d,", year, euros)
  end
  made.note("},funding={")
  for year = 2025, 2027 do
    for f, funder in ipairs(FUNDERS) do
      local euros = 1000 * (4 + made.pick(820 + 10 * f + year, funder[3]))
      made.add(FUNDING, { from = funder[1], type = funder[2], year = year, euros = euros,
        status = year < 2027 and "secured" or "requested" })
      made.note("{%d,%q,%d},", year, funder[1], euros)
    end
  end
  made.note("}")
end

local function written(path, ...)
  local file = assert(io.open(folder .. "/" .. path, "w"))
  assert(file:write(...))
  assert(file:close())
end

local plain = {}
for i = 1, count do
  local made = maker(i)
  made.add(ALLIANCE, { i = i, where = made.where, people = 2000 + 10 * made.pick(3, 900),
    young = 100 + made.pick(4, 400),
    exit = made.one_in(2, 3) and "" or "  exit: \"Whoever leaves says so six months ahead\"\n" })
  made.note("alliance{%q,partners={\n", "alliance-" .. i)
  for p, partner in ipairs(PARTNERS) do add_partner(made, p, partner) end
  made.note("},goals={\n")
  for g, goal in ipairs(GOALS) do add_goal(made, g, goal) end
  made.note("},")
  add_calendar(made)
  add_money(made)
  made.note("}\n")
  written(("alliances/%04d.alliance"):format(i), table.concat(made.text))
  plain[i] = table.concat(made.plain)
end
written("model.lua", table.concat(plain))
