import { isMakeTool } from "../make-tools.ts";
import { installOf, packageFiles } from "../packages.ts";
import { Refused } from "../types.ts";
import { isUpdate } from "./choose-packages.ts";
import { type Parts, is, writesOf } from "./parts.ts";

/** @throws Refused where a part that stays behind as a whole also installs packages */
export function checkInstalls(parts: Parts): void {
  for (const { run, segments } of parts.sections) {
    const mixed = segments.find(
      (each) => is(parts, each, "build", "drop") && each.actions.some((action) => installOf(action) !== null),
    );
    if (!mixed) continue;
    throw new Refused(
      "mixed-run",
      run.startLine,
      "Packages are installed in one part of this RUN with what builds, so what the image needs of them is not known.",
      "Install them in a RUN of its own.",
    );
  }
}

/** @throws Refused where a RUN fetches a package as a file behind its build: installs stand before what is copied */
export function checkPackageFiles(parts: Parts): void {
  for (const { run, segments } of parts.sections) {
    const first = segments.findIndex((each) => is(parts, each, "build"));
    const fetched =
      first === -1 ? [] : segments.slice(first).flatMap((each) => (is(parts, each, "packages") ? [] : writesOf(each)));
    const file = segments
      .filter((each) => is(parts, each, "packages"))
      .flatMap(({ actions }) => actions.flatMap(packageFiles))
      .find((path) => fetched.includes(path));
    if (file === undefined) continue;
    throw new Refused(
      "mixed-run",
      run.startLine,
      `\`${file}\` is fetched behind a build of this RUN, and installed.`,
      "Fetch and install it in a RUN of its own.",
    );
  }
}

/** @throws Refused where a RUN updates the lists of packages, and only what it builds with can install from them */
export function checkHiddenInstalls({ sections, found }: Parts): void {
  for (const [index, { run, step, segments }] of sections.entries()) {
    const build = segments
      .flatMap((each) => (found.builds.has(each) ? each.actions : []))
      .find(({ command }) => isMakeTool(command.name));
    if (!build || !step.actions.some(isUpdate)) continue;
    if (sections.slice(index).some((each) => each.step.packages.installs.length > 0)) continue;
    throw new Refused(
      "mixed-run",
      run.startLine,
      `\`${build.command.name ?? ""}\` may install packages, as the RUN updates the lists of them and installs none itself.`,
      "Install the packages by name.",
    );
  }
}
