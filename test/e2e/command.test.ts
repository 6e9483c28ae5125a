import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ran, stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const clean = "FROM debian:13-slim\nUSER 1000\n";
const untagged = "FROM debian\nUSER 1000\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const run = (args: readonly string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}): Ran =>
  stagewright(["--no-config", ...args], { cwd: folder, ...options });

interface JsonReport {
  readonly files: {
    readonly path: string;
    readonly findings: { readonly rule: string }[];
    readonly errors?: string[];
  }[];
}
const json = (args: readonly string[], input?: string): JsonReport =>
  JSON.parse(run(["--format", "json", ...args], input === undefined ? {} : { input }).stdout) as JsonReport;

/** Paths with the rules of their findings. */
const found = (report: JsonReport) =>
  Object.fromEntries(report.files.map(({ path, findings }) => [path, findings.map(({ rule }) => rule)]));

describe("exit codes", () => {
  test("0 when clean, and nothing but a summary is said", () => {
    write("Dockerfile", clean);
    const { status, stderr } = run(["."]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("1 with findings", () => {
    write("Dockerfile", untagged);
    expect(run([]).status).toBe(1);
  });

  test("findings below --fail-on do not count", () => {
    write("Dockerfile", untagged);
    expect(run(["--fail-on", "error"]).status).toBe(0);
    expect(run(["--fail-on", "never"]).status).toBe(0);
    expect(run(["--rule", "require-image-tag=info"]).status).toBe(0);
    expect(run(["--rule", "DL3006=error", "--fail-on", "error"]).status).toBe(1);
  });

  test("--quiet shows errors alone, and says so", () => {
    write("Dockerfile", untagged);
    const { status, stdout } = run(["--quiet"]);
    expect(stdout).toMatch(/^✓ No errors in 1 file /);
    expect(status).toBe(0);
    expect(run(["--quiet", "--rule", "DL3006=error"]).stdout).toContain("1:6 error require-image-tag");
  });

  test("--max-warnings counts warnings", () => {
    write("Dockerfile", untagged);
    expect(run(["--fail-on", "error", "--max-warnings", "1"]).status).toBe(0);
    expect(run(["--fail-on", "error", "--max-warnings", "0"]).status).toBe(1);
  });
});

describe("which files", () => {
  test("folders are searched as .gitignore allows; what is named is linted whatever it says", () => {
    write(".gitignore", "build/\n");
    for (const name of ["Dockerfile", "api/Dockerfile.dev", "web.dockerfile", ".ci/Containerfile", "build/Dockerfile"])
      write(name, untagged);
    for (const name of ["Dockerfile.md", "dockerfile.go", "Dockerfile.dockerignore", "node_modules/a/Dockerfile"])
      write(name, untagged);
    expect(Object.keys(found(json([])))).toEqual([
      ".ci/Containerfile",
      "Dockerfile",
      "api/Dockerfile.dev",
      "web.dockerfile",
    ]);
    expect(Object.keys(found(json(["build/Dockerfile", "Dockerfile.md"])))).toEqual([
      "build/Dockerfile",
      "Dockerfile.md",
    ]);
  });

  test("patterns", () => {
    write("a/Dockerfile", untagged);
    write("b/Dockerfile", untagged);
    expect(Object.keys(found(json(["b*/Dockerfile"])))).toEqual(["b/Dockerfile"]);
  });

  test("- reads standard input, under the name that is given", () => {
    expect(found(json(["-"], untagged))).toEqual({ "-": ["require-image-tag"] });
    expect(found(json(["-", "--stdin-filename", "api/Dockerfile"], untagged))).toEqual({
      "api/Dockerfile": ["require-image-tag"],
    });
  });
});

describe("bad input costs one line, and nothing else is lost", () => {
  test("a folder called Dockerfile is searched like any other", () => {
    write("Dockerfile/Dockerfile", untagged);
    expect(found(json(["Dockerfile"]))).toEqual({ "Dockerfile/Dockerfile": ["require-image-tag"] });
  });

  test("binary content", () => {
    write("Dockerfile", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 0xff]));
    write("api/Dockerfile", untagged);
    const { status, stdout } = run(["--format", "compact", "."]);
    expect(status).toBe(2);
    expect(stdout).toContain("api/Dockerfile:1:6");
    expect(stdout).toMatch(/^Dockerfile: error: .*binary.*$/m);
  });

  test.skipIf(process.getuid?.() === 0)("an unreadable file", () => {
    write("Dockerfile", untagged);
    write("api/Dockerfile", untagged);
    chmodSync(join(folder, "Dockerfile"), 0);
    const { status, stdout } = run(["--format", "compact", "."]);
    expect(status).toBe(2);
    expect(stdout).toContain("api/Dockerfile:1:6");
  });

  test("a path that is not there", () => {
    write("Dockerfile", untagged);
    const { status, stdout } = run(["--format", "compact", "Dockerfile", "Dokerfile"]);
    expect(status).toBe(2);
    expect(stdout).toContain("Dockerfile:1:6");
    expect(stdout).toMatch(/^Dokerfile: error: /m);
  });

  test("a path below a file, and words that are longer than any path", () => {
    write("Dockerfile", untagged);
    const long = "x".repeat(5000);
    const { status, stdout, stderr } = run(["--format", "compact", "--build-arg", `A=${long}`, "Dockerfile", "Dockerfile/x", long]); // prettier-ignore
    expect(status).toBe(2);
    expect(stdout).toContain("Dockerfile:1:6");
    expect(stdout).toMatch(/^Dockerfile\/x: error: /m);
    expect(stdout).toMatch(/^x{5000}: error: /m);
    expect(stderr).toBe("");
  });

  test("a syntax error is a finding, and the rest of the file is still linted", () => {
    write("Dockerfile", "FROM debian\nRUNN true\nUSER 1000\n");
    const rules = found(json(["."]))["Dockerfile"];
    expect(rules).toContain("require-image-tag");
    expect(rules).toHaveLength(2);
    expect(run(["."]).status).toBe(1);
  });

  test.each([
    [["--frmat", "json"], "--format"],
    [["--format", "jsn"], "json"],
    [["--rule", "require-image-tga=error"], "require-image-tag"],
    [["--rule", "require-image-tag=eror"], "error"],
    [["--rule", "require-image-tag:eror"], "`require-image-tag=error`"],
    [["--rule", "require-image-tga error"], "`require-image-tag=error`"],
    [["--preset", "stict"], "strict"],
    [["--fix-rule", "require-image-tga"], "require-image-tag"],
    [["--fix=sugest"], "suggest"],
    [["--fail-on", "warn"], "warning"],
    [["--sarif-limit", "githb"], "github"],
    [["--max-warnings", "-1"], "a number from 0"],
    [["--quiet=no"], "takes no value"],
    [["--shard", "3"], "`3/16`"],
    [["--insecure", "http://registry.example"], "`registry.example:5000`"],
    [["--mirror", "docker.io=https://"], "`docker.io=https://mirror.example`"],
    [["--stdin-filename", "Dockerfile"], "`-` is not given"],
  ])("misuse names the nearest right word, and nothing is linted: %j", (args, nearest) => {
    write("Dockerfile", untagged);
    const { status, stdout, stderr } = run([...args, "."]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(nearest)]);
  });
});

