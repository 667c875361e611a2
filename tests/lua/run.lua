-- run.lua -- runs the tests of the Lua modules of stdlib and prints TAP.
--
-- lua5.4 tests/lua/run.lua [--seed N] [PART...]
--
-- Parts: oracles, edges, properties, samples; all without one. A host program
-- that already offers `alliance.kernels` gets the comparison of the C kernels
-- with the plain ones too.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local root = here .. "/../.."

package.path = here .. "/?.lua"
table.insert(package.searchers, 2, function(name)
  local module = name:match("^alliance%.([%w_]+)$")
  if not module then return nil end
  local path = root .. "/stdlib/lua/" .. module .. ".lua"
  local chunk, problem = loadfile(path, "t")
  if not chunk then return "\n\t" .. problem end
  return chunk, path
end)

-- The status says what the lines say, for whoever runs this by hand.
local tap, failed = dofile(root .. "/tests/tap.lua"), false
local ok = tap.ok
function tap.ok(condition, ...)
  failed = failed or not condition
  return ok(condition, ...)
end

local seed, parts = 20240607, {}
local index = 1
while arg[index] do
  if arg[index] == "--seed" then
    seed, index = assert(math.tointeger(tonumber(arg[index + 1])), "--seed needs a number"), index + 2
  else
    parts[#parts + 1], index = arg[index], index + 1
  end
end
if #parts == 0 then parts = { "oracles", "edges", "properties", "samples" } end

print(pcall(require, "alliance.kernels") and "# with the C kernels" or "# with the plain kernels")
for _, part in ipairs(parts) do require(part)(tap, root, seed) end
tap.done()
os.exit(not failed, true)
