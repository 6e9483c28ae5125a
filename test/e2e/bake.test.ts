import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BuildFolder } from "../support/build-folder.ts";

let build: BuildFolder;
beforeEach(() => {
  build = new BuildFolder();
});
afterEach(() => build.remove());

const write: BuildFolder["write"] = (...args) => build.write(...args);
const run: BuildFolder["run"] = (...args) => build.run(...args);
const compact: BuildFolder["compact"] = (...args) => build.compact(...args);
const listed: BuildFolder["listed"] = (...args) => build.listed(...args);
const settings: BuildFolder["settings"] = (...args) => build.settings(...args);

const image = "FROM debian:13-slim\nUSER 1000\n";

describe("a Bake file", () => {
  test("names Dockerfiles by what targets inherit, by variables and by matrices", () => {
    for (const name of ["Dockerfile", "api/Dockerfile", "web/prod.txt", "a/Dockerfile", "b/Dockerfile"])
      write(name, image);
    write(
      "docker-bake.hcl",
      `
variable "FLAVOUR" { default = "prod" }
group "default" { targets = ["api", "web", "each"] }
target "_common" {
  args = { SHARED = "1", OWN = "common" }
}
target "api" {
  inherits = ["_common"]
  context  = "api"
  args     = { OWN = "api-\${FLAVOUR}", UNKNOWN = lower("X") }
  target   = "final"
}
target "web" {
  context    = "./web"
  dockerfile = "\${FLAVOUR}.txt"
}
target "each" {
  name    = "each-\${item}"
  matrix  = { item = ["a", "b"] }
  context = item
}
target "remote" { context = "https://example.com/repo.git" }
`,
    );
    expect(listed("docker-bake.hcl")).toEqual(["api/Dockerfile", "web/prod.txt", "a/Dockerfile", "b/Dockerfile"]);
    mkdirSync(join(build.path, ".git"));
    expect(settings("api/Dockerfile")).toMatchObject({
      usedTargets: ["final"],
      buildArgs: { SHARED: "1", OWN: "api-prod" },
    });
    write("repository/docker-bake.hcl", 'target "x" {\n  context = ".."\n  args = { A = 1, B = true }\n}\n');
    expect(listed("repository/docker-bake.hcl")).toEqual(["Dockerfile"]);
  });

  test("gives build arguments to the Dockerfiles of a folder", () => {
    write("api/Dockerfile", "ARG BASE\nFROM ${BASE}\nUSER 1000\n");
    write("docker-bake.hcl", 'target "api" {\n  context = "api"\n  args = { BASE = "debian" }\n}\n');
    expect(compact()).toContain("api/Dockerfile:2:6: warning: ");
    expect(compact()).toContain("require-image-tag");
  });

  test("may be JSON", () => {
    write("Dockerfile", image);
    write("api.txt", image);
    write(
      "docker-bake.json",
      JSON.stringify({
        variable: { NAME: { default: "api" } },
        target: { api: { dockerfile: "${NAME}.txt", args: { A: "1" } } },
      }),
    );
    expect(listed("docker-bake.json")).toEqual(["api.txt"]);
  });

  test("that overrides another one adds to its targets", () => {
    write("api/Dockerfile", image);
    write("docker-bake.hcl", 'variable "WHERE" { default = "api" }\ntarget "api" { context = WHERE }\n');
    write("docker-bake.override.hcl", 'target "api" { args = { A = "1" } }\n');
    expect(listed("docker-bake.override.hcl")).toEqual(["api/Dockerfile"]);
  });

  test("that is wrong costs one line, and the rest goes on", () => {
    write("docker-bake.hcl", 'target "a" {\n  context = [\n}\n');
    write("docker-bake.json", '{\n  "target": {\n');
    write("Dockerfile", "FROM debian\nUSER 1000\n");
    const { status, stdout } = run("--format", "compact");
    expect(status).toBe(2);
    expect(stdout).toMatch(/^Dockerfile:1:6: warning: /);
    expect(stdout).toContain("\ndocker-bake.hcl: error: line 3: A value is missing here.\n");
    expect(stdout).toMatch(/\ndocker-bake\.json: error: line 3: [^\n]*\n/);
  });

  test("that is named says which Dockerfile is missing", () => {
    write("docker-bake.hcl", '\ntarget "a" {\n  dockerfile = "none.txt"\n}\n');
    expect(compact("docker-bake.hcl")).toBe(
      "docker-bake.hcl: error: line 2: There is no `none.txt`, which `a` is built from.\n",
    );
  });
});

test("a named context is no image", () => {
  write("Dockerfile", "FROM base\nUSER 1000\n");
  expect(compact("Dockerfile")).toContain("require-image-tag");
  write("docker-bake.hcl", 'target "app" { contexts = { base = "target:other" } }\n');
  expect(compact("Dockerfile")).toBe("");
});

describe("dockerfile-inline", () => {
  test("is linted at its exact places in a heredoc", () => {
    write(
      "docker-bake.hcl",
      `variable "TAG" { default = "12" }
target "plain" {
  dockerfile-inline = <<EOT
FROM debian
USER 1000
EOT
}
target "indented" {
  dockerfile-inline = <<-EOT
    FROM debian:\${TAG} AS base
    FROM debian
    # \${TAG}
    RUN echo "$\${HOME}" && cd /srv
    USER 1000
    EOT
}
`,
    );
    expect(
      compact("docker-bake.hcl")
        .split("\n")
        .map((line) => line.replace(/ .*(?=\[)/, " ")),
    ).toEqual([
      expect.stringMatching(/^docker-bake\.hcl:4:6: \[require-image-tag/),
      "docker-bake.hcl:10:27: [no-unused-stage]",
      expect.stringMatching(/^docker-bake\.hcl:11:10: \[require-image-tag/),
      expect.stringMatching(/^docker-bake\.hcl:13:28: \[shellcheck/),
      "",
    ]);
  });

  test("is linted at its exact places in a JSON text", () => {
    write(
      "docker-bake.json",
      '{ "target": {\n\t"a": { "dockerfile-inline": "# a\\nFROM debian\\nUSER 1000\\n" } } }\n',
    );
    expect(compact("docker-bake.json")).toMatch(/^docker-bake\.json:2:41: warning: [^\n]*require-image-tag[^\n]*\n$/);
  });
});
