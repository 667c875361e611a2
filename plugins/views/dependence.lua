-- dependence.lua -- who holds the alliance together, and what falls if somebody leaves.

local figures = require "alliance.figures"
local number = require "alliance.number"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

local most_nodes = 30       -- in the picture of ties

-- ---- What the file says ---------------------------------------------------------------------------

-- What each partner answers for: path to titles.
local function answers_for(model)
  local labels = {}
  for _, kind in ipairs { "workstream", "activity", "milestone" } do
    for _, entity in ipairs(model:all(kind)) do
      for _, owner in ipairs((views.partners_in(entity.owner))) do
        labels[owner.path] = labels[owner.path] or {}
        table.insert(labels[owner.path], entity.label)
      end
    end
  end
  return labels
end

-- Whom each partner is tied to: path to titles.
local function neighbours(ties)
  local labels = {}
  local function add(partner, other)
    labels[partner.path] = labels[partner.path] or {}
    table.insert(labels[partner.path], other.label)
  end
  for _, tie in ipairs(ties) do
    add(tie.from, tie.to)
    add(tie.to, tie.from)
  end
  return labels
end

local most_named = 5        -- whom a partner is tied to; the others are counted

-- Whom a partner is tied to, in words.
local function tied_to(ctx, labels, all)
  local others = all - 1
  if #labels == others and others > 2 then
    return ctx:text { en = "all others ({count})", fr = "tous les autres ({count})", count = others }
  elseif #labels > most_named then
    return ctx:text { en = "{named} and {count} others", fr = "{named} et {count} autres",
      named = table.concat(labels, ", ", 1, most_named - 1), count = #labels - most_named + 1 }
  end
  return text.list(labels, ctx.lang)
end

local function inputs(ctx, out, cohesion, who)
  local rows, partners = {}, ctx.model:all("partner")
  local duties, tied = answers_for(ctx.model), neighbours(cohesion.ties or {})
  for _, partner in ipairs(partners) do
    if not who or partner.path == who.path then
      rows[#rows + 1] = { partner.label, sections.joined(ctx, duties[partner.path] or {}),
        tied_to(ctx, tied[partner.path] or {}, #partners), sections.cell(ctx, partner, "contact"),
        sections.cell(ctx, partner, "deputy") }
    end
  end
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "partner") },
    { text = ctx:text { en = "Answers for", fr = "Répond de" } },
    { text = ctx:text { en = "Works with", fr = "Travaille avec" } }, sections.head(ctx, "contact", "partner"),
    sections.head(ctx, "deputy", "partner") } }
  local open = views.accountabilities(ctx.model).open
  if #open > 0 then
    out[#out + 1] = sections.nothing(ctx, { activities = views.named(open), count = #open,
      en = "Nobody is named to answer for {activities}.",
      fr = "Personne n'est désigné pour répondre de {activities}." })
  end
  if not cohesion.ties or #cohesion.ties == 0 or #rows > most_nodes then return end
  local nodes, edges, points = {}, {}, {}
  for _, point in ipairs(cohesion.points) do points[point.path] = true end
  for i, partner in ipairs(ctx.model:all("partner")) do
    nodes[i] = { id = partner.path, label = partner.label, tone = points[partner.path] and "warn" or nil }
  end
  for i, tie in ipairs(cohesion.ties) do
    edges[i] = { from = tie.from.path, to = tie.to.path, weight = tie.weight }
  end
  out[#out + 1] = sections.heading(ctx, { en = "Who is tied to whom", fr = "Qui est lié à qui" }, "ties", 3)
  out[#out + 1] = { block = "network", nodes = nodes, edges = edges, caption = ctx:text {
    en = "A tie for each pair that shares an activity, an agreement or a link, or of which one receives from the "
      .. "other.",
    fr = "Un lien pour chaque paire qui partage une activité, un accord ou un lien, ou dont l'un reçoit de l'autre." } }
