import { buildOf, packageKind } from "@stagewright/core";
import { packagesOf } from "../packages.ts";
import { ownerOf } from "../runs.ts";
import { type Action, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt } from "./compiled.ts";

const installs = ({ command }: Action): boolean =>
  ["npm", "yarn", "pnpm"].includes(command.name ?? "") && buildOf(command)?.kind === "dependencies";

const isGlobal = ({ words }: Action): boolean =>
  words.some((word) => word === "-g" || word === "--global" || word === "global");

/** Packages of Node that need a compiler, in a program that is not bundled. */
export const nodeModules: Recipe = {
  name: "node-modules",
  isClosed: true,
  matches: ({ image, runs }) =>
    image.familiar === "node" &&
    runs.some(({ actions }) => actions.some((action) => installs(action) && !isGlobal(action))) &&
    runs.some((step) => packagesOf(step).names.some((name) => packageKind(name) === "toolchain")),
  owns: (action) => installs(action),
  draft(subject): Draft {
    const cut = cutAt(subject, (action) => installs(action) && !isGlobal(action));
    const folder = folderOf(subject);
    return {
      base: subject.imageText,
      cut: cut.run,
      carries: [
        {
          from: "build",
          path: `${folder}/node_modules`,
          to: `${folder}/node_modules`,
          owner: ownerOf(cut),
        },
      ],
      sourceFolders: [],
      implied: [],
      assumptions: ["Installing the packages writes nothing outside of `node_modules` that the program reads."],
    };
  },
};

/** The one folder that packages are installed into. */
function folderOf({ runs }: Subject): string {
  const folders = new Set<string | null>();
  for (const { run, actions } of runs) {
    for (const action of actions.filter(installs)) {
      if (isGlobal(action)) {
        throw new Refused(
          "global-packages",
          run.startLine,
          "npm installs packages for the whole system here, which have no folder of their own.",
        );
      }
      folders.add(action.cwd);
    }
  }
  const [folder = null, ...others] = folders;
  if (folder === null || others.length > 0) {
    throw new Refused(
      "unknown-folder",
      runs[0]?.run.startLine ?? 1,
      "In which folder the packages are installed is not known.",
      "Name it with WORKDIR.",
    );
  }
  return folder === "/" ? "" : folder;
}
