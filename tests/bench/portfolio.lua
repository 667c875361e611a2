-- portfolio.lua -- writes a folder of N made-up alliances of twelve partners each.
--
--     lua5.4 portfolio.lua N FOLDER
--
-- Each has what the checks look at: needs, goals with indicators and readings, contributions,
-- positions, a calendar with decisions, funding over three years, roles, risks.  Some lack a thing,
-- so that there is something to find.  The same N gives the same bytes, on any machine.
-- FOLDER gets alliances/NNNN.alliance, and model.lua with what peer_portfolio.lua asks about.

local count, folder = math.tointeger(tonumber(arg[1])), arg[2]
if not count or count < 1 or not folder then
  io.stderr:write("usage: portfolio.lua N FOLDER, N at least 1\n")
  os.exit(2)
end

local PLACES = { "the Banks", "the Old Port", "the High Meadows", "the Canal", "the Three Rivers",
  "the Forge Quarter", "the Northern Hill", "the Lighthouse", "the Long Island", "the Vineyards" }
local PARTNERS = {     -- name, title, type
  { "house", "House of Young People", "association" }, { "town", "Town Hall", "local-authority" },
  { "fund", "Mutual Fund", "foundation" }, { "mill", "Old Mill", "company" },
  { "school", "Evening School", "school" }, { "kitchen", "Shared Kitchen", "cooperative" },
  { "library", "Travelling Library", "cultural-place" }, { "growers", "Market of the Growers", "cooperative" },
  { "theatre", "Little Theatre", "artist" }, { "clinic", "Clinic of the Station", "company" },
  { "watch", "Observatory", "think-tank" }, { "neighbours", "Neighbours' Circle", "citizens" },
}
local GOALS = {        -- name, title, what is counted
  { "jobs", "Young people find work here", "jobs" }, { "meals", "Meals are shared and not thrown away", "meals" },
  { "visits", "Nobody stays alone for a week", "visits" }, { "rooms", "Empty rooms come to life", "evenings" },
}
local NATURES = { "staff", "space", "skills", "equipment" }
local FUNDERS = { "town", "fund", "mill" }
local FUNDING = { town = "public", fund = "patronage", mill = "patronage" }

-- A number from 0 below `limit` that looks random and depends on i and on the question alone.
local function pick(i, question, limit)
  local x = i * 0x9E3779B97F4A7C15 + question * 0xD6E8FEB86659FD93
  x = (x ~ (x >> 32)) * 0xD6E8FEB86659FD93
  x = (x ~ (x >> 29)) * 0x9E3779B97F4A7C15
  return ((x ~ (x >> 32)) & 0x7fffffffffffffff) % limit
end

local plain = assert(io.open(folder .. "/model.lua", "w"))

