-- json.lua -- the whole alliance as JSON, written by the host.
return {
  api = 1, kind = "export", id = "json",
  title = { en = "JSON", fr = "JSON" },
  about = {
    en = "The whole alliance, for other programs. Confidential things are left out, unless you ask for them.",
    fr = "Toute l'alliance, pour d'autres programmes. Ce qui est confidentiel n'y est pas, sauf demande expresse.",
  },
  format = { en = "Everything in the file, as data", fr = "Tout ce que dit le fichier, en données" },
  extensions = { "json" },
  run = function(_, out) out:model() end,
}
