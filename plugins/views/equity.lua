-- equity.lua -- who gives, who receives, and who feels what: a table, figures, never one score.

local figures = require "alliance.figures"
local number = require "alliance.number"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

-- The partners shown: all, or the one asked for.
local function is_shown(who, row)
  return not who or row.partner.path == who.path
end

-- ---- What the file says ---------------------------------------------------------------------------

-- What a contribution or a benefit is: its title, else its nature, else `?`.
local function what(ctx, item)
  if item.title then return item.title end
  if item:has("nature") then return text.sentence(text.plain_words(ctx:word("word", item.nature))) end
  if views.known(item.amount) then return "" end
  return sections.open
end

local function amount(item)
  if item.amount == alliance.unknown then return sections.open end
  return views.known(item.amount) and text.unbroken(item.amount) or ""
end

-- What it is worth in money: as written, or by the rate of its nature.
local function worth(ctx, item, rates)
  local value, unit, is_rated = figures.worth(ctx.model, item, rates)
  if not value then return sections.open end
  return { text = number.format(value, { lang = ctx.lang }) .. "\u{A0}" .. unit,
    note = is_rated and ctx:text { en = "by its valuation", fr = "d'après sa valorisation" } or nil }
end

-- Rows of one side of the ledger, the partner on its first one; then who says nothing.
local function rows_of(ledger, who, side, cells)
  local rows, silent = {}, {}
  for _, row in ipairs(ledger) do
    local items = {}
    for _, list in ipairs { row[side], row[side .. "_open"] } do
      for _, item in ipairs(list) do items[#items + 1] = item end
    end
    if is_shown(who, row) then
      for i, item in ipairs(items) do rows[#rows + 1] = cells(i == 1 and row.partner.label or sections.ditto, item) end
      if #items == 0 then silent[#silent + 1] = row.partner end
    end
  end
  return rows, silent
end

local function brought(ctx, out, ledger, who)
  local rates = figures.rates(ctx.model)
  local rows, silent = rows_of(ledger, who, "gives", function(label, item)
    return { label, what(ctx, item), amount(item), worth(ctx, item, rates) }
  end)
  if #rows > 0 then
    out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
      { text = ctx:text { en = "Brings", fr = "Apporte" } },
      { text = ctx:text { en = "How much", fr = "Combien" }, align = "right" },
      { text = ctx:text { en = "Worth", fr = "Valeur" }, align = "right" } } }
  end
  if #silent > 0 then
    out[#out + 1] = sections.nothing(ctx, { partners = views.those(silent, #ledger), count = #silent,
      en = "The file does not say what {partners} {count:brings|bring}.",
      fr = "Le fichier ne dit pas ce {count:qu'apporte|qu'apportent} {partners}." })
  end
end

local function received(ctx, out, ledger, who)
  local rows, silent = rows_of(ledger, who, "receives", function(label, item)
    return { label, what(ctx, item), amount(item), sections.level_cell(ctx, item, "felt") }
  end)
  if #rows > 0 then
    out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
      { text = ctx:text { en = "Receives", fr = "Reçoit" } },
      { text = ctx:text { en = "How much", fr = "Combien" }, align = "right" },
      sections.head(ctx, "felt", "receives", "right") } }
  end
  if #silent > 0 then
    out[#out + 1] = sections.nothing(ctx, { partners = views.those(silent, #ledger), count = #silent,
      en = "The file does not say what {partners} {count:receives|receive}.",
      fr = "Le fichier ne dit pas ce {count:que reçoit|que reçoivent} {partners}." })
  end
end

-- How fair each finds the relation: asked, not computed.
local function feelings(ctx, out, ledger, who)
  local rows, unsaid = {}, {}
  for _, row in ipairs(ledger) do
    if is_shown(who, row) then
      if row.partner.feels == nil then
        unsaid[#unsaid + 1] = row.partner
      else
        rows[#rows + 1] = { row.partner.label, sections.level_cell(ctx, row.partner, "feels", true) }
      end
    end
  end
  if #rows > 0 then
    out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
      { text = ctx:text { en = "Finds the relation fair", fr = "Trouve la relation équitable" }, align = "right" } },
      caption = ctx:text { en = "From 0 (very unfair) to 4 (fair), in the partner's own words.",
        fr = "De 0 (très inéquitable) à 4 (équitable), selon le partenaire lui-même." } }
  end
  if #unsaid > 0 then
    out[#out + 1] = sections.nothing(ctx, { partners = views.those(unsaid, #ledger),
      en = "Nobody has noted how fair the relation feels to {partners}.",
      fr = "Pour {partners}, personne n'a noté si la relation paraît équitable." })
  end
  return #unsaid
end

-- ---- The figures ----------------------------------------------------------------------------------

