defmodule Shop do
  def start, do: IO.puts("The shop is open.")
end
