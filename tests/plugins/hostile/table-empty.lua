-- table-empty.lua -- an empty table
-- ends: load-error
-- says: 'api' is missing
return {}
