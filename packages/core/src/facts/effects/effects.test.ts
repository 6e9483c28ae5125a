import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSourceCode } from "../../create-source-code.ts";
import type { CommandEffects, PathEffect } from "./types.ts";

/** The effects of the commands of the last instruction. */
function commands(text: string): readonly CommandEffects[] {
  const { ast, facts } = createSourceCode(text);
  const last = ast.instructions.at(-1);
  return last ? facts.effects(last).commands : [];
}

const run = (script: string): readonly CommandEffects[] => commands(`FROM debian:13\nWORKDIR /src\nRUN ${script}\n`);

const named = (effects: readonly CommandEffects[], name: string): CommandEffects => {
  const found = effects.find(({ command }) => command.name === name);
  if (!found) throw new Error(`No command ${name}.`);
  return found;
};

const paths = (effects: readonly PathEffect[]) => effects.map(({ path }) => path);

/** Where the command `here` runs. */
const folder = (script: string) => named(run(script), "here").cwd;

/** The words that the command `say` gets. */
const said = (script: string) => named(run(script), "say").words.flatMap(({ values }) => values);

const writes = (script: string) => paths(run(script).flatMap((each) => each.writes));
const reads = (script: string) => paths(run(script).flatMap((each) => each.reads));
const removes = (script: string) => paths(run(script).flatMap((each) => each.removes));
const knowledge = (script: string) => run(script).map((each) => each.knowledge);

describe("the folder of a command", () => {
  test("is WORKDIR at first", () => expect(folder("here")).toBe("/src"));
  test("is what cd says", () => expect(folder("cd app && cd ../lib && here")).toBe("/src/lib"));
  test("is root's home behind a bare cd", () => expect(folder("cd && here")).toBe("/root"));
  test("is the old one behind a subshell", () => expect(folder("(cd /opt && make); here")).toBe("/src"));
  test("is the new one behind a group", () => expect(folder("{ cd /opt; make; } && here")).toBe("/opt"));
  test("is not changed by the next subshell's neighbour", () => expect(folder("(cd /opt); (here)")).toBe("/src"));
  test("is not known behind a branch", () => expect(folder("if test -d /a; then cd /a; fi; here")).toBeNull());
  test("is known behind a branch that stays", () =>
    expect(folder("if test -d /a; then cd /src; fi; here")).toBe("/src"));
  test("is not known behind ||", () => expect(folder("test -d /a || cd /a; here")).toBeNull());
  test("is not changed in a pipe", () => expect(folder("cd /opt | cat; here")).toBe("/src"));
  test("is not known where a variable is not", () => expect(folder("cd $SOMEWHERE && here")).toBeNull());
  test("is the variable's", () => expect(folder('D=/opt/x; cd "$D/y" && here')).toBe("/opt/x/y"));
  test("is not known in a login shell", () => expect(folder("su - user -c 'here'")).toBeNull());
  test("is followed into a script of a shell", () => expect(folder("cd /a && sh -c 'cd b && here'")).toBe("/a/b"));
});

describe("the words of a command", () => {
  test("have variables of the script", () =>
    expect(said("V=1.2 && say app-$V.tar app-${V}")).toEqual(["app-1.2.tar", "app-1.2"]));
  test("are split where a variable is", () => expect(said("D='gcc make'; say $D")).toEqual(["gcc", "make"]));
  test("are whole in quotes", () => expect(said("D='gcc make'; say \"$D\"")).toEqual(["gcc make"]));
  test("have exported variables", () => expect(said("export A=b C=d; say $A$C")).toEqual(["bd"]));
  test("have each value of a loop", () =>
    expect(said("for p in a b; do say lib$p-dev; done")).toEqual(["liba-dev", "libb-dev"]));
  test("have what braces give", () => expect(said("say {a,b}.c")).toEqual(["a.c", "b.c"]));
  test("have a default", () => expect(said("A=; say ${A:-x} ${A-y}")).toEqual(["x"]));
  test("have the folder", () => expect(said("cd lib; say $(pwd)/a $PWD")).toEqual(["/src/lib/a", "/src/lib"]));
  test("keep what is not known", () => expect(said("say $A$(date)")).toEqual(["$A$(date)"]));
  test("do not have what may have been set", () => expect(said("A=1; test x || A=2; say $A")).toEqual(["$A"]));
  test("do not have what a subshell set", () => expect(said("A=1; (A=2); say $A")).toEqual(["1"]));
  test("have ENV and ARG", () => {
    const text = "FROM debian:13\nENV A=1\nARG B=2\nRUN say $A $B\n";
    expect(commands(text)[0]?.words.flatMap(({ values }) => values)).toEqual(["1", "2"]);
  });
  test("have what the base image sets", () => {
    expect(commands("FROM golang:1.24\nRUN say $GOPATH\n")[0]?.words[0]?.values).toEqual(["/go"]);
  });
});

