defmodule Shop.MixProject do
  use Mix.Project

  def project do
    [app: :shop, version: "1.0.0", deps: [{:bcrypt_elixir, "~> 3.0"}]]
  end
end
