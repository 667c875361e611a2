-- table-number.lua -- returns a number
-- ends: load-error
-- says: one table
return 42
