-- samples.lua -- runs the samples of doc/reference/methods.md and looks whether it names everything.
--
-- A sample is a block of Lua; each `--> text` in it is a line that it prints.

local modules = {
  "coalitions", "concordance", "exchange", "finance", "games", "goals", "inequality", "linear",
  "mactor", "network", "random", "rational", "schedule", "stakeholders",
}

local function lines_of(...)
  local parts = table.pack(...)
  for i = 1, parts.n do parts[i] = tostring(parts[i]) end
  return table.concat(parts, "\t", 1, parts.n)
end

local function run(sample)
  local printed, wanted = {}, {}
  for text in sample:gmatch("%-%->[ ]?([^\n]*)") do wanted[#wanted + 1] = text end
  local environment = setmetatable({
    print = function(...) printed[#printed + 1] = lines_of(...) end,
  }, { __index = _G })
  local chunk, problem = load(sample, "sample", "t", environment)
  if not chunk then return problem end
  local passed, message = pcall(chunk)
  if not passed then return message end
  if #wanted == 0 then return "the sample shows no result" end
  for i = 1, math.max(#printed, #wanted) do
    if printed[i] ~= wanted[i] then
      return ("line %d: printed %s, shown %s"):format(i, tostring(printed[i]), tostring(wanted[i]))
    end
  end
end

return function(tap, root)
  local file = assert(io.open(root .. "/doc/reference/methods.md"))
  local text = file:read("a")
  file:close()

  local count = 0
  for head, sample in text:gmatch("\n```lua\n()(.-)\n```") do
    count = count + 1
    local _, line = text:sub(1, head):gsub("\n", "")
    local problem = run(sample)
    tap.ok(not problem, ("sample at line %d"):format(line + 1), problem)
  end
  tap.ok(count > 0, "there are samples")

  for _, module in ipairs(modules) do
    local missing = {}
    for name, value in pairs(require("alliance." .. module)) do
      if type(value) == "function" and not text:find("`" .. name .. "(", 1, true) then
        missing[#missing + 1] = name
      end
    end
    table.sort(missing)
    tap.ok(#missing == 0, "the reference names every function of " .. module,
           "missing: " .. table.concat(missing, ", "))
  end
end
