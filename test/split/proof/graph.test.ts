import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createSourceCode } from "@stagewright/core";
import { carriesBuildTools, folderContext } from "@stagewright/host";
import { type Plan, planSplit } from "@stagewright/split";
import { expect, test } from "vitest";
import { corpusTexts } from "../../support/corpus-texts.ts";
import { root } from "../../support/shared.ts";
import { buildGraphProof, compareGraphs, type Config } from "./graph.ts";

interface Rewrite {
  readonly before: string;
  readonly plan: Plan;
}

const binary = buildGraphProof();
const pairs = join(root, "test/builds/pairs");

const options = { detect: carriesBuildTools };

const rewrites: readonly Rewrite[] = [
  ...corpusTexts().map((before) => ({ before, plan: planSplit(createSourceCode(before), null, options) })),
  ...readdirSync(pairs).map((name) => {
    const before = readFileSync(join(pairs, name, "Dockerfile"), "utf8");
    return { before, plan: planSplit(createSourceCode(before), folderContext(join(pairs, name)), options) };
  }),
].flatMap(({ before, plan }) => (plan.status === "refused" ? [] : [{ before, plan }]));

const compare = (of: readonly Rewrite[]) =>
  compareGraphs(
    binary ?? "",
    of.map(({ before, plan }) => ({ before, after: plan.text })),
  );

/** Whether the plan itself says that the obligation is proved. */
const claims = ({ obligations }: Plan, id: string): boolean =>
  obligations.some((each) => each.id === id && each.state === "proved");

test.skipIf(binary === null)("BuildKit converts each original and each rewrite", () => {
  expect(rewrites.length).toBeGreaterThan(10);
  expect(compare(rewrites).flatMap(({ error }) => error ?? [])).toEqual([]);
});

test.skipIf(binary === null)(
  "what is copied from a build stage that O1 is proved of is in the graph of the original",
  () => {
    const proved = rewrites.filter(({ plan }) => claims(plan, "O1"));
    console.log(`O1 is proved of ${String(proved.length)} of ${String(rewrites.length)} rewrites.`);
    expect(proved.length).toBeGreaterThan(5);
    expect(compare(proved).flatMap(({ copied }) => copied.filter(({ inBefore }) => !inBefore))).toEqual([]);
  },
);

test.skipIf(binary === null)("each proved rewrite holds in the graph and in the configuration", () => {
  const proved = rewrites.filter(({ plan }) => plan.status === "proved");
  expect(proved.length).toBeGreaterThanOrEqual(2);
  expect(proved.flatMap(({ plan }) => plan.assumptions)).toEqual([]);
  const comparisons = compare(proved);
  expect(comparisons.map(({ copied }) => copied.length > 0 && copied.every(({ inBefore }) => inBefore))).toEqual(
    proved.map(() => true),
  );
});

test.skipIf(binary === null)(
  "where O1 is not proved the graph differs, and a sentence says what is assumed of it",
  () => {
    const assumed = rewrites.filter(({ plan }) => !claims(plan, "O1"));
    const comparisons = compare(assumed);
    const same = comparisons.filter(({ copied }) => copied.every(({ inBefore }) => inBefore));
    expect(same).toEqual([]);
    expect(assumed.filter(({ plan }) => !plan.assumptions.some(isOfBuildStage)).map(({ plan }) => plan.text)).toEqual(
      [],
    );
  },
);

test.skipIf(binary === null)(
  "where O8 is proved the configuration is the same, but for what only tools of a build read",
  () => {
    const proved = rewrites.filter(({ plan }) => claims(plan, "O8"));
    expect(proved.length).toBeGreaterThan(5);
    const differences = compare(proved).flatMap(({ before, after }) => differencesOf(before, after));
    expect(differences.filter((name) => !ofBuildTools.test(name))).toEqual([]);
  },
);

test.skipIf(binary === null)(
  "where O8 is not proved only variables of the build differ, which the file or the recipe sets",
  () => {
    const assumed = rewrites.filter(({ plan }) => !claims(plan, "O8"));
    const differences = compare(assumed).flatMap(({ before, after }, index) => {
      const { plan } = assumed[index]!;
      return differencesOf(before, after)
        .filter((each) => !isOnPurpose(each, plan))
        .map((each) => `${each}: ${plan.text}`);
    });
    expect(differences).toEqual([]);
  },
);

