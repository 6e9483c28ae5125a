import { buildOf, operands, packageKind } from "@stagewright/core";
import { slimTag } from "../bases.ts";
import { isPackageManager } from "../judge/commands.ts";
import { isForRunTime, removesPackages, virtualGroup } from "../packages.ts";
import { assume } from "../proof/obligations.ts";
import { mayCompile } from "../requirements.ts";
import { type Action, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt } from "./compiled.ts";

export const isPip = ({ command }: Action): boolean => {
  if (buildOf(command)?.kind !== "dependencies") return false;
  return (
    /^pip[\d.]*$/.test(command.name ?? "") ||
    (/^python[\d.]*$/.test(command.name ?? "") && command.args[1]?.value === "pip")
  );
};

/** pip installs something, if only itself. */
const installsByPip = (action: Action): boolean =>
  isPip(action) || (/^pip[\d.]*$/.test(action.command.name ?? "") && action.words.includes("install"));

/** Packages of Python that a compiler is installed for: they move into a virtual environment. */
export const python: Recipe = {
  name: "python",
  matches: ({ image, runs }) =>
    image.familiar === "python" &&
    !/^2/.test(image.tag ?? "") &&
    runs.some(({ actions }) => actions.some(isPip)) &&
    runs.some((step) => step.packages.names.some((name) => packageKind(name) !== null)),
  owns: installsByPip,
  isClosed: true,
  draft(subject): Draft {
    const cut = cutAt(subject, installsByPip);
    const first = subject.runs.find(({ actions }) => actions.some(installsByPip)) ?? cut;
    checkPip(subject);
    checkOthers(subject);
    const base = mayCompile(subject) ? subject.imageText : `python:${slimTag(subject.image)}`;
    return {
      base,
      cut: cut.run,
      carries: [{ from: "build", path: "/opt/venv", to: "/opt/venv", owner: null }],
      sourceFolders: [],
      implied: [],
      insert: { before: first.run, lines: ["RUN python -m venv /opt/venv", "ENV PATH=/opt/venv/bin:$PATH"] },
      append: ["ENV PATH=/opt/venv/bin:$PATH"],
      assumptions: [
        assume("No installed package is looked for in the folders of the system's Python.", "O1", "O8"),
        ...(base === subject.imageText
          ? []
          : [assume(`The packages need no library that \`${base}\` lacks.`, "O6", "O7")]),
      ],
    };
  },
};

/** pip has to write into the environment that is put on PATH. */
export function checkPip({ runs }: Subject): void {
  for (const { run, actions } of runs) {
    for (const { command } of actions.filter(installsByPip)) {
      const elsewhere = command.args.find(({ value }) =>
        /^(--user|--target|-t|--prefix|--root|-e|--editable)(=|$)/.test(value),
      );
      if (elsewhere || command.path.includes("/") || operands(command).some(({ value }) => value === ".")) {
        throw new Refused(
          "pip-elsewhere",
          run.startLine,
          `\`${elsewhere?.value ?? command.path}\` makes pip install from or into a folder of its own.`,
          "Install what requirements.txt names into the environment.",
        );
      }
    }
    const uses = actions.find(
      ({ command }) => command.name === "virtualenv" || command.args.some(({ value }) => value === "venv"),
    );
    if (uses) throw new Refused("has-environment", run.startLine, "The file makes an environment of its own.");
  }
}

/** Where the packages of the system's Python are, and what they start. */
const ofSystem =
  /\b(site|dist)-packages\b|\/usr\/local\/(lib\/python|bin\/(?!python|pip)\w*(gunicorn|uwsgi|celery|django|flask|ansible|supervisor))/;

/** @throws Refused where a RUN that stays needs what goes: it builds something else, or takes packages away again */
function checkOthers({ runs, stage, source }: Subject): void {
  for (const instruction of stage.instructions) {
    if (!ofSystem.test(source.getText(instruction))) continue;
    throw new Refused("pip-elsewhere", instruction.startLine, "This names a folder of the system's Python.");
  }
  for (const { run, actions } of runs) {
    const other = actions.find(
      (action) =>
        !installsByPip(action) &&
        (buildOf(action.command) !== null ||
          (isPackageManager(action.command.name ?? "") &&
            (removesPackages(action) || isForRunTime(virtualGroup(action.words))))),
    );
    if (!other) continue;
    throw new Refused(
      "other-build",
      run.startLine,
      `\`${other.command.name ?? other.command.path}\` may need what stays behind.`,
    );
  }
}
