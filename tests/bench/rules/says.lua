-- says.lua -- the first rule of the benchmark: each entity has a title that says something.
local function says(ctx, entity)
  if #entity.title < 8 then
    ctx:report { at = entity, say = "short", entity = entity }
  end
end

return {
  api = 1, kind = "check", id = "bench/says", severity = "note", profile = "light",
  title = { en = "Titles say something", fr = "Les titres disent quelque chose" },
  about = {
    en = "A title of a few letters says nothing to a reader. Write what it is.",
    fr = "Un titre de quelques lettres ne dit rien à qui le lit. Écrivez de quoi il s'agit.",
  },
  messages = {
    short = { en = "{entity} has a very short title", fr = "{entity} a un titre très court" },
  },
  visit = { partner = says, goal = says, brings = says, link = says },
}