end

-- ---- The figures ----------------------------------------------------------------------------------

-- Groups of partners (lists, or parts of cohesion.without) in words: "A and B; C", with the blank that French
-- sets before a semicolon; of many, the first ones and how many others.
local function groups(ctx, parts)
  local words, most = {}, #parts > views.most_named and views.most_named - 1 or #parts
  for i = 1, most do
    local part = parts[i]
    local count, partners = part.count or #part, part.partners and part.partners(views.most_named)
      or table.move(part, 1, math.min(#part, views.most_named), 1, {})
    words[i] = views.named(partners, count - #partners)[ctx.lang]
  end
  if most < #parts then
    words[most + 1] = ctx:text { en = "{count} others", fr = "{count} autres", count = #parts - most }
  end
  return table.concat(words, ctx:text { en = "; ", fr = " ; " })
end

-- A figure that asks for attention: marked where it stands, and taken up in the conclusion with `next`.
local function mark(ctx, marked, said, next)
  local sentence = ctx:text(said)
  marked[#marked + 1] = { text = sentence, next = { ctx:text(next) } }
  return { tone = "warn", text = sentence }
end

local function holding(ctx, out, cohesion, used, marked)
  local partners = ctx.model:all("partner")
  if #partners < 2 then
    out[#out + 1] = sections.cannot_tell(ctx, { en = "Ties are between partners: the file names fewer than two.",
      fr = "Pour parler de liens, il faut deux partenaires au moins." })
    return
  elseif cohesion.ties and #cohesion.ties == 0 then
    out[#out + 1] = sections.cannot_tell(ctx, {
      en = "Who holds the others together: no activity, agreement, link or benefit ties two partners yet.",
      fr = "Pour dire qui tient les autres ensemble, il faut des liens : aucune activité, aucun accord, aucun lien ni "
        .. "bénéfice ne relie encore deux partenaires." })
    return
  end
  used[#used + 1] = "cohesion"
  local items = { cohesion.ties and ctx:text { ties = #cohesion.ties, all = #partners * (#partners - 1) // 2,
    density = cohesion.density and number.percent(cohesion.density, ctx.lang),
    en = "{ties} of {all} {all:pair|pairs} of partners {ties:is|are} tied ({density}).",
    fr = "{ties} {ties:paire|paires} de partenaires sur {all} {ties:est liée|sont liées} ({density})." }
    or ctx:text { en = "Too many partners come together to count their ties one by one: the density cannot be told.",
      fr = "Trop de partenaires se retrouvent ensemble pour compter leurs liens un à un : la densité ne peut pas être "
        .. "dite." } }
  items[2] = #cohesion.parts == 1
    and ctx:text { en = "All partners hang together.", fr = "Tous les partenaires se tiennent." }
    or mark(ctx, marked, { count = #cohesion.parts, groups = groups(ctx, cohesion.parts),
      en = "The partners form {count} groups without a tie between them: {groups}.",
      fr = "Les partenaires forment {count} groupes sans lien entre eux : {groups}." }, {
      en = "What could they do together? An activity that names both (`with`), or a `link`, ties them.",
      fr = "Que pourraient-ils faire ensemble ? Une activité qui nomme les deux (`avec`), ou un `lien`, les relie." })
  items[3] = #cohesion.points == 0
    and ctx:text { en = "Nobody alone holds others together (no articulation point).",
      fr = "Personne ne tient seul les autres ensemble (aucun point d'articulation)." }
    or { tone = "warn", text = ctx:text { partners = views.named(cohesion.points), count = #cohesion.points,
      en = "Without {partners}, others are cut apart ({count:articulation point|articulation points}).",
      fr = "Sans {partners}, d'autres n'ont plus de lien entre eux ({count:point|points} d'articulation)." } }
  out[#out + 1] = { block = "list", items = items }
end

local function truck(ctx, out, used, marked)
  local found, reason, nobody = figures.truck_factor(ctx.model)
  if not found and reason:find("^no%-goal") then return end
  if not found then
    out[#out + 1] = sections.cannot_tell(ctx, { goals = views.named(nobody),
      en = "How many may leave: nobody works yet for half of the goals ({goals}).",
      fr = "Pour dire combien peuvent partir, il faut que quelqu'un travaille aux objectifs ; ce n'est le cas que de "
        .. "la minorité (sans personne : {goals})." })
    return
  end
  used[#used + 1] = "truck"
  local items = { { tone = found.factor == 1 and "warn" or nil, text = ctx:text {
    count = found.factor, order = views.named(found.order),
    en = "When {order} {count:leaves|leave}, fewer than half of the goals keep somebody who works for them (truck "
      .. "factor: {count}).",
    fr = "Si {order} {count:part|partent}, moins de la moitié des objectifs gardent quelqu'un pour y travailler "
      .. "(facteur d'autobus : {count})." } } }
  for _, each in ipairs(found.single) do
    items[#items + 1] = mark(ctx, marked, { goal = each.goal, partner = each.partner,
      en = "{partner} is alone in working for “{goal}”.", fr = "{partner} est seul à travailler pour « {goal} »." }, {
      en = "Who else could work for it? Ask before the question is urgent.",
      fr = "Qui d'autre pourrait y travailler ? Posez la question avant qu'elle ne presse." })
  end
  if #found.nobody > 0 then
    items[#items + 1] = mark(ctx, marked, { goals = views.named(found.nobody),
      en = "Nobody works yet for: {goals}.", fr = "Personne ne travaille encore pour : {goals}." }, {
      en = "Decide together who takes it on, or what you give up.",
      fr = "Décidez ensemble qui s'en charge, ou à quoi vous renoncez." })
  end
  out[#out + 1] = { block = "list", items = items }
end

local function leaving(ctx, out, cohesion, who)
  local rows, spared = {}, {}
  local ledger = views.ledger(ctx.model)
  for i, lost in ipairs(figures.leaving(ctx.model, ledger, cohesion)) do
    local row = ledger[i]
    if not who or row.partner.path == who.path then
      local money, things = {}, {}
      for _, item in ipairs(lost.lends) do
        local list = item:is_a("funding") and money or things
        list[#list + 1] = sections.gift(ctx, item)
      end
      for _, item in ipairs(lost.gives) do things[#things + 1] = sections.gift(ctx, item) end
      if #lost.gives_open > 0 then things[#things + 1] = "?" end
      if #lost.activities + #lost.goals + #money + #things == 0 and not lost.cut then
        spared[#spared + 1] = row.partner
      else
        rows[#rows + 1] = { row.partner.label, sections.joined(ctx, sections.labels(lost.activities)),
          sections.joined(ctx, sections.labels(lost.goals)), sections.joined(ctx, things),
          sections.joined(ctx, money), lost.cut and { text = groups(ctx, lost.cut), tone = "warn" } or "" }
      end
    end
  end
  out[#out + 1] = sections.heading(ctx, { en = "What happens if one leaves", fr = "Ce qui se passe si l'un s'en va" },
    "leaving", 3)
  if #rows > 0 then
    local columns = { { text = ctx:text { en = "Without", fr = "Sans" } },
      { text = ctx:text { en = "Nobody answers for", fr = "Personne ne répond de" } },
      { text = ctx:text { en = "Nobody works for", fr = "Personne ne travaille à" } },
      { text = ctx:text { en = "No longer brought", fr = "N'est plus apporté" } },
      { text = ctx:text { en = "Funding lost", fr = "Financement perdu" } },
      { text = ctx:text { en = "Cut apart", fr = "Coupés les uns des autres" } } }
    columns, rows = sections.filled(columns, rows)
    out[#out + 1] = { block = "table", rows = rows, columns = columns }
  end
  if #spared > 0 then
    out[#out + 1] = sections.nothing(ctx, { partners = views.named(spared), count = #spared,
      en = "The file shows nothing that would be lost with {partners}: is that so, or is it not written?",
      fr = "Le fichier ne montre rien qui serait perdu sans {partners} : est-ce vrai, ou est-ce que ce n'est pas "
        .. "écrit ?" })
  end
end

-- ---- The page -------------------------------------------------------------------------------------

local function build(ctx)
  local who, used = sections.who(ctx), {}
  local out = { sections.title(ctx, { en = "Dependence: what falls if somebody leaves",
    fr = "Dépendance : ce qui tombe si quelqu'un part" }) }
  out[#out + 1] = sections.heading(ctx, { en = "What the file says", fr = "Ce que dit le fichier" }, "inputs")
  if #ctx.model:all("partner") == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "No partner is named yet.",
      fr = "Aucun partenaire n'est encore nommé." })
    return out
  end
  local cohesion = figures.cohesion(ctx.model)
  inputs(ctx, out, cohesion, who)
  out[#out + 1] = sections.heading(ctx, { en = "The figures", fr = "Les chiffres" }, "figures")
  local marked = {}
  holding(ctx, out, cohesion, used, marked)
  truck(ctx, out, used, marked)
  sections.payers(ctx, out, used)
  leaving(ctx, out, cohesion, who)
  local open = views.accountabilities(ctx.model).open
  local order = { "single-carrier/stops-no-deputy", "single-carrier/stops" }
  sections.meaning(ctx, out, order, #open > 0 and {
    activities = views.named(open), count = #open,
    en = "Name, at the next meeting, who answers for {activities}: what nobody answers for falls first.",
    fr = "Désignez à la prochaine réunion qui répond de {activities} : ce dont personne ne répond tombe en premier.",
  } or cohesion.ties and #cohesion.ties == 0 and {
    en = "Write who answers for each activity, and who works with whom: only then can one see what would fall.",
    fr = "Notez qui répond de chaque activité, et qui travaille avec qui : alors seulement on verra ce qui tomberait.",
  } or nil, {
    en = "The file shows nobody on whom the whole depends. Ask each partner who could stand in for it.",
    fr = "Le fichier ne montre personne dont tout dépende. Demandez à chaque partenaire qui pourrait le remplacer." },
    marked, who)
  sections.methods(ctx, out, used)
  return out
end

return {
  api = 1, kind = "view", id = "dependence",
  word = { en = "dependence", fr = "dépendance" },
  title = { en = "What falls if somebody leaves", fr = "Ce qui tombe si quelqu'un part" },
  about = {
    en = "Who answers for what, who works with whom, and whom to call; who alone holds others together; how many may "
      .. "leave before the goals have nobody; who pays; and, partner by partner, what would be lost: activities "
      .. "without an owner, goals that nobody works for, contributions, funding, ties.",
    fr = "Qui répond de quoi, qui travaille avec qui, et qui appeler ; qui tient seul les autres ensemble ; combien "
      .. "peuvent partir avant que les objectifs n'aient plus personne ; qui paie ; et, partenaire par partenaire, ce "
      .. "qui serait perdu : activités sans responsable, objectifs sans personne, apports, financements, liens.",
  },
  source = {
    en = "Density (Freeman 1978); articulation points (Tarjan 1972); truck factor (Avelino, Passos, Hora & Valente "
      .. "2016); Herfindahl-Hirschman index (Hirschman 1964)",
    fr = "Densité (Freeman 1978) ; points d'articulation (Tarjan 1972) ; facteur d'autobus (Avelino, Passos, Hora et "
      .. "Valente 2016) ; indice de Herfindahl-Hirschman (Hirschman 1964)",
  },
  options = { who = sections.who_option },
  findings = { "single-carrier", "funding-dependence", "exit-plan" },
  build = build,
}
