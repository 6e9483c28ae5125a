import type { Instruction } from "@stagewright/ast";
import {
  baseImage,
  createSourceCode,
  type Facts,
  isInteractive,
  type Settings,
  type SourceCode,
  type Stage,
  type StageState,
  syntaxProblems,
} from "@stagewright/core";
import { compose, type Composed } from "./compose.ts";
import { gapsOf } from "./gaps.ts";
import { planGeneral } from "./general/index.ts";
import { judge } from "./judge/index.ts";
import { caseOf } from "./proof/case.ts";
import { type Started, startedBy } from "./proof/started.ts";
import { prove } from "./proof/index.ts";
import type { Assumption } from "./proof/obligations.ts";
import type { Detection } from "./proof/silent-rule.ts";
import { movesOf } from "./recipes/compiled.ts";
import { recipes } from "./recipes/index.ts";
import { absolute } from "./paths.ts";
import { expandWith, runsOf } from "./runs.ts";
import { servesFiles } from "./servers.ts";
import { startOf } from "./start.ts";
import { checkStartTool } from "./start-tool.ts";
import { targetPart } from "./target-part.ts";
import { type Context, type Draft, type Plan, type Refusal, Refused, type Start, type Subject } from "./types.ts";

/**
 * Rewrites a file with one stage as a multi-stage build: the build stage is the file up to its last build step, the last stage is the file without what
 * only the build needs. Takes nothing from outside but what `context` reads. Gives a refusal with its reason where that cannot be done.
 */