describe("paths", () => {
  test("of cp: what is read and written", () => {
    expect(reads("cp -r a /b/c out/")).toEqual(["/src/a", "/b/c"]);
    expect(writes("cp -r a /b/c out/")).toEqual(["/src/out"]);
  });
  test("of cp -t", () => expect(writes("cp -t /opt a b")).toEqual(["/opt"]));
  test("of mv: what goes too", () => expect(removes("mv a /usr/bin/a")).toEqual(["/src/a"]));
  test("of ln", () => expect(writes("ln -s /opt/a/bin/a /usr/bin/a")).toEqual(["/usr/bin/a"]));
  test("of install, and of its folders", () => {
    expect(writes("install -m 755 a /usr/bin/a")).toEqual(["/usr/bin/a"]);
    expect(writes("install -d -m 755 /a /b")).toEqual(["/a", "/b"]);
  });
  test("of rm", () => expect(removes("rm -rf /src/build *.o")).toEqual(["/src/build", "/src/*.o"]));
  test("of tar, with a dash and without", () => {
    expect(writes("tar -xzf a.tgz -C /opt")).toEqual(["/opt"]);
    expect(reads("tar xzf a.tgz")).toEqual(["/src/a.tgz"]);
    expect(writes("tar xzf a.tgz")).toEqual(["/src"]);
    expect(writes("tar czf /out.tgz a b")).toEqual(["/out.tgz"]);
  });
  test("of downloads", () => {
    expect(writes("curl -fsSL https://e.org/x -o /usr/bin/x")).toEqual(["/usr/bin/x"]);
    expect(writes("curl -LO https://e.org/dir/x.tgz?raw=1")).toEqual(["/src/x.tgz"]);
    expect(writes("curl -sSL https://e.org | cat")).toEqual([]);
    expect(writes("wget -q https://e.org/x.tgz")).toEqual(["/src/x.tgz"]);
    expect(writes("wget -O /x https://e.org/y")).toEqual(["/x"]);
  });
  test("of git clone", () => {
    expect(writes("git clone --depth 1 https://e.org/a/b.git")).toEqual(["/src/b"]);
    expect(writes("git clone -b v1 https://e.org/a/b /opt/b")).toEqual(["/opt/b"]);
  });
  test("of redirects", () => {
    expect(writes("echo a > /etc/a 2>&1")).toEqual(["/etc/a"]);
    expect(reads("cat < b")).toEqual(["/src/b"]);
  });
  test("of sed, in place and not", () => {
    expect(writes("sed -i s/a/b/ /etc/a")).toEqual(["/etc/a"]);
    expect(writes("sed s/a/b/ /etc/a")).toEqual([]);
    expect(reads("sed -e s/a/b/ /etc/a")).toEqual(["/etc/a"]);
  });
  test("of find -delete", () => expect(removes("find /usr -name '*.a' -delete")).toEqual(["/usr"]));
  test("of compilers", () => {
    expect(writes("gcc -O2 -o /bin/a a.c")).toEqual(["/bin/a"]);
    expect(writes("go build -o /bin/a .")).toEqual(["/bin/a"]);
    expect(paths(commands("FROM golang\nRUN go install e.org/a@v1\n").flatMap((each) => each.writes))).toEqual([
      "/go/bin",
      "/go/pkg",
    ]);
  });
  test("of make and cmake, in the folder that a flag names", () => {
    expect(writes("make -C app")).toEqual(["/src/app"]);
    expect(writes("cmake .. -DDETACH_DRIVER=ON -DBUILD_B=C")).toEqual(["/src"]);
    expect(writes("cmake -B build -S .")).toEqual(["/src/build"]);
  });
  test("are not known where their words are not", () => expect(removes("rm -rf $DIR/x")).toEqual([null]));
  test("of COPY and WORKDIR", () => {
    const { ast, facts } = createSourceCode("FROM scratch\nWORKDIR /a\nWORKDIR b\nCOPY x y/\n");
    const [, , second, copy] = ast.instructions;
    expect(second && paths(facts.effects(second).writes)).toEqual(["/a/b"]);
    expect(copy && paths(facts.effects(copy).writes)).toEqual(["/a/b/y"]);
  });
});

