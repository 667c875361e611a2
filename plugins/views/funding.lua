-- funding.lua -- costs and funding, period by period and by status: what is covered, by whom.

local figures = require "alliance.figures"
local number = require "alliance.number"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

-- ---- What the file says ---------------------------------------------------------------------------

local function money(ctx, value, unit)
  return number.format(value, { lang = ctx.lang }) .. "\u{A0}" .. unit
end

-- Whether a thing falls between `from` and `to`; what has no period always does.
local function is_shown(ctx, item)
  local from, to, period = ctx.options.from, ctx.options.to, item.period
  if not views.known(period) then return true end
  local first = views.known(period.first) and period.first
  local last = views.known(period.last) and period.last
  return not (from and last and last.last < from.first) and not (to and first and first.first > to.last)
end

local function amount(item, property)
  local value = item[property or "amount"]
  if value == alliance.unknown then return sections.open end
  return views.known(value) and text.unbroken(value) or ""
end

local function costs(ctx, out)
  local rows = {}
  for _, cost in ipairs(ctx.model:all("cost")) do
    if is_shown(ctx, cost) then
      rows[#rows + 1] = { cost.title or cost.name or sections.open, sections.cell(ctx, cost, "for"),
        sections.cell(ctx, cost, "period"), amount(cost) }
    end
  end
  for _, activity in ipairs(ctx.model:all("activity")) do
    if activity.cost ~= nil and not activity:is_none("cost") and is_shown(ctx, activity) then
      rows[#rows + 1] = { activity.label, { text = sections.kind_title(ctx, "activity"), tone = "muted" },
        sections.cell(ctx, activity, "period"), amount(activity, "cost") }
    end
  end
  if #rows == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "The file names no cost yet.", fr = "Le fichier ne nomme encore "
      .. "aucun coût." })
    return
  end
  out[#out + 1] = { block = "table", rows = rows, columns = {
    { text = ctx:text { en = "Cost", fr = "Coût" } }, { text = ctx:text { en = "For what", fr = "Pour quoi" } },
    sections.head(ctx, "period", "cost"), { text = ctx:text { en = "Amount", fr = "Montant" }, align = "right" } } }
end

local tones = { secured = "good", refused = "bad" }

local function fundings(ctx, out)
  local rows = {}
  for _, funding in ipairs(ctx.model:all("funding")) do
    if is_shown(ctx, funding) then
      local status = sections.word_cell(ctx, funding, "status")
      if tones[funding.status] then status = { text = status, tone = tones[funding.status] } end
      rows[#rows + 1] = { sections.cell(ctx, funding, "from"), funding.title or funding.name or "", status,
        sections.cell(ctx, funding, "period"), amount(funding) }
    end
  end
  if #rows == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "The file names no funding yet.",
      fr = "Le fichier ne nomme encore aucun financement." })
    return
  end
  out[#out + 1] = { block = "table", rows = rows, columns = { sections.head(ctx, "from", "funding"),
    { text = sections.kind_title(ctx, "funding") }, sections.head(ctx, "status", "funding"),
    sections.head(ctx, "period", "funding"), { text = ctx:text { en = "Amount", fr = "Montant" }, align = "right" } } }
end

-- ---- The figures ----------------------------------------------------------------------------------

local function in_kind(ctx, out, used)
  local list, unvalued = figures.in_kind(ctx.model)
  if #list == 0 and #unvalued == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "What is given in kind, beside the budget",
    fr = "Ce qui est apporté en nature, à côté du budget" }, "in-kind", 3)
  for _, sum in ipairs(list) do
    local bars = {}
    for i, row in ipairs(sum.rows) do
      bars[i] = { label = row.partner.label, value = row.value, text = money(ctx, row.value, sum.unit) }
    end
    out[#out + 1] = { block = "bars", rows = bars, unit = sum.unit, caption = ctx:text {
      total = money(ctx, sum.total, sum.unit), en = "Together {total}: it does not pay for any cost.",
      fr = "Ensemble {total} : cela ne paie aucun coût." } }
  end
  if #list > 0 then used[#used + 1] = "in_kind" end
  if #unvalued > 0 then
    local names = {}
    for i, item in ipairs(unvalued) do
      if i > 6 and #unvalued > 7 then
        names[i] = ctx:text { en = "{count} others", fr = "{count} autres", count = #unvalued - 6 }
        break
      end
      names[i] = item.title or ctx:text { en = "what {partner} brings", fr = "ce qu'apporte {partner}",
        partner = item.partner }
    end
    out[#out + 1] = sections.nothing(ctx, { items = names, count = #unvalued,
      en = "Not valued in money, and not counted as zero: {items}.",
      fr = "Sans valeur en argent, et pas compté pour zéro : {items}." })
  end