describe("--rule and --fix-rule know the rules of plugins", () => {
  beforeEach(() => {
    write("Dockerfile", untagged);
    write(
      "stagewright.config.mjs",
      `const rule = {
  name: "acme-user",
  meta: { type: "problem", fixable: "code", schema: [], messages: { change: "Not this user." }, docs: { severity: "warning", sources: [], url: "" } },
  defaultOptions: [],
  create: (context) => ({
    User: (node) => context.sourceCode.text.includes("1000") && context.report({ node, messageId: "change", fix: (fixer) => fixer.replaceText(node, "USER 1001") }),
  }),
};
export default { plugins: [{ rules: [rule] }] };
`,
    );
  });

  test("that the configurations of the files bring", () => {
    const args = ["--rule", "acme-user=error", "--format", "compact", "--cache-location", "cache", "."];
    expect(stagewright(args, { cwd: folder }).stdout).toContain("Dockerfile:2:1: error: Not this user. [acme-user]\n");
    stagewright(["--rule", "acme-user=error", "--fix-rule", "acme-user", "."], { cwd: folder });
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toContain("USER 1001\n");
  });

  test("and name the nearest of them", () => {
    expect(stagewright(["--rule", "acme-usre=error", "."], { cwd: folder })).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("There is no rule `acme-usre`; did you mean `acme-user`?\n") as string,
    });
    expect(run(["--rule", "acme-user=error"]).stderr).toBe("stagewright: There is no rule `acme-user`.\n");
  });
});

