-- plugin.lua -- une vérification pour commencer : {{title}}.
--
-- Ce qu'elle cherche pour l'instant est un exemple : les partenaires que personne ne saurait appeler.
-- Changez-la peu à peu, et relancez ses tests à chaque pas (voir README.md).

return {
  api = 1,
  kind = "check",
  id = "{{id}}",
  title = { en = "{{title}}", fr = "{{title}}" },
  -- Pourquoi cela compte, et que faire : `alliance expliquer {{id}}` le montre.
  about = {
    en = "An alliance lives by people who call each other. Each partner names at least one of them.",
    fr = "Une alliance vit de gens qui s'appellent. Chaque partenaire en nomme au moins un.",
  },
  -- D'où vient la règle : une méthode, un livre, la charte de votre réseau.
  source = { en = "Our own practice", fr = "Notre pratique" },
  -- "error", "warning", "note" ; ou selon le statut : un statut absent prend celui d'avant.
  severity = { idea = "note", framing = "warning" },
  -- Ce que `réglages {{id}} { fewest : 2 }` peut changer.
  options = {
    fewest = { type = "integer", default = 1, min = 1, convention = true, about = {
      en = "How many contacts each partner has at least.",
      fr = "Combien de contacts chaque partenaire a au moins." } },
  },
  -- Chaque phrase, dans les deux langues ; {partner} est ce que donne le rapport plus bas.
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

  -- Appelée pour chaque partenaire, dans l'ordre du fichier.
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

  -- Des tests, et ce que montre `alliance expliquer` : `bad` donne ce qui est attendu, `good` rien de cela.
  examples = {
    {
      bad = 'partner macif "Fondation Macif"',
      good = 'partner macif "Fondation Macif" { contact: "Head of projects" }',
      expect = { "missing" },
    },
  },
}