end

-- ---- The page -------------------------------------------------------------------------------------

-- Whom to ask for amounts that nobody knows.
local function still_open(ctx, open)
  local names = {}
  for i, item in ipairs(open) do
    local whom = item:ask() or item:is_a("activity") and item:ask("cost") or nil
    names[i] = whom and ctx:text { en = "“{item}” (ask: {whom})", fr = "« {item} » (à demander à : {whom})",
      item = item.label, whom = whom } or ctx:text { en = "“{item}”", fr = "« {item} »", item = item.label }
  end
  return names
end

local function has_costs(model)
  for _, activity in ipairs(model:all("activity")) do
    if activity:has("cost") then return true end
  end
  return #model:all("cost") > 0
end

local function build(ctx)
  local used = { "coverage" }
  local out = { sections.title(ctx, { en = "Funding: what it costs, who pays, what is missing",
    fr = "Financements : ce que cela coûte, qui paie, ce qui manque" }) }
  out[#out + 1] = sections.heading(ctx, { en = "What the file says", fr = "Ce que dit le fichier" }, "inputs")
  costs(ctx, out)
  fundings(ctx, out)
  local rows, open = views.funding(ctx.model)
  local names = still_open(ctx, open)
  out[#out + 1] = sections.heading(ctx, { en = "The figures", fr = "Les chiffres" }, "figures")
  local shown = sections.funding_by_period(ctx, out, rows, #names > 0)
  if #names > 0 then
    out[#out + 1] = sections.cannot_tell(ctx, { items = names, count = #names,
      en = "Whether the costs are covered: no amount is known for {items}. What is shown leaves {count:it|them} out.",
      fr = "Impossible de dire si les coûts sont couverts : aucun montant n'est connu pour {items}. Ce qui est montré "
        .. "ne {count:le|les} compte pas." })
  elseif not shown then
    out[#out + 1] = sections.nothing(ctx, { en = "There is no amount to add up yet.",
      fr = "Il n'y a encore aucun montant à additionner." })
  end
  sections.payers(ctx, out, used)
  in_kind(ctx, out, used)
  sections.meaning(ctx, out, { "funding-balance/gap", "funding-balance/waiting" }, #names > 0 and {
    count = #names,
    en = "Ask for the {count:missing amount|missing amounts} before the next meeting: without {count:it|them}, "
      .. "nobody can say whether the money suffices.",
    fr = "Demandez {count:le montant qui manque|les montants qui manquent} avant la prochaine réunion : sans "
      .. "{count:lui|eux}, personne ne peut dire si l'argent suffit.",
  } or not has_costs(ctx.model) and {
    en = "Write down what it costs, even roughly, with `?` for the amounts that nobody knows: only then can one see "
      .. "whether the money suffices.",
    fr = "Notez ce que cela coûte, même à peu près, avec `?` pour les montants que personne ne connaît : alors "
      .. "seulement on verra si l'argent suffit.",
  } or nil, {
    en = "What is secured covers the costs that are known. Look at this again when a cost or a funding changes.",
    fr = "Ce qui est acquis couvre les coûts connus. Refaites le point quand un coût ou un financement change.",
  })
  sections.methods(ctx, out, shown and used or {})
  return out
end

return {
  api = 1, kind = "view", id = "funding",
  word = { en = "funding", fr = "financements" },
  title = { en = "Costs and funding, period by period", fr = "Coûts et financements, période par période" },
  about = {
    en = "Every cost and every funding with its status; for each currency and each year, what it costs, what is "
      .. "secured, requested or still to be asked for, and what is missing; who pays what is secured; and, beside the "
      .. "budget, what partners give in kind. Currencies are never added; a sum over several years is not split.",
    fr = "Chaque coût, chaque financement avec son statut ; par monnaie et par année, ce que cela coûte, ce qui est "
      .. "acquis, demandé ou à démarcher, et ce qui manque ; qui paie ce qui est acquis ; et, à côté du budget, ce que "
      .. "les partenaires apportent en nature. Les monnaies ne s'additionnent pas ; une somme sur plusieurs années "
      .. "n'est pas découpée.",
  },
  source = {
    en = "Coverage of a budget (definition); Herfindahl-Hirschman index (Hirschman 1964; Tuckman & Chang 1991); "
      .. "contributions in kind beside the accounts (ANC 2018-06)",
    fr = "Taux de couverture d'un budget (définition) ; indice de Herfindahl-Hirschman (Hirschman 1964 ; Tuckman et "
      .. "Chang 1991) ; contributions en nature hors comptes (ANC 2018-06)",
  },
  options = {
    from = sections.from_option, to = sections.to_option,
  },
  findings = { "funding-balance", "funding-dependence" },
  build = build,
}
