import { baseImage } from "@stagewright/core";
import { expandWith } from "../runs.ts";
import { Refused, type RunStep, type Subject } from "../types.ts";
import { installsPackage, type World } from "./made.ts";

/** Where an image `python` keeps packages; `null` where the tag does not say its version. */
export function sitePackages(tag: string | null): readonly string[] | null {
  const version = /^(\d\.\d+)/.exec(tag ?? "")?.[1] ?? (/^2(?!\d)/.test(tag ?? "") ? "2.7" : undefined);
  return version === undefined ? null : [`/usr/local/lib/python${version}/site-packages`, "/usr/local/bin"];
}

/** The base may have another Python than the packages of its distribution: it is no bare distribution, and the file installs none. */
export function hasOwnPython({ subject }: World): boolean {
  return (
    baseImage(subject.image) === null &&
    !/\/usr\/bin\/(python|pip)/.test(subject.source.text) &&
    !installsPackage(subject, /^(python|py)[\d.]*(-|$)/)
  );
}

/** The file takes a Python from another image, or unpacks one, so that pip is that one's. */
export const bringsPython = ({ stage, source, image }: Subject): boolean =>
  /pyenv|conda/i.test(image.familiar) ||
  stage.instructions.some(
    (each) =>
      (each.type === "Copy" || each.type === "Add") &&
      (each.flags.some(({ name, value }) => name === "from" && /python|conda|pypy/i.test(value?.value ?? "")) ||
        each.sources.some(({ value }) => /(python|conda|pypy)[\w.-]*\.(tgz|tar\.\w+|sh)$/i.test(value))),
  ) ||
  stage.instructions.some((each) => each.type === "Run" && /\b(ana|mini)conda|\bpyenv\b/i.test(source.getText(each)));

/** PATH as ENV sets it last before the RUN; what the base has in it may stand as `$PATH`. */
export function pathAt({ run, state }: RunStep, { stage, source }: Subject): string {
  const known = state.env.get("PATH");
  if (typeof known === "string") return known;
  for (const each of stage.instructions.toReversed()) {
    if (each.type !== "Env" || each.range[0] > run.range[0]) continue;
    const value = each.pairs.findLast(({ key }) => key.value === "PATH")?.value?.value;
    if (value === undefined) continue;
    const { env, args } = source.facts.state(each);
    return expandWith(value.replace(/^["']/, ""), env, args);
  }
  return "";
}

export const unknownPython = ({ run }: Pick<RunStep, "run">): Refused =>
  new Refused(
    "unknown-output",
    run.startLine,
    "Where this Python keeps its packages is not known.",
    "Install them with `pip install` into a virtual environment.",
  );
