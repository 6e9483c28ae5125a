import type { Run } from "@stagewright/ast";
import { packageKind } from "@stagewright/core";
import { packagesOf } from "../packages.ts";
import type { Draft, Recipe, Subject } from "../types.ts";
import { cutAt } from "./compiled.ts";
import { checkPip, isPip } from "./python.ts";

/** Where the build stage puts what pip installs, with the paths that it has in the image. */
const outside = "/out";

/** Packages of Python that need a compiler, on the image of a distribution: pip writes them into a folder of their own. */
export const pip: Recipe = {
  name: "pip",
  isClosed: true,
  matches: ({ image, runs }) =>
    image.familiar !== "python" &&
    runs.some(({ actions }) => actions.some(isPip)) &&
    runs.some((step) => packagesOf(step).names.some((name) => packageKind(name) !== null)),
  owns: isPip,
  keeps: (name) => /^(python|py3|py)[\d.]*(-(?!dev|devel|pip|wheel|virtualenv)[\w.-]+)?$/.test(name),
  draft(subject): Draft {
    checkPip(subject);
    return {
      base: subject.imageText,
      cut: cutAt(subject, isPip).run,
      carries: [{ from: "build", path: outside, to: "/", owner: null }],
      sourceFolders: [],
      implied: [],
      edits: editsOf(subject),
      assumptions: ["No package that pip builds needs one that an earlier pip command installs."],
    };
  },
};

function editsOf({ runs, source }: Subject): ReadonlyMap<Run, string> {
  const edits = new Map<Run, string>();
  for (const { run, actions } of runs) {
    const [start, end] = run.range;
    let text = source.text.slice(start, end);
    for (const { command } of actions.filter((action) => isPip(action)).toReversed()) {
      const install = command.args.find(({ value }) => value === "install");
      if (!install) continue;
      const at = install.range[1] - start;
      text = `${text.slice(0, at)} --root=${outside}${text.slice(at)}`;
    }
    edits.set(run, text);
  }
  return edits;
}
