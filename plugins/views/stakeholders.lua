-- stakeholders.lua -- who counts around the alliance, and who is engaged: two published grids.

local number = require "alliance.number"
local sections = require "alliance.sections"
local text = require "alliance.text"
local views = require "alliance.views"

local figures = { "power", "interest", "legitimacy", "urgency" }

-- The words of the two grids.
local quadrants = {
  ["key-player"] = { en = "Manage closely", fr = "Associer de près" },
  ["keep-satisfied"] = { en = "Keep satisfied", fr = "Satisfaire" },
  ["keep-informed"] = { en = "Keep informed", fr = "Informer" },
  ["minimal-effort"] = { en = "Monitor", fr = "Suivre de loin" },
}
local classes = {
  ["non-stakeholder"] = { en = "none", fr = "aucune" }, dormant = { en = "dormant", fr = "dormante" },
  discretionary = { en = "discretionary", fr = "discrétionnaire" }, demanding = { en = "demanding", fr = "exigeante" },
  dominant = { en = "dominant", fr = "dominante" }, dangerous = { en = "dangerous", fr = "dangereuse" },
  dependent = { en = "dependent", fr = "dépendante" }, definitive = { en = "definitive", fr = "incontournable" },
}

local function engaged(ctx, stakeholder)
  local by = sections.cell(ctx, stakeholder, "engaged-by")
  if by ~= "" and by ~= sections.open then return { text = by, tone = "good" } end
  if by == sections.open then return by end
  return views.is_engaged(stakeholder) and { text = ctx:text { en = "yes", fr = "oui" }, tone = "good" } or ""
end

