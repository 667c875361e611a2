-- What luacheck takes for granted.
std = "lua54"
max_line_length = 120
-- A plugin's callbacks have the parameters that the host gives, used or not.
unused_args = false
-- What a plugin and the modules that ship find beside Lua's own.
files["plugins"].read_globals = { "alliance" }
files["stdlib/lua"].read_globals = { "alliance" }
files["tests/plugins"].read_globals = { "alliance" }
-- The boot script keeps and replaces what a plugin must not reach.
files["plugins/host/lua/boot.lua"].ignore = { "122" }
