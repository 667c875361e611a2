-- loop-load.lua -- never ends while it is loaded
-- ends: load-error
while true do end
return {}
