-- dot.lua -- the network of partners, activities and goals, for Graphviz.

local blocks = require "alliance.blocks"
local dot = require "alliance.dot"
local text = require "alliance.text"
local views = require "alliance.views"

local palette = blocks.palette.light

local looks = {
  partner = { shape = "box", style = "filled,rounded", fillcolor = palette.wash, color = palette.accent },
  activity = { shape = "ellipse", style = "filled", fillcolor = palette.paper, color = palette.muted },
  goal = { shape = "hexagon", style = "filled", fillcolor = palette.sheet, color = palette.good },
}

local relations = {
  owner = { en = "answers for", fr = "répond de", style = "bold" },
  with = { en = "takes part in", fr = "participe à", style = "solid" },
  goals = { en = "serves", fr = "sert", style = "dashed" },
  ["carried-by"] = { en = "carries", fr = "porte", style = "bold" },
  brings = { en = "contributes to", fr = "contribue à", style = "dotted" },
}

local function look_of(entity)
  local lines = text.wrap(text.line(entity.label), 26)
  local look = { label = table.concat(lines, "\n"), tooltip = entity.label }
  for key, value in pairs(looks[entity.kind]) do look[key] = value end
  return look
end

-- The edges with each relation of two things once, however often it is written; who answers for something
-- takes part in it, which needs no second arrow.
local function drawn_edges(edges)
  local seen, drawn = {}, {}
  local function key(edge, relation) return edge.from.path .. "\0" .. edge.to.path .. "\0" .. relation end
  for _, edge in ipairs(edges) do
    if edge.relation == "owner" then seen[key(edge, "with")] = true end
  end
  for _, edge in ipairs(edges) do
    local name = key(edge, edge.relation)
    if not seen[name] then drawn[#drawn + 1] = edge end
    seen[name] = true
  end
  return drawn
end

local function run(ctx, out)
  local network = views.network(ctx.model)
  out:line("digraph " .. dot.quote(ctx.alliance and ctx.alliance.label or "alliance") .. " {")
  out:line("  graph " .. dot.attributes { rankdir = "LR", fontname = "Helvetica" } .. ";")
  out:line("  node " .. dot.attributes { fontname = "Helvetica", fontcolor = palette.ink } .. ";")
  out:line("  edge " .. dot.attributes { fontname = "Helvetica", fontsize = "10", color = palette.muted } .. ";")
  for _, entity in ipairs(network.nodes) do
    out:line("  " .. dot.quote(entity.path) .. " " .. dot.attributes(look_of(entity)) .. ";")
  end
  for _, edge in ipairs(drawn_edges(network.edges)) do
    local relation = relations[edge.relation]
    out:line("  " .. dot.quote(edge.from.path) .. " -> " .. dot.quote(edge.to.path) .. " "
      .. dot.attributes { label = ctx:text(relation), style = relation.style } .. ";")
  end
  out:line("}")
  -- Nobody sees them in the picture; whoever opens the text does.
  for _, sentence in ipairs(blocks.footer({ left_out = ctx.left_out, confidential = ctx.confidential,
    version = ctx.version }, ctx.lang)) do
    out:line("// " .. sentence)
  end
end

return {
  api = 1, kind = "export", id = "dot",
  title = { en = "Network, for Graphviz", fr = "Réseau, pour Graphviz" },
  about = {
    en = "Partners, activities and goals with what ties them, as a DOT text: `dot -Tsvg` draws it.",
    fr = "Les partenaires, les activités et les objectifs avec leurs liens, en texte DOT : `dot -Tsvg` le dessine.",
  },
  format = { en = "A drawing of who works with whom on what", fr = "Un dessin de qui travaille avec qui, et sur quoi" },
  extensions = { "dot", "gv" },
  run = run,
}
