-- sections.lua -- parts of documents in words, written once: what the report and the analyses share.
--
-- Functions that take `out` add blocks to that list; `ctx` is that of the view.

local agenda = require "alliance.agenda"
local blocks = require "alliance.blocks"
local figures = require "alliance.figures"
local finance = require "alliance.finance"
local number = require "alliance.number"
local text = require "alliance.text"
local views = require "alliance.views"

local sections = {}

-- ---- Cells ----------------------------------------------------------------------------------------

--- What is not known, in a cell.
sections.open = { text = "?", tone = "muted" }

-- An amount or a target as print writes it: signs of comparison, and what is to be reached on a line of its
-- own where its date does not fit beside it.
local function printed(value)
  return (text.unbroken(value):gsub("<=", "≤"):gsub(">=", "≥")
    :gsub("\u{A0}pour\u{A0}(%d+%l*\u{A0}%D)", " pour\u{A0}le\u{A0}%1"):gsub("\u{A0}pour\u{A0}", " pour\u{A0}")
    :gsub("\u{A0}by\u{A0}", " by\u{A0}"))
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
    words[i] = views.is_entity(item) and item.label or type(item) == "string" and item or printed(item)
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

--- A contribution, a benefit, a funding or a resource in a few words: its title, its amount, else its
--- nature.
function sections.gift(ctx, item)
  local parts = {}
  if item.title or item.name then parts[1] = item.title or item.name end
  if item.kind == "resource" then return parts[1] or "?" end
  if views.known(item.amount) then parts[#parts + 1] = text.unbroken(item.amount) end
  if #parts == 0 and item.kind ~= "funding" and item:has("nature") then
    parts[1] = text.sentence(text.plain_words(ctx:word("word", item.nature)))
  end
  if item.kind ~= "receives" and item.amount == alliance.unknown then parts[#parts + 1] = "?" end
  return table.concat(parts, ", ")
end

--- Columns and rows of a table without the columns that say nothing.
function sections.filled(columns, rows)
  local kept, shown = {}, {}
  for c in ipairs(columns) do
    for _, row in ipairs(rows) do
      if row[c] ~= "" and row[c] ~= nil then kept[#kept + 1] = c break end
    end
  end
  for r, row in ipairs(rows) do
    shown[r] = {}
    for i, c in ipairs(kept) do shown[r][i] = row[c] end
  end
  local heads = {}
  for i, c in ipairs(kept) do heads[i] = columns[c] end
  return heads, shown
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

-- ---- Positions ------------------------------------------------------------------------------------

--- What stands under the same thing as in the row above.
sections.ditto = { text = blocks.ditto, tone = "muted" }

--- How many cells a matrix has that can be looked at.
sections.most_cells = 10000

--- Stands for a matrix that would have too many rows and columns to be looked at.
function sections.too_large(ctx, rows, columns)
  return sections.nothing(ctx, { rows = rows, columns = columns,
    en = "A table of {rows} rows and {columns} columns is too large to read; `-O who=NAME` shows one partner.",
    fr = "Un tableau de {rows} lignes et {columns} colonnes est trop grand pour être lu ; `-O who=NOM` montre un "
      .. "seul partenaire." })
end

-- Those of some partners, and the goals, of which anything is said.
local function told_of(matrix, carries, partners)
  local is_told, some, goals = {}, {}, {}
  for _, goal in ipairs(matrix.goals) do
    for _, by in ipairs { matrix.at[goal.path], carries[goal.path] } do
      for path in pairs(by) do is_told[path], is_told[goal.path] = true, true end
    end
    if is_told[goal.path] then goals[#goals + 1] = goal end
  end
  for _, partner in ipairs(partners) do
    if is_told[partner.path] then some[#some + 1] = partner end
  end
  return some, goals
end

--- The matrix of positions of partners (only `who`, when given) on goals; nothing when none is written and
--- nobody carries a goal.
function sections.positions(ctx, out, who)
  local matrix, carries = views.positions(ctx.model), {}
  local block = { block = "matrix", rows = {}, columns = {}, cells = {} }
  local partners, any_carried = {}, false
  for _, partner in ipairs(matrix.partners) do
    if not who or partner.path == who.path then partners[#partners + 1] = partner end
  end
  for _, goal in ipairs(matrix.goals) do
    carries[goal.path] = {}
    for _, property in ipairs { "carried-by", "owner" } do
      for _, partner in ipairs((views.partners_in(goal[property]))) do carries[goal.path][partner.path] = true end
    end
  end
  local function cell_of(goal, partner)
    local position = matrix.at[goal.path][partner.path]
    if type(position) == "number" then
      return { text = number.format(position, { lang = ctx.lang, sign = true }), value = position,
        tone = position > 0 and "good" or position < 0 and "bad" or "muted" }
    elseif position == alliance.unknown then
      return sections.open
    elseif carries[goal.path][partner.path] then
      any_carried = true
      return { text = "(+)", tone = "muted" }
    end
    return false
  end
  local goals = matrix.goals
  if #partners * #goals > sections.most_cells then
    partners, goals = told_of(matrix, carries, partners)
    if #partners * #goals > sections.most_cells then
      out[#out + 1] = sections.too_large(ctx, #partners, #goals)
      return true
    end
  end
  -- What there is less of stands in the columns.
  local across = #partners <= #goals
  local rows, columns = across and goals or partners, across and partners or goals
  block.columns = sections.labels(columns)
  for r, row in ipairs(rows) do
    block.rows[r], block.cells[r] = row.label, {}
    for c, column in ipairs(columns) do
      block.cells[r][c] = cell_of(across and row or column, across and column or row)
    end
  end
  if matrix.written == 0 and not any_carried then return false end
  block.caption = ctx:text { en = "From −4 (opposed, vital) to +4 (in favour, vital); a dot: not said.",
    fr = "De −4 (opposé, vital) à +4 (favorable, vital) ; un point : non dit." }
  if #partners < #matrix.partners and not who or #goals < #matrix.goals then
    block.caption = block.caption .. " " .. ctx:text { en = "Partners and goals of which nothing is said are left out.",
      fr = "Les partenaires et les objectifs dont rien n'est dit ne sont pas montrés." }
  end
  if any_carried then
    block.caption = block.caption .. " " .. ctx:text { en = "(+): carries it, without a position.",
      fr = "(+) : le porte, sans position." }
  end
  out[#out + 1] = block
  return true
end

-- ---- Money ----------------------------------------------------------------------------------------

local function money_text(ctx, value, unit)
  return number.format(value, { lang = ctx.lang }) .. "\u{A0}" .. unit
end

local statuses = { "secured", "requested", "approach", "unsaid" }
local status_heads = {
  secured = { en = "Secured", fr = "Acquis" }, requested = { en = "Requested", fr = "Demandé" },
  approach = { en = "To approach", fr = "À démarcher" }, unsaid = { en = "Status not said", fr = "Statut non dit" },
}

local function period_name(ctx, period)
  if period.year == "" then return ctx:text { en = "Period not said", fr = "Période non dite" } end
  if period.year == "several" then return ctx:text { en = "Over several years", fr = "Sur plusieurs années" } end
  return period.year
end

-- Whether a year is between the options `from` and `to`; what has no year always is.
local function in_range(ctx, period)
  local year, from, to = tonumber(period.year), ctx.options.from, ctx.options.to
  return not year or not (from and year < from.year or to and year > to.year)
end

-- A row of sums: what it costs, what pays for it, and, when they can be compared, what is missing; that
-- nothing is missing is only good when every amount is known.
local function funding_row(ctx, label, sums, shown, currency, is_comparable, is_partial)
  local function money(value)
    return value ~= 0 and number.format(value, { lang = ctx.lang }) .. "\u{A0}" .. currency or ""
  end
  local row = { label, money(sums.costs) }
  for _, status in ipairs(shown) do row[#row + 1] = money(sums[status]) end
  local plan = is_comparable and sums.costs > 0 and finance.coverage { budget = sums.costs, secured = sums.secured }
  if plan then
    local gap = sums.secured - sums.costs
    row[#row + 1] = { tone = gap < 0 and "warn" or not is_partial and "good" or nil,
      text = number.format(gap, { lang = ctx.lang, sign = true }) .. "\u{A0}" .. currency }
    row[#row + 1] = number.percent(plan.secured_ratio, ctx.lang)
  else
    row[#row + 1], row[#row + 2] = "", ""
  end
  return row
end

--- Costs against funding by period and status, one currency at a time, from views.funding: a table and
--- bars. `is_partial`: some amounts are not known. Gives whether there was anything to show.
function sections.funding_by_period(ctx, out, list, is_partial)
  for _, sums in ipairs(list) do
    local periods, shown, years_alone = {}, {}, true
    for _, period in ipairs(sums.years) do
      if in_range(ctx, period) then periods[#periods + 1] = period end
      years_alone = years_alone and (tonumber(period.year) ~= nil or not period.counted)
    end
    table.sort(periods, function(a, b) return tonumber(a.year) ~= nil and tonumber(b.year) == nil end)
    for _, status in ipairs(statuses) do
      if status == "secured" or sums[status] ~= 0 then shown[#shown + 1] = status end
    end
    local columns = { { text = ctx:text { en = "Period", fr = "Période" } },
      { text = ctx:text { en = "Costs", fr = "Coûts" }, align = "right" } }
    for _, status in ipairs(shown) do
      columns[#columns + 1] = { text = ctx:text(status_heads[status]), align = "right" }
    end
    columns[#columns + 1] = { text = ctx:text { en = "Secured − costs", fr = "Acquis − coûts" }, align = "right" }
    columns[#columns + 1] = { text = ctx:text { en = "Covered", fr = "Couvert" }, align = "right" }
    local rows, bars = {}, {}
    for i, period in ipairs(periods) do
      rows[i] = funding_row(ctx, period_name(ctx, period), period, shown, sums.currency,
        years_alone or #sums.years == 1, is_partial)
      bars[i] = { label = period_name(ctx, period), values = { period.costs, period.secured, period.requested } }
    end
    if #periods > 1 and #periods == #sums.years then
      rows[#rows + 1] = funding_row(ctx, ctx:text { en = "Together", fr = "Ensemble" }, sums, shown, sums.currency,
        true, is_partial)
    end
    out[#out + 1] = { block = "heading", level = 3, text = ctx:text { currency = sums.currency,
      en = "In {currency}, by period", fr = "En {currency}, par période" } }
    local caption = ctx:text { en = "Only amounts that are known, one currency at a time; what is refused is not "
      .. "counted.",
      fr = "Seuls les montants connus, une monnaie à la fois ; ce qui est refusé ne compte pas." }
    if not years_alone and #periods > 1 then
      caption = caption .. " " .. ctx:text {
        en = "Some amounts have no year, or several: only the whole can be compared.",
        fr = "Des montants n'ont pas d'année, ou en ont plusieurs : seul l'ensemble peut se comparer." }
    end
    out[#out + 1] = { block = "table", columns = columns, rows = rows, caption = caption }
    if #periods > 1 then
      out[#out + 1] = { block = "bars", rows = bars, unit = sums.currency, legend = {
        ctx:text { en = "Costs", fr = "Coûts" }, ctx:text(status_heads.secured), ctx:text(status_heads.requested) } }
    end
  end
  return #list > 0
end

--- Who pays what is secured: bars, and how concentrated it is; adds "hhi" to the methods used.
function sections.payers(ctx, out, used)
  local found = figures.payers(ctx.model)
  if #found == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "Who pays what is secured", fr = "Qui paie ce qui est acquis" }, nil, 3)
  if #found.currencies > 1 then
    out[#out + 1] = sections.cannot_tell(ctx, { currencies = found.currencies,
      en = "What is secured is in {currencies}: shares across currencies have no meaning.",
      fr = "Ce qui est acquis est en {currencies} : des parts entre monnaies n'ont pas de sens." })
    return
  end
  local unit, bars = found.currencies[1], {}
  for i, payer in ipairs(found) do
    local names = {}
    for n, name in ipairs(payer.names or {}) do names[n] = views.is_entity(name) and name.label or name end
    bars[i] = { label = #names > 0 and text.list(names, ctx.lang) or "?", value = payer.sum,
      text = money_text(ctx, payer.sum, unit) .. " (" .. number.percent(payer.sum / found.total, ctx.lang) .. ")" }
  end
  out[#out + 1] = { block = "bars", rows = bars, unit = unit, caption = #found.uncounted > 0 and ctx:text {
    fundings = sections.labels(found.uncounted), count = #found.uncounted,
    en = "Without {fundings}: secured, but nobody says how much.",
    fr = "Sans {fundings} : acquis, mais personne ne dit combien." } or nil }
  if #found.uncounted > 0 or #found.nobody > 0 then
    out[#out + 1] = sections.cannot_tell(ctx, {
      en = "How concentrated the money is needs the amount and the payer of all that is secured.",
      fr = "Pour dire si l'argent est concentré, il faut le montant et l'origine de tout ce qui est acquis." })
    return
  end
  if #found == 1 then
    out[#out + 1] = { block = "paragraph", text = ctx:text { en = "All that is secured comes from one payer.",
      fr = "Tout ce qui est acquis vient d'un seul financeur." } }
    return
  end
  used[#used + 1] = "hhi"
  local spread = figures.concentration(found)
  out[#out + 1] = { block = "paragraph", text = ctx:text {
    hhi = number.format(math.floor(spread.hhi + 0.5), { lang = ctx.lang }),
    share = number.percent(spread.largest, ctx.lang),
    effective = number.format(spread.effective_number, { lang = ctx.lang, decimals = 1 }),
    en = "Concentration (Herfindahl-Hirschman index): {hhi} of 10 000, as if {effective} payers shared it equally. The "
      .. "largest pays {share}.",
    fr = "Concentration (indice de Herfindahl-Hirschman) : {hhi} sur 10 000, comme si {effective} financeurs se le "
      .. "partageaient à égalité. Le plus grand paie {share}." } }
end

-- ---- Time -----------------------------------------------------------------------------------------

--- What entities are called, as a list: see agenda.subject.
function sections.subjects(ctx, entities)
  local labels = {}
  for i, entity in ipairs(entities) do labels[i] = agenda.subject(ctx, entity) end
  return labels
end

--- The strip of what views.calendar gives; `tone_of(item)` may give a tone.
function sections.timeline(ctx, items, tone_of)
  local shown = {}
  for i, item in ipairs(items) do
    shown[i] = { label = agenda.subject(ctx, item.entity), from = item.from, to = item.to, text = item.text,
      starts_open = item.starts_open, ends_open = item.ends_open, tone = tone_of and tone_of(item) or nil }
  end
  return { block = "timeline", items = shown, today = ctx.today.first }
end

-- ---- What it means --------------------------------------------------------------------------------

local severities = { error = 1, warning = 2, note = 3 }
local tones = { error = "bad", warning = "warn", note = "info" }

-- Whether a finding speaks of a partner, or of something of its own.
local function is_about(finding, partner)
  for _, entity in ipairs(finding.entities) do
    local whose = agenda.partner_of(entity)
    if whose and whose.path == partner.path then return true end
  end
  return false
end

-- What asks to be talked about: a finding, or a rule of the file itself that cannot be told.
local function is_point(finding)
  return finding.sort == "finding" or finding.sort == "cannot-tell" and not finding.check
end

--- What the checks found, and the rules of the file, but no questions (about the partner `who`, when given):
--- the gravest first, of these the codes and checks of `order` (a list), then in the order of the file.
function sections.found(ctx, order, who)
  local list, ranks = {}, {}
  for i, code in ipairs(order or {}) do ranks[code] = i - #order - 1 end
  for _, finding in ipairs(ctx.findings or {}) do
    if is_point(finding) and (not who or is_about(finding, who)) then list[#list + 1] = finding end
  end
  table.sort(list, function(a, b)
    if a.severity ~= b.severity then return severities[a.severity] < severities[b.severity] end
    return (ranks[a.code] or ranks[a.check] or 0) < (ranks[b.code] or ranks[b.check] or 0)
  end)
  return list
end

--- The last part of an analysis: what it means and what to do next. What the checks of its subject
--- found comes first (by `order`, see found), then what the figures above marked and no check says
--- (`marked`, a list of { text, next = { … } }, may be nil), then `cannot` (what cannot be told, and whom to
--- ask), else `fine`; these two are texts by language, `cannot` may be nil. With `who`, only what is found
--- about that partner.
function sections.meaning(ctx, out, order, cannot, fine, marked, who)
  out[#out + 1] = sections.heading(ctx, { en = "What it means, and what to do next",
    fr = "Ce que cela veut dire, et que faire" }, "meaning")
  local found, said = sections.found(ctx, order, who), {}
  for _, mark in ipairs(marked or {}) do
    found[#found + 1] = { text = mark.text, next = mark.next, severity = "warning" }
  end
  local first = found[1]
  if first then
    out[#out + 1] = { block = "callout", tone = tones[first.severity], title = first.text, code = true,
      text = table.concat(first.next, " ") }
    for _, step in ipairs(first.next) do said[step] = true end
    local items = {}
    for i = 2, #found do
      local step = found[i].next[1]
      items[i - 1] = { text = found[i].text, tone = found[i].severity ~= "note" and tones[found[i].severity] or nil,
        note = not said[step or ""] and step or nil, code = true }
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
  cohesion = {
    en = "Ties: density is the share of the possible pairs that are tied (Freeman 1978); an articulation point is a "
      .. "partner whose leaving cuts others apart (Tarjan 1972).",
    fr = "Liens : la densité est la part des paires possibles qui sont liées (Freeman 1978) ; un point d'articulation "
      .. "est un partenaire dont le départ en coupe d'autres les uns des autres (Tarjan 1972).",
  },
  truck = {
    en = "Truck factor: how many partners can leave, those who work for most goals first, before fewer than half of "
      .. "the goals keep somebody (Avelino, Passos, Hora & Valente 2016).",
    fr = "Facteur d'autobus : combien de partenaires peuvent partir, à commencer par ceux qui travaillent au plus "
      .. "d'objectifs, avant que moins de la moitié des objectifs gardent quelqu'un (truck factor, Avelino, Passos, "
      .. "Hora et Valente 2016).",
  },
  mendelow = {
    en = "Power and interest: who has much of both is managed closely, much power alone is kept satisfied, much "
      .. "interest alone is kept informed (Mendelow 1991).",
    fr = "Pouvoir et intérêt : qui a beaucoup des deux est associé de près, beaucoup de pouvoir seulement, satisfait, "
      .. "beaucoup d'intérêt seulement, informé (Mendelow 1991).",
  },
  mitchell = {
    en = "Class: by which of power, legitimacy and urgency are high; three, definitive; two, expectant; one, latent "
      .. "(Mitchell, Agle & Wood 1997).",
    fr = "Classe : selon ce qui est fort parmi pouvoir, légitimité et urgence ; les trois, incontournable ; deux, en "
      .. "attente ; un, latente (Mitchell, Agle et Wood 1997).",
  },
  coverage = {
    en = "Covered: secured funding divided by costs, period by period; only money counts (definition).",
    fr = "Couvert : financement acquis divisé par les coûts, période par période ; seul l'argent compte (définition).",
  },
  hhi = {
    en = "Concentration: the sum of the squared shares of payers, 0 to 10 000 (Herfindahl-Hirschman index, Hirschman "
      .. "1964); its inverse is the number of equal payers that would give the same (Tuckman & Chang 1991). The limits "
      .. "used for markets do not suit alliances.",
    fr = "Concentration : la somme des carrés des parts des financeurs, de 0 à 10 000 (indice de Herfindahl-Hirschman, "
      .. "Hirschman 1964) ; son inverse est le nombre de financeurs égaux qui donnerait le même (Tuckman et Chang "
      .. "1991). Les seuils en usage pour les marchés ne conviennent pas aux alliances.",
  },
  mobilisation = {
    en = "Mobilisation: the sum of the positions in favour, and of those against (MACTOR, Godet & Bourse 1989-1990).",
    fr = "Mobilisation : la somme des positions favorables, et celle des positions contraires (MACTOR, Godet et Bourse "
      .. "1989-1990).",
  },
  convergence = {
    en = "Convergence and divergence of two partners: for each goal on which both are on the same side, or on "
      .. "opposite ones, the mean of the sizes of their positions, added up; the degree of convergence is convergence "
      .. "over both, for all pairs (MACTOR). What is not said counts for nothing.",
    fr = "Convergence et divergence de deux partenaires : pour chaque objectif où ils sont du même côté, ou de côtés "
      .. "opposés, la moyenne de la force de leurs positions, additionnée ; le degré de convergence rapporte la "
      .. "convergence à l'ensemble, pour toutes les paires (MACTOR). Ce qui n'est pas dit ne compte pas.",
  },
  ambivalence = {
    en = "Ambivalence: 0 when a partner only converges or only diverges with each of the others, 1 when it does both "
      .. "as much (report of the MACTOR tool).",
    fr = "Ambivalence : 0 quand un partenaire ne fait que converger ou que diverger avec chacun des autres, 1 quand il "
      .. "fait autant l'un que l'autre (rapport de l'outil MACTOR).",
  },
  kendall = {
    en = "W: 0 (no agreement) to 1 (the same order for all), from the ranks that each partner gives to goals by the "
      .. "size of its positions, ties sharing a rank (Kendall & Babington Smith 1939); words of Schmidt 1997. Near 0 "
      .. "it can also mean two camps: look at the pairs.",
    fr = "W : de 0 (aucun accord) à 1 (le même ordre pour tous), d'après les rangs que chaque partenaire donne aux "
      .. "objectifs par la force de ses positions, les ex æquo partageant un rang (Kendall et Babington Smith 1939) ; "
      .. "mots de Schmidt 1997. Près de 0, il peut aussi y avoir deux camps : regardez les paires.",
  },
  influence = {
    en = "Influence and dependence, direct and through one other; balance of power with a mean of 1 (MACTOR; totals "
      .. "keep the diagonal, which the texts leave open).",
    fr = "Influence et dépendance, directes et par un tiers ; rapport de forces de moyenne 1 (MACTOR ; les totaux "
      .. "gardent la diagonale, ce que les textes laissent ouvert).",
  },
  kpi = {
    en = "Satisfaction of an indicator: −100 at its worst, 0 at its threshold, +100 at its target, straight lines "
      .. "between (URN, ITU-T Z.151); a goal has that of its least satisfied indicator.",
    fr = "Satisfaction d'un indicateur : −100 au pire, 0 au seuil, +100 à la cible, en ligne droite entre les deux "
      .. "(URN, UIT-T Z.151) ; un objectif a celle de son indicateur le moins satisfait.",
  },
  grl = {
    en = "Satisfaction of a partner: the mean of the goals it supports, weighted by its positions; goals without an "
      .. "indicator get theirs through `affects` (GRL, ITU-T Z.151; Amyot et al. 2010). A reading aid, not a measure.",
    fr = "Satisfaction d'un partenaire : la moyenne des objectifs qu'il soutient, pondérée par ses positions ; un "
      .. "objectif sans indicateur reçoit la sienne par `effet` (GRL, UIT-T Z.151 ; Amyot et al. 2010). Une aide à la "
      .. "lecture, pas une mesure.",
  },
  path = {
    en = "What may wait: the longest chain of what comes after what has nothing to spare (critical path, Kelley & "
      .. "Walker 1959).",
    fr = "Ce qui peut attendre : la plus longue chaîne de ce qui vient après quoi n'a aucune marge (chemin critique, "
      .. "Kelley et Walker 1959).",
  },
  in_kind = {
    en = "In kind: time and things at the value that the file gives them (`worth`, `valuation`). In French accounts "
      .. "they stand in classes 86 and 87, which balance, outside the result (ANC 2018-06).",
    fr = "En nature : le temps et les choses à la valeur que leur donne le fichier (`valeur`, `valorisation`). En "
      .. "comptabilité française, cela figure en classes 86 et 87, qui s'équilibrent, hors du résultat (ANC 2018-06).",
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
  for i, id in ipairs(ids) do items[i] = { text = ctx:text(methods[id]), code = true } end
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

--- Options that views share.
sections.who_option = { type = "text", default = "", about = {
  en = "Only what concerns this partner, by name or title.",
  fr = "Seulement ce qui concerne ce partenaire, par son nom ou son titre." } }
sections.from_option = { type = "date", about = { en = "Only what falls on or after this date.",
  fr = "Seulement ce qui tombe à partir de cette date." } }
sections.to_option = { type = "date", about = { en = "Only what falls on or before this date.",
  fr = "Seulement ce qui tombe jusqu'à cette date." } }

return sections
