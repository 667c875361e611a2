-- sections.lua -- parts of documents in words, written once: what the report and the analyses share.
--
-- Functions that take `out` add blocks to that list; `ctx` is that of the view.

local text = require "alliance.text"
local views = require "alliance.views"

local sections = {}

-- ---- Cells ----------------------------------------------------------------------------------------

--- What is not known, in a cell.
sections.open = { text = "?", tone = "muted" }

-- Comparisons as print writes them.
local function signs(value)
  return (value:gsub("<=", "≤"):gsub(">=", "≥"))
end

-- What stands for a value that nobody knows, or that this document does not show.
local function open_cell(ctx, entity, property)
  if ctx.left_out > 0 and entity:is_confidential(property) then
    return { text = ctx:text { en = "not shown", fr = "non communiqué" }, tone = "muted" }
  end
  return sections.open
end

--- A property as a cell: its words, `?`, or nothing.
function sections.cell(ctx, entity, property)
  local value = entity[property]
  if value == alliance.unknown then return open_cell(ctx, entity, property) end
  if not views.known(value) then return "" end
  local items, unknown = views.list(value)
  local words = {}
  for i, item in ipairs(items) do
    words[i] = views.is_entity(item) and item.label or signs(text.unbroken(item))
  end
  if unknown > 0 then words[#words + 1] = "?" end
  return text.list(words, ctx.lang)
end

--- The same for a property whose values are words of a list.
function sections.word_cell(ctx, entity, property)
  local value = entity[property]
  if value == alliance.unknown then return open_cell(ctx, entity, property) end
  local words = {}
  for i, item in ipairs((views.list(value))) do words[i] = text.plain_words(ctx:word("word", item)) end
  return text.sentence(text.list(words, ctx.lang))
end

--- A level from 0 to 4 as a cell: "3 / 4", `?`, or nothing.
function sections.level_cell(ctx, entity, property, is_toned)
  local value = entity[property]
  if not math.type(value) then return sections.cell(ctx, entity, property) end
  return { text = value .. "\u{A0}/\u{A0}4",
    tone = is_toned and (value <= 1 and "bad" or value >= 3 and "good") or nil }
end

--- A kind (role "kind") or its plural ("kinds"), as a title.
function sections.kind_title(ctx, kind, role)
  return text.sentence(text.plain_words(ctx:word(role or "kind", kind)))
end

--- The head of a column named by a property.
function sections.head(ctx, property, kind, align)
  return { text = text.sentence(text.plain_words(ctx:word("property", property, kind))), align = align }
end

--- Items one after the other, in a cell.
function sections.joined(ctx, items)
  return table.concat(items, ctx.lang == "fr" and "\u{A0}; " or "; ")
end

--- The titles of entities.
function sections.labels(entities)
  local labels = {}
  for i, entity in ipairs(entities) do labels[i] = entity.label end
  return labels
end

-- ---- Blocks ---------------------------------------------------------------------------------------

function sections.heading(ctx, texts, id, level)
  return { block = "heading", level = level or 2, text = ctx:text(texts), id = id }
end

--- A sentence that stands where there is nothing to show.
function sections.nothing(ctx, texts)
  return { block = "paragraph", tone = "muted", text = ctx:text(texts) }
end

--- The head of a page: the alliance, and what the page is about.
function sections.title(ctx, texts)
  local name = ctx.alliance and ctx.alliance.label or ctx:text { en = "The alliance", fr = "L'alliance" }
  return { block = "title", text = name, subtitle = texts and ctx:text(texts) or nil }
end

--- Figures of which there is no answer: why, and what would help.
function sections.cannot_tell(ctx, texts)
  return { block = "callout", tone = "muted", text = ctx:text(texts),
    title = ctx:text { en = "Cannot tell", fr = "Impossible à dire" } }
end

-- ---- What it means --------------------------------------------------------------------------------

local severities = { error = 1, warning = 2, note = 3 }
local tones = { error = "bad", warning = "warn", note = "info" }

--- What the checks found, findings only: the gravest first, of these the codes of `order` (a list),
--- then in the order of the file.
function sections.found(ctx, order)
  local list, ranks = {}, {}
  for i, code in ipairs(order or {}) do ranks[code] = i - #order - 1 end
  for _, finding in ipairs(ctx.findings or {}) do
    if finding.sort == "finding" then list[#list + 1] = finding end
  end
  table.sort(list, function(a, b)
    if a.severity ~= b.severity then return severities[a.severity] < severities[b.severity] end
    return (ranks[a.code] or 0) < (ranks[b.code] or 0)
  end)
  return list
end

--- The last part of an analysis: what it means and what to do next. What the checks of its subject
--- found comes first (by `order`, see found), then `cannot` (what cannot be told, and whom to ask), else
--- `fine`; both are texts by language, `cannot` may be nil.
function sections.meaning(ctx, out, order, cannot, fine)
  out[#out + 1] = sections.heading(ctx, { en = "What it means, and what to do next",
    fr = "Ce que cela veut dire, et que faire" }, "meaning")
  local found, said = sections.found(ctx, order), {}
  local first = found[1]
  if first then
    out[#out + 1] = { block = "callout", tone = tones[first.severity], title = first.text,
      text = table.concat(first.next, " ") }
    for _, step in ipairs(first.next) do said[step] = true end
    local items = {}
    for i = 2, #found do
      local step = found[i].next[1]
      items[i - 1] = { text = found[i].text, tone = found[i].severity ~= "note" and tones[found[i].severity] or nil,
        note = not said[step or ""] and step or nil }
      said[step or ""] = true
    end
    if #items > 0 then out[#out + 1] = { block = "list", items = items } end
  end
  if cannot then
    out[#out + 1] = { block = "callout", tone = "info", text = ctx:text(cannot),
      title = ctx:text { en = "What would tell more", fr = "Ce qui en dirait plus" } }
  elseif not first then
    out[#out + 1] = { block = "callout", tone = "good", text = ctx:text(fine) }
  end
end

-- What each method says, and where it was published.
local methods = {
  equity = {
    en = "Received ÷ brought: the share of the benefits over the share of the contributions; 1 is in proportion "
      .. "(equity ratio, Adams 1965). Benefits count as felt, from 0 to 4, when each has a level, else as they are "
      .. "worth.",
    fr = "Reçu ÷ apporté : la part des bénéfices rapportée à la part des apports ; 1 est en proportion (rapport "
      .. "d'équité, Adams 1965). Les bénéfices comptent tels qu'ils sont ressentis, de 0 à 4, quand chacun a un "
      .. "niveau, sinon pour leur valeur.",
  },
  jain = {
    en = "Jain's index of these ratios: 1 when all are equal, 1 ÷ number of partners when one has all (Jain, Chiu & "
      .. "Hawe 1984). No published limit says from where on it is fair.",
    fr = "Indice de Jain de ces rapports : 1 quand tous sont égaux, 1 ÷ nombre de partenaires quand un seul a tout "
      .. "(Jain, Chiu et Hawe 1984). Aucun seuil publié ne dit à partir d'où c'est équitable.",
  },
  reciprocity = {
    en = "Reciprocity: each gives something and receives something (e3value, Gordijn & Akkermans).",
    fr = "Réciprocité : chacun apporte et reçoit quelque chose (e3value, Gordijn et Akkermans).",
  },
  net = {
    en = "Net value: what is received less what is brought, in money, only for who has both valued (e3value, Gordijn "
      .. "& Akkermans).",
    fr = "Valeur nette : ce qui est reçu moins ce qui est apporté, en argent, seulement pour qui a chiffré les deux "
      .. "(e3value, Gordijn et Akkermans).",
  },
  shapley = {
    en = "What each makes possible: a goal that needs all who carry it shares its worth equally among them (Shapley "
      .. "1953, by rules: Ieong & Shoham 2005). Only goals that say their worth and who carries them.",
    fr = "Ce que chacun rend possible : un objectif qui demande tous ceux qui le portent partage sa valeur également "
      .. "entre eux (Shapley 1953, par règles : Ieong et Shoham 2005). Seulement les objectifs qui disent leur valeur "
      .. "et qui les porte.",
  },
}

--- The methods that a page used, by id, in small at its end.
function sections.methods(ctx, out, ids)
  local items = {}
  for i, id in ipairs(ids) do items[i] = ctx:text(methods[id]) end
  if #items == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "How it is computed", fr = "Comment c'est calculé" }, "methods")
  out[#out + 1] = { block = "list", items = items }
end

-- ---- Options --------------------------------------------------------------------------------------

--- The partner that the option `who` names, by name or title; nil when it is not given. A name that no
--- partner has ends the run with a sentence.
function sections.who(ctx)
  local wanted = ctx.options.who
  if not wanted or wanted == "" then return nil end
  local partners = ctx.model:all("partner")
  for _, partner in ipairs(partners) do
    if partner.name == wanted or text.fold(partner.label) == text.fold(wanted) then return partner end
  end
  ctx:refuse { partner = wanted, partners = sections.labels(partners),
    en = "no partner is called “{partner}”; the file names {partners}",
    fr = "aucun partenaire ne s'appelle « {partner} » ; le fichier nomme {partners}" }
end

--- The option `who` of a view.
sections.who_option = { type = "text", default = "", about = {
  en = "Only what concerns this partner, by name or title.",
  fr = "Seulement ce qui concerne ce partenaire, par son nom ou son titre." } }

return sections
