import { describe, expect, it } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import { syntaxProblems } from "./index.ts";

/** The code of each problem and the text it is about. */
function refused(dockerfile: string): readonly (readonly [code: string, place: string])[] {
  const problems = syntaxProblems(createSourceCode(dockerfile));
  return problems.map(({ code, range }) => [code, dockerfile.slice(...range)]);
}

const messageOf = (dockerfile: string): string | undefined => syntaxProblems(createSourceCode(dockerfile))[0]?.message;

const sum = `sha256:${"a".repeat(64)}`;
const url = "https://example.org/a";

// Every line was put to BuildKit's frontend.
describe("one instruction behind FROM, as BuildKit builds it", () => {
  it.each([
    ["STOPSIGNAL FOO", "bad-signal", "FOO"],
    ["STOPSIGNAL SIG", "bad-signal", "SIG"],
    ["STOPSIGNAL SIGRTMIN+99", "bad-signal", "SIGRTMIN+99"],
    ["STOPSIGNAL 0", "bad-signal", "0"],
    ['STOPSIGNAL ""', "bad-signal", '""'],
    ["STOPSIGNAL SIGTERM # why", "bad-signal", "SIGTERM # why"],
    ["COPY --chmod=99 a /b", "bad-mode", "99"],
    ["COPY --chmod=abc a /b", "bad-mode", "abc"],
    ["COPY --chmod=10000 a /b", "bad-mode", "10000"],
    ["COPY --chmod=0o755 a /b", "bad-mode", "0o755"],
    ["COPY --chmod=u+x, a /b", "bad-mode", "u+x,"],
    ["COPY --chmod=rw a /b", "bad-mode", "rw"],
    ["ADD --chmod=8 a /b", "bad-mode", "8"],
    ["COPY --from=${X} a /b", "copy-from-variable", "${X}"],
    [`ADD --checksum=foo ${url} /b`, "bad-checksum", "foo"],
    [`ADD --checksum=sha256:abc ${url} /b`, "bad-checksum", "sha256:abc"],
    [`ADD --checksum=md5:${"a".repeat(32)} ${url} /b`, "bad-checksum", `md5:${"a".repeat(32)}`],
    [`ADD --checksum=${sum} a /b`, "bad-checksum", sum],
    [`ADD --checksum=${sum} ${url} ${url} /b`, "bad-checksum", sum],
    ["RUN --mount=target=/x,foo=bar true", "bad-mount", "foo=bar"],
    ["RUN --mount=target=/x,foo=$X true", "bad-mount", "foo=$X"],
    ["RUN --mount=type=chace,target=/x true", "bad-mount", "type=chace"],
    ["RUN --mount=type=cache,target=/ true", "bad-mount", "target=/"],
    ["RUN --mount=type=cache,target true", "bad-mount", "target"],
    ["RUN --mount=type=cache,target=/x,ro=maybe true", "bad-mount", "ro=maybe"],
    ["RUN --mount=type=cache,target=/x,sharing=lock true", "bad-mount", "sharing=lock"],
    ["RUN --mount=type=bind,target=/x,sharing=locked true", "bad-mount", "sharing=locked"],
    ["RUN --mount=type=cache,target=/x,mode=9 true", "bad-mount", "mode=9"],
    ["RUN --mount=type=cache,target=/x,gid=a true", "bad-mount", "gid=a"],
    ["RUN --mount=type=bind,target=/x,uid=1 true", "bad-mount", "uid=1"],
    ["RUN --mount=size=1g,type=tmpfs,target=/x true", "bad-mount", "size=1g"],
    ["RUN --mount=type=tmpfs,target=/x,size=1ki true", "bad-mount", "size=1ki"],
    ["RUN --mount=required,type=secret,id=a true", "bad-mount", "required"],
    ["RUN --mount=type=secret true", "bad-mount", "--mount=type=secret"],
    ["RUN --mount=type=secret,id=a,source=b true", "bad-mount", "id=a"],
    ["RUN --mount=type=secret,from=b:1,id=a true", "bad-mount", "from=b:1"],
    ["RUN --mount=type=ssh,source=x true", "bad-mount", "source=x"],
    ["RUN --mount=type=cache,,target=/x true", "bad-mount", ""],
    ["RUN --mount=type=cache true", "missing-mount-target", "--mount=type=cache"],
    ["RUN --mount=from=b:1,source=/y true", "missing-mount-target", "--mount=from=b:1,source=/y"],
    ["RUN --mount=type=cache,target=. true", "bad-mount", "target=."],
  ])("refuses %s", (line, code, place) => {
    expect(refused(`FROM debian:13\n${line}\n`)).toEqual([[code, place]]);
  });

  it.each([
    "STOPSIGNAL SIGTERM",
    "STOPSIGNAL 'cld'",
    "STOPSIGNAL rtmin+15",
    "STOPSIGNAL SIGRTMAX-14",
    "STOPSIGNAL 09",
    "STOPSIGNAL -1",
    "COPY --chmod=00000755 a /b",
    "COPY --chmod=07777 a /b",
    'COPY --chmod="u=rwX,go=rX" a /b',
    "COPY --chmod=ugo+rwxXst a /b",
    "COPY --chmod=+x-w a /b",
    "COPY --chmod== a /b",
    "COPY --chmod= a /b",
    `ADD --checksum=${sum} ${url} /b`,
    "ADD --checksum=abc https://example.org/a.git /b",
    "ADD --checksum=abc git@example.org:a/b.git /b",
    `ADD --checksum= a /b`,
    "RUN --mount=type=CACHE,TARGET=/x,sharing=Locked,mode=0755,uid=1,ro true",
    "RUN --mount=type=cache,target=/x,from=scratch true",
    "RUN --mount=type=cache,target=x true",
    "RUN --mount=type=cache,target=/./ true",
    "RUN --mount=type=tmpfs,target=/x,size=.5g true",
    "RUN --mount=type=tmpfs,target=/x,size=1e3 true",
    "RUN --mount=type=secret,id=a,required,env=A true",
    "RUN --mount=type=ssh,id=a,required=true,uid=1 true",
  ])("takes %s", (line) => {
    expect(refused(`FROM debian:13\n${line}\n`)).toEqual([]);
  });
});