local function write_alliance(i)
  local parts = {}
  local function line(format, ...) parts[#parts + 1] = format:format(...) .. "\n" end
  local function chance(question, one_in) return pick(i, question, one_in) == 0 end
  local where = PLACES[pick(i, 1, #PLACES) + 1] .. " " .. i
  local function bare(format, ...) plain:write(format:format(...)) end

  line("language en version 1\n\nalliance alliance-%d \"Alliance of %s\" {", i, where)
  line("  purpose: \"Live well together in %s, whatever one earns and however old one is\"", where)
  line("  territory: place\n  status: deployment\n  mode: project\n  form: convention\n  steering: civil-society")
  line("  lead: house\n  start: 2025-01-06\n  end: 2027-12-31\n  review: 6 months\n  currency: EUR")
  if not chance(2, 3) then line("  exit: \"Whoever leaves says so six months ahead\"") end
  line("\n  horizon 6 months: \"The first rooms are open\"\n  horizon 1 year: \"Each quarter has its evening\"")
  line("  horizon 3 years: \"The alliance pays half of its own costs\"\n")
  line("  success \"Young people stay\" {\n    kpi: count-jobs\n    accepted-by: house, town, fund\n  }\n}\n")
  line("territory place \"The valley of %s\" {\n  scale: intercommunality\n  population: %d people", where,
    2000 + 10 * pick(i, 3, 900))
  line("}\n\nneed work \"Young people leave to find work\" {")
  line("  evidence: \"One in three, in the count of 2024\"\n  territory: place\n  public: young\n  competent: town\n}")
  line("need company \"Older people who see nobody\" {\n  evidence: \"A count of 2024\"\n  territory: place\n}\n")
  line("beneficiary young \"Young people of the valley\" {\n  number: %d people\n  need: work\n  interest: \"A job nearby\"",
    100 + pick(i, 4, 400))
  line("  rank: main\n}\nbeneficiary old \"Older people\" {\n  need: company\n  rank: secondary\n}\n")

  bare("alliance{%q,partners={\n", "alliance-" .. i)
  for p, partner in ipairs(PARTNERS) do
    local name, title, kind = table.unpack(partner)
    line("partner %s %q {\n  type: %s\n  role: \"Takes part with what it knows\"", name, title .. " of " .. where, kind)
    line("  expertise: \"Twenty years of practice\"\n  interest: \"To be useful here\"\n  feels: %d", pick(i, 20 + p, 5))
    if not chance(40 + p, 4) then line("  contact: \"Head of %s\"\n  deputy: \"Assistant\"", name) end
    line("  decision-time: %d weeks\n  since: 2025-01-06\n", 1 + pick(i, 60 + p, 8))
    local hours, euros = 4 + pick(i, 80 + p, 60), 500 * (1 + pick(i, 100 + p, 30))
    local receives = not chance(120 + p, 6)
    line("  brings %d h/month \"Time of the team\" {\n    nature: %s\n    for: act-%s\n    period: 2025-01..2026-12", hours,
      NATURES[p % 4 + 1] == "space" and "staff" or NATURES[p % 4 + 1], GOALS[p % 4 + 1][1])
    line("    status: confirmed\n  }\n  brings \"A hall in the evening\" {\n    nature: space\n    worth: %d EUR\n  }", euros)
    if receives then
      line("  receives \"People who come\" {\n    nature: audience\n    worth: %d EUR\n    felt: %d\n  }",
        400 * (1 + pick(i, 140 + p, 30)), pick(i, 160 + p, 5))
    end
    bare(" {%q,hours=%d,gives=%d,%s", name, hours, euros, receives and "receives=true," or "")
    bare("positions={")
    for g, goal in ipairs(GOALS) do
      local position = pick(i, 200 + 10 * p + g, 7) - 2
      line("  position %s: %s", goal[1], position > 0 and "+" .. position or position)
      bare("%d,", position)
    end
    bare("}},\n")
    local other = PARTNERS[p % #PARTNERS + 1][1]
    line("  influences %s: %d\n  trusts %s: %d\n}", other, pick(i, 400 + p, 5), other, pick(i, 420 + p, 5))
  end

  bare("},goals={\n")
  for g, goal in ipairs(GOALS) do
    local name, title, unit = table.unpack(goal)
    local owner, measured = PARTNERS[pick(i, 500 + g, 12) + 1][1], not chance(510 + g, 5)
    line("goal %s %q {\n  owner: %s\n  carried-by: %s, town\n  beneficiaries: %s\n  need: %s\n  horizon: %d years\n}", name,
      title, owner, owner == "town" and "house" or owner, g % 2 == 0 and "young" or "old", g % 2 == 0 and "work" or "company",
      1 + g % 3)
    if measured or name == "jobs" then
      line("kpi count-%s \"%s counted\" {\n  goal: %s\n  baseline: 10 %s\n  target: %d %s by 2026-12-31\n  frequency: 3 months",
        name, name, name, unit, 50 + pick(i, 520 + g, 100), unit)
      line("  means: \"A register\"\n  measured-by: watch")
      for quarter = 1, 4 do
        line("  reading 2025-%02d-28: %d %s", 3 * quarter - 1, 10 + quarter * pick(i, 530 + 10 * g + quarter, 12), unit)
      end
      line("}")
    end
    bare(" {%q,%s},\n", name, (measured or name == "jobs") and "kpi=true" or "")
  end

  line("\nphase meeting \"Meeting\" {\n  type: meeting\n  period: 2024-09..2024-12\n}")
  line("phase framing \"Framing\" {\n  type: framing\n  period: 2025-01..2025-06\n  after: meeting\n}")
  line("phase deploying \"Deployment\" {\n  type: deployment\n  period: 2025-07..2027-12\n  after: go\n}")
  local day = chance(600, 5) and "2025-09-12" or "2025-06-20"
  line("milestone go \"Go or no-go\" {\n  type: go-no-go\n  date: %s\n  after: framing\n  owner: house\n  decider: board", day)
  line("  decision: go\n  criterion \"Two rooms are open\" {\n    target: 2 rooms\n  }\n}")
  line("body board \"Board\" {\n  members: house, town, fund, neighbours\n  decides: yes\n  frequency: 2 months\n}")
  line("ritual coffee \"Coffee of the first Monday\" {\n  frequency: 1 month\n  start: 2025-01-06\n  with: house, kitchen, neighbours\n}")
  bare("},phases={{%q,%q},{%q,%q},{%q,%q}},go=%q,\n", "2024-09-01", "2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01",
    "2027-12-31", day)

  line("\noffer evenings \"Open evenings\" {\n  answers: work, company\n  for: young, old\n}")
  for g, goal in ipairs(GOALS) do
    local owner = PARTNERS[pick(i, 700 + g, 12) + 1][1]
    line("activity act-%s \"%s, each week\" {\n  offer: evenings\n  goals: %s\n  owner: %s\n  with: %s, neighbours\n  for: young",
      goal[1], goal[2], goal[1], owner, owner == "neighbours" and "house" or owner)
    line("  period: 2025-07..2027-12\n  place: place\n}")
  end
  line("channel posters \"Posters\" {\n  to: young\n}\nrelation names \"First names\" {\n  with: young, old\n}")
  line("resource hall \"The hall\" {\n  from: mill\n  for: act-rooms\n  period: 2025-07..2027-12\n}")
  bare("costs={")
  for year = 2025, 2027 do
    local euros = 1000 * (20 + pick(i, 800 + year, 40))
    line("cost team-%d %d EUR \"Team, %d\" {\n  for: act-jobs\n  period: %d\n}", year, euros, year, year)
    bare("[%d]=%d,", year, euros)
  end
  bare("},funding={")
  for year = 2025, 2027 do
    for f, from in ipairs(FUNDERS) do
      local euros = 1000 * (4 + pick(i, 820 + 10 * f + year, f == 1 and 40 or 12))
      line("funding %s-%d %d EUR \"%s, %d\" {\n  from: %s\n  type: %s\n  status: %s\n  period: %d\n}", from, year, euros, from,
        year, from, FUNDING[from], year < 2027 and "secured" or "requested", year)
      bare("{%d,%q,%d},", year, from, euros)
    end
  end
  bare("}}\n")
  line("risk late \"The hall is late\" {\n  likelihood: %s\n  impact: medium\n  response: \"The school lends a room\"\n  owner: house\n}",
    chance(900, 2) and "low" or "high")
  line("stakeholder press \"The local paper\" {\n  type: company\n  power: 2\n  interest: 2\n  position: +1\n}")
  line("support hub \"Hub of the region\" {\n  family: ptce\n  contact: met\n  offers: \"Advice\"\n}")

  local file = assert(io.open(("%s/alliances/%04d.alliance"):format(folder, i), "w"))
  assert(file:write(table.concat(parts)))
  assert(file:close())
end

for i = 1, count do write_alliance(i) end
assert(plain:close())
