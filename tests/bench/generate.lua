-- generate.lua -- writes one made-up portfolio of N entities, the same for each program measured.
--
--     lua5.4 generate.lua N FOLDER
--
-- Of ten entities four are partners, two goals, two contributions (each in its partner's block)
-- and two links; about 83 bytes and 2.2 lines an entity.  The same N gives the same bytes, on
-- any machine.  FOLDER gets model.alliance, model.lua, model.json and one CSV file a table.

local count, folder = math.tointeger(tonumber(arg[1])), arg[2]
if not count or count < 10 or not folder then
  io.stderr:write("usage: generate.lua N FOLDER, N at least 10\n")
  os.exit(2)
end

local TYPES = {
  "association", "company", "foundation", "local-authority", "state", "school", "startup", "ngo",
  "federation", "cooperative", "network", "cultural-place", "artist", "think-tank", "citizens",
}
local WHO = {
  "Open Workshop", "House of Young People", "Company of Friends", "Mutual Fund", "Foundation",
  "Evening School", "Shared Kitchen", "Travelling Library", "Market of the Growers",
  "Garden for Everybody", "Old Mill", "Little Theatre", "Observatory",
}
local WHERE = {
  "the Banks", "the Old Port", "the High Meadows", "the Canal", "the Three Rivers",
  "the Forge Quarter", "the Station Square", "the Northern Hill", "the Lighthouse",
  "the Long Island", "the Vineyards",
}
local AIM = {
  "More young people at work in", "Fewer lonely people around", "Clean water and air for",
  "Meals that are not thrown away in", "Shared journeys to", "A place to learn near",
  "Homes kept warm in winter in",
}
local GIVES = {
  "Grant of the first year", "Rooms and desks for the team", "Two days a month of the staff",
  "A loan without interest",
}
local TIES = {
  "supports the work of the volunteers of", "meets every first Monday of the month",
  "shares its tools and its van with",
}

-- A number from 0 below `limit` that looks random and depends on i and on the question alone.
local function pick(i, question, limit)
  local x = i * 0x9E3779B97F4A7C15 + question * 0xD6E8FEB86659FD93
  x = (x ~ (x >> 32)) * 0xD6E8FEB86659FD93
  x = (x ~ (x >> 29)) * 0x9E3779B97F4A7C15
  return ((x ~ (x >> 32)) & 0x7fffffffffffffff) % limit
end

local function any(list, i, question)
  return list[pick(i, question, #list) + 1]
end

-- A file written in big pieces.
local function writer(name)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  local parts, size = {}, 0
  local result = {}
  local function flush()
    assert(file:write(table.concat(parts, "", 1, size)))
    size = 0
  end
  function result:line(format, ...)
    size = size + 1
    parts[size] = format:format(...)
    if size == 4096 then flush() end
  end
  function result:close()
    flush()
    assert(file:close())
  end
  return result
end

local function quote(text)
  return '"' .. text .. '"'
end

local alliance, lua, json = writer("model.alliance"), writer("model.lua"), writer("model.json")
local tables = {}
for _, name in ipairs { "partner", "goal", "owner", "contribution", "link" } do
  tables[name] = writer(name .. ".csv")
end

local partners, goals = count * 4 // 10, count * 2 // 10
local links = count - partners - 2 * goals
local partner_name = function(i, question) return "partner-" .. pick(i, question, partners) + 1 end
local goal_name = function(i, question) return "goal-" .. pick(i, question, goals) + 1 end

alliance:line("language en version 1\n\nalliance portfolio \"Portfolio of %d\" {\n  status: idea\n}\n\n",
  count)
json:line("{\"partners\":[")

for i = 1, partners do
  local name, kind = "partner-" .. i, any(TYPES, i, 1)
  local title = any(WHO, i, 2) .. " of " .. any(WHERE, i, 3) .. " " .. i
  local comma = i > 1 and "," or ""
  tables.partner:line("%s,%s,%s\n", name, quote(title), kind)
  alliance:line("partner %s %s {\n  type: %s\n", name, quote(title), kind)
  if i % 2 == 0 then
    local value, what, goal = 100 * (1 + pick(i, 4, 1000)), any(GIVES, i, 5), goal_name(i, 6)
    alliance:line("  brings %d EUR %s { for: %s }\n", value, quote(what), goal)
    lua:line("partner{%s,%s,type=%s,brings={{%d,\"EUR\",%s,goal=%s}}}\n", quote(name), quote(title),
      quote(kind), value, quote(what), quote(goal))
    json:line("%s\n{\"name\":%s,\"title\":%s,\"type\":%s,\"brings\":[{\"value\":%d,\"unit\":\"EUR\","
      .. "\"title\":%s,\"for\":%s}]}", comma, quote(name), quote(title), quote(kind), value,
      quote(what), quote(goal))
    tables.contribution:line("%s,%d,EUR,%s,%s\n", name, value, what, goal)
  else
    lua:line("partner{%s,%s,type=%s}\n", quote(name), quote(title), quote(kind))
    json:line("%s\n{\"name\":%s,\"title\":%s,\"type\":%s}", comma, quote(name), quote(title),
      quote(kind))
  end
  alliance:line("}\n")
end

json:line("],\n\"goals\":[")
for i = 1, goals do
  local name = "goal-" .. i
  local title = any(AIM, i, 11) .. " " .. any(WHERE, i, 12) .. " " .. i
  local first, second = partner_name(i, 13), partner_name(i, 14)
  alliance:line("goal %s %s {\n  owner: %s, %s\n}\n", name, quote(title), first, second)
  lua:line("goal{%s,%s,owner={%s,%s}}\n", quote(name), quote(title), quote(first), quote(second))
  json:line("%s\n{\"name\":%s,\"title\":%s,\"owner\":[%s,%s]}", i > 1 and "," or "", quote(name),
    quote(title), quote(first), quote(second))
  tables.goal:line("%s,%s\n", name, quote(title))
  tables.owner:line("%s,%s\n%s,%s\n", name, first, name, second)
end

json:line("],\n\"links\":[")
for i = 1, links do
  local from, to, what = partner_name(i, 21), partner_name(i, 22), any(TIES, i, 23)
  alliance:line("link %s -> %s %s\n", from, to, quote(what))
  lua:line("link{%s,%s,%s}\n", quote(from), quote(to), quote(what))
  json:line("%s\n{\"from\":%s,\"to\":%s,\"title\":%s}", i > 1 and "," or "", quote(from),
    quote(to), quote(what))
  tables.link:line("%s,%s,%s\n", from, to, what)
end
json:line("]}\n")

alliance:close()
lua:close()
json:close()
for _, one in pairs(tables) do one:close() end
