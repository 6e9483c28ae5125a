require "rack"
require "pg"
puts "on rails"
