-- table-error.lua -- fails while it is loaded
-- ends: load-error
-- says: at once
error("at once")