test.skipIf(binary === null)("a build stage with another instruction is not in the graph of the original", () => {
  const before = 'FROM debian:12\nCOPY a.c /tmp/\nRUN gcc -o /a /tmp/a.c\nCMD ["/a"]\n';
  const after = (run: string) =>
    `FROM debian:12 AS build\nCOPY a.c /tmp/\n${run}\nRUN gcc -o /a /tmp/a.c\nFROM debian:12\nCOPY --from=build /a /a\nCMD ["/a"]\n`;
  const bind = before.replace("RUN", "RUN --mount=from=alpine,target=/mnt");
  const [same, more, base, mount] = compareGraphs(binary ?? "", [
    { before, after: after("# nothing") },
    { before, after: after("RUN true") },
    { before, after: after("# nothing").replace("debian:12 AS", "debian:13 AS") },
    { before: bind, after: bind.replace("from=alpine", "from=debian:13") },
  ]);
  expect(same?.copied).toMatchObject([{ paths: ["/a"], inBefore: true }]);
  expect(more?.copied).toMatchObject([{ paths: ["/a"], inBefore: false }]);
  expect(base?.copied).toMatchObject([{ paths: ["/a"], inBefore: false }]);
  expect(mount?.copied).toMatchObject([{ vertex: "docker-image://docker.io/library/debian:13", inBefore: false }]);
});

test.skipIf(binary === null)("each setting that a rewrite loses is a difference", () => {
  const before =
    'FROM golang:1.22\nENV A=1\nWORKDIR /app\nUSER 1\nEXPOSE 80\nVOLUME /d\nLABEL a=b\nSTOPSIGNAL 9\nHEALTHCHECK CMD a\nENTRYPOINT ["a"]\nCMD ["b"]\n';
  const lines = before.trim().split("\n").slice(1);
  const comparisons = compareGraphs(
    binary ?? "",
    lines.map((line) => ({ before, after: before.replace(`${line}\n`, "") })),
  );
  expect(comparisons.map(({ before: was, after }) => differencesOf(was, after))).toEqual([
    ["A"],
    ["WorkingDir"],
    ["User"],
    ["ExposedPorts"],
    ["Volumes"],
    ["Labels"],
    ["StopSignal"],
    ["Healthcheck"],
    ["Entrypoint"],
    ["Cmd"],
  ]);
});

test.skipIf(binary === null)("what the base images set is seen as theirs", () => {
  const go = { Env: ["PATH=/go/bin:/bin", "GOPATH=/go"], WorkingDir: "/go" };
  const after =
    'FROM golang:1.22 AS build\nRUN go install a\nFROM alpine\nCOPY --from=build /go/bin/a /bin/\nCMD ["a"]\n';
  const before = 'FROM golang:1.22\nRUN go install a\nCMD ["a"]\n';
  const [comparison] = compareGraphs(binary ?? "", [{ before, after, bases: { "golang:1.22": go } }]);
  expect(comparison?.copied).toMatchObject([{ inBefore: true }]);
  expect(differencesOf(comparison!.before, comparison!.after)).toEqual(["WorkingDir", "PATH", "GOPATH"]);
});

/** The names of the settings and variables that differ. */
function differencesOf({ Env: was = [], ...before }: Config, { Env: is = [], ...after }: Config): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const variables = new Set(
    [...(was ?? []), ...(is ?? [])].filter((each) => !was?.includes(each) || !is?.includes(each)),
  );
  return [
    ...keys.filter((key) => key !== "ArgsEscaped" && JSON.stringify(before[key]) !== JSON.stringify(after[key])),
    ...new Set([...variables].map((each) => each.slice(0, each.indexOf("=")))),
  ];
}

/** Sentences that speak of a change in the build stage or of a stage for dependencies alone. */
const isOfBuildStage = (sentence: string): boolean =>
  /below `\/out`|installed package is looked for|devDependencies|run as well from/.test(sentence);

const ofBuildTools = /^(GO|CGO_|CARGO_|RUST|MAVEN_|GRADLE_)[A-Z0-9_]*$|^DEBIAN_FRONTEND$/;

/** The plan leaves an ENV behind that only tools of the build read, or puts its own folder on PATH. */
function isOnPurpose(name: string, { recipe, steps }: Plan): boolean {
  const leavesEnv = steps.some(
    ({ instruction, change }) => instruction.toUpperCase() === "ENV" && change === "removed",
  );
  return (leavesEnv && (ofBuildTools.test(name) || name === "PATH")) || (name === "PATH" && recipe === "python");
}
