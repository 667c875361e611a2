-- plugin.lua -- a check to begin with: {{title}}.
--
-- What it looks for now is an example: partners whom nobody could call. Change it bit by bit, and run
-- its tests after each step (see README.md).

return {
  api = 1,
  kind = "check",
  id = "{{id}}",
  title = { en = "{{title}}", fr = "{{title}}" },
  -- Why it matters, and what to do: `alliance explain {{id}}` shows it.
  about = {
    en = "An alliance lives by people who call each other. Each partner names at least one of them.",
    fr = "Une alliance vit de gens qui s'appellent. Chaque partenaire en nomme au moins un.",
  },
  -- Where the rule comes from: a method, a book, the charter of your network.
  source = { en = "Our own practice", fr = "Notre pratique" },
  -- "error", "warning", "note"; or by status: a status that is not named takes the one before it.
  severity = { idea = "note", framing = "warning" },
  -- What `settings {{id}} { fewest: 2 }` can change.
  options = {
    fewest = { type = "integer", default = 1, min = 1, convention = true, about = {
      en = "How many contacts each partner has at least.",
      fr = "Combien de contacts chaque partenaire a au moins." } },
  },
  -- Every sentence, in both languages; {partner} is what the report below gives.
  messages = {
    missing = {
      en = "{partner} has {count} {count:contact|contacts}: whom would you call?",
      fr = "{partner} a {count} {count:contact|contacts} : qui appelleriez-vous ?",
      next = {
        en = { "Write a function rather than a name: `contact: \"Head of projects\"`." },
        fr = { "Écrivez une fonction plutôt qu'un nom : `contact : \"Responsable de projet\"`." },
      },
    },
    ask = {
      en = "Whom do you call at {partner}?",
      fr = "Qui appelez-vous chez {partner} ?",
    },
  },

  -- Called for each partner, in the order of the file.
  visit = {
    partner = function(ctx, partner)
      if partner:is_unknown("contact") then
        ctx:unknown { at = partner, property = "contact", say = "ask", partner = partner }
        return
      end
      local count = partner:has("contact") and #partner.contact or 0
      if count < ctx.options.fewest then
        ctx:report { at = partner, say = "missing", partner = partner, count = count }
      end
    end,
  },

  -- Tests, and what `alliance explain` shows: `bad` gives what is expected, `good` nothing of it.
  examples = {
    {
      bad = 'partner macif "Fondation Macif"',
      good = 'partner macif "Fondation Macif" { contact: "Head of projects" }',
      expect = { "missing" },
    },
  },
}
