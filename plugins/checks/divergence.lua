-- divergence.lua -- where partners pull apart is seen, and talked about while there is time.

local figures = require "alliance.figures"
local goals = require "alliance.goals"
local number = require "alliance.number"
local views = require "alliance.views"

-- When to talk about it: before the next milestone, else at the next meeting.
local function occasion(ctx)
  local milestone = views.next_milestone(ctx.model, ctx.today)
  if not milestone then return { en = "at your next meeting", fr = "à votre prochaine rencontre" } end
  return ctx:texts { en = "before “{milestone}” ({date})", fr = "avant « {milestone} » ({date})",
    milestone = milestone, date = milestone.date }
end

-- "Orange (−2)"
local function with_position(partner, position)
  local said = ("%s (%s)"):format(partner.label, number.format(position, { sign = true }))
  return { en = said, fr = said }
end

local function in_both(value)
  return { en = number.format(value, { lang = "en" }), fr = number.format(value, { lang = "fr" }) }
end

-- ---- A shared goal that somebody opposes ---------------------------------------------------------

-- Gives the paths of the goals that were told.
local function check_goals(ctx)
  local told, matrix = {}, views.positions(ctx.model)
  for _, goal in ipairs(views.shared_goals(ctx.model)) do
    local against, support, opponents, names = 0, 0, {}, {}
    for _, partner in ipairs(matrix.said[goal.path]) do
      local position = matrix.at[goal.path][partner.path]
      if type(position) == "number" and position < 0 then
        against = against - position
        opponents[#opponents + 1] = partner
        names[#names + 1] = with_position(partner, position)
      elseif type(position) == "number" then
        support = support + position
      end
    end
    if #opponents > 0 then
      told[goal.path] = true
      ctx:report { at = goal, say = against >= support and "contested" or "opposed", goal = goal,
        partners = views.several(names), count = #names, against = against, support = support,
        occasion = occasion(ctx), related = opponents }
    end
  end
  return told
end

-- ---- Two partners that are further apart than close ------------------------------------------------

-- Collects pairs: { count, list (the first ones, as many as are said), partners (of all, each once) }; and
-- what figures.convergence calls for each pair.
local function collector(ctx, told)
  local pairs_apart, seen = { count = 0, list = {}, partners = {} }, {}
  local most = math.max(ctx.options.together, views.most_named)
  return pairs_apart, function(found, i, j, pair)
    if pair.diverge <= pair.converge then return end
    local _, goals_apart = figures.sides(found, i, j)
    -- What parts them by one goal was said with that goal.
    if #goals_apart == 1 and told[goals_apart[1].path] then return end
    pairs_apart.count = pairs_apart.count + 1
    for _, partner in ipairs { found.partners[i], found.partners[j] } do
      if not seen[partner.path] then
        seen[partner.path] = true
        table.insert(pairs_apart.partners, partner)
      end
    end
    if pairs_apart.count <= most then
      table.insert(pairs_apart.list, { a = found.partners[i], b = found.partners[j], goals = goals_apart,
        apart = pair.diverge, together = pair.converge, shared = pair.same })
    end
  end
end

local function shared_text(ctx, pair)
  if pair.shared == 0 then return { en = "agree on nothing", fr = "ne s'accordent sur rien" } end
  return ctx:texts { en = "agree on {count} {count:goal|goals} (intensity {together})",
    fr = "s'accordent sur {count} {count:objectif|objectifs} (intensité {together})", count = pair.shared,
    together = in_both(pair.together) }
end

local function report_pairs(ctx, pairs_apart)
  if pairs_apart.count <= ctx.options.together then
    for _, pair in ipairs(pairs_apart.list) do
      ctx:report { at = pair.a, say = "pair", a = pair.a, b = pair.b, goals = views.quoted(pair.goals),
        apart = in_both(pair.apart), shared = shared_text(ctx, pair), occasion = occasion(ctx), related = pair.goals }
    end
    return
  end
  local names = {}
  for i, pair in ipairs(pairs_apart.list) do
    names[i] = ctx:texts { en = "{a} with {b} (disagreement {apart}, agreement {together})",
      fr = "{a} avec {b} (désaccord {apart}, accord {together})", a = pair.a, b = pair.b,
      apart = in_both(pair.apart), together = in_both(pair.together) }
  end
  ctx:report { at = pairs_apart.list[1].a, say = "many-pairs", count = pairs_apart.count,
    pairs = views.several(names, pairs_apart.count - #names), related = pairs_apart.partners, occasion = occasion(ctx) }
end

-- ---- A goal of one's own that hurts a shared one ---------------------------------------------------

-- The effects of goals on one another as links by path, those that may be reached from a goal.
local function links_from(model, start)
  local by, links, reached, next_one = {}, {}, { start }, 1
  for _, goal in ipairs(model:all("goal")) do
    by[goal.path] = {}
    for _, effect in ipairs(goal:children("affects")) do
      if views.is_entity(effect.key, "goal") and views.known(effect.value) then
        table.insert(by[goal.path], { type = "contribution", from = goal.path, to = effect.key.path, goal = effect.key,
          weight = effect.value.number })
      end
    end
  end
  local seen = { [start.path] = true }
  while reached[next_one] do
    for _, link in ipairs(by[reached[next_one].path] or {}) do
      links[#links + 1] = link
      if not seen[link.to] then
        seen[link.to] = true
        reached[#reached + 1] = link.goal
      end
    end
    next_one = next_one + 1
  end
  return links, reached
end

local function is_own(goal)
  return goal.own == true or views.known(goal.partner)
end

local function holder_of(goal)
  if views.known(goal.partner) then return goal.partner end
  local partner = views.partners_in(goal.owner)[1] or views.partners_in(goal["carried-by"])[1]
  return partner or { en = "partner not said", fr = "partenaire non précisé" }
end

local function check_own_goal(ctx, own)
  local links, reached = links_from(ctx.model, own)
  if #links == 0 then return end
  local values, problem = goals.propagate(links, { [own.path] = 100 })
  if not values then
    local loop = {}
    for _, goal in ipairs(reached) do
      if (problem .. " "):find(" " .. goal.path .. " ", 1, true) then loop[#loop + 1] = goal end
    end
    ctx:cannot_tell { at = own, reason = "in-a-circle", own = own, goals = views.quoted(loop), missing = loop }
    return
  end
  local hurt, names = {}, {}
  for _, goal in ipairs(reached) do
    if not is_own(goal) and values[goal.path] < 0 then
      hurt[#hurt + 1] = goal
      names[#names + 1] = ctx:texts { en = "“{goal}” ({effect} %)", fr = "« {goal} » ({effect} %)", goal = goal,
        effect = in_both(values[goal.path]) }
    end
  end
  if #hurt > 0 then
    ctx:report { at = own, say = "own-goal", own = own, partner = holder_of(own), goals = names, related = hurt,
      occasion = occasion(ctx) }
  end
end

local function check_own_goals(ctx)
  for _, goal in ipairs(ctx.model:all("goal")) do
    if is_own(goal) then check_own_goal(ctx, goal) end
    for _, effect in ipairs(goal:children("affects")) do
      if effect.value == alliance.unknown and views.is_entity(effect.key) then
        ctx:unknown { at = effect, say = "ask-effect", goal = goal, other = effect.key }
      end
    end
  end
end

-- ---- What is not known ------------------------------------------------------------------------------

-- Asks for positions that are `?`, by partner, but on the goal about which shared-goal asks. Gives the
-- paths of the partners of whom something is asked or said to be missing, here or by shared-goal.
local function ask_positions(ctx, common)
  local told = {}
  if common and not common.shared then
    for _, partner in ipairs(views.silent(ctx.model, common.best)) do told[partner.path] = true end
  end
  for _, partner in ipairs(ctx.model.partners) do
    local open, first = {}, nil
    for _, position in ipairs(partner:children("position")) do
      if position.value == alliance.unknown and views.is_entity(position.key) then
        told[partner.path] = true
        if not (common and common.asks and position.key == common.best.goal) then
          open[#open + 1], first = position.key, first or position
        end
      end
    end
    if first then
      ctx:unknown { at = first, say = "ask-position", partner = partner, goals = views.quoted(open),
        related = { partner } }
    end
  end
  return told
end

local function run(ctx)
  local common = views.common_goal(ctx.model)
  local told_missing = ask_positions(ctx, common)
  check_own_goals(ctx)
  local told = check_goals(ctx)
  local partners, silent = ctx.model.partners, {}
  if #partners < 2 or #ctx.model:all("goal") == 0 then return end
  local pairs_apart, visit = collector(ctx, told)
  local found = figures.convergence(ctx.model, visit)
  if pairs_apart.count > 0 then report_pairs(ctx, pairs_apart) end
  if found.reason == "too-many" then
    ctx:cannot_tell { at = ctx.alliance or partners[1], reason = "too-many", count = #found.partners, missing = {} }
  end
  for _, partner in ipairs(found.silent) do
    if not told_missing[partner.path] then silent[#silent + 1] = partner end
  end
  if #silent == 0 then return end
  if found.reason == "no-position" then
    -- Where no goal is shared yet, shared-goal says which positions would tell.
    if not (common and common.shared) then return end
    ctx:cannot_tell { at = ctx.alliance or partners[1], reason = "no-position", missing = {} }
  else
    ctx:cannot_tell { at = silent[1], reason = "silent", partners = views.named(silent), count = #silent,
      missing = silent }
  end
end

local why = {
  en = "A disagreement that is named early is worked on; one that is discovered at the decision breaks the alliance.",
  fr = "Un désaccord nommé tôt se travaille ; découvert au moment de décider, il casse l'alliance.",
}
local next_talk = {
  en = { "Put it on the agenda {occasion}: what does each one fear, and what could each accept?" },
  fr = { "Mettez-le à l'ordre du jour {occasion} : que craint chacun, et que pourrait-il accepter ?" },
}

return {
  api = 1, kind = "check", id = "divergence", category = "partners", profile = "standard",
  word = { en = "divergence", fr = "divergence" },
  severity = "warning",
  title = { en = "Where partners pull apart is known", fr = "On sait sur quoi les partenaires divergent" },
  about = {
    en = "Looks at the `position` of each partner, from -4 (vital, against) to +4 (vital, for), in three ways: a "
      .. "shared goal that a partner opposes; two partners who disagree more than they agree; a goal of one partner "
      .. "alone (`own: yes`) that makes a shared goal harder (`affects`), be it through other goals. The intensity of "
      .. "a pair is, goal by goal, the mean of the two positions without their signs, added up. A confidential goal "
      .. "is named here, and never in a document.",
    fr = "Regarde la `position` de chaque partenaire, de -4 (vital, contre) à +4 (vital, pour), de trois façons : un "
      .. "objectif commun auquel un partenaire s'oppose ; deux partenaires plus souvent en désaccord qu'en accord ; "
      .. "un objectif d'un seul partenaire (`propre : oui`) qui gêne un objectif commun (`effet`), même à travers "
      .. "d'autres. L'intensité d'une paire est, objectif par objectif, la moyenne des deux positions sans leur "
      .. "signe, additionnée. Un objectif confidentiel est nommé ici, jamais dans un document.",
  },
  source = {
    en = "Training deck: brakes before and after, interests hard to keep aligned; convergence and divergence of "
      .. "actors (MACTOR, Godet); effects of goals on one another (GRL, ITU-T Z.151; Amyot et al. 2010)",
    fr = "Support de formation : freins en amont et après, intérêts difficiles à garder alignés ; convergence et "
      .. "divergence des acteurs (MACTOR, Godet) ; effets des objectifs entre eux (GRL, UIT-T Z.151 ; Amyot et al. "
      .. "2010)",
  },
  options = {
    together = { type = "integer", default = 3, min = 0, about = {
      en = "More pairs than this are named in one finding.",
      fr = "Au-delà de ce nombre, les paires sont citées dans un seul constat." } },
  },
  messages = {
    opposed = {
      en = "{partners} {count:is|are} against the shared goal “{goal}” (positions added up: {support} for, "
        .. "{against} against).",
      fr = "{partners} {count:s'oppose|s'opposent} à l'objectif commun « {goal} » (somme des positions : {support} "
        .. "pour, {against} contre).",
      why = why, next = next_talk,
    },
    contested = {
      en = "The shared goal “{goal}” meets at least as much opposition ({against}) as support ({support}). Against "
        .. "it: {partners}.",
      fr = "L'objectif commun « {goal} » rencontre au moins autant d'opposition ({against}) que de soutien "
        .. "({support}). Contre lui : {partners}.",
      why = why,
      next = {
        en = { "Put it on the agenda {occasion}: is it still a goal of the alliance, and in which form could all want "
          .. "it?" },
        fr = { "Mettez-le à l'ordre du jour {occasion} : est-ce encore un objectif de l'alliance, et sous quelle "
          .. "forme tous pourraient-ils le vouloir ?" },
      },
    },
    pair = {
      en = "{a} and {b} disagree on {goals} (intensity {apart}) and {shared}.",
      fr = "{a} et {b} divergent sur {goals} (intensité {apart}) et {shared}.",
      why = why, next = next_talk,
    },
    ["many-pairs"] = {
      en = "{count} pairs of partners disagree more than they agree: {pairs}.",
      fr = "{count} paires de partenaires sont plus en désaccord qu'en accord : {pairs}.",
      why = why, next = next_talk,
    },
    ["own-goal"] = {
      en = "Once reached, “{own}” ({partner}) makes a shared goal harder: {goals}.",
      fr = "Une fois atteint, « {own} » ({partner}) rend plus difficile un objectif commun : {goals}.",
      why = {
        en = "A goal of one's own is legitimate. Unsaid, it makes a partner hold back; said, it can be taken into "
          .. "account.",
        fr = "Un objectif propre est légitime. Non dit, il fait hésiter un partenaire ; dit, on peut en tenir compte.",
      },
      next = {
        en = { "Talk about it {occasion}: can one be reached in a way that spares the other?" },
        fr = { "Parlez-en {occasion} : peut-on atteindre l'un en ménageant l'autre ?" },
      },
    },
    ["ask-position"] = { en = "Where does {partner} stand on {goals}?", fr = "Où se situe {partner} face à {goals} ?" },
    ["ask-effect"] = {
      en = "If “{goal}” is reached, does “{other}” become easier or harder?",
      fr = "Si « {goal} » est atteint, « {other} » devient-il plus facile ou plus difficile ?",
    },
    ["no-position"] = {
      en = "Where partners disagree cannot be told: no position on any goal is written yet.",
      fr = "On ne peut pas dire où les partenaires divergent : aucune position sur un objectif n'est encore notée.",
    },
    silent = {
      en = "Where {partners} {count:disagrees|disagree} with the others cannot be told: no position is written.",
      fr = "On ne peut pas dire en quoi {partners} {count:diverge|divergent} des autres : aucune position n'est "
        .. "notée.",
    },
    ["too-many"] = {
      en = "Which partners disagree with one another cannot be told: with {count} that have taken positions, there "
        .. "are too many pairs to compare. What partners say against a shared goal is looked at all the same.",
      fr = "On ne peut pas dire quels partenaires divergent entre eux : {count} ont pris position, ce qui fait trop de "
        .. "paires à comparer. Les oppositions à un objectif commun, elles, sont examinées.",
    },
    ["in-a-circle"] = {
      en = "What “{own}” does to the shared goals cannot be told: {goals} have an effect on one another in a circle.",
      fr = "On ne peut pas dire ce que « {own} » change aux objectifs communs : {goals} ont un effet les uns sur les "
        .. "autres, en boucle.",
    },
  },
  run = run,
  examples = {
    {
      bad = [[
goal visits "Visits"
partner p "School" { position visits: +3 }
partner q "Town" { position visits: -1 }
]],
      good = [[
goal visits "Visits"
partner p "School" { position visits: +3 }
partner q "Town" { position visits: 0 }
]],
      expect = { "opposed" },
    },
    {
      bad = [[
goal visits "Visits"
partner p "School" { position visits: +2 }
partner q "Town" { position visits: -3 }
milestone gate "Go on?" { date: 9000-01-01 }
]],
      good = [[
goal visits "Visits"
partner p "School" { position visits: +2 }
partner q "Town" { position visits: +1 }
]],
      expect = { "contested" },
    },
    {
      bad = [[
goal sales "A shop in the hall" { own: yes }
goal rest "A quiet hall" { own: yes }
goal visits "Visits"
partner p "Town" {
  position sales: +4
  position rest: -2
  position visits: +1
}
partner q "Library" {
  position sales: -3
  position rest: +4
  position visits: +2
}
]],
      good = [[
goal sales "A shop in the hall" { own: yes }
goal rest "A quiet hall" { own: yes }
goal visits "Visits"
partner p "Town" {
  position sales: +4
  position rest: +1
  position visits: +1
}
partner q "Library" {
  position sales: -3
  position rest: +4
  position visits: +2
}
]],
      expect = { "pair" },
    },
    {
      bad = [[
goal sales "A shop in the hall" { own: yes }
goal rest "A quiet hall" { own: yes }
partner p "Town" { position sales: +4 }
partner q "Firm" { position sales: +4 }
partner r "Library" { position sales: -3 }
partner s "Choir" { position sales: -3 }
]],
      good = [[
goal sales "A shop in the hall" { own: yes }
partner p "Town" { position sales: +4 }
partner q "Firm" { position sales: +4 }
partner r "Library" { position sales: 0 }
partner s "Choir" { position sales: 0 }
]],
      expect = { "many-pairs" },
    },
    {
      bad = [[
goal visits "Visits"
goal traffic "A quiet street"
goal sales "A shop in the hall" {
  own: yes
  partner: p
  affects visits: +25 %
  affects traffic: -50 %
}
partner p "Town" { position visits: +1 }
partner q "Library" { position visits: +1 }
]],
      good = [[
goal visits "Visits"
goal traffic "A quiet street"
goal sales "A shop in the hall" {
  own: yes
  partner: p
  affects visits: +25 %
  affects traffic: 0 %
}
partner p "Town" { position visits: +1 }
partner q "Library" { position visits: +1 }
]],
      expect = { "own-goal" },
    },
    {
      bad = [[
goal visits "Visits"
goal sales "A shop in the hall" {
  own: yes
  affects trade: +50 %
}
goal trade "Trade in the street" { affects noise: -100 % }
goal noise "Evenings in the street" { affects visits: +100 % }
partner p "Town" { position visits: +1 }
partner q "Library" { position visits: +1 }
]],
      good = [[
goal visits "Visits"
goal sales "A shop in the hall" {
  own: yes
  affects trade: +50 %
}
goal trade "Trade in the street" { affects noise: +100 % }
goal noise "Evenings in the street" { affects visits: +100 % }
partner p "Town" { position visits: +1 }
partner q "Library" { position visits: +1 }
]],
      expect = { "own-goal" },
    },
    {
      bad = [[
goal visits "Visits"
goal sales "A shop in the hall" {
  own: yes
  affects visits: ?
}
partner p "Town" {
  position visits: +2
  position sales: ?
}
partner q "Library" { position visits: +1 }
]],
      good = [[
goal visits "Visits"
goal sales "A shop in the hall" {
  own: yes
  affects visits: 0 %
}
partner p "Town" {
  position visits: +2
  position sales: 0
}
partner q "Library" { position visits: +1 }
]],
      expect = { "ask-effect", "ask-position" },
    },
    {
      bad = [[
goal visits "Visits" { carried-by: p, q }
partner p "Town" { position visits: +2 }
partner q "Library"
]],
      good = [[
goal visits "Visits" { carried-by: p, q }
partner p "Town" { position visits: +2 }
partner q "Library" { position visits: +1 }
]],
      expect = { "silent" },
    },
    {
      bad = [[
goal visits "Visits" { carried-by: p, q }
partner p "Town"
partner q "Library"
]],
      good = [[
goal visits "Visits" { carried-by: p, q }
partner p "Town" { position visits: +2 }
partner q "Library" { position visits: +1 }
]],
      expect = { "no-position" },
    },
    {
      bad = [[
goal sales "A shop in the hall" {
  own: yes
  affects visits: -50 %
}
goal visits "Visits" { affects trade: +25 % }
goal trade "Trade in the street" { affects visits: +25 % }
partner p "Town" { position visits: +2 }
partner q "Library" { position visits: +1 }
]],
      good = [[
goal sales "A shop in the hall" {
  own: yes
  affects visits: +50 %
}
goal visits "Visits" { affects trade: +25 % }
goal trade "Trade in the street"
partner p "Town" { position visits: +2 }
partner q "Library" { position visits: +1 }
]],
      expect = { "in-a-circle" },
    },
  },
}
