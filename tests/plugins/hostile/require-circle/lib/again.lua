require "lib.other"
