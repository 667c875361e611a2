-- words.lua -- a module of the folder.
local more = require "lib.more-words"
return { said = "from lib, " .. more .. ", " }
