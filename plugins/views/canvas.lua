-- canvas.lua -- the nine boxes of the business-model canvas, on one page.

local boxes = require "alliance.canvas"

local function build(ctx)
  local name = ctx.alliance and ctx.alliance.label or ctx:text { en = "The alliance", fr = "L'alliance" }
  local purpose = ctx.alliance and ctx.alliance:has("purpose") and ctx.alliance.purpose or nil
  return {
    { block = "title", text = name, subtitle = purpose },
    boxes.block(ctx, ctx.options.paper),
  }
end

return {
  api = 1, kind = "view", id = "canvas",
  word = { en = "canvas", fr = "canevas" },
  title = { en = "The canvas", fr = "Le canevas" },
  about = {
    en = "The nine boxes of Osterwalder and Pigneur, made from the file: partners, offers, beneficiaries, channels, "
      .. "relations, activities, resources, costs, funding. On one page of A4 or A3; what is not known is shown as a "
      .. "question.",
    fr = "Les neuf cases d'Osterwalder et Pigneur, tirées du fichier : partenaires, propositions, bénéficiaires, "
      .. "canaux, relations, activités, ressources, coûts, financements. Sur une page A4 ou A3 ; ce qui n'est pas "
      .. "connu y figure comme une question.",
  },
  options = {
    paper = { type = "word", default = "a4", values = { "a4", "a3" }, about = {
      en = "The sheet on which it is printed.", fr = "La feuille sur laquelle il s'imprime." } },
  },
  build = build,
}
