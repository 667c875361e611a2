-- questions.lua -- more examples, which only `alliance plugin test` runs: what is not known yet is a
-- question for the agenda, never a fault.

return {
  {
    bad = 'partner macif "Fondation Macif" { contact: ? }',
    good = 'partner macif "Fondation Macif" { contact: "Head of projects", "Assistant" }',
    expect = { "ask" },
  },
}
