-- peer_count.sql -- how many entities there are.
SELECT (SELECT count(*) FROM partner) + (SELECT count(*) FROM goal)
    + (SELECT count(*) FROM contribution) + (SELECT count(*) FROM link);
