-- sound.lua -- the second rule of the benchmark: each entity is what its kind asks for.
local function unsound(ctx, entity)
  ctx:report { at = entity, say = "unsound", entity = entity }
end

return {
  api = 1, kind = "check", id = "bench/sound", severity = "note", profile = "light",
  title = { en = "Everything is sound", fr = "Tout se tient" },
  about = {
    en = "A partner has a type, a goal has owners, a contribution is small, a link ties two things.",
    fr = "Un partenaire a un type, un objectif des porteurs ; une contribution est petite, un lien joint deux choses.",
  },
  messages = {
    unsound = { en = "{entity} does not hold", fr = "{entity} ne tient pas" },
  },
  visit = {
    partner = function(ctx, partner)
      if partner.type == nil then unsound(ctx, partner) end
    end,
    goal = function(ctx, goal)
      if goal.owner == nil then unsound(ctx, goal) end
    end,
    brings = function(ctx, contribution)
      if contribution.amount.number > 99900 then unsound(ctx, contribution) end
    end,
    link = function(ctx, link)
      if link.from == link.to then unsound(ctx, link) end
    end,
  },
}
