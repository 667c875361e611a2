-- peer_load.sql -- what a user of SQLite would write: tables with keys, the CSV files read in.
-- Run in the folder of the CSV files; peer_query.sql and the others come after it.
PRAGMA foreign_keys = OFF;
CREATE TABLE partner_type (word TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO partner_type VALUES ('association'), ('company'), ('foundation'), ('local-authority'),
    ('state'), ('school'), ('startup'), ('ngo'), ('federation'), ('cooperative'), ('network'),
    ('cultural-place'), ('artist'), ('think-tank'), ('citizens'), ('other');
CREATE TABLE partner (name TEXT PRIMARY KEY, title TEXT, type TEXT REFERENCES partner_type)
    WITHOUT ROWID;
CREATE TABLE goal (name TEXT PRIMARY KEY, title TEXT) WITHOUT ROWID;
CREATE TABLE owner (goal TEXT REFERENCES goal, partner TEXT REFERENCES partner);
CREATE TABLE contribution (partner TEXT REFERENCES partner, value INTEGER, unit TEXT, title TEXT,
    goal TEXT REFERENCES goal);
CREATE TABLE link (start TEXT REFERENCES partner, end TEXT REFERENCES partner, title TEXT);
.import --csv partner.csv partner
.import --csv goal.csv goal
.import --csv owner.csv owner
.import --csv contribution.csv contribution
.import --csv link.csv link
PRAGMA foreign_key_check;
