-- peer_query.sql -- what each type of partner gives, the ten highest.
.mode tabs
SELECT type, sum(value) FROM contribution JOIN partner ON partner.name = contribution.partner
    GROUP BY type ORDER BY 2 DESC LIMIT 10;