local function inputs(ctx, out, list)
  local rows = {}
  for i, stakeholder in ipairs(list) do
    rows[i] = { stakeholder.label, sections.word_cell(ctx, stakeholder, "type") }
    for _, figure in ipairs(figures) do table.insert(rows[i], sections.cell(ctx, stakeholder, figure)) end
    local position = stakeholder.position
    table.insert(rows[i], math.type(position) and number.format(position, { lang = ctx.lang, sign = true })
      or sections.cell(ctx, stakeholder, "position"))
    table.insert(rows[i], engaged(ctx, stakeholder))
  end
  local columns = { { text = sections.kind_title(ctx, "stakeholder") }, sections.head(ctx, "type", "stakeholder") }
  for _, figure in ipairs(figures) do columns[#columns + 1] = sections.head(ctx, figure, "stakeholder", "right") end
  columns[#columns + 1] = sections.head(ctx, "position", "stakeholder", "right")
  columns[#columns + 1] = { text = ctx:text { en = "Engaged by", fr = "Associée par" } }
  out[#out + 1] = { block = "table", rows = rows, columns = columns, caption = ctx:text {
    en = "Power, interest, legitimacy, urgency: from 0 to 4. Position: from −4, opposed, to +4, in favour. Empty: not "
      .. "said.",
    fr = "Pouvoir, intérêt, légitimité, urgence : de 0 à 4. Position : de −4, opposée, à +4, favorable. Vide : non "
      .. "dit." } }
end

-- Where a level stands on an axis from 0 to 1 whose middle is where high begins.
local function on_axis(level, midpoint)
  if level < midpoint then return 0.5 * (level + 0.5) / midpoint end
  return 0.5 + 0.5 * (level - midpoint + 0.5) / (5 - midpoint)
end

-- The grid of power and interest; points share a place when their levels are the same.
local function grid(ctx, out, standing, midpoint)
  local points = {}
  for _, row in ipairs(standing) do
    local place = row.place
    if place.quadrant then
      local is_engaged = views.is_engaged(row.stakeholder)
      points[#points + 1] = { label = row.stakeholder.label, x = on_axis(place.interest, midpoint),
        y = on_axis(place.power, midpoint),
        tone = place.quadrant == "key-player" and not is_engaged and "warn" or nil }
    end
  end
  if #points == 0 then return false end
  local low, high = ctx:text { en = "low", fr = "faible" }, ctx:text { en = "high", fr = "fort" }
  local names = {}
  for i, id in ipairs { "keep-satisfied", "key-player", "minimal-effort", "keep-informed" } do
    names[i] = ctx:text(quadrants[id])
  end
  local function axis(property)
    return { text = sections.head(ctx, property, "stakeholder").text, low = low, high = high }
  end
  out[#out + 1] = sections.heading(ctx, { en = "Power and interest", fr = "Pouvoir et intérêt" }, "grid", 3)
  out[#out + 1] = { block = "grid", x = axis "interest", y = axis "power", quadrants = names, points = points,
    caption = ctx:text { level = midpoint,
      en = "High from {level} of 4 on. Marked: counts much, and nothing is "
      .. "planned with it.",
      fr = "Fort à partir de {level} sur 4. Signalé : compte beaucoup, et rien n'est prévu avec cette partie "
        .. "prenante." } }
  return true
end

local function salience(ctx, out, standing)
  local rows, levels = {}, { definitive = "warn", expectant = nil, latent = "muted" }
  for _, row in ipairs(standing) do
    local place = row.place
    if place.quadrant or place.class then
      rows[#rows + 1] = { row.stakeholder.label,
        place.quadrant and ctx:text(quadrants[place.quadrant]) or sections.open,
        place.class and { text = text.sentence(ctx:text(classes[place.class])), tone = levels[place.level] }
          or sections.open }
    end
  end
  if #rows == 0 then return end
  out[#out + 1] = sections.heading(ctx, { en = "What each calls for", fr = "Ce que chacune demande" }, nil, 3)
  out[#out + 1] = { block = "table", rows = rows, columns = { { text = sections.kind_title(ctx, "stakeholder") },
    { text = ctx:text { en = "What to do (Mendelow)", fr = "Que faire (Mendelow)" } },
    { text = ctx:text { en = "Class (Mitchell, Agle & Wood)", fr = "Classe (Mitchell, Agle et Wood)" } } } }
end

local function build(ctx)
  local midpoint, used = ctx.options.midpoint, {}
  local out = { sections.title(ctx, { en = "Stakeholders: who counts, and who is engaged",
    fr = "Parties prenantes : qui compte, et qui est associé" }) }
  out[#out + 1] = sections.heading(ctx, { en = "What the file says", fr = "Ce que dit le fichier" }, "inputs")
  local list, standing, lacking = ctx.model:all("stakeholder"), {}, {}
  if #list == 0 then
    out[#out + 1] = sections.nothing(ctx, { en = "The file names no stakeholder yet: who counts, besides the partners?",
      fr = "Le fichier ne nomme encore aucune partie prenante : qui compte, à part les partenaires ?" })
  else
    inputs(ctx, out, list)
    out[#out + 1] = sections.heading(ctx, { en = "The figures", fr = "Les chiffres" }, "figures")
    for i, stakeholder in ipairs(list) do
      standing[i] = { stakeholder = stakeholder, place = views.standing(stakeholder, midpoint) }
      if not standing[i].place.quadrant or not standing[i].place.class then lacking[#lacking + 1] = stakeholder end
    end
    if grid(ctx, out, standing, midpoint) then used[1] = "mendelow" end
    salience(ctx, out, standing)
    for _, row in ipairs(standing) do
      if row.place.class then used[#used + 1] = "mitchell" break end
    end
    if #lacking > 0 then
      out[#out + 1] = sections.cannot_tell(ctx, { stakeholders = sections.labels(lacking), count = #lacking,
        en = "Where {stakeholders} {count:stands|stand}: a level of power, interest, legitimacy or urgency is not "
          .. "known.",
        fr = "Impossible de situer {stakeholders} : un niveau de pouvoir, d'intérêt, de légitimité ou d'urgence n'est "
          .. "pas connu." })
    end
  end
  sections.meaning(ctx, out, { "missing-stakeholders/counts", "missing-stakeholders/against" }, #lacking > 0 and {
    stakeholders = sections.labels(lacking), count = #lacking,
    en = "Give each a level from 0 to 4, together, in five minutes: {stakeholders}.",
    fr = "Donnez à chacune un niveau de 0 à 4, ensemble, en cinq minutes : {stakeholders}." }
    or #list == 0 and { en = "Write down, together, who could help, hinder or be affected.",
      fr = "Notez ensemble qui pourrait aider, gêner ou être touché." } or nil, {
    en = "The stakeholders that count most are engaged. Look at this again when the alliance grows.",
    fr = "Les parties prenantes qui comptent le plus sont associées. Refaites le point quand l'alliance grandit." })
  sections.methods(ctx, out, used)
  return out
end

return {
  api = 1, kind = "view", id = "stakeholders",
  word = { en = "stakeholders", fr = "parties-prenantes" },
  title = { en = "Who counts, and who is engaged", fr = "Qui compte, et qui est associé" },
  about = {
    en = "Stakeholders with their power, interest, legitimacy, urgency and position; where each stands on the grid of "
      .. "power and interest, and its class; who counts much while nothing is planned with it.",
    fr = "Les parties prenantes avec leur pouvoir, intérêt, légitimité, urgence et position ; où chacune se situe sur "
      .. "la grille du pouvoir et de l'intérêt, et sa classe ; qui compte beaucoup alors que rien n'est prévu avec "
      .. "elle.",
  },
  source = {
    en = "Power and interest (Mendelow 1991); classes of stakeholders (Mitchell, Agle & Wood 1997)",
    fr = "Pouvoir et intérêt (Mendelow 1991) ; classes de parties prenantes (Mitchell, Agle et Wood 1997)",
  },
  options = {
    midpoint = { type = "integer", default = 2, min = 1, max = 4, about = {
      en = "The level from which on a figure counts as high. A convention: neither source gives one.",
      fr = "Le niveau à partir duquel un chiffre compte comme fort. Une convention : aucune des sources n'en "
        .. "donne." } },
  },
  findings = { "missing-stakeholders", "support-actors" },
  build = build,
}
