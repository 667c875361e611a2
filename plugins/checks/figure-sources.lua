-- figure-sources.lua -- each figure about the world says where it comes from.

local views = require "alliance.views"

-- The figures that somebody counted or estimated, and how to call them. What the partners decide
-- between them (targets, costs, contributions) needs no source.
local figures = {
  { kind = "territory", property = "population", en = "population of %s", fr = "population de %s" },
  { kind = "beneficiary", property = "number", en = "number of %s", fr = "effectif de %s" },
  { kind = "kpi", property = "baseline", en = "starting value of %s", fr = "valeur de départ de %s" },
  { kind = "reading", property = "value", en = "reading of %s", fr = "relevé de %s" },
  { kind = "valuation", property = "value", en = "amount of %s", fr = "montant de %s" },
}

-- Whether a figure says where it comes from: by a source, beside it or for the whole; by how an
-- indicator is measured; or because it is said to be supposed.
local function has_source(entity, property)
  if entity:source(property) or entity:source() then return true end
  if entity:is_assumption(property) or entity:is_assumption() then return true end
  local kpi = entity.kind == "reading" and entity.kpi or entity
  return kpi:is_a("kpi") and (kpi:has("means") or kpi:source() ~= nil)
end

-- A start of nothing, or of 100 % of a reference, is a definition and no count.
local function is_definition(property, value)
  local number = property == "baseline" and (type(value) == "number" and value or value.number)
  return number == 0 or number == 100 and type(value) ~= "number" and value.family == "percent"
end

-- How to call a figure: "number of “Seniors” (400 seniors)".
local function name_of(figure, entity)
  local thing = views.quote(entity.kind == "reading" and entity.kpi or entity)
  local value, name = tostring(entity[figure.property]), {}
  for language, label in pairs(thing) do name[language] = figure[language]:format(label) .. (" (%s)"):format(value) end
  return name
end

local function run(ctx)
  local names, entities, first = {}, {}, nil
  for _, figure in ipairs(figures) do
    for _, entity in ipairs(ctx.model:all(figure.kind)) do
      local value = entity[figure.property]
      if views.known(value) and not is_definition(figure.property, value)
        and not has_source(entity, figure.property) then
        names[#names + 1], entities[#entities + 1] = name_of(figure, entity), entity
        first = first or entity:where(figure.property)
      end
    end
  end
  if first then
    ctx:report { at = first, say = "no-source", count = #names, figures = views.several(names), related = entities }
  end
end

return {
  api = 1, kind = "check", id = "figure-sources", category = "results", profile = "standard",
  word = { en = "figure-sources", fr = "sources-des-chiffres" },
  severity = { idea = "note", deployment = "warning" },
  title = { en = "Each figure says where it comes from", fr = "Chaque chiffre dit d'où il vient" },
  about = {
    en = "Figures that somebody counted or estimated have a source: how many people live there or benefit, where an "
      .. "indicator starts, what was read, what an hour given is worth. `source`, the `means` of an indicator, or "
      .. "`assumption` for what is only supposed. What you decide between you (targets, budgets) needs none, nor does "
      .. "a start at 0 or at 100 %.",
    fr = "Les chiffres que quelqu'un a comptés ou estimés ont une source : la population, l'effectif des "
      .. "bénéficiaires, le départ d'un indicateur, ses relevés, la valeur d'une heure donnée. `source`, le `moyen` "
      .. "d'un indicateur, ou `hypothèse` pour ce qu'on suppose. Ce que vous décidez entre vous (cibles, budgets) "
      .. "n'en demande pas, ni un départ de 0 ou de 100 %.",
  },
  source = {
    en = "Training deck: figures, indicators and the means to evaluate them; convention of this tool",
    fr = "Support de formation : des éléments chiffrés, des indicateurs et les moyens de les évaluer ; convention de "
      .. "cet outil",
  },
  messages = {
    ["no-source"] = {
      en = "{count} {count:figure has|figures have} no source: {figures}.",
      fr = "{count} {count:chiffre n'a pas de source|chiffres n'ont pas de source} : {figures}.",
      why = {
        en = "The first question of a funder is where a figure comes from; a year later nobody among you remembers.",
        fr = "D'où vient ce chiffre ? C'est la première question d'un financeur ; un an après, plus personne ne s'en "
          .. "souvient.",
      },
      next = {
        en = { "Write it beside the figure: `(source \"Town hall, census 2023\")`; `(assumption)` if you suppose it." },
        fr = { "Notez-la à côté du chiffre : `(source \"Mairie, recensement 2023\")` ; `(hypothèse)` si vous le "
          .. "supposez." },
      },
    },
  },
  run = run,
  examples = {
    {
      bad = [[
territory town "The town" { population: 12 000 people }
beneficiary seniors "Seniors" { number: 400 seniors }
kpi meals "Meals shared" {
  baseline: 20 meals
  reading 2024: 30 meals
}
valuation volunteering: 15 EUR/h
]],
      good = [[
territory town "The town" { population: 12 000 people (source "Census 2023") }
beneficiary seniors "Seniors" { number: 400 seniors (assumption) }
kpi meals "Meals shared" {
  baseline: 20 meals
  means: "Register of the canteen"
  reading 2024: 30 meals
}
valuation volunteering: 15 EUR/h (source "Board of 3 March")
]],
      expect = { "no-source" },
    },
  },
}
