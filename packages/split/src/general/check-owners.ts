import type { Workdir } from "@stagewright/ast";
import { absolute, folderOf } from "../paths.ts";
import { expandWith } from "../runs.ts";
import { Refused, type Subject } from "../types.ts";
import { shared } from "./folders.ts";
import type { Layout } from "./layout.ts";
import { is, writesOf } from "./parts.ts";
import { targetOf } from "./targets.ts";
import { ownerChanges, touchesOf, userChanges } from "./touches.ts";

/** @throws Refused where a kept part changes the owner or the mode of what the last stage does not have yet */
export function checkOwners(layout: Layout): void {
  const changes = layout.sections.flatMap(({ run, segments }) =>
    segments.flatMap((segment) =>
      is(layout, segment, "keep")
        ? segment.actions.filter(isChange).map((action) => ({ run, action, paths: touchesOf(action).writes }))
        : [],
    ),
  );
  if (changes.length === 0) return;
  const makers = new Makers(layout);
  const users = usersOf(layout);
  for (const { run, action, paths } of changes) {
    const { command, words } = action;
    if (words.some((word) => /^-\w*f$/.test(word))) continue;
    const isPattern = words.some((word) => /[*?[]/.test(word));
    const path = paths.find(
      (each) =>
        each !== null &&
        !shared.has(each) &&
        (isPattern || !users.has(each.replace(/^.*\//, ""))) &&
        makers.isMissing(each, command.range[0]),
    );
    if (path === undefined) continue;
    throw new Refused(
      "mixed-run",
      run.startLine,
      `\`${command.name ?? ""}\` changes \`${path ?? ""}\`, which the last stage would not have yet.`,
      "Do it in the RUN that builds.",
    );
  }
}

const isChange = ({ command }: { readonly command: { readonly name: string | null } }): boolean =>
  ownerChanges.has(command.name ?? "");

/** The words of commands that add users, whose folders those make. */
const usersOf = ({ sections }: Layout): ReadonlySet<string> =>
  new Set(
    sections.flatMap(({ step }) =>
      step.actions.flatMap(({ command, words }) => (userChanges.has(command.name ?? "") ? words : [])),
    ),
  );

/** What makes a path. */
interface Maker {
  /** Where in the text; what comes from the build stage is made wherever the last stage has it. */
  readonly at: number;
  /** Where in the text the last stage has it; `null` where it stays behind. */
  readonly isThereAt: number | null;
}

/** All that makes files and folders, by their paths. */
class Makers {
  /** Those that make the path itself, so that all in it may be there. */
  readonly #whole = new Map<string, Maker[]>();
  /** Those that make something in the folder, or the folder. */
  readonly #inside = new Map<string, Maker[]>();

  constructor(layout: Layout) {
    const { subject, sections, outputs, fates } = layout;
    for (const each of subject.stage.instructions) {
      const isLeft = fates.get(each)?.change === "removed";
      const [at] = each.range;
      const path =
        each.type === "Copy" || each.type === "Add"
          ? targetOf(each, subject)
          : each.type === "Workdir"
            ? workdirOf(each, subject)
            : null;
      if (path !== null) this.#add(path, { at, isThereAt: isLeft ? null : at });
    }
    for (const { segments } of sections) {
      for (const segment of segments) {
        if (segment.actions.every((action) => isChange(action) || action.command.name === "rm")) continue;
        const [at] = segment.range;
        const isThereAt = is(layout, segment, "keep", "packages") ? at : null;
        for (const path of writesOf(segment)) if (path !== null) this.#add(path, { at, isThereAt });
      }
    }
    for (const { to, run } of outputs) if (to !== "/") this.#add(to, { at: 0, isThereAt: run.range[0] });
  }

  #add(path: string, maker: Maker): void {
    push(this.#whole, path, maker);
    for (let folder = path; folder.length > 1; folder = folderOf(folder)) push(this.#inside, folder, maker);
  }

  /** Only what stays behind, or comes later, has made the path before a place of the text. */
  isMissing(path: string, place: number): boolean {
    const makers = [...(this.#inside.get(path) ?? [])];
    for (let folder = path; folder.length > 1;) {
      folder = folderOf(folder);
      makers.push(...(this.#whole.get(folder) ?? []));
    }
    const before = makers.filter(({ at }) => at < place);
    return before.length > 0 && before.every(({ isThereAt }) => isThereAt === null || isThereAt >= place);
  }
}

function workdirOf(instruction: Workdir, { source }: Subject): string | null {
  const { env, args, workdir } = source.facts.state(instruction);
  return absolute(expandWith(instruction.path?.value ?? "", env, args), workdir);
}

function push(map: Map<string, Maker[]>, path: string, maker: Maker): void {
  const list = map.get(path);
  if (list) list.push(maker);
  else map.set(path, [maker]);
}
