-- report.lua -- the whole alliance as one document for its partners.

local agenda = require "alliance.agenda"
local canvas = require "alliance.canvas"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

-- ---- In short ---------------------------------------------------------------------------------------------

local function fact(rows, label, cell)
  if cell ~= "" and cell ~= nil then rows[#rows + 1] = { label, cell } end
end

local function summary(ctx, out, questions)
  local rows, entity = {}, ctx.alliance
  out[#out + 1] = sections.heading(ctx, { en = "In short", fr = "En bref" }, "summary")
  if entity then
    for _, property in ipairs { "territory", "theme" } do
      fact(rows, sections.head(ctx, property, "alliance").text, sections.cell(ctx, entity, property))
    end
    for _, property in ipairs { "status", "form", "aims" } do
      fact(rows, sections.head(ctx, property, "alliance").text, sections.word_cell(ctx, entity, property))
    end
    for _, property in ipairs { "start", "end" } do
      fact(rows, sections.head(ctx, property, "alliance").text, sections.cell(ctx, entity, property))
    end
  end
  for _, kind in ipairs { "partner", "goal", "beneficiary" } do
    local list = ctx.model:all(kind)
    if #list > 0 then
      local labels = {}
      for i, item in ipairs(list) do labels[i] = item.label end
      fact(rows, sections.kind_title(ctx, kind, "kinds"), kind == "partner" and text.list(labels, ctx.lang)
        or table.concat(labels, ctx.lang == "fr" and "\u{A0}; " or "; "))
    end
  end
  out[#out + 1] = #rows == 0 and sections.nothing(ctx, {
    en = "The file says nothing yet of the territory, the dates, the partners or the goals.",
    fr = "Le fichier ne dit encore rien du territoire, des dates, des partenaires ni des objectifs." })
    or { block = "table", rows = rows, columns = { { text = ctx:text { en = "About", fr = "Sujet" } },
      { text = ctx:text { en = "What the file says", fr = "Ce que dit le fichier" } } } }
  if #questions > 0 then
    out[#out + 1] = { block = "callout", tone = "info", title = ctx:text { count = #questions,
      en = "{count} {count:question is|questions are} still open",
      fr = "{count} {count:question reste ouverte|questions restent ouvertes}" },
      text = ctx:text { en = "A “?” in this document is not an oversight: nobody knows yet. The questions are at the "
        .. "end, with the person to ask when one is named.",
        fr = "Un «\u{A0}?\u{A0}» dans ce document n'est pas un oubli\u{A0}: personne ne sait encore. Les questions "
        .. "sont à la fin, avec la personne à qui les poser quand elle est connue." } }
  end
end

-- ---- Partners -------------------------------------------------------------------------------------------------

