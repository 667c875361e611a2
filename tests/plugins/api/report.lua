-- report.lua -- what a finding, a question and a "cannot tell" become on their way out.
return {
  api = 1, kind = "check", id = "api-report", profile = "light",
  word = { en = "api-report", fr = "rapport" },
  title = { en = "Reports", fr = "Rapports" }, about = { en = "A test", fr = "Un essai" },
  source = "A test of our own",
  severity = { meeting = "note", framing = "error", deployment = "warning" },
  messages = {
    values = {
      en = "{who} with {amount}, {date}, {list}, {n:one|many} {number} {yes} {by_language}",
      fr = "{who} avec {amount}, {date}, {list}, {n:un|des} {number} {yes} {by_language}",
      why = { en = "because of {who}", fr = "à cause de {who}" },
      next = { en = { "do {n}", "or not" }, fr = { "faites {n}", "ou pas" } },
    },
    asked = { en = "what is {what}?", fr = "quel est {what} ?" },
    told = { en = "nobody knows {what}", fr = "personne ne sait {what}" },
    light = { en = "light", fr = "léger", severity = "warning" },
    known = { en = "known {partner}", fr = "connu {partner}" },
  },
  options = {
    limit = { type = "integer", default = 3, min = 1, max = 9, about = { en = "how many", fr = "combien" } },
    share = { type = "percent", default = 50 },
    strict = { type = "bool", default = false },
    mode = { type = "word", default = "a", values = { "a", "b" } },
  },
  examples = { { bad = "partner a", good = "# nothing", expect = { "known" } } },
  visit = {
    partner = function(ctx, partner)
      ctx:report { at = partner, say = "known", partner = partner }
    end,
    goal = function(ctx, goal)
      if goal.name == "lien" then
        ctx:report { at = goal, say = "light" }
      end
    end,
  },
  finish = function(ctx)
    local macif = ctx.model:find("macif")
    if not macif then return end
    ctx:report {
      at = macif:where("interest"), say = "values", related = { ctx.model:find("lien") },
      who = macif, amount = macif.contributions[1].amount, date = ctx.alliance.start,
      list = { ctx.model:find("orange"), "x", 2 }, n = ctx.options.limit, number = 2.5, yes = true,
      by_language = { en = "word", fr = "mot" },
    }
    ctx:unknown { at = macif, property = "motivation", say = "asked", what = "the motive" }
    ctx:cannot_tell { at = macif, reason = "told", missing = { macif }, what = "it" }
    ctx:cannot_tell { at = macif, reason = { en = "no {what}", fr = "pas de {what}" }, what = "way" }
    ctx:report { at = macif, say = "light", severity = "note" }
  end,
}
