-- alignment.lua -- where the partners stand on each goal, who converges, who diverges, what is reached.

local concordance = require "alliance.concordance"
local figures = require "alliance.figures"
local number = require "alliance.number"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

local most_pairs = 12       -- shown one by one; the others are counted

local function is_shown(who, partner)
  return not who or partner.path == who.path
end

local function decimals(ctx, value, count)
  return number.format(value, { lang = ctx.lang, decimals = count or 2 })
end

-- ---- What the file says ---------------------------------------------------------------------------

-- Levels from one partner to another, as a matrix; nothing when none is written.
local function levels(ctx, out, kind, title, caption)
  local partners, index, any = ctx.model:all("partner"), {}, false
  if #ctx.model:all(kind) == 0 then return end
  if #partners * #partners > sections.most_cells then
    out[#out + 1] = sections.heading(ctx, title, nil, 3)
    out[#out + 1] = sections.too_large(ctx, #partners, #partners)
    return
  end
  local block = { block = "matrix", rows = {}, columns = {}, cells = {}, caption = ctx:text(caption) }
  for i, partner in ipairs(partners) do
    index[partner.path], block.rows[i], block.columns[i] = i, partner.label, partner.label
  end
  for i, partner in ipairs(partners) do
    block.cells[i] = {}
    for j in ipairs(partners) do block.cells[i][j] = false end
    for _, level in ipairs(partner:children(kind)) do
      local j = views.is_entity(level.key) and index[level.key.path]
      if j then
        any = true
        block.cells[i][j] = math.type(level.value) and { text = tostring(level.value), value = level.value }
          or sections.open
      end
    end
  end
  if not any then return end
  out[#out + 1] = sections.heading(ctx, title, nil, 3)
  out[#out + 1] = block
end

local function opinions(ctx, out, who)
  local rows = {}
  for _, opinion in ipairs(ctx.model:all("opinion")) do
    if is_shown(who, opinion.partner) then
      local about = opinion.key
      rows[#rows + 1] = { views.is_entity(about) and about.label or sections.open, opinion.partner.label,
        views.known(opinion.value) and opinion.value or sections.open }
    end
  end
  if #rows == 0 then return end
  table.sort(rows, function(a, b) return tostring(a[1]) < tostring(b[1]) end)
  out[#out + 1] = sections.heading(ctx, { en = "What each thinks", fr = "Ce que chacun en pense" }, "opinions", 3)
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = ctx:text { en = "About", fr = "Sujet" } },
    { text = sections.kind_title(ctx, "partner") }, { text = sections.kind_title(ctx, "opinion") } } }
end

-- ---- The figures ----------------------------------------------------------------------------------

local function by_goal(ctx, out, used)
  local rows, matrix = {}, views.positions(ctx.model)
  for i, row in ipairs(views.support(ctx.model)) do
    local plus, minus = 0, 0
    for _, partner in ipairs(matrix.said[row.goal.path]) do
      local position = matrix.at[row.goal.path][partner.path]
      if type(position) == "number" and position > 0 then plus = plus + position end
      if type(position) == "number" and position < 0 then minus = minus - position end
    end
    local against = sections.labels(row.against)
    local unsaid = #row.unknown + row.silent
    rows[i] = { row.goal.label,
      { text = ctx:text { en = "{count} of {all}", fr = "{count} sur {all}", count = #row.favourable,
        all = #matrix.partners }, tone = #row.favourable == #matrix.partners and "good" or nil },
      #against > 0 and { text = text.list(against, ctx.lang), tone = "warn" } or "",
      unsaid > 0 and tostring(unsaid) or "",
      plus + minus > 0 and number.format(plus, { sign = true }) .. "\u{A0}/\u{A0}" .. number.format(-minus) or "" }
  end
  if #rows == 0 then return end
  local columns = { { text = sections.kind_title(ctx, "goal") },
    { text = ctx:text { en = "In favour", fr = "Pour" }, align = "right" },
    { text = ctx:text { en = "Not in favour", fr = "Pas pour" } },
    { text = ctx:text { en = "Not said", fr = "Non dit" }, align = "right" } }
  if matrix.written > 0 then
    used[#used + 1] = "mobilisation"
    columns[5] = { text = ctx:text { en = "Mobilisation", fr = "Mobilisation" }, align = "right" }
  end
  out[#out + 1] = sections.heading(ctx, { en = "Goal by goal", fr = "Objectif par objectif" }, nil, 3)
  columns, rows = sections.filled(columns, rows)
  out[#out + 1] = { block = "table", rows = rows, columns = columns,
    caption = ctx:text { en = "Who carries a goal, or answers for it, counts as in favour unless a position says "
      .. "otherwise.",
      fr = "Qui porte un objectif, ou en répond, compte comme favorable sauf position contraire." } }
end

-- Whether a pair comes before another: the further apart, the earlier; equals as the file has them.
local function is_further(x, y)
  if x.diverge ~= y.diverge then return x.diverge > y.diverge end
  if x.converge ~= y.converge then return x.converge < y.converge end
  return x.order < y.order
end

-- Collects the pairs that are furthest apart, { list, count = of all }, and what figures.convergence calls
-- for each pair.
local function collector(who)
  local furthest = { list = {}, count = 0 }
  return furthest, function(found, i, j, pair)
    local a, b, list = found.partners[i], found.partners[j], furthest.list
    if not (is_shown(who, a) or is_shown(who, b)) then return end
    furthest.count = furthest.count + 1
    local row = { a = a, b = b, i = i, j = j, converge = pair.converge, diverge = pair.diverge,
      order = furthest.count }
    local place = #list + 1
    while place > 1 and is_further(row, list[place - 1]) do place = place - 1 end
    if place > most_pairs then return end
    list[most_pairs] = nil
    table.insert(list, place, row)
  end
end

local function by_pair(ctx, out, found, furthest, used)
  local rows = {}
  for r, pair in ipairs(furthest.list) do
    local same, opposite = figures.sides(found, pair.i, pair.j)
    rows[r] = { pair.a.label .. " – " .. pair.b.label,
      #same > 0 and sections.joined(ctx, sections.labels(same)) or "",
      #opposite > 0 and { text = sections.joined(ctx, sections.labels(opposite)),
        tone = pair.diverge > pair.converge and "bad" or "warn" } or "",
      decimals(ctx, pair.converge, 1) .. " / " .. decimals(ctx, pair.diverge, 1) }
  end
  if #rows == 0 then return end
  used[#used + 1] = "convergence"
  out[#out + 1] = sections.heading(ctx, { en = "Two by two", fr = "Deux à deux" }, "pairs", 3)
  out[#out + 1] = { block = "table", rows = rows, columns = {
    { text = ctx:text { en = "Partners", fr = "Partenaires" } },
    { text = ctx:text { en = "On the same side of", fr = "Du même côté sur" } },
    { text = ctx:text { en = "On opposite sides of", fr = "De côtés opposés sur" } },
    { text = ctx:text { en = "Convergence / divergence", fr = "Convergence / divergence" }, align = "right" } },
    caption = furthest.count > most_pairs and ctx:text { count = furthest.count - most_pairs,
      en = "{count} other {count:pair diverges|pairs diverge} less.", fr = "{count} {count:autre paire diverge|autres "
        .. "paires divergent} moins." } or nil }
end

local function by_partner(ctx, out, found, who, used)
  local rows = {}
  for i, partner in ipairs(found.partners) do
    local plus, minus = 0, 0
    for _, position in pairs(found.positions[i]) do
      if position > 0 then plus = plus + 1 end
      if position < 0 then minus = minus + 1 end
    end
    local torn = found.result and found.result.ambivalence[2][i]
    if is_shown(who, partner) then
      rows[#rows + 1] = { partner.label, tostring(plus), { text = tostring(minus), tone = minus > 0 and "warn" or nil },
        torn and decimals(ctx, torn) or "–" }
    end
  end
  if #rows == 0 then return end
  if found.result then used[#used + 1] = "ambivalence" end
  out[#out + 1] = sections.heading(ctx, { en = "Partner by partner", fr = "Partenaire par partenaire" }, nil, 3)
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
    { text = ctx:text { en = "Goals supported", fr = "Objectifs soutenus" }, align = "right" },
    { text = ctx:text { en = "Goals opposed", fr = "Objectifs contestés" }, align = "right" },
    { text = ctx:text { en = "Ambivalence", fr = "Ambivalence" }, align = "right" } } }
end

local convergence_reasons = {
  ["no-position"] = {
    en = "How far partners agree: no partner has taken a position on a goal (from −4, opposed, to +4, in favour).",
    fr = "Pour dire si les partenaires s'accordent, il faut leur position sur les objectifs (de −4, opposé, à +4, "
      .. "favorable) : aucune n'est écrite.",
  },
  ["one-actor"] = {
    en = "How far partners agree: only one has taken a position.",
    fr = "Pour dire si les partenaires s'accordent, il faut la position de deux au moins : un seul en a pris.",
  },
  neutral = {
    en = "How far partners agree: every position that is written is 0.",
    fr = "Pour dire si les partenaires s'accordent, il faut des positions : toutes celles qui sont écrites valent 0.",
  },
  ["too-many"] = {
    en = "How far partners agree: too many have taken positions to compare them two by two.",
    fr = "Pour dire si les partenaires s'accordent, il faut les comparer deux à deux : ils sont trop nombreux à avoir "
      .. "pris position.",
  },
}

local bands = { { "unusually_strong", "unusually strong", "exceptionnellement fort" }, { "strong", "strong", "fort" },
  { "moderate", "moderate", "modéré" }, { "weak", "weak", "faible" } }

-- What W says; of two partners alone the words of the source do not hold.
local function band_of(ranking)
  if ranking.raters == 2 then
    return { en = "with two, 0.5 is no relation at all", fr = "à deux, 0,5 veut dire aucun rapport" }
  end
  local found = { "very_weak", "very weak", "très faible" }
  for i = #bands, 1, -1 do
    if ranking.W >= concordance.conventions[bands[i][1]].value then found = bands[i] end
  end
  return { en = "agreement on what matters is " .. found[2], fr = "l'accord sur ce qui compte est " .. found[3] }
end

local function together(ctx, out, found, used)
  local sentences = {}
  local degree = found.result and found.result.convergence[2]
  if degree then
    sentences[#sentences + 1] = ctx:text { degree = number.percent(degree / 100, ctx.lang),
      one = number.percent(found.result.convergence[1] / 100, ctx.lang),
      en = "Degree of convergence: {degree} by priority, {one} by number of goals (100 % is no divergence at all).",
      fr = "Degré de convergence : {degree} selon les priorités, {one} selon le nombre d'objectifs (100 % : aucune "
        .. "divergence)." }
  end
  local ranking = figures.ranking(ctx.model)
  if ranking then
    used[#used + 1] = "kendall"
    sentences[#sentences + 1] = ctx:text { W = decimals(ctx, ranking.W), raters = ranking.raters, goals = ranking.items,
      band = ctx:text(band_of(ranking)),
      en = "Kendall's W: {W}, from the ranks of |position| of {raters} partners on {goals} goals: {band}.",
      fr = "W de Kendall : {W}, d'après les rangs des |positions| de {raters} partenaires sur {goals} objectifs : "
        .. "{band}." }
  end
  if #found.silent > 0 and #found.partners > 0 then
    sentences[#sentences + 1] = ctx:text { partners = views.named(found.silent),
      en = "Without {partners}, whose positions are not written.",
      fr = "Sans {partners}, dont les positions ne sont pas écrites." }
  end
  if #sentences > 0 then out[#out + 1] = { block = "list", items = sentences } end
end

local function influence(ctx, out, used)
  if #ctx.model:all("influences") == 0 then return end
  local found, reason, missing, all = figures.influence(ctx.model)
  out[#out + 1] = sections.heading(ctx, { en = "Who can bear on whom", fr = "Qui peut peser sur qui" }, "influence", 3)
  if not found then
    out[#out + 1] = sections.cannot_tell(ctx, reason:find("^not%-written") and { missing = missing, all = all,
      en = "Balance of power: {missing} of {all} influences between partners are not written.",
      fr = "Pour un rapport de forces, il faut toutes les influences entre partenaires : il en manque {missing} sur "
        .. "{all}." } or { en = reason, fr = reason })
    return
  end
  used[#used + 1] = "influence"
  local rows, result = {}, found.result
  for i, partner in ipairs(found.partners) do
    rows[i] = { partner.label, decimals(ctx, result.I[i], 0), decimals(ctx, result.D[i], 0),
      result.r_star and decimals(ctx, result.r_star[i]) or "–" }
  end
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
    { text = ctx:text { en = "Influence", fr = "Influence" }, align = "right" },
    { text = ctx:text { en = "Dependence", fr = "Dépendance" }, align = "right" },
    { text = ctx:text { en = "Balance of power", fr = "Rapport de forces" }, align = "right" } },
    caption = ctx:text { en = "Direct and indirect. Balance of power: 1 is the mean.",
      fr = "Directes et indirectes. Rapport de forces : 1 est la moyenne." } }
  local degree = result.convergence and result.convergence[3]
  if degree then
    out[#out + 1] = { block = "paragraph", text = ctx:text { degree = number.percent(degree / 100, ctx.lang),
      en = "Degree of convergence weighted by power: {degree}.",
      fr = "Degré de convergence pondéré par le rapport de forces : {degree}." } }
  end
end

-- ---- What is reached ------------------------------------------------------------------------------

local function score(ctx, value)
  return { text = number.format(math.floor(value + 0.5), { lang = ctx.lang, sign = true }),
    tone = value >= 100 and "good" or value < 0 and "warn" or nil }
end

-- How satisfied each partner is; when none of them can be told, which goals nobody knows about, once.
local function satisfied(ctx, out, partners, who, used)
  local rows, any, missing, seen = {}, false, {}, {}
  for _, row in ipairs(partners) do
    if is_shown(who, row.partner) then
      any = any or row.value
      rows[#rows + 1] = { row.partner.label, row.value and score(ctx, row.value)
        or { text = ctx:text { en = "cannot tell: nobody knows how far it is with {goals}",
          fr = "impossible à dire : personne ne sait où en est {goals}", goals = row.missing }, tone = "muted" } }
      for _, goal in ipairs(row.value and {} or row.missing) do
        if not seen[goal.path] then missing[#missing + 1] = goal end
        seen[goal.path] = true
      end
    end
  end
  if #rows == 0 then return end
  if not any and #rows > 1 then
    out[#out + 1] = sections.cannot_tell(ctx, { goals = views.quoted(missing),
      en = "To tell how satisfied a partner is, one has to know how far the goals are that it supports. Nobody "
        .. "knows it of {goals}.",
      fr = "Pour la satisfaction d'un partenaire, il faut savoir où en sont les objectifs qu'il soutient. Personne "
        .. "ne le sait de {goals}." })
    return
  end
  used[#used + 1] = "grl"
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
    { text = ctx:text { en = "Satisfaction with the goals it supports",
      fr = "Satisfaction sur les objectifs qu'il soutient" }, align = "right" } } }
end

local function missing_words(ctx, kpi, missing)
  local words = {}
  for i, property in ipairs(missing) do
    words[i] = text.plain_words(ctx:word("property", property, kpi.kind))
  end
  return { text = ctx:text { en = "lacks: {words}", fr = "il manque : {words}", words = words }, tone = "muted" }
end

local function satisfaction(ctx, out, who, used)
  local found, rows, any = figures.satisfaction(ctx.model), {}, false
  for _, row in ipairs(found.rows) do
    for k, each in ipairs(row.kpis) do
      rows[#rows + 1] = { k == 1 and row.goal.label or sections.ditto, each.kpi.label,
        sections.cell(ctx, each.kpi, "latest"), sections.cell(ctx, each.kpi, "target"),
        each.value and score(ctx, each.value) or missing_words(ctx, each.kpi, each.missing) }
      any = any or each.value
    end
    if #row.kpis == 0 and row.value then
      rows[#rows + 1] = { row.goal.label, ctx:text { en = "through other goals", fr = "à travers d'autres objectifs" },
        "", "", score(ctx, row.value) }
      any = true
    end
  end
  if #rows == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "How far goals are reached",
    fr = "Où en sont les objectifs" }, "reached", 3)
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "goal") },
    { text = sections.kind_title(ctx, "kpi") }, sections.head(ctx, "latest", "kpi", "right"),
    sections.head(ctx, "target", "kpi", "right"),
    { text = ctx:text { en = "Satisfaction", fr = "Satisfaction" }, align = "right" } },
    caption = any and ctx:text { en = "From −100 (at its worst) through 0 (the threshold) to +100 (the target).",
      fr = "De −100 (au pire) à +100 (la cible), en passant par 0 (le seuil)." } or nil }
  if not any then return end
  used[#used + 1] = "kpi"
  satisfied(ctx, out, found.partners, who, used)
end

-- ---- The page -------------------------------------------------------------------------------------

local function build(ctx)
  local who, used = sections.who(ctx), {}
  local out = { sections.title(ctx, { en = "Alignment: where each stands on each goal",
    fr = "Alignement : où se situe chacun face à chaque objectif" }) }
  out[#out + 1] = sections.heading(ctx, { en = "What the file says", fr = "Ce que dit le fichier" }, "inputs")
  local matrix = views.positions(ctx.model)
  if #matrix.goals == 0 or #matrix.partners == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "The file needs partners and goals before positions can be looked at.",
      fr = "Il faut des partenaires et des objectifs avant de pouvoir regarder les positions." })
    return out
  end
  if not sections.positions(ctx, out, who) then
    out[#out + 1] = sections.nothing(ctx, { goals = #matrix.goals, partners = #matrix.partners,
      en = "{partners} {partners:partner|partners}, {goals} {goals:goal|goals}, and not one position.",
      fr = "{partners} {partners:partenaire|partenaires}, {goals} {goals:objectif|objectifs}, et aucune position." })
  end
  opinions(ctx, out, who)
  levels(ctx, out, "trusts", { en = "Trust, as each says it", fr = "La confiance, selon chacun" },
    { en = "How far the partner of a row trusts the one of a column, from 0 to 4; a dot: not said.",
      fr = "À quel point le partenaire d'une ligne fait confiance à celui d'une colonne, de 0 à 4 ; un point : non "
        .. "dit." })
  levels(ctx, out, "influences", { en = "Influence, as written", fr = "L'influence, telle qu'elle est écrite" },
    { en = "How far the partner of a row can bear on the one of a column: 0 not at all, 4 on its existence; a dot: "
      .. "not said.",
      fr = "À quel point le partenaire d'une ligne peut peser sur celui d'une colonne : 0 pas du tout, 4 sur son "
        .. "existence ; un point : non dit." })
  out[#out + 1] = sections.heading(ctx, { en = "The figures", fr = "Les chiffres" }, "figures")
  by_goal(ctx, out, used)
  local furthest, visit = collector(who)
  local found = figures.convergence(ctx.model, visit)
  if found.result then
    by_pair(ctx, out, found, furthest, used)
    by_partner(ctx, out, found, who, used)
    together(ctx, out, found, used)
  else
    out[#out + 1] = sections.cannot_tell(ctx, convergence_reasons[found.reason])
  end
  influence(ctx, out, used)
  satisfaction(ctx, out, who, used)
  local unsaid = 0
  for _, goal in ipairs(views.shared_goals(ctx.model)) do
    unsaid = unsaid + #matrix.partners
    for _, position in pairs(matrix.at[goal.path]) do
      if type(position) == "number" then unsaid = unsaid - 1 end
    end
  end
  sections.meaning(ctx, out, { "divergence/opposed", "divergence/pair", "shared-goal/against" }, unsaid > 0 and {
    count = unsaid, en = "{count} {count:position is|positions are} not said: go round the table at the next meeting, "
      .. "goal by goal, from −4 to +4, before anything is decided.",
    fr = "{count} {count:position n'est pas dite|positions ne sont pas dites} : faites un tour de table à la prochaine "
      .. "réunion, objectif par objectif, de −4 à +4, avant toute décision." } or nil, {
    en = "Every partner has said where it stands, and none is against a shared goal. Ask again when something changes.",
    fr = "Chaque partenaire a dit où il se situe, et aucun n'est contre un objectif commun. Reposez la question quand "
      .. "quelque chose change." }, nil, who)
  sections.methods(ctx, out, used)
  return out
end

return {
  api = 1, kind = "view", id = "alignment",
  word = { en = "alignment", fr = "alignement" },
  title = { en = "Where each stands on each goal", fr = "Où se situe chacun face à chaque objectif" },
  about = {
    en = "The positions of partners on goals, from −4 to +4; goal by goal, two by two and partner by partner who "
      .. "converges and who diverges; whether they agree on what matters; opinions, trust and influence where they are "
      .. "written; how far goals are reached. What is not said stays not said.",
    fr = "Les positions des partenaires sur les objectifs, de −4 à +4 ; objectif par objectif, deux à deux et "
      .. "partenaire par partenaire, qui converge et qui diverge ; s'ils s'accordent sur ce qui compte ; les avis, la "
      .. "confiance et l'influence quand ils sont écrits ; où en sont les objectifs. Ce qui n'est pas dit reste non "
      .. "dit.",
  },
  source = {
    en = "MACTOR (Godet & Bourse 1989-1990; Godet 1991); W (Kendall & Babington Smith 1939; bands: Schmidt 1997); GRL "
      .. "(ITU-T Z.151; Amyot et al. 2010)",
    fr = "MACTOR (Godet et Bourse 1989-1990 ; Godet 1991) ; W (Kendall et Babington Smith 1939 ; paliers : Schmidt "
      .. "1997) ; GRL (UIT-T Z.151 ; Amyot et al. 2010)",
  },
  options = { who = sections.who_option },
  findings = { "shared-goal", "divergence", "trust" },
  build = build,
}