local function partners(ctx, out)
  local list = ctx.model:all("partner")
  out[#out + 1] = sections.heading(ctx, { en = "The partners", fr = "Les partenaires" }, "partners")
  if #list == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "No partner is named yet.",
    fr = "Aucun partenaire n'est encore nommé." })
    return
  end
  local columns, rows = { { text = sections.kind_title(ctx, "partner") } }, {}
  local shown = {}
  for _, property in ipairs { "type", "role", "expertise", "interest", "feels" } do
    for _, partner in ipairs(list) do
      if partner[property] ~= nil then
        shown[#shown + 1] = property
        columns[#columns + 1] = sections.head(ctx, property, "partner", property == "feels" and "right" or nil)
        break
      end
    end
  end
  for i, partner in ipairs(list) do
    rows[i] = { partner.label }
    for c, property in ipairs(shown) do
      if property == "type" then
        rows[i][c + 1] = sections.word_cell(ctx, partner, property)
      elseif property == "feels" and math.type(partner.feels) then
        rows[i][c + 1] = { text = partner.feels .. " / 4",
          tone = partner.feels <= 1 and "bad" or partner.feels >= 3 and "good" or nil }
      else
        rows[i][c + 1] = sections.cell(ctx, partner, property)
      end
    end
  end
  out[#out + 1] = { block = "table", columns = columns, rows = rows }
end

local function gifts(ctx, told, still_open)
  local words = {}
  for i, item in ipairs(told) do words[i] = sections.gift(ctx, item) end
  if #words == 0 then return #still_open > 0 and sections.open or "" end
  if #still_open > 0 then words[#words + 1] = "?" end
  return table.concat(words, ctx.lang == "fr" and "\u{A0}; " or "; ")
end

local function exchange(ctx, out)
  local ledger = views.ledger(ctx.model)
  if #ledger == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "What each brings and receives",
    fr = "Ce que chacun apporte et reçoit" },
    "exchange")
  local rows, silent = {}, {}
  for _, row in ipairs(ledger) do
    local gives = gifts(ctx, row.gives, row.gives_open)
    local gains = gifts(ctx, row.receives, row.receives_open)
    if gives == "" and gains == "" then
      silent[#silent + 1] = row.partner
    else
      rows[#rows + 1] = { row.partner.label, gives, gains }
    end
  end
  if #rows > 0 then
    out[#out + 1] = { block = "table", rows = rows, columns = {
      { text = sections.kind_title(ctx, "partner") },
      { text = ctx:text { en = "Brings", fr = "Apporte" } }, { text = ctx:text { en = "Receives", fr = "Reçoit" } } } }
  end
  if #silent > 0 then
    out[#out + 1] = sections.nothing(ctx, { partners = silent, count = #silent,
      en = "The file does not say yet what {partners} {count:brings and receives|bring and receive}.",
      fr = "Le fichier ne dit pas encore ce {count:qu'apporte et reçoit|qu'apportent et reçoivent} {partners}." })
  end
  for _, matter in ipairs { "money", "time" } do
    local sums, missing = views.sums(ctx.model, ledger, matter)
    for _, sum in ipairs(sums) do
      local bars, givers = {}, 0
      for _, row in ipairs(ledger) do
        local value = sum.by[row.partner.path]
        if value then
          givers = givers + 1
          bars[#bars + 1] = { label = row.partner.label, value = value, text = views.shown(sum, value) }
        end
      end
      if givers > 1 then
        out[#out + 1] = { block = "heading", level = 3, text = ctx:text(matter == "money"
          and { en = "Of which money", fr = "Dont l'argent" } or { en = "Of which time", fr = "Dont le temps" }) }
        out[#out + 1] = { block = "bars", rows = bars, unit = sum.unit, caption = #missing > 0
          and ctx:text { count = #missing,
            en = "{count} {count:contribution is|contributions are} not shown: not known, or without an amount.",
            fr = "{count} {count:contribution n'y figure pas|contributions n'y figurent pas}\u{A0}: inconnue"
              .. "{count:|s}, ou sans montant." } or nil }
      end
    end
  end
end

-- ---- Goals ------------------------------------------------------------------------------------------------

local function goals(ctx, out)
  local list = ctx.model:all("goal")
  if #list == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "Goals, and how to know that they are reached",
    fr = "Les objectifs, et comment savoir qu'ils sont atteints" }, "goals")
  local rows = {}
  for _, goal in ipairs(list) do
    local kpis = goal.kpis
    for i, kpi in ipairs(kpis) do
      rows[#rows + 1] = { i == 1 and goal.label or sections.ditto, kpi.label,
        sections.cell(ctx, kpi, "baseline"), sections.cell(ctx, kpi, "target"),
        views.known(kpi.latest) and text.unbroken(kpi.latest) or "" }
    end
    if #kpis == 0 then
      rows[#rows + 1] = { goal.label, { text = ctx:text { en = "no indicator", fr = "pas d'indicateur" },
        tone = "warn" }, "", "", "" }
    end
  end
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "goal") },
    { text = sections.kind_title(ctx, "kpi") }, sections.head(ctx, "baseline", "kpi", "right"),
    sections.head(ctx, "target", "kpi", "right"), sections.head(ctx, "latest", "kpi", "right") } }
end

local function positions(ctx, out)
  local blocks = {}
  sections.positions(ctx, blocks)
  if #blocks == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "Where each stands on each goal",
    fr = "Où se situe chacun face à chaque objectif" }, "positions")
  out[#out + 1] = blocks[1]
end

-- ---- Calendar ---------------------------------------------------------------------------------------------

local function calendar(ctx, out)
  local items, undated = views.calendar(ctx.model)
  if #items == 0 and #undated == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "The calendar", fr = "Le calendrier" }, "calendar")
  if #items > 0 then out[#out + 1] = sections.timeline(ctx, items) end
  if #undated > 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "Without a date yet: {list}.",
      fr = "Sans date pour l'instant : {list}.",
      list = sections.subjects(ctx, undated) })
  end
end

-- ---- Funding ----------------------------------------------------------------------------------------------

