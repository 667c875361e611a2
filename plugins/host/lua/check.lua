-- check.lua -- runs one check over each alliance, and sends what it finds.

local host, job, alliance = ...

local function own(name)
  return host.module("plugins/host/lua/" .. name .. ".lua", _G)(host, job, alliance)
end

local context = own "context"
local manifest = own "manifest"

local check = {}
local statuses = { "idea", "meeting", "framing", "experiment", "deployment", "closed" }

-- Severity by status: the status itself, else the nearest earlier one that is named.
local function severity_of(severity, status)
  if type(severity) == "string" then
    return severity
  end
  local found
  for _, name in ipairs(statuses) do
    found = severity[name] or found
    if name == status then
      break
    end
  end
  return found or "note"
end

-- An entity, or a place made by entity:where(), as the program takes it.
local function place_of(at)
  if host.type(at) == "entity" then
    local place = at:where()
    return place, at
  elseif type(at) == "table" and math.type(at.row) == "integer" then
    return at, nil
  end
  error("`at` should be an entity, or a place made with entity:where(property)", 0)
end

local function entities_in(values, list, seen)
  for _, value in pairs(values) do
    if host.type(value) == "entity" then
      local row = host.row(value)
      if not seen[row] then
        seen[row] = true
        list[#list + 1] = value
      end
    elseif type(value) == "table" and value.row == nil then
      entities_in(value, list, seen)
    end
  end
end

-- `settings CHECK { }` of the file; wrong ones are said as notes.
local function options_of(plugin, statements)
  local given = {}
  for _, statement in ipairs(statements) do
    if statement.statement == "settings" and check.is_called(plugin, statement.check) then
      for name, value in pairs(statement.properties) do
        given[name] = value
      end
    end
  end
  return manifest.options(plugin, given, function(sentence)
    error("wrong-setting: " .. sentence, 0)
  end)
end

-- The id, or the check's word in any language.
function check.is_called(plugin, name)
  if name == plugin.id then
    return true
  end
  for _, language in ipairs(job.languages) do
    local word = plugin.word and plugin.word[language]
    if word and host.fold(word) == host.fold(name or "") then
      return true
    end
  end
  return false
end

-- The acceptance that covers all entities of a finding today, or nil.
local function acceptance(plugin, statements, objects)
  for _, statement in ipairs(statements) do
    if statement.statement == "accept" and check.is_called(plugin, statement.check) then
      local covers = true
      if #statement.entities > 0 then
        local listed = {}
        for _, entity in ipairs(statement.entities) do
          listed[host.row(entity)] = true
        end
        for _, entity in ipairs(objects) do
          covers = covers and listed[host.row(entity)] == true
        end
      end
      local until_date = statement.properties["until"] and host.date(statement.properties["until"])
      if until_date and until_date.last < host.date(job.today).first then
        covers = false
      end
      if covers then
        return statement.properties
      end
    end
  end
end

local function texts_by_language(form, values)
  local texts = {}
  for _, language in ipairs(job.languages) do
    texts[language] = context.fill(form[language], values, language)
  end
  return texts
end

-- One finding, question or "cannot tell" on its way to the program.
local function send(plugin, state, kind, finding)
  local message = plugin.messages[finding.say]
  if not message then
    error(("there is no message '%s' in this plugin"):format(tostring(finding.say)), 0)
  end
  local place, entity = place_of(finding.at)
  local objects, seen = {}, {}
  if entity then
    objects[1], seen[host.row(entity)] = entity, true
  end
  entities_in(finding.related or {}, objects, seen)
  for name, value in pairs(finding) do
    if name ~= "related" and name ~= "at" then
      entities_in({ value }, objects, seen)
    end
  end
  local paths, confidential = {}, false
  for i, object in ipairs(objects) do
    paths[i] = object.path
    confidential = confidential or object:is_confidential()
  end
  local values, shown = {}, {}
  for name, value in pairs(finding) do
    if name ~= "at" and name ~= "say" and name ~= "related" and name ~= "severity" then
      values[name] = value
      if not (type(value) == "table" and type(value[job.lang]) == "string") then
        shown[name] = context.value_text(value, job.lang)
      else
        shown[name] = value[job.lang]
      end
    end
  end
  local why, next_steps
  if message.why or plugin.about then
    why = message.why and texts_by_language(message.why, values)
  end
  if message.next then
    next_steps = {}
    for _, language in ipairs(job.languages) do
      next_steps[language] = {}
      for i, form in ipairs(message.next[language]) do
        next_steps[language][i] = context.fill(form, values, language)
      end
    end
  end
  local accepted = kind == "finding" and acceptance(plugin, state.statements, objects) or nil
  local related = {}
  for i, object in ipairs(objects) do
    if i > 1 and i <= 6 then
      related[#related + 1] = object:where()
    end
  end
  host.send {
    type = kind, message = finding.say, place = place, related = related,
    severity = finding.severity or (kind == "finding"
      and severity_of(message.severity or plugin.severity or "warning", state.status) or "note"),
    text = texts_by_language(message, values), why = why, next = next_steps,
    objects = paths, values = shown, confidential = confidential,
    accepted = accepted and { reason = accepted.reason, by = accepted.author or accepted.by,
      ["until"] = accepted["until"] } or nil,
    alliance = state.alliance,
  }
end

-- reason: the name of a message, or texts by language; missing: entities or names.
local function send_cannot_tell(plugin, state, finding)
  local reason = finding.reason or finding.say
  if type(reason) == "table" then
    plugin.messages["cannot-tell"] = reason
    reason = "cannot-tell"
  end
  local sent = {}
  for name, value in pairs(finding) do
    sent[name] = value
  end
  sent.reason, sent.say = nil, reason
  send(plugin, state, "cannot_tell", sent)
end

local function run_one(plugin, index)
  host.choose(index)
  local statements = host.statements()
  local ctx = context.new(options_of(plugin, statements))
  local state = { statements = statements, status = ctx.status, alliance = index }
  function ctx:report(finding)
    send(plugin, state, "finding", finding)
  end
  function ctx:unknown(finding)
    send(plugin, state, "question", finding)
  end
  function ctx:cannot_tell(finding)
    send_cannot_tell(plugin, state, finding)
  end
  if plugin.visit then
    local row, entity, kind = host.next(0)
    while row do
      local visitor = plugin.visit[kind]
      if visitor then
        visitor(ctx, entity)
      end
      row, entity, kind = host.next(row)
    end
  end
  if plugin.run then
    plugin.run(ctx)
  end
  if plugin.finish then
    plugin.finish(ctx)
  end
end

function check.run(plugin)
  for index = 1, job.alliances do
    run_one(plugin, index)
  end
end

return check