test("--print-config says of an ignored file that it is, and fails for one that is not there", () => {
  write("Dockerfile", clean);
  write(".stagewright.yaml", "ignores: [Dockerfile]\n");
  expect(JSON.parse(stagewright(["--print-config", "Dockerfile"], { cwd: folder }).stdout)).toMatchObject({
    file: "Dockerfile",
    config: join(folder, ".stagewright.yaml"),
    ignored: true,
  });
  expect(stagewright(["--list-files"], { cwd: folder }).stdout).toBe("");
  expect(stagewright(["--print-config", "-", "--stdin-filename", "Dockerfile"], { cwd: folder }).stdout).toContain(
    '"ignored": true',
  );
  expect(run(["--print-config", "Dokerfile"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "stagewright: Dokerfile: There is no such file or folder; did you mean `Dockerfile`?\n",
  });
});

describe("colours", () => {
  const escapes = /\u001b\[/;

  test("none in a pipe, and those who force them get them", () => {
    write("Dockerfile", untagged);
    expect(run(["."]).stdout).not.toMatch(escapes);
    expect(run(["."], { env: { FORCE_COLOR: "1" } }).stdout).toMatch(escapes);
    expect(run(["--color", "."]).stdout).toMatch(escapes);
    expect(run(["."], { env: { NO_COLOR: "1" } }).stdout).not.toMatch(escapes);
  });
});

describe("--output", () => {
  test("is written whole", () => {
    write("Dockerfile", untagged);
    expect(run(["--format", "json", "--output", "report.json", "."])).toMatchObject({ status: 1, stdout: "" });
    const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as JsonReport;
    expect(found(report)).toEqual({ Dockerfile: ["require-image-tag"] });
  });

  test("or not at all", () => {
    write("Dockerfile", untagged);
    const { status, stderr } = run(["--output", "no/such/folder/report.txt", "."]);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(existsSync(join(folder, "no"))).toBe(false);
  });
});

describe("repairs", () => {
  const lowercase = 'from debian:13-slim\r\nUSER 1000\r\nCMD ["true"]\r\n';

  test("--diff writes nothing, --fix writes and keeps line ends", () => {
    write("Dockerfile", lowercase);
    const { stdout } = run(["--diff", "."]);
    expect(stdout).toContain("-from debian:13-slim");
    expect(stdout).toContain("+FROM debian:13-slim");
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(lowercase);
    expect(run(["--fix", "."]).status).toBe(0);
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(lowercase.replace("from", "FROM"));
  });

  test("--diff of a link is about the file that it points to", () => {
    write("docker/web.txt", lowercase);
    mkdirSync(join(folder, "api"));
    symlinkSync("../docker/web.txt", join(folder, "api/Dockerfile"));
    expect(run(["--diff", "api"]).stdout).toMatch(/^--- a\/docker\/web\.txt\n\+\+\+ b\/docker\/web\.txt\n/);
    expect(run(["--fix", "api"]).status).toBe(0);
    expect(readFileSync(join(folder, "docker/web.txt"), "utf8")).toBe(lowercase.replace("from", "FROM"));
  });

  test("--fix with - writes the text to standard output", () => {
    expect(run(["--fix", "-"], { input: lowercase }).stdout).toBe(lowercase.replace("from", "FROM"));
  });
});

test("the first command of the README finds what it says, and exits 1", () => {
  const { status, stdout } = stagewright(["docs/examples"], { cwd: root });
  expect(status).toBe(1);
  expect(stdout).toMatch(/\d+ findings in \d+ of \d+ files/);
});

describe("a word that is not quite right", () => {
  test("of a path gets the nearest name in its folder", () => {
    write("api/Dockerfile", clean);
    expect(run(["--format", "compact", "api/Dockerfle"]).stdout).toBe(
      "api/Dockerfle: error: There is no such file or folder; did you mean `api/Dockerfile`?\n",
    );
    expect(run(["--format", "compact", "ap/Dockerfile"]).stdout).toBe(
      "ap/Dockerfile: error: There is no such file or folder.\n",
    );
  });

  test("of a command gets the command, and what else is named is linted", () => {
    write("Dockerfile", untagged);
    const { stdout } = run(["--format", "compact", "splt", "Dockerfile"]);
    expect(stdout).toMatch(/^splt: error: There is no such file or folder; did you mean the command `split`\?$/m);
    expect(stdout).toMatch(/^Dockerfile:1:6: /m);
  });

  test.each([
    [["--config", "othr.yaml"], "There is no configuration `othr.yaml`; did you mean `other.yaml`?"],
    [["--baseline", "othr.yaml"], "There is no baseline `othr.yaml`; did you mean `other.yaml`?"],
    [["init", "ap"], "There is no folder `ap`; did you mean `api`?"],
    [["hadolint", "api/Dockerfle"], "api/Dockerfle: There is no such file; did you mean `api/Dockerfile`?"],
    [["hadolint", "-c", "othr.yaml", "api/Dockerfile"], "no configuration `othr.yaml`; did you mean `other.yaml`?"],
    [["hadolint", "-f", "jsn", "api/Dockerfile"], "`--format` does not take `jsn`; did you mean `json`?"],
    [["lsp", "--stdo"], "There is no option `--stdo`; did you mean `--stdio`?"],
    [["lsp", "--socket", "stdio"], "`--socket` takes a number from 0, not `stdio`."],
    [["lsp", "--socket=65536"], "`--socket` takes a port up to 65535, not `65536`."],
    [["lsp", "--socket=1"], "No client listens at port `1`: ECONNREFUSED."],
    [["lsp", "--pipe", "none.sock"], "No client listens at `none.sock`: ENOENT."],
    [
      ["hadolint", "-t", "warn", "api/Dockerfile"],
      "`--failure-threshold` does not take `warn`; did you mean `warning`?",
    ],
    [["split", "api/Dockerfle"], "api/Dockerfle: There is no such file; did you mean `Dockerfile`?"],
    [["split", "--context", "ap", "api/Dockerfile"], "There is no folder `ap`; did you mean `api`?"],
    [["split", "--format", "jsn", "api/Dockerfile"], "`--format` does not take `jsn`; did you mean `json`?"],
    [["pin", "--format", "jsn", "api/Dockerfile"], "`--format` does not take `jsn`; did you mean `json`?"],
    [["completion", "fsh"], "did you mean `fish`?"],
    [["--foo"], "There is no option `--foo`."],
  ])("%j names what is near, and nothing that is not", (args, expected) => {
    write("other.yaml", "");
    write("api/Dockerfile", clean);
    const { stderr } = stagewright(args, { cwd: folder });
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(expected)]);
  });

  test("that is a value of an option gets the option", () => {
    expect(stagewright(["rules", "--json"], { cwd: folder }).stderr).toBe(
      "stagewright: There is no option `--json`; did you mean `--format json`?\n",
    );
  });

  test("of a rule gets the rule, in the list of rules too", () => {
    const { stdout, status } = stagewright(["rules", "pipefial"], { cwd: folder });
    expect(stdout).toBe("No rule holds these words; did you mean `pipefail`?\n");
    expect(status).toBe(1);
  });

  test("`rules` counts one as one", () => {
    expect(stagewright(["rules", "zypper-non-interactive"], { cwd: folder }).stdout).toMatch(/\n1 rule\n$/);
  });
});
