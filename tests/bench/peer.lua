-- peer.lua -- what a user of plain Lua would write for the same work.
--
--     lua5.4 peer.lua TASK FOLDER      TASK: load, query, export or rules
--
-- Runs FOLDER/model.lua, then sees to it that each name is given once and each reference names
-- something; the task comes after.

local task, folder = arg[1], arg[2]
local partners, goals, links, named = {}, {}, {}, {}

local TYPES = {}
for word in ("association company foundation local-authority state school startup ngo federation "
  .. "cooperative network cultural-place artist think-tank citizens other"):gmatch("%S+") do
  TYPES[word] = true
end

local function declare(list, one)
  local name = one[1]
  assert(not named[name], name)
  named[name] = one
  list[#list + 1] = one
end

local declarations = {
  partner = function(one) declare(partners, one) end,
  goal = function(one) declare(goals, one) end,
  link = function(one) links[#links + 1] = one end,
}
assert(loadfile(folder .. "/model.lua", "t", declarations))()

local contributions = {}
for _, one in ipairs(partners) do
  assert(TYPES[one.type], one.type)
  for _, given in ipairs(one.brings or {}) do
    given.partner = one
    given.goal = assert(named[given.goal], given.goal)
    contributions[#contributions + 1] = given
  end
end
for _, one in ipairs(goals) do
  for i, name in ipairs(one.owner) do
    one.owner[i] = assert(named[name], name)
  end
end
for _, one in ipairs(links) do
  one[1] = assert(named[one[1]], one[1])
  one[2] = assert(named[one[2]], one[2])
end

local tasks = {}

function tasks.load()
  print(#partners + #goals + #contributions + #links)
end

function tasks.query()
  local total, rows = {}, {}
  for _, one in ipairs(contributions) do
    local kind = one.partner.type
    total[kind] = (total[kind] or 0) + one[1]
  end
  for kind, sum in pairs(total) do
    rows[#rows + 1] = { kind, sum }
  end
  table.sort(rows, function(a, b) return a[2] > b[2] end)
  for i = 1, math.min(10, #rows) do
    print(rows[i][1], rows[i][2])
  end
end

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t" }

local function text(string)
  return '"' .. string:gsub('[%c"\\]', ESCAPES) .. '"'
end

function tasks.export()
  local parts = {}
  local function add(format, ...) parts[#parts + 1] = format:format(...) end
  for _, one in ipairs(partners) do
    local brings = {}
    for i, given in ipairs(one.brings or {}) do
      brings[i] = ('{"value":%d,"unit":%s,"title":%s,"for":%s}'):format(given[1], text(given[2]),
        text(given[3]), text(given.goal[1]))
    end
    add('{"name":%s,"title":%s,"type":%s,"brings":[%s]}', text(one[1]), text(one[2]),
      text(one.type), table.concat(brings, ","))
  end
  for _, one in ipairs(goals) do
    add('{"name":%s,"title":%s,"owner":[%s,%s]}', text(one[1]), text(one[2]),
      text(one.owner[1][1]), text(one.owner[2][1]))
  end
  for _, one in ipairs(links) do
    add('{"from":%s,"to":%s,"title":%s}', text(one[1][1]), text(one[2][1]), text(one[3]))
  end
  io.write('{"entities":[', table.concat(parts, ",\n"), "]}\n")
end

-- Two rules, asked of each entity: does it say something, and is it sound?
local says = {
  partner = function(one) return #one[2] >= 8 end,
  goal = function(one) return #one[2] >= 8 end,
  brings = function(one) return #one[3] >= 8 end,
  link = function(one) return #one[3] >= 8 end,
}
local sound = {
  partner = function(one) return one.type ~= nil end,
  goal = function(one) return one.owner ~= nil end,
  brings = function(one) return one[1] <= 99900 end,
  link = function(one) return one[1] ~= one[2] end,
}

function tasks.rules()
  local findings = 0
  for kind, list in pairs { partner = partners, goal = goals, brings = contributions, link = links } do
    local first, second = says[kind], sound[kind]
    for _, one in ipairs(list) do
      local good, answer = pcall(first, one)
      if not (good and answer) then findings = findings + 1 end
      good, answer = pcall(second, one)
      if not (good and answer) then findings = findings + 1 end
    end
  end
  print(findings)
end

tasks[task]()
