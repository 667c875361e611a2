-- more-words.lua -- a module of a module.
return "and more"
