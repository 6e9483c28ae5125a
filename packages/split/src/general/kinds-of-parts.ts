import type { Action } from "../types.ts";
import { noise } from "./parts.ts";
import type { Segment } from "./segments.ts";
import { touchesOf } from "./touches.ts";

/** Commands that set up the shell for those behind them. */
export const stateful = new Set("cd set export unset pushd popd shopt umask ulimit . source deactivate".split(" "));

/** Programs that only test what was built, often with packages that go away again. */
export const testers = /^(pytest|py\.test|nosetests|rspec|phpunit)$/;

/** It only asks whether something is true. */
export const isCheck = ({ command }: Action): boolean =>
  (noise.has(command.name ?? "") || command.name === "grep") && command.redirects.length === 0;

/** It only gives a variable what a command prints. */
export const isAssignment = ({ text, actions }: Segment): boolean =>
  /^\s*(export\s+)?[A-Za-z_]\w*=/.test(text) &&
  actions.every(({ command }) => command.name === "export" || command.context.nesting.includes("substitution"));

/** It gives a compiler of the image, or a pip that stays behind, another name. */
export const choosesCompiler = ({ command, words }: Action): boolean =>
  /^(update-alternatives|alternatives|ln)$/.test(command.name ?? "") &&
  words.some((word) =>
    /^(\/usr\/bin\/([\w-]+-)?(gcc|g\+\+|cc|c\+\+|cpp|clang(\+\+)?|gfortran)(-[\d.]+)?|javac|\/usr\/bin\/pip[\d.]*)$/.test(
      word,
    ),
  );

/** It puts files where only a variable says, which nothing in the file sets. */
export const placesElsewhere = (action: Action): boolean =>
  /^(cp|mv|install|ln)$/.test(action.command.name ?? "") &&
  touchesOf(action).writes.includes(null) &&
  /^\$/.test(action.words.at(-1) ?? "");

/** The file that a group or subshell writes as a whole. */
export const groupWrites = ({ text }: Segment): readonly string[] =>
  [...text.matchAll(/[)}]\s*(?:\|[^>]*)?>>?\s*(\/[\w./-]+)/g)].map(([, path]) => path ?? "/");