-- Bars of one matter, one unit at a time; shares only when everything is counted.
local function carried(ctx, out, ledger, who, matter, title)
  local sums, missing = views.sums(ctx.model, ledger, matter)
  for _, sum in ipairs(sums) do
    local bars = {}
    for _, row in ipairs(ledger) do
      local value = sum.by[row.partner.path]
      if value and is_shown(who, row) then
        local shown = views.shown(sum, value)
        if #missing == 0 and sum.total > 0 then
          shown = shown .. " (" .. number.percent(value / sum.total, ctx.lang) .. ")"
        end
        bars[#bars + 1] = { label = row.partner.label, value = value, text = text.unbroken(shown) }
      end
    end
    if #bars > 0 then
      out[#out + 1] = sections.heading(ctx, title, nil, 3)
      out[#out + 1] = { block = "bars", rows = bars, unit = sum.unit, caption = #missing > 0 and ctx:text {
        count = #missing,
        en = "Without {count} {count:contribution|contributions} of which the amount, or what it is, is not known: so "
          .. "no shares.",
        fr = "Sans {count} {count:apport|apports} dont on ne connaît pas la quantité, ou la nature : donc pas de "
          .. "parts." } or nil }
    end
  end
end

local function answered(ctx, out, ledger, who)
  local count = views.accountabilities(ctx.model)
  local bars = {}
  for _, row in ipairs(ledger) do
    local value = count.by[row.partner.path]
    if value and is_shown(who, row) then
      bars[#bars + 1] = { label = row.partner.label, value = value,
        text = ctx:text { en = "{value} of {total}", fr = "{value} sur {total}", value = value, total = count.total } }
    end
  end
  if #bars == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "Activities answered for", fr = "Activités dont chacun répond" }, nil, 3)
  out[#out + 1] = { block = "bars", rows = bars, caption = #count.open > 0 and ctx:text { count = #count.open,
    en = "Nobody is named for {count} {count:activity|activities}.",
    fr = "Personne n'est désigné pour {count} {count:activité|activités}." } or nil }
end

-- Why contributions and benefits cannot be set side by side.
local reasons = {
  ["not-valued"] = {
    en = "Shares can be computed only when everything that is brought and received has a value. Missing ({count}): "
      .. "{items}.",
    fr = "Pour calculer des parts, il faut une valeur pour tout ce qui est apporté et reçu. Il manque ({count}) : "
      .. "{items}.",
  },
  mixed = {
    en = "What is brought is in several currencies, which are never added.",
    fr = "Ce qui est apporté est en plusieurs monnaies, qui ne s'additionnent pas.",
  },
  ["one-partner"] = {
    en = "Fairness is between partners: the file names fewer than two.",
    fr = "L'équité se juge entre partenaires : le fichier en nomme moins de deux.",
  },
  ["zero-contributions"] = {
    en = "Nothing that is brought has a value yet.",
    fr = "Rien de ce qui est apporté n'a encore de valeur.",
  },
  ["zero-benefits"] = {
    en = "Nothing that is received has a value yet.",
    fr = "Rien de ce qui est reçu n'a encore de valeur.",
  },
}

