import { expect, test } from "vitest";
import { createNativeEngine, nativeVersion } from "../native.ts";
import { toFullScript, toJob } from "../script.ts";
import { shellCheckVersion } from "../version.ts";
import { whyUnknown } from "./index.ts";

const command = process.env["STAGEWRIGHT_SHELLCHECK"] ?? "shellcheck";
const isThere = (await nativeVersion(command)) === shellCheckVersion;

/** What a shell is given, beside it the code of a comment that ShellCheck has on it, or `null` where it has none and the pre-filter knows that. */
const cases: readonly (readonly [shell: string, code: number | null, script: string])[] = [
  ["/bin/sh", null, "VERSION=2 make && echo $VERSION"],
  ["/bin/sh", null, '(version=1; make "$version")'],
  ["/bin/sh", 2030, '(version=1; make "$version"); make "$version"'],
  ["/bin/sh", 2030, 'version=1; (version=2; make "$version"); make "$version"'],
  ["/bin/sh", null, "version=1; make $version"],
  ["/bin/sh", 2086, "make && version=1; make $version"],
  ["/bin/sh", 2086, "make && version=1 && make $version"],
  ["/bin/sh", null, "if make; then version=1; else version=2; fi; make $version"],
  ["/bin/sh", 2086, "if make; then version=1; fi; make $version"],
  ["/bin/sh", null, 'case "$HOME" in a) version=1 ;; *) exit 1 ;; esac; make $version'],
  ["/bin/sh", 2086, 'case "$HOME" in a) version=1 ;; esac; make $version'],
  ["/bin/sh", 2086, "version='a b'; make $version"],
  ["/bin/sh", 2086, "version=; make $version"],
  ["/bin/sh", 2086, "version=$(id); make $version"],
  ["/bin/sh", 2086, "version=1; version=$HOME; make $version"],
  ["/bin/sh", null, "version=a-$VERSION; make $version"],
  ["/bin/sh", null, 'VERSION=${VERSION%%-*}; make "$VERSION"'],
  ["/bin/sh", null, "make x@${VERSION#v}"],
  ["/bin/sh", 2086, "make ${HOME%/}"],
  ["/bin/sh", 2086, 'export A=$HOME; make "$A"'],
  ["/bin/dash", null, 'export A=$HOME; make "$A"'],
  ["/bin/sh", null, '[ "$HOME" -lt 5 ] && make'],
  ["/bin/sh", 2072, '[ "$HOME" -lt 1.5 ] && make'],
  ["/bin/sh", 2170, '[ "$HOME" -lt a ] && make'],
  ["/bin/sh", 2333, '[ "$HOME" = a ] && [ "$HOME" = b ]'],
  ["/bin/sh", 2252, '[ "$HOME" -ne 1 ] || [ "$HOME" -ne 2 ]'],
  ["/bin/sh", null, '[ "$HOME" = a ] || make; [ "$HOME" = b ]'],
  ["/bin/busybox sh", null, '[ "$HOME" == a ] && make'],
  ["/bin/sh", 3014, '[ "$HOME" == a ] && make'],
  ["/bin/sh", null, "test -e /x && make"],
  ["/bin/sh", 2268, 'test "x$HOME" = xa && make'],
  ["/bin/sh", 2065, 'test "$HOME" > a'],
  ["/bin/sh", 2234, "(test -e /x) && make"],
  ["/bin/sh", null, "make | tr '-' '_'"],
  ["/bin/sh", 2018, "make | tr a-z x"],
  ["/bin/sh", 2019, "make | tr A-Z x"],
  ["/bin/sh", 2020, "make | tr abca x"],
  ["/bin/sh", 2021, "make | tr '[ab]' x"],
  ["/bin/sh", 2060, "make | tr [ab] x"],
  ["/bin/sh", null, "find /app -exec sh -c 'ls \"$@\"' -- '{}' +"],
  ["/bin/sh", 2156, "find /app -exec sh -c 'ls {}' \\;"],
  ["/bin/sh", 2016, "find /app -exec rm '$x' {} \\;"],
  ["/bin/sh", null, "find /app \\( -name a -o -name b \\) -exec rm {} +"],
  ["/bin/sh", 2146, "find /app -name a -o -name b -delete"],
  ["/bin/sh", 2227, "find /app -name a > x -delete"],
  ["/bin/sh", null, "find /app -name a 2> /dev/null | cpio -o"],
  ["/bin/sh", 2038, "find /app | xargs rm"],
  ["/bin/sh", null, 'printf "%-60s|\\n" "$(id)"'],
  ["/bin/sh", 2059, 'printf "$(id)"'],
  ["/bin/sh", 2183, 'printf "%-6s %s\\n" x'],
  ["/bin/sh", null, "set -o errexit -o nounset; make"],
  ["/bin/busybox sh", null, "set -o pipefail; make"],
  ["/bin/sh", 3040, "set -o pipefail; make"],
  ["/bin/bash", null, "set -Eeuo pipefail; make"],
  ["/bin/sh", 3041, "set -E; make"],
  ["/bin/sh", null, "make | xargs -r apt-get install --reinstall"],
  ["/bin/sh", 2267, "make | xargs -r -i rm {}"],
  ["/bin/sh", null, "mkdir -m 755 /a/b"],
  ["/bin/sh", 2174, "mkdir -p -m 755 /a/b"],
  ["/bin/busybox sh", null, ". ./x a b"],
  ["/bin/sh", 2240, ". ./x a b"],
  ["/bin/sh", null, 'echo "$HOME" | grep a'],
  ["/bin/sh", null, 'echo "$HOME" | sed s/a/b/'],
  ["/bin/bash", 2001, 'echo "$HOME" | sed s/a/b/'],
  ["/bin/sh", 2000, 'echo "$HOME" | wc -c'],
  ["/bin/sh", null, 'echo "$HOME" */x'],
  ["/bin/sh", 2035, "rm */x"],
  ["/bin/sh", null, "go test -run=^$ ."],
  ["/bin/sh", 1101, "make \\ \n  a"],
  ["/bin/sh", null, "make \\\n  a \\\n  b"],
  ["/bin/sh", null, 'for x in $HOME; do make "$x"; done'],
  ["/bin/sh", 2231, 'for x in $HOME/*; do make "$x"; done'],
  ["/bin/sh", null, "~/bin/x"],
  ["/bin/sh", null, 'grep "\\[a\\]" x'],
  ["/bin/sh", 2063, 'grep "a*" x'],
  ["/bin/sh", null, 'make # "x"'],
];
const jobs = cases.map(([shell, , script]) =>
  toJob({ shell, script, variables: ["HTTP_PROXY", "VERSION"].map((name) => ({ name, value: null })) }),
);

test.each(cases.map(([shell, code, script], index) => [shell, script, code, index] as const))(
  "%s: %s",
  (_, __, code, index) => {
    if (code === null) expect(whyUnknown(jobs[index]!)).toBeNull();
    else expect(whyUnknown(jobs[index]!)).not.toBeNull();
  },
);

test.runIf(isThere)("ShellCheck says what the pre-filter expects of it", async () => {
  const engine = createNativeEngine({ command, workers: 2, timeLimit: 30_000 });
  const results = await Promise.all(jobs.map((job) => engine.lint(toFullScript(job, false).text)));
  await engine.close();
  const codes = results.map((result) => ("comments" in result ? result.comments.map(({ code }) => code) : []));
  const wrong = cases.filter(([, code], index) =>
    code === null ? codes[index]!.length > 0 : !codes[index]!.includes(code),
  );
  expect(wrong).toEqual([]);
});