describe("knowledge of a command", () => {
  test("is exact for what a table has whole", () =>
    expect(knowledge("mkdir /a && apt-get update")).toEqual(["exact", "exact"]));
  test("is a convention for what runs the project's code", () => expect(knowledge("make; npm ci; ./configure")).toEqual(["convention", "convention", "convention"])); // prettier-ignore
  test("is none for others", () => {
    expect(run("frobnicate; ./install.sh; sh b.sh; $X; python app.py").map((each) => each.opaque)).toEqual([
      "unknown-command",
      "script",
      "script",
      "unknown-command",
      "unknown-arguments",
    ]);
  });
  test("proves an instruction only when all is known", () => {
    const proved = (script: string) => {
      const { ast, facts } = createSourceCode(`FROM debian:13\nRUN ${script}\n`);
      return ast.instructions.map((each) => facts.effects(each).proved)[1];
    };
    expect(proved("mkdir /a && cp /b /a/b")).toBe(true);
    expect(proved("mkdir /a && make")).toBe(false);
    expect(proved("mkdir /a && frobnicate")).toBe(false);
    expect(proved("if (")).toBe(false);
  });
  test("has changes of the system and use of the network", () => {
    expect(named(run("useradd app"), "useradd").system).toEqual(["users"]);
    expect(named(run("a2enmod rewrite"), "a2enmod").system).toEqual(["configuration"]);
    expect(named(run("systemctl enable x"), "systemctl").system).toEqual(["services"]);
    expect(named(run("curl https://e.org"), "curl").network).toBe(true);
    expect(named(run("mkdir a"), "mkdir").network).toBe(false);
  });
  test("has a variable of its own", () => {
    expect(named(run("GOBIN=/out go install x"), "go").variable("GOBIN")).toBe("/out");
    expect(named(run("export GOBIN=/a; env GOBIN=/b go install x"), "go").variable("GOBIN")).toBe("/b");
  });
  test("says what may not run", () => {
    expect(run("a || b; c && d; if e; then f; fi").map((each) => each.conditional)).toEqual([false, true, false, false, false, true]); // prettier-ignore
  });
});

test("the state after an instruction is that of the next one", () => {
  const { ast, facts } = createSourceCode('FROM debian:13\nWORKDIR /a\nENV X=1\nUSER app\nSHELL ["/bin/bash","-c"]\n');
  const [, workdir, env, user] = ast.instructions.map((each) => facts.effects(each));
  expect(workdir?.after.workdir).toBe("/a");
  expect([env?.before.env.get("X"), env?.after.env.get("X")]).toEqual([undefined, "1"]);
  expect(user?.after.user).toBe("app");
});

const shared = process.env["STAGEWRIGHT_SHARED"] ?? join(import.meta.dirname, "../../../../../../shared");
const corpus = join(shared, "corpus");
const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .filter((_, index) => index % 40 === 0)
  : [];
if (files.length === 0) console.warn(`Skipped: no corpus in ${corpus} (set STAGEWRIGHT_SHARED).`);

/** Asks for all effects; how many commands there are, and how many of them are opaque. */
function askAll(text: string): { readonly all: number; readonly opaque: number } {
  const { ast, facts } = createSourceCode(text);
  let all = 0;
  let opaque = 0;
  for (const stage of facts.stages.all) void facts.packages(stage).left;
  for (const instruction of ast.instructions) {
    const effects = facts.effects(instruction);
    void [effects.proved, effects.writes, effects.before.env, effects.after.args];
    for (const each of effects.commands) {
      all++;
      if (each.knowledge === "opaque") opaque++;
      for (const { path } of [...each.reads, ...each.writes, ...each.removes]) {
        if (path !== null && !path.startsWith("/") && !/^[A-Za-z]:/.test(path))
          throw new Error(`${path} is not absolute.`);
      }
    }
  }
  return { all, opaque };
}

describe.skipIf(files.length === 0)("effects of real files", () => {
  test("know nineteen of twenty commands", () => {
    const counts = files.map((file) => askAll(readFileSync(file, "utf8")));
    const sum = (key: "all" | "opaque") => counts.reduce((total, count) => total + count[key], 0);
    expect(sum("all")).toBeGreaterThan(500);
    expect(sum("opaque") / sum("all")).toBeLessThan(0.06);
  });

  test("are there for damaged files too", () => {
    const texts = files.map((file) => readFileSync(file, "utf8").slice(0, 3000));
    const damaged = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.nat(40),
        fc.constantFrom("", "$", "`", "(", "${", "'", '"', "{", "||", "~", "\n"),
      )
      .map(([text, at, size, piece]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + piece + text.slice(start + size);
      });
    fc.assert(
      fc.property(damaged, (text) => askAll(text).opaque >= 0),
      { numRuns: 200, seed: 7 },
    );
  });
});
