-- document.lua -- runs an exporter, or builds a view and renders its blocks.

local host, job, alliance = ...

local function own(name)
  return host.module("plugins/host/lua/" .. name .. ".lua", _G)(host, job, alliance)
end

local context = own "context"
local manifest = own "manifest"

local document = {}
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
  if type(name) ~= "string" or name:find("^/") or name:find("%.%.") then
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
  return manifest.options(plugin, given, function(sentence)
    error("wrong-setting: " .. sentence, 0)
  end)
end

-- Where it comes from: under every page.
local function footer(ctx)
  return {
    block = "footer", file = (job.files or {})[1] or "", files = job.files,
    hash = job.hash ~= "" and job.hash:sub(1, 12) or nil, date = job.today, version = job.version,
    left_out = ctx.left_out,
  }
end

local function render(plugin, ctx)
  local blocks = plugin.build(ctx)
  if type(blocks) ~= "table" then
    error("build should return a list of blocks", 0)
  end
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
  if plugin.build then
    render(plugin, ctx)
  else
    plugin.run(ctx, out)
  end
end

return document
