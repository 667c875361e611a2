-- table-syntax.lua -- is not Lua
-- ends: load-error
return { api = 1,, }
