import { buildOf, packageKind } from "@stagewright/core";
import { slimTag } from "../bases.ts";
import { packagesOf } from "../packages.ts";
import { type Action, type Draft, type Recipe, Refused } from "../types.ts";
import { cutAt } from "./compiled.ts";

const installs = ({ command }: Action): boolean =>
  (command.name === "bundle" || command.name === "gem") && buildOf(command)?.kind === "dependencies";

/** Gems on the image ruby, which keeps them all in one folder. */
export const ruby: Recipe = {
  name: "ruby",
  isClosed: true,
  matches: ({ image, runs }) =>
    image.familiar === "ruby" &&
    runs.some(({ actions }) => actions.some(installs)) &&
    runs.some((step) => packagesOf(step).names.some((name) => packageKind(name) !== null)),
  owns: ({ command }) => command.name === "bundle" || command.name === "gem",
  draft(subject): Draft {
    const cut = cutAt(subject, installs);
    for (const { run, actions } of subject.runs) {
      const elsewhere = actions
        .filter(installs)
        .flatMap(({ words }) => words)
        .find((word) => /^(--path|--deployment|--install-dir|-i|--standalone|--system)(=|$)/.test(word));
      if (elsewhere !== undefined) {
        throw new Refused(
          "gems-elsewhere",
          run.startLine,
          `\`${elsewhere}\` puts the gems into a folder of their own.`,
        );
      }
    }
    const base = `ruby:${slimTag(subject.image.tag)}`;
    return {
      base,
      cut: cut.run,
      carries: [{ from: "build", path: "/usr/local/bundle", to: "/usr/local/bundle", owner: null }],
      sourceFolders: [],
      implied: [],
      assumptions: base === subject.imageText ? [] : [`The gems need no library that \`${base}\` lacks.`],
    };
  },
};
