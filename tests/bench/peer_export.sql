-- peer_export.sql -- the whole model as JSON, one entity a line.
CREATE INDEX contribution_of ON contribution (partner);
CREATE INDEX owner_of ON owner (goal);
.mode list
SELECT json_object('name', name, 'title', title, 'type', type, 'brings', (
    SELECT json_group_array(json_object('value', value, 'unit', unit, 'title', title, 'for', goal))
    FROM contribution WHERE partner = name)) FROM partner;
SELECT json_object('name', name, 'title', title, 'owner', (
    SELECT json_group_array(partner) FROM owner WHERE goal = name)) FROM goal;
SELECT json_object('from', start, 'to', end, 'title', title) FROM link;
