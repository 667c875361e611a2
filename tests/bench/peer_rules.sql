-- peer_rules.sql -- two rules for each entity: does it say something, and is it sound?
SELECT (SELECT count(*) FROM partner WHERE length(title) < 8)
    + (SELECT count(*) FROM goal WHERE length(title) < 8)
    + (SELECT count(*) FROM contribution WHERE length(title) < 8)
    + (SELECT count(*) FROM link WHERE length(title) < 8)
    + (SELECT count(*) FROM partner WHERE type IS NULL)
    + (SELECT count(*) FROM goal WHERE name NOT IN (SELECT goal FROM owner))
    + (SELECT count(*) FROM contribution WHERE value > 99900)
    + (SELECT count(*) FROM link WHERE start = end);
