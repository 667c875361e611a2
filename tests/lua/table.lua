-- table.lua -- for tests/checks.py: the data of a plugin's table as JSON, its functions left out.
--
-- lua5.4 tests/lua/table.lua PLUGIN

local root = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/../.."

local function module_of(name)
  return root .. "/stdlib/lua/" .. name .. ".lua"
end

-- What only the host has: enough for the files to load.
package.loaded["alliance.host"] = { type = type, date = function() end }
table.insert(package.searchers, 2, function(name)
  local module = name:match("^alliance%.([%w_]+)$")
  if not module or module == "kernels" then return nil end
  return assert(loadfile(module_of(module), "t")), module
end)

local json = require "alliance.json"

local function data_of(value)
  if type(value) ~= "table" then return type(value) ~= "function" and value or nil end
  local copy = {}
  for key, item in pairs(value) do copy[key] = data_of(item) end
  return copy
end

print(json.encode(data_of(assert(loadfile(arg[1], "t"))())))
