-- check.lua -- runs one check over each alliance, and sends what it finds.

local host, job, _, own = ...

local context = own "context"
local manifest = own "manifest"
local options = own "options"

local check = {}
local statuses = host.list("alliance", "status")
local severities = { error = true, warning = true, note = true }
local deepest = 8       -- lists within lists of a finding

-- The status by which severities go: a cooperation is weighed as in its framing from the start.
local function weighed_as(entity, status)
  if not entity or entity.cooperation ~= "cooperation" then
    return status
  end
  for _, name in ipairs(statuses) do
    if name == status then
      return "framing"
    elseif name == "framing" then
      return status
    end
  end
end

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

-- An entity, or a place made by entity:where(), as the program takes it; the entity.
local function place_of(at)
  if host.type(at) == "entity" then
    return at:where(), at
  elseif host.type(at) == "table" then
    return at, host.entity(at.row)
  end
end

local function entities_in(values, list, seen, depth)
  if depth > deepest then
    error("the values of a finding are nested too deeply", 0)
  end
  for _, value in pairs(values) do
    if host.type(value) == "entity" then
      local row = host.row(value)
      if not seen[row] then
        seen[row] = true
        list[#list + 1] = value
      end
    elseif type(value) == "table" and value.row == nil then
      entities_in(value, list, seen, depth + 1)
    end
  end
end

-- Its options, as set; a setting that does not fit, and nothing is checked.
local function options_of(plugin)
  return options.of(plugin, {}, manifest.nearest, function(sentence)
    host.fail("wrong-setting", sentence)
  end)
end

-- The acceptance that covers all entities of a finding today, or nil.
local function acceptance(plugin, acceptances, objects)
  for _, accepted in ipairs(acceptances) do
    if options.is_called(plugin, accepted.check) then
      local is_over = accepted["until"] and accepted["until"].last < host.date(job.today).first
      local covers, listed = not is_over, {}
      for _, entity in ipairs(accepted.entities) do
        listed[host.row(entity)] = true
      end
      for _, entity in ipairs(objects) do
        covers = covers and (next(listed) == nil or listed[host.row(entity)] == true)
      end
      if covers then
        return accepted
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

-- What a plugin said of a finding, looked at: its message, place and entity.  `level` is that
-- of the plugin's own line.
local function judge(plugin, kind, finding, level)
  if type(finding) ~= "table" then
    error("a finding is a table: { at = …, say = \"message\", … }", level)
  end
  local message = plugin.messages[finding.say]
  if type(message) ~= "table" then
    error(("there is no message '%s' in this plugin"):format(tostring(finding.say)), level)
  end
  local place, entity = place_of(finding.at)
  if not entity then
    error("`at` should be an entity, or a place made with entity:where(property)", level)
  end
  if finding.severity ~= nil and not severities[finding.severity] then
    error("severity should be error, warning or note", level)
  end
  if finding.property ~= nil and type(finding.property) ~= "string" then
    error("`property` should be the id of a property", level)
  end
  return message, place, entity
end

-- One finding, question or "cannot tell" on its way to the program.
local function send(plugin, state, kind, finding, level)
  local message, place, entity = judge(plugin, kind, finding, level + 1)
  local objects, seen = { entity }, { [host.row(entity)] = true }
  entities_in(finding.related or {}, objects, seen, 1)
  for name, value in pairs(finding) do
    if name ~= "related" and name ~= "at" then
      entities_in({ value }, objects, seen, 1)
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
      shown[tostring(name)] = context.value_text(value, job.lang)
    end
  end
  for name in pairs(context.placeholders(message[job.lang])) do
    if values[name] == nil then
      error(("the message '%s' needs a value for {%s}"):format(finding.say, name), level)
    end
  end
  local why = message.why and texts_by_language(message.why, values)
  local next_steps
  if message.next then
    next_steps = {}
    for _, language in ipairs(job.languages) do
      next_steps[language] = {}
      for i, form in ipairs(message.next[language]) do
        next_steps[language][i] = context.fill(form, values, language)
      end
    end
  end
  local accepted = kind ~= "question" and acceptance(plugin, state.acceptances, objects) or nil
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
    accepted = accepted and { reason = accepted.reason, by = accepted.author,
      ["until"] = accepted["until"] and accepted["until"].text } or nil,
    alliance = state.alliance,
  }
end

-- reason: the name of a message, or texts by language; missing: entities or names.
local function send_cannot_tell(plugin, state, finding, level)
  if type(finding) ~= "table" then
    error("ctx:cannot_tell needs a table: { at = …, reason = …, missing = … }", level)
  end
  local reason = finding.reason or finding.say
  if type(reason) == "table" then
    for _, language in ipairs(job.languages) do
      if type(reason[language]) ~= "string" then
        error(("the reason has no text in the language '%s'"):format(language), level)
      end
    end
    plugin.messages["cannot-tell"] = reason
    reason = "cannot-tell"
  end
  local sent = {}
  for name, value in pairs(finding) do
    sent[name] = value
  end
  sent.reason, sent.say = nil, reason
  send(plugin, state, "cannot_tell", sent, level + 1)
end

local function run_one(plugin, index)
  host.choose(index)
  local ctx = context.new(options_of(plugin))
  local state = { acceptances = host.acceptances(), status = weighed_as(ctx.alliance, ctx.status),
    alliance = index }
  function ctx:report(finding)
    send(plugin, state, "finding", finding, 3)
  end
  function ctx:unknown(finding)
    send(plugin, state, "question", finding, 3)
  end
  function ctx:cannot_tell(finding)
    send_cannot_tell(plugin, state, finding, 3)
  end
  if plugin.visit then
    host.visit(plugin.visit, ctx)
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
