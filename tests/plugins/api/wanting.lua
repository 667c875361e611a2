-- wanting.lua -- a view that asks for what one check finds, and says what it was given.
return {
  api = 1, kind = "view", id = "api-wanting",
  title = { en = "What was found", fr = "Ce qui a été trouvé" },
  findings = { "api-report", "no-such-check" },
  build = function(ctx)
    local items = {}
    for i, finding in ipairs(ctx.findings) do
      local names = {}
      for n, entity in ipairs(finding.entities) do names[n] = entity.name or entity.kind end
      items[i] = table.concat({ finding.sort, finding.severity, finding.check, finding.code,
        finding.property or "-", finding.text, finding.why or "-", #finding.next, table.concat(names, "+") }, " | ")
    end
    items[#items + 1] = "not checked: " .. ctx.not_checked
    return { { block = "list", items = items } }
  end,
}
