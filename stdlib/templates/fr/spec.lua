-- questions.lua -- d'autres exemples, que seul `alliance plugin tester` joue : ce qu'on ne sait pas encore
-- est une question pour l'ordre du jour, jamais une faute.

return {
  {
    bad = 'partner macif "Fondation Macif" { contact: ? }',
    good = 'partner macif "Fondation Macif" { contact: "Head of projects", "Assistant" }',
    expect = { "ask" },
  },
}
