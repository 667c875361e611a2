-- document.lua -- runs an exporter, or builds a view and renders its blocks.

local host, job, _, own = ...

local context = own "context"
local manifest = own "manifest"
local options = own "options"

local document = {}
local deepest = 12      -- tables within tables of blocks
local renderers = {
  terminal = "render_terminal", plain = "render_terminal", html = "render_html",
  markdown = "render_markdown", svg = "render_svg", json = "render_json",
}

local out = {}

function out:write(text)
  host.write(tostring(text))
end

function out:line(text)
  host.write((text and tostring(text) or "") .. "\n")
end

function out:file(name)
  if type(name) ~= "string" or name == "" or ("/" .. name):find("/%.") or name:find("^/")
    or name:find("[%c\\]") then
    error("out:file needs a relative name", 2)
  end
  host.send { type = "file", name = name }
end

function out:model()
  host.model_json()
end

local function options_of(plugin)
  local given = {}
  for name, value in pairs(job.settings or {}) do
    if name ~= "format" then
      given[name] = value
    end
  end
  return options.of(plugin, given, manifest.nearest, function(sentence)
    host.fail("wrong-setting", sentence)
  end)
end

-- Where it comes from: under every page. The names alone: a folder is nobody's business.
local function footer(ctx)
  local names = {}
  for i, path in ipairs(job.files or {}) do
    names[i] = path:gsub("^.*/", "")
  end
  return {
    block = "footer", file = names[1] or "", files = names,
    hash = job.hash ~= "" and job.hash:sub(1, 12) or nil, date = job.today, version = job.version,
    left_out = ctx.left_out, confidential = ctx.confidential,
  }
end

-- A text as print sets it: in French, no line ends before the marks that a blank precedes.
local function set(value)
  if job.lang ~= "fr" then
    return value
  end
  return (value:gsub(" ([:;?!%%»])", "\u{A0}%1"):gsub("« ", "«\u{A0}"))
end

-- Plain data: what a renderer reads twice is the same twice, and runs nothing of the plugin.
local function plain(value, depth)
  local kind = host.type(value)
  if kind == "string" then
    return set(value)
  end
  if kind == "function" or kind == "thread" or depth > deepest then
    error(depth > deepest and "the blocks are nested too deeply (is there a circle?)"
      or "a block holds a " .. kind, 0)
  elseif kind ~= "table" then
    return value
  end
  local new = {}
  for key, item in pairs(setmetatable(value, nil)) do
    new[key] = plain(item, depth + 1)
  end
  return new
end

local function render(plugin, ctx)
  local blocks = plugin.build(ctx)
  if type(blocks) ~= "table" then
    error("build should return a list of blocks", 0)
  end
  blocks = plain(blocks, 1)
  blocks[#blocks + 1] = footer(ctx)
  local renderer = require("alliance." .. renderers[job.medium])
  host.write(renderer.render(blocks, {
    lang = job.lang, width = job.width, colour = job.colour, plain = job.medium == "plain",
    title = plugin.title[job.lang], options = ctx.options,
  }))
end

function document.run(plugin)
  host.choose(job.alliances == 1 and 1 or 0)
  local ctx = context.new(options_of(plugin))
  -- An option that cannot be, with a sentence that says why.
  function ctx:refuse(texts)
    host.fail("wrong-setting", ctx:text(texts))
  end
  if plugin.build then
    render(plugin, ctx)
  else
    plugin.run(ctx, out)
  end
end

return document