local function funding(ctx, out)
  out[#out + 1] = sections.heading(ctx, { en = "Costs and funding", fr = "Les coûts et les financements" }, "funding")
  local rows = {}
  for _, kind in ipairs { "cost", "funding" } do
    for _, item in ipairs(ctx.model:all(kind)) do
      rows[#rows + 1] = { sections.kind_title(ctx, kind), item.title or item.name or "",
        kind == "funding" and sections.cell(ctx, item, "from") or "",
        kind == "funding" and sections.word_cell(ctx, item, "status") or "",
        views.known(item.amount) and text.unbroken(item.amount) or sections.open }
    end
  end
  for _, activity in ipairs(ctx.model:all("activity")) do
    if activity.cost ~= nil and not activity:is_none("cost") then
      rows[#rows + 1] = { sections.kind_title(ctx, "activity"), activity.label, "", "",
        sections.cell(ctx, activity, "cost") }
    end
  end
  if #rows == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "The file does not speak of costs or funding yet.",
      fr = "Le fichier ne parle pas encore de coûts ni de financements." })
    return
  end
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = ctx:text { en = "Kind", fr = "Nature" } },
    { text = ctx:text { en = "For what", fr = "Pour quoi" } }, sections.head(ctx, "from", "funding"),
    sections.head(ctx, "status", "funding"), { text = ctx:text { en = "Amount", fr = "Montant" }, align = "right" } } }
  local sums, open_amounts = views.funding(ctx.model)
  sections.funding_by_period(ctx, out, sums, #open_amounts > 0)
end

-- ---- Questions --------------------------------------------------------------------------------------------

local function open_questions(ctx, out, questions)
  if #questions == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "Open questions", fr = "Les questions ouvertes" }, "questions")
  local nobody
  for _, group in ipairs(agenda.by_ask(questions)) do
    if group.ask then
      local items = {}
      for i, entry in ipairs(group.questions) do items[i] = agenda.question(ctx, entry) end
      out[#out + 1] = { block = "heading", level = 3,
        text = ctx:text { en = "To ask: {who}", fr = "À demander\u{A0}: {who}", who = group.ask } }
      out[#out + 1] = { block = "list", items = items }
    else
      nobody = group
    end
  end
  if nobody then
    out[#out + 1] = { block = "heading", level = 3, text = ctx:text { en = "Nobody is named yet to answer",
      fr = "Personne n'est encore désigné pour répondre" } }
    local rows = {}
    for i, row in ipairs(agenda.by_subject(ctx, nobody.questions)) do
      rows[i] = { row.text, row.matters }
    end
    out[#out + 1] = { block = "table", rows = rows, columns = { { text = ctx:text { en = "About", fr = "Sujet" } },
      { text = ctx:text { en = "Not known yet", fr = "Pas encore connu" } } } }
  end
end

local function not_known(ctx, out, questions)
  out[#out + 1] = sections.heading(ctx, { en = "What this document does not know",
    fr = "Ce que ce document ne sait pas" },
    "not-known")
  local items = {}
  for i, row in ipairs(agenda.counts(ctx, questions)) do
    if i > 8 or row.count < 2 then break end
    items[i] = ctx:text { en = "{what}: {count}", fr = "{what}\u{A0}: {count}", what = row.text, count = row.count }
  end
  if #items > 0 then
    out[#out + 1] = { block = "paragraph", text = ctx:text { en = "What is most often not known:",
      fr = "Ce qui manque le plus souvent\u{A0}:" } }
    out[#out + 1] = { block = "list", items = items }
  end
  local empty = {}
  for _, box in ipairs(views.boxes(ctx.model)) do
    if box.state == "empty" or box.state == "unknown" then empty[#empty + 1] = canvas.title(ctx, box.id) end
  end
  if #empty > 0 then
    out[#out + 1] = { block = "paragraph", text = ctx:text { boxes = empty,
      en = "Boxes of the canvas that wait to be filled: {boxes}.",
      fr = "Cases du canevas qui attendent d'être remplies\u{A0}: {boxes}." } }
  end
  out[#out + 1] = { block = "paragraph", tone = "muted", text = ctx:text {
    en = "What nobody has written does not appear here at all: a document can only tell what its file tells.",
    fr = "Ce que personne n'a écrit n'apparaît pas du tout ici\u{A0}: un document ne dit que ce que dit son "
      .. "fichier." } }
end

local function build(ctx)
  local questions = views.agenda(ctx.model, ctx.left_out > 0)
  local name = ctx.alliance and ctx.alliance.label or ctx:text { en = "The alliance", fr = "L'alliance" }
  local out = { { block = "title", text = name,
    subtitle = ctx.alliance and ctx.alliance:has("purpose") and ctx.alliance.purpose or nil } }
  summary(ctx, out, questions)
  out[#out + 1] = sections.heading(ctx, { en = "The canvas", fr = "Le canevas" }, "canvas")
  out[#out + 1] = canvas.block(ctx, "a4")
  partners(ctx, out)
  exchange(ctx, out)
  goals(ctx, out)
  positions(ctx, out)
  calendar(ctx, out)
  funding(ctx, out)
  open_questions(ctx, out, questions)
  not_known(ctx, out, questions)
  return out
end

return {
  api = 1, kind = "view", id = "report",
  word = { en = "report", fr = "rapport" },
  title = { en = "The report", fr = "Le rapport" },
  about = {
    en = "Everything that a partner needs to read: the summary, the canvas, who brings and receives what, goals, "
      .. "positions, calendar, funding, open questions, and what is not known.",
    fr = "Tout ce qu'un partenaire a besoin de lire : l'essentiel, le canevas, qui apporte et reçoit quoi, les "
      .. "objectifs, les positions, le calendrier, les financements, les questions ouvertes, et ce qu'on ne sait pas.",
  },
  build = build,
}
