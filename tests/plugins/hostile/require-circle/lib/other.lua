require "lib.again"