export function planSplit(
  source: SourceCode,
  context: Context | null = null,
  options: SplitOptions = {},
): Plan | Refusal {
  const { targets = [], settings = {} } = options;
  try {
    const part = targetPart(source, targets, settings);
    const plan = planPart(part.source, context, options);
    return plan.status === "refused" || part.rest === "" ? plan : { ...plan, text: `${plan.text}\n${part.rest}` };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function planPart(source: SourceCode, context: Context | null, options: SplitOptions): Plan | Refusal {
  const { detect = null, keepSources = false } = options;
  try {
    const subject = subjectOf(source, context, keepSources);
    if (detect !== null && startsNothing(subject) && !servesFiles(subject, null) && !detect(source, "medium")) {
      throw new Refused(
        "no-purpose",
        subject.stage.from.startLine,
        "The file says nothing of what the image starts, and it is not certain that it has tools which only its build needs: they may be what it is for.",
        "Say with CMD or ENTRYPOINT what it starts.",
      );
    }
    return planByRecipe(subject, options) ?? checked(subject, planGeneral(subject), options);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** A rewrite with what is proved of it. @throws Refused where something is seen not to hold */
function checked(subject: Subject, { said, ...plan }: Composed, options: SplitOptions): Plan {
  const { source, context, keepSources } = subject;
  const { detect = null, settings = {} } = options;
  const rewritten = createSourceCode(plan.text, { settings });
  const [problem] = syntaxProblems(rewritten);
  if (problem)
    throw new Refused("not-valid", problem.loc.start.line, `The rewritten file would not be valid: ${problem.message}`);
  const [gap] = gapsOf(source, rewritten);
  if (gap) {
    throw new Refused(
      "lost-path",
      gap.writtenAt,
      `The last stage would still need \`${gap.path}\`, which is written here and stays behind.`,
    );
  }
  const isFlagged = detect === null || detect(source, "low");
  const notes = isFlagged ? plan.notes : [...plan.notes, "The rule about build tools has nothing to say of the file."];
  const proof = proofOf(subject, rewritten, plan.carries, plan.bases.final, said, detect);
  const isBetter =
    !keepSources &&
    restsOnSources(proof.obligations) &&
    planPart(source, context, { detect, keepSources: true, settings }).status === "proved";
  return { ...plan, ...proof, notes: isBetter ? [...notes, "With `--keep-sources` nothing is assumed."] : notes };
}

export interface SplitOptions {
  /** Says whether a file has build tools: without it no plan is proved, and a file that starts nothing is taken to have them for certain. */
  readonly detect?: Detection | null;
  /** The stages that Compose and Bake files build: `null` for the last one, `*` for one that is not known. Default `[]`. */
  readonly targets?: readonly (string | null)[];
  /** Those that `source` was made with, such as build arguments. Default `{}`. */
  readonly settings?: Settings;
  /** Keeps COPYs of sources in the last stage, as the program may read them. Default `false`. */
  readonly keepSources?: boolean;
}

/** Nothing is open but whether the program reads what stays behind. */
const restsOnSources = (obligations: Plan["obligations"]): boolean => {
  const open = obligations.filter(({ state }) => state !== "proved");
  return open.length === 1 && open[0]?.id === "O5";
};

const startsNothing = ({ stage }: Subject): boolean =>
  !stage.instructions.some(({ type }) => type === "Cmd" || type === "Entrypoint");

/** What is proved of a rewrite, and what it rests on. @throws Refused where something is seen not to hold */
function proofOf(
  { source, image, imageText, context }: Subject,
  rewritten: SourceCode,
  carries: Plan["carries"],
  finalText: string,
  said: readonly Assumption[],
  detect: Detection | null,
): Pick<Plan, "status" | "obligations" | "assumptions"> {
  const subject = caseOf(source, rewritten, carries, { image, text: imageText, finalText }, context);
  if (!subject) throw new Refused("no-stage", 1, "The file has no stage.");
  const obligations = prove(subject, said, detect);
  return {
    status: obligations.every(({ state }) => state === "proved") ? "proved" : "suggested",
    obligations,
    assumptions: [...new Set(obligations.flatMap(({ assumptions }) => assumptions))],
  };
}

/** Rewrites a file whose build is known as a whole; `null` where it is not, so that more has to be assumed. */
function planByRecipe(subject: Subject, options: SplitOptions): Plan | null {
  try {
    const recipe = recipes.find((each) => each.matches(subject));
    if (!recipe) return null;
    for (const { program, args, instruction } of subject.started)
      if (instruction.type !== "Healthcheck") checkStartTool({ program, args, instruction });
    const draft = withMoves(recipe.draft(subject), subject);
    return checked(subject, compose(subject, recipe.name, draft, judge(subject, recipe, draft)), options);
  } catch (error) {
    if (error instanceof Refused && !final.has(error.refusal.code)) return null;
    throw error;
  }
}

/** A RUN behind the build that only puts what is copied in its place belongs to the build. */
function withMoves(draft: Draft, { runs }: Subject): Draft {
  const move = movesOf(runs).findLast(({ to }) => draft.carries.some(({ path }) => path === to));
  return move && move.run.run.range[0] > draft.cut.range[0] ? { ...draft, cut: move.run.run } : draft;
}

/** Reasons that no other way gets around. */
const final: ReadonlySet<string> = new Set(["starts-a-shell", "script-builds", "starts-by-build-tool", "tool-image"]);

/** @throws Refused for files of which nothing can be said */
function subjectOf(source: SourceCode, context: Context | null, keepSources: boolean): Subject {
  const { facts } = source;
  const [problem] = syntaxProblems(source);
  if (problem)
    throw new Refused(
      "syntax",
      problem.loc.start.line,
      "BuildKit refuses the file as it is.",
      "Repair its syntax first.",
    );
  const stage = facts.stages.final;
  if (!stage) throw new Refused("no-stage", 1, "The file has no stage.");
  if (stage.base.kind === "stage") {
    throw new Refused("several-stages", stage.from.startLine, "The last stage is built on another one of the file.");
  }
  const use = facts.images.find(({ where, instruction }) => where === "from" && instruction === stage.from);
  const image = use?.resolved ?? null;
  if (!use || !image) {
    throw new Refused(
      "unknown-base",
      stage.from.startLine,
      "What image the file is built on is not known.",
      "Give the ARG of FROM a default value.",
    );
  }
  if (isInteractive(image))
    throw new Refused("tool-image", stage.from.startLine, `\`${use.text}\` is an image for people who work in it.`);
  const known = baseImage(image);
  if (known?.windows || facts.base(stage.from).windows || stage.instructions.some(entersDrive))
    throw new Refused("windows", stage.from.startLine, "Images of Windows are not rewritten.");
  const onbuild = stage.instructions.find(({ type }) => type === "Onbuild");
  if (onbuild || /onbuild/.test(image.tag ?? "")) {
    throw new Refused(
      "onbuild",
      (onbuild ?? stage.from).startLine,
      "ONBUILD makes this a base for other builds, or the base runs instructions that are not in the file.",
    );
  }
  checkLength(stage, facts);
  return new FileSubject({
    source,
    stage,
    image,
    imageText: use.text,
    distribution: known?.distribution ?? null,
    runs: runsOf(stage, facts),
    state: endState(stage, facts),
    context,
    keepSources,
  });
}

/** Twice as many as the longest of 36,000 files of Docker Hub and GitHub has. */
const mostCommands = 1000;

/** @throws Refused where commands are so many that to hold each against each other takes seconds: nobody writes so many by hand */
function checkLength({ instructions, from }: Stage, facts: Facts): void {
  const counts = instructions.map((each) => (each.type === "Run" ? (facts.script(each)?.commands.length ?? 0) : 0));
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (count > mostCommands)
    throw new Refused(
      "too-long",
      from.startLine,
      `The stage runs ${count} commands, and no stage of more than ${mostCommands} is rewritten.`,
    );
}

/** `WORKDIR C:\\src`: also images of several systems have a variant for Windows. */
const entersDrive = (instruction: Instruction): boolean =>
  instruction.type === "Workdir" && /^[A-Za-z]:[\\/]/.test(instruction.path?.value ?? "");

/** A class, not an object with a getter: V8 makes a hidden class for each of those, and it keeps the whole file until the next full collection. */
class FileSubject implements Subject {
  readonly source: Subject["source"];
  readonly stage: Subject["stage"];
  readonly image: Subject["image"];
  readonly imageText: Subject["imageText"];
  readonly distribution: Subject["distribution"];
  readonly runs: Subject["runs"];
  readonly state: Subject["state"];
  readonly context: Subject["context"];
  readonly keepSources: Subject["keepSources"];
  #start: Start | null = null;
  #started: readonly Started[] | null = null;

  constructor(given: Omit<Subject, "start" | "started">) {
    this.source = given.source;
    this.stage = given.stage;
    this.image = given.image;
    this.imageText = given.imageText;
    this.distribution = given.distribution;
    this.runs = given.runs;
    this.state = given.state;
    this.context = given.context;
    this.keepSources = given.keepSources;
  }

  get start(): Start {
    return (this.#start ??= startOf(this.stage, this.source.facts));
  }

  get started(): readonly Started[] {
    return (this.#started ??= startedBy(this.source, this.stage));
  }
}

/** The state that a container of the stage has; a WORKDIR at its end counts. */
function endState({ instructions, from }: Stage, facts: Facts): StageState {
  const last = instructions.at(-1) ?? from;
  const state = facts.state(last);
  if (last.type !== "Workdir") return state;
  const { user, env, args } = state;
  return { user, env, args, workdir: absolute(expandWith(last.path?.value ?? "", env, args), state.workdir) };
}
