-- reach.lua -- lists everything that a plugin can reach from where it stands, by name and type.
-- What a program's own table holds is data of a run; of those only the functions count.
local function walk(value, path, seen, lines)
  local kind = require("alliance.host").type(value)
  if kind ~= "table" or seen[value] then
    lines[#lines + 1] = path .. " " .. (seen[value] and "as above" or kind)
    return
  end
  seen[value] = true
  lines[#lines + 1] = path .. " table" .. (getmetatable(value) ~= nil and " with a metatable" or "")
  for key, item in next, value do
    walk(item, path .. "." .. tostring(key), seen, lines)
  end
end

return {
  api = 1, kind = "check", id = "api-reach", profile = "light",
  title = { en = "Reach", fr = "Portée" }, about = { en = "A test", fr = "Un essai" },
  messages = { list = { en = "{text}", fr = "{text}" } },
  run = function(ctx)
    local lines, seen = {}, {}
    walk(_G, "_G", seen, lines)
    walk(ctx, "ctx", seen, lines)
    walk(require "alliance", "alliance", {}, lines)
    walk(require "alliance.host", "host", {}, lines)
    walk(require "alliance.kernels", "kernels", {}, lines)
    for name, value in next, { text = "", number = 1, yes = true, none = type, thread = coroutine.create(type),
      entity = ctx.alliance, date = ctx.today, unknown = alliance.unknown, model = ctx.model } do
      lines[#lines + 1] = "metatable of " .. name .. " " .. tostring(getmetatable(value))
    end
    ctx:report { at = ctx.alliance, say = "list", text = table.concat(lines, "\n") }
  end,
}
