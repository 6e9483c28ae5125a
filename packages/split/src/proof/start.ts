import type { Copy } from "@stagewright/ast";
import { absolute, baseName, isInside } from "../paths.ts";
import { everywhere } from "../programs.ts";
import { targetOf } from "../general/targets.ts";
import type { Case } from "./case.ts";
import { hasProgram, hasShell } from "./base-content.ts";
import { assumed, type Finding } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import { folderAt, type Started } from "./started.ts";

/** O3: each program that the image starts is copied, or comes from an instruction or a base that are the same. */
export function start(subject: Case): Finding {
  const { started } = subject;
  if (started.length === 0) return assumed(["What the image is started with is in the last stage."]);
  const open = started.filter((each) => !isThere(each, subject));
  return assumed(
    open.length === 0 ? [] : [`The last stage has ${quotedFew([...new Set(open.map(({ program }) => program))])}.`],
  );
}

function isThere({ program, instruction, byShell }: Started, subject: Case): boolean {
  const { after, final, carries, base } = subject;
  if (byShell && !hasShell(base.finalText)) return false;
  if (program.includes("/")) {
    const path = absolute(program, folderAt(after, final, instruction));
    if (path === null) return false;
    return carries.some(({ to }) => isInside(path, to)) || isCopied(path, subject) || isOfBase(path);
  }
  if (everywhere.has(program)) return true;
  return (
    carries.some(({ to }) => baseName(to) === program && onPath.has(to.slice(0, -program.length - 1))) ||
    hasProgram(base.finalText, program)
  );
}

const onPath: ReadonlySet<string> = new Set([
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
]);

const isOfBase = (path: string): boolean => /^\/(usr\/)?s?bin\/[^/]+$/.test(path) && everywhere.has(baseName(path));

/** A COPY of the context, which the last stage has as the original has it, puts the very file there. */
function isCopied(path: string, { after, kept }: Case): boolean {
  return [...kept.keys()].some(
    (each) =>
      (each.type === "Copy" || each.type === "Add") &&
      !isFromStage(each) &&
      namesFile(each, path, targetOf(each, { source: after })),
  );
}

const isFromStage = (each: { readonly flags: Copy["flags"] }): boolean =>
  each.flags.some(({ name }) => name === "from");

function namesFile(
  { sources, destination }: Pick<Copy, "sources" | "destination">,
  path: string,
  target: string | null,
): boolean {
  if (target === null || /^https?:/.test(sources[0]?.value ?? "")) return false;
  const isFolder = /\/$|^\.$/.test(destination?.value ?? "");
  if (!isFolder && sources.length === 1 && baseName(sources[0]?.value ?? "") === baseName(path)) return target === path;
  return sources.some(({ value }) => `${target === "/" ? "" : target}/${baseName(value)}` === path);
}