-- Items in words: the first ones, then how many more.
local function named(ctx, items)
  local names = {}
  for i, item in ipairs(items) do
    if i > 5 and #items > 6 then
      names[i] = ctx:text { en = "{count} others", fr = "{count} autres", count = #items - 5 }
      break
    end
    local own = item.kind == "brings" and { en = "what {partner} brings", fr = "ce qu'apporte {partner}" }
      or { en = "what {partner} receives", fr = "ce que reçoit {partner}" }
    own.partner = item.partner
    names[i] = item.title and ctx:text { en = "“{title}” ({partner})", fr = "« {title} » ({partner})",
      title = item.title, partner = item.partner } or ctx:text(own)
  end
  return text.list(names, ctx.lang)
end

local function proportion_rows(ctx, ledger, who, equity, sides)
  local bars, rows = {}, {}
  local tones = { less = "warn", more = "info" }
  for i, row in ipairs(ledger) do
    local given, got = equity.contribution_share[i], equity.benefit_share[i]
    if is_shown(who, row) then
      bars[#bars + 1] = { label = row.partner.label, values = { given, got },
        text = number.percent(given, ctx.lang) .. " → " .. number.percent(got, ctx.lang) }
      rows[#rows + 1] = { row.partner.label, number.percent(given, ctx.lang), number.percent(got, ctx.lang),
        equity.ratio[i] and { text = number.format(equity.ratio[i], { lang = ctx.lang, decimals = 2 }),
          tone = tones[sides[i]] } or "–" }
    end
  end
  return bars, rows
end

local function proportions(ctx, out, ledger, who, used)
  local found, reason, missing = figures.proportions(ctx.model, ledger, ctx.options.factor)
  out[#out + 1] = sections.heading(ctx, { en = "Brought and received, side by side",
    fr = "Apporté et reçu, côte à côte" }, "proportions", 3)
  if not found then
    local said = reasons[reason:match("^[%w-]+")] or { en = reason, fr = reason }
    out[#out + 1] = sections.cannot_tell(ctx, { en = said.en, fr = said.fr, count = #missing,
      items = named(ctx, missing) })
    return false
  end
  local equity = found.equity
  local bars, rows = proportion_rows(ctx, ledger, who, equity, found.sides)
  local shares = {
    { text = ctx:text { en = "Share of what is brought", fr = "Part de ce qui est apporté" }, align = "right" },
    { text = ctx:text { en = "Share of what is received", fr = "Part de ce qui est reçu" }, align = "right" } }
  out[#out + 1] = { block = "bars", rows = bars, legend = { shares[1].text, shares[2].text } }
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
    shares[1], shares[2], { text = ctx:text { en = "Received ÷ brought", fr = "Reçu ÷ apporté" }, align = "right" } },
    caption = ctx:text(found.basis == "felt"
      and { en = "Contributions by their worth, benefits as each feels them (0 to 4).",
        fr = "Les apports pour leur valeur, les bénéfices tels que chacun les ressent (0 à 4)." }
      or { en = "Contributions and benefits by their worth.", fr = "Apports et bénéfices pour leur valeur." }) }
  used[#used + 1] = "equity"
  if equity.jain then
    used[#used + 1] = "jain"
    out[#out + 1] = { block = "paragraph", text = ctx:text {
      en = "Smallest over largest of these ratios: {least}. Jain's index: {jain}.",
      fr = "Le plus petit de ces rapports sur le plus grand : {least}. Indice de Jain : {jain}.",
      least = number.format(equity.min_over_max, { lang = ctx.lang, decimals = 2 }),
      jain = number.format(equity.jain, { lang = ctx.lang, decimals = 2 }) } }
  end
  return true
end

-- Who gives and receives; of whom one side is only `?`, nobody can say.
local function reciprocity(ctx, out, ledger, used)
  local found = figures.reciprocity(ledger)
  if not found then return end
  used[#used + 1] = "reciprocity"
  local one_way, open = {}, {}
  for _, row in ipairs(ledger) do
    local list = found.missing[row.partner.path] and one_way
      or (#row.gives + #row.lends == 0 or #row.receives == 0) and open
    if list then list[#list + 1] = row.partner end
  end
  local sentences = {}
  if #one_way > 0 then
    sentences[1] = ctx:text { partners = views.those(one_way, #ledger),
      en = "The file does not show an exchange that goes both ways for {partners}.",
      fr = "Le fichier ne montre pas d'échange dans les deux sens pour {partners}." }
  end
  if #open > 0 then
    sentences[#sentences + 1] = ctx:text { partners = views.those(open, #ledger),
      en = "Whether the exchange goes both ways for {partners} is not known: one side is only “?”.",
      fr = "On ne sait pas si l'échange va dans les deux sens pour {partners} : un côté n'est que « ? »." }
  end
  out[#out + 1] = { block = "paragraph", text = #sentences > 0 and table.concat(sentences, " ")
    or ctx:text { en = "Each partner gives something and receives something.",
      fr = "Chaque partenaire apporte et reçoit quelque chose." } }
end

local function net_values(ctx, out, ledger, used)
  local found = figures.net_values(ctx.model, ledger)
  if not found then return end
  used[#used + 1] = "net"
  local function money(value, sign)
    return number.format(value, { lang = ctx.lang, sign = sign }) .. "\u{A0}" .. found.unit
  end
  local rows = {}
  for i, row in ipairs(found.rows) do
    rows[i] = { row.partner.label, money(row.brings), money(row.gains),
      { text = money(row.net, true), tone = row.net < 0 and "info" or nil } }
  end
  out[#out + 1] = sections.heading(ctx, { en = "What is left, in money", fr = "Ce qui reste, en argent" }, nil, 3)
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
    { text = ctx:text { en = "Brings", fr = "Apporte" }, align = "right" },
    { text = ctx:text { en = "Receives", fr = "Reçoit" }, align = "right" },
    { text = ctx:text { en = "Net value", fr = "Valeur nette" }, align = "right" } },
    caption = found.without > 0 and ctx:text { count = found.without,
      en = "Without {count} {count:partner|partners} whose contributions and benefits are not all valued in {unit}.",
      fr = "Sans {count} {count:partenaire|partenaires} dont les apports et les bénéfices ne sont pas tous chiffrés en "
        .. "{unit}.", unit = found.unit } or nil }
end

local function made_possible(ctx, out, used)
  for _, entry in ipairs(figures.made_possible(ctx.model)) do
    local bars = {}
    for i, row in ipairs(entry.rows) do
      bars[i] = { label = row.partner.label, value = row.value,
        text = text.unbroken(views.shown(entry, row.value)) }
    end
    if #bars > 0 then
      used[#used + 1] = "shapley"
      out[#out + 1] = sections.heading(ctx, { en = "What each makes possible",
        fr = "Ce que chacun rend possible" }, nil, 3)
      out[#out + 1] = { block = "bars", rows = bars, unit = entry.unit, caption = ctx:text { goals = entry.goals,
        en = "Of the worth of: {goals}.", fr = "Sur la valeur de : {goals}." } }
    end
  end
end

-- ---- The page -------------------------------------------------------------------------------------

local function build(ctx)
  local ledger, who, used = views.ledger(ctx.model), sections.who(ctx), {}
  local out = { sections.title(ctx, { en = "Equity: who gives, who receives, who feels what",
    fr = "Équité : qui apporte, qui reçoit, qui ressent quoi" }) }
  out[#out + 1] = sections.heading(ctx, { en = "What the file says", fr = "Ce que dit le fichier" }, "inputs")
  if #ledger == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "No partner is named yet.",
      fr = "Aucun partenaire n'est encore nommé." })
    return out
  end
  brought(ctx, out, ledger, who)
  received(ctx, out, ledger, who)
  local unsaid = feelings(ctx, out, ledger, who)
  out[#out + 1] = sections.heading(ctx, { en = "The figures", fr = "Les chiffres" }, "figures")
  carried(ctx, out, ledger, who, "time", { en = "Time that each brings", fr = "Le temps que chacun apporte" })
  carried(ctx, out, ledger, who, "money", { en = "Money that each brings", fr = "L'argent que chacun apporte" })
  answered(ctx, out, ledger, who)
  local is_told = proportions(ctx, out, ledger, who, used)
  reciprocity(ctx, out, ledger, used)
  net_values(ctx, out, ledger, used)
  made_possible(ctx, out, used)
  local order = { "equity/felt", "equity/felt-not-counted", "equity/gains-less" }
  sections.meaning(ctx, out, order, (not is_told or unsaid > 0) and {
    en = "Ask each partner, before the next meeting, what it brings and gains that is not written yet, and how fair it "
      .. "finds the relation, from 0 to 4.",
    fr = "Demandez à chaque partenaire, avant la prochaine réunion, ce qu'il apporte et y gagne qui n'est pas encore "
      .. "écrit, et à quel point il trouve la relation équitable, de 0 à 4.",
  } or nil, {
    en = "Nothing in the file shows an imbalance. Ask at the next meeting whether that is how each one feels it.",
    fr = "Rien dans le fichier ne montre de déséquilibre. Demandez à la prochaine réunion si chacun le ressent ainsi.",
  }, nil, who)
  sections.methods(ctx, out, used)
  return out
end

return {
  api = 1, kind = "view", id = "equity",
  word = { en = "equity", fr = "équité" },
  title = { en = "Who gives, who receives, who feels what", fr = "Qui apporte, qui reçoit, qui ressent quoi" },
  about = {
    en = "The table of who brings and receives what, with what is not known; the time, the money and the activities "
      .. "that each carries; contributions and benefits side by side; how fair each finds the relation. There is no "
      .. "score: fair does not mean equal, and an asymmetry that is wanted and said holds. Units and currencies are "
      .. "never added, what has no value is never counted as zero.",
    fr = "Le tableau de qui apporte et reçoit quoi, avec ce qu'on ne sait pas ; le temps, l'argent et les activités "
      .. "que chacun porte ; apports et bénéfices côte à côte ; à quel point chacun trouve la relation équitable. Il "
      .. "n'y a pas de note : équitable ne veut pas dire égal, et une asymétrie voulue et dite tient. Unités et "
      .. "monnaies ne s'additionnent pas, ce qui n'a pas de valeur n'est jamais compté pour zéro.",
  },
  source = {
    en = "Equity ratio (Adams 1965); Jain's index (Jain, Chiu & Hawe 1984); reciprocity and net value (e3value, "
      .. "Gordijn & Akkermans); Shapley value by rules (Ieong & Shoham 2005)",
    fr = "Rapport d'équité (Adams 1965) ; indice de Jain (Jain, Chiu et Hawe 1984) ; réciprocité et valeur nette "
      .. "(e3value, Gordijn et Akkermans) ; valeur de Shapley par règles (Ieong et Shoham 2005)",
  },
  options = {
    who = sections.who_option,
    factor = { type = "number", default = 2, min = 1.1, convention = true, about = {
      en = "How many times less or more than its peers a partner may gain for what it gives before it is marked.",
      fr = "De combien de fois un partenaire peut gagner plus ou moins que les autres pour ce qu'il apporte avant "
        .. "d'être signalé." } },
  },
  findings = { "equity", "reciprocity" },
  build = build,
}
