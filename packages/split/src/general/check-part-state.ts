import { Refused } from "../types.ts";
import { type Parts, is, madeByKept, noise } from "./parts.ts";
import { touchesOf } from "./touches.ts";

/** @throws Refused where a RUN removes, behind its build, what may be of that build, and does not take it that there is none */
export function checkRemovals(parts: Parts): void {
  const { sections } = parts;
  for (const { run, segments } of sections) {
    const first = segments.findIndex((each) => is(parts, each, "build"));
    if (first === -1) continue;
    for (const segment of segments.slice(first)) {
      if (!is(parts, segment, "keep")) continue;
      for (const action of segment.actions) {
        if (action.command.name !== "rm" || action.words.some((word) => /^-\w*f|^--force/.test(word))) continue;
        // A pattern that fits nothing is a name of nothing.
        const isPattern = action.words.some((word) => /[*?[]/.test(word));
        const path = touchesOf(action).writes.find((each) => each === null || !madeByKept(parts, each));
        if (path === undefined && !isPattern) continue;
        throw new Refused(
          "mixed-run",
          run.startLine,
          `Whether the last stage has what \`rm\` takes away in line ${String(action.command.loc.start.line)} is not known.`,
          "Remove it with `rm -f`.",
        );
      }
    }
  }
}

/** @throws Refused where a kept part needs a variable that a part of the build sets, or where the packages are found out by what was built */
export function checkVariables(parts: Parts): void {
  const { subject, sections, classes } = parts;
  for (const { run, segments } of sections) {
    if (!segments.some((each) => is(parts, each, "build"))) continue;
    const computes = segments.find(({ actions }) =>
      actions.some(({ command }) => /^(apt-mark|scanelf|dpkg-query)$/.test(command.name ?? "")),
    );
    if (computes) {
      throw new Refused(
        "computed-packages",
        run.startLine,
        "The RUN finds out itself which packages the image needs when it has built.",
        "Name these packages.",
      );
    }
    const set = new Set(
      segments
        .filter((each) => is(parts, each, "build", "drop"))
        .flatMap(({ text }) => [...text.matchAll(/(?:^|\s)([A-Za-z_]\w*)=/g)].map(([, name]) => name ?? "")),
    );
    for (const segment of segments.filter((each) => is(parts, each, "keep"))) {
      const name = [...set].find(
        (each) =>
          new RegExp(`\\$\\{?${each}\\b`).test(segment.text) &&
          !subject.state.env.has(each) &&
          !subject.state.args.has(each),
      );
      if (name === undefined) continue;
      if (segment.actions.every(({ command }) => checks.has(command.name ?? ""))) classes.set(segment, "drop");
      else {
        throw new Refused(
          "mixed-run",
          run.startLine,
          `A part of this RUN that does not build uses \`$${name}\`, which a part that builds sets.`,
          "Give it a RUN of its own.",
        );
      }
    }
  }
}

/** Commands that only say whether something is true. */
const checks = new Set([...noise, ..."grep awk sed head tail cut wc return exit gpg sha256sum".split(" ")]);