describe("variables", () => {
  it("are put in where their values are known", () => {
    expect(refused("FROM a\nARG S=FOO\nSTOPSIGNAL $S\n")).toEqual([["bad-signal", "$S"]]);
    expect(refused("FROM a\nARG M=99\nCOPY --chmod=$M a /b\n")).toEqual([["bad-mode", "$M"]]);
    expect(refused("FROM a\nARG T=chace\nRUN --mount=type=$T,target=/x true\n")).toEqual([["bad-mount", "type=$T"]]);
  });

  it("keep all silent where they are not", () => {
    const lines = ["STOPSIGNAL $X", "COPY --chmod=$X a /b", `ADD --checksum=$X ${url} /b`, `ADD --checksum=foo $X /b`];
    const mounts = ["type=$X,size=1,uid=1", "type=cache,target=$X", "type=secret,id=$X", "type=cache,target=/x,uid=$X"];
    const runs = mounts.map((mount) => `RUN --mount=${mount} true`);
    expect(refused(["FROM a", "ARG X", ...lines, ...runs, ""].join("\n"))).toEqual([]);
  });
});

describe("a mount without a target", () => {
  it("covers another working directory than the root", () => {
    expect(refused("FROM debian:13\nWORKDIR /app\nRUN --mount=type=cache true\n")).toEqual([]);
    expect(refused("FROM debian:13\nWORKDIR /\nRUN --mount=type=cache true\n")).toHaveLength(1);
  });

  it("is left alone where the base image may have a working directory", () => {
    expect(refused("FROM example/unknown\nRUN --mount=type=cache true\n")).toEqual([]);
  });
});

describe("what is told", () => {
  it("counts in stages that the last one does not need, as in `docker build --check`", () => {
    expect(refused("FROM a AS b\nSTOPSIGNAL FOO\nFROM c\n")).toHaveLength(1);
  });

  it("is nothing of what ONBUILD holds", () => {
    expect(refused("FROM a\nONBUILD STOPSIGNAL FOO\nONBUILD COPY --chmod=99 a /b\n")).toEqual([]);
  });

  it("is once for an instruction that the parser refuses", () => {
    expect(refused("FROM a\nCOPY --chmod=99 --form=b a /b\n")).toEqual([["unknown-flag", "--form=b"]]);
  });

  it("stands in the order of the file", () => {
    const codes = refused("FROM a\nSTOPSIGNAL FOO\nFOO\nSTOPSIGNAL 0\n").map(([code]) => code);
    expect(codes).toEqual(["bad-signal", "unknown-instruction", "bad-signal"]);
  });

  it("names what is near", () => {
    expect(messageOf("FROM a\nSTOPSIGNAL SIGTREM\n")).toBe("`SIGTREM` is no signal; did you mean `SIGTERM`?");
    expect(messageOf("FROM a\nRUN --mount=type=chace,target=/x true\n")).toContain("did you mean `cache`?");
    expect(messageOf("FROM a\nRUN --mount=type=cache,targt=/x true\n")).toContain("did you mean `target`?");
  });
});
