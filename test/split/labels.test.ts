import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSourceCode } from "@stagewright/core";
import { type Plan, planSplit, type Refusal } from "@stagewright/split";
import { expect, test } from "vitest";
import { readRows, root, shared } from "../support/shared.ts";

/** A real file that two readers would split, with the paths that they would copy into the last stage. */
interface Label {
  readonly id: string;
  readonly flag: "yes" | "no";
  readonly outputs?: readonly string[];
  readonly dockerfile: string;
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const overlaps = (a: string, b: string): boolean => isInside(a, b) || isInside(b, a);

/** Folders in which pip, gem and npm put what their packages start, beside the packages themselves. */
const companions = /^\/usr\/local\/bin$/;
const packages = /(site-packages|dist-packages|\/gems|\/bundle|^venv)$|python3?\.\*/;

/** What the instructions of the last stage write themselves, as far as the model of effects knows. */
function broughtBy({ text }: Plan): string[] {
  const { facts } = createSourceCode(text);
  return (facts.stages.final?.instructions ?? []).flatMap((each) =>
    facts.effects(each).writes.flatMap(({ path }) => (path === null ? [] : [path.replace(/(.)\/+$/, "$1")])),
  );
}

/** Why the plan does not take what the readers would take, or `null` where it does. */
function disagreement({ outputs = [] }: Label, plan: Plan): string | null {
  const carried = plan.carries.map(({ to }) => to);
  const wanted = outputs.map((path) => path.replace(/(.)\/+$/, "$1").replace(/\/[^/]*\*.*$/, ""));
  const brought = broughtBy(plan);
  const missing = wanted.filter(
    (path, index) =>
      !carried.some(
        (each) =>
          (each === "/" && /^\/(usr|etc)\//.test(path)) ||
          (each !== "/" && isInside(path, each)) ||
          (packages.test(outputs[index] ?? "") &&
            (packages.test(each) || each === "/usr/local" || each === "/opt/venv")),
      ) && !(brought.includes(path) || brought.some((each) => isInside(path, each) && each.split("/").length > 2)),
  );
  const extra = carried.filter(
    (path) =>
      path !== "/" &&
      !wanted.some((each) => overlaps(each, path)) &&
      !(companions.test(path) && outputs.some((each) => packages.test(each))) &&
      !(wanted.includes("venv") && (packages.test(path) || path === "/usr/local" || path === "/opt/venv")),
  );
  const parts = [
    ...(missing.length > 0 ? [`\`${missing.join("`, `")}\` is not taken`] : []),
    ...(extra.length > 0 ? [`\`${extra.join("`, `")}\` is taken and not among them`] : []),
  ];
  return parts.length === 0 ? null : `${parts.join(", and ")}.`;
}

test.skipIf(shared === null)("rewrites take what two readers would take, each disagreement listed", () => {
  const labels = readRows<Label>(join(shared ?? "", "labels/multi-stage.jsonl")).filter(({ flag }) => flag === "yes");
  const planned = labels.map((label) => ({ label, plan: planSplit(createSourceCode(label.dockerfile)) }));
  const refused = planned.filter((each): each is { label: Label; plan: Refusal } => each.plan.status === "refused");
  const rewritten = planned.filter((each): each is { label: Label; plan: Plan } => each.plan.status !== "refused");
  const judged = rewritten.map(({ label, plan }) => ({ label, plan, why: disagreement(label, plan) }));
  const agreeing = judged.filter(({ why }) => why === null);
  const text = [
    "<!-- Written by test/split/labels.test.ts. -->",
    "# Rewrites of labelled files",
    `| Labelled | Rewritten | Taking what the readers would take |\n|---|---|---|\n| ${labels.length} | ${rewritten.length} | ${agreeing.length} |`,
    "A path counts as taken where it is copied from the build stage, alone or within a folder, or where an instruction that the last stage keeps writes it. For packages of Python and Ruby the folder of their programs may come along, and a virtual environment may be the folder of the packages. Nothing else may be taken.",
    "## Disagreements",
    judged.flatMap(({ label, why }) => (why === null ? [] : [`- ${label.id}: ${why}`])).join("\n"),
    "## Refused",
    refused.map(({ label, plan }) => `- ${label.id}: ${plan.reason}`).join("\n"),
  ];
  writeFileSync(join(root, "test/split/labels.md"), `${text.join("\n\n")}\n`);
  expect(rewritten.length).toBeGreaterThanOrEqual(40);
  expect(agreeing.length).toBeGreaterThanOrEqual(37);
});
