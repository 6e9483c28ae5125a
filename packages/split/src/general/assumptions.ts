import { quoted } from "../quoted.ts";
import { isUpkeep } from "../packages.ts";
import { isInside } from "../paths.ts";
import { type Assumption, assume } from "../proof/obligations.ts";
import { checkScript, startScript } from "../start-script.ts";
import type { Start } from "../types.ts";
import { copiesSources } from "./fate-of-copy.ts";
import type { Layout } from "./layout.ts";
import { is } from "./parts.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";
import { runsScriptFile } from "./shell-scripts.ts";

/** What the rewrite rests on besides its base and its packages. */
export function assumptionsOf(layout: Layout): Assumption[] {
  const assumptions: Assumption[] = [];
  const copiedSources = sourcesLeft(layout);
  const { subject, start, found, sections, outputs, kept } = layout;
  if (!start)
    assumptions.push(
      assume(
        `The image needs nothing of the build but ${quoted(outputs.map(({ to, path }) => (to === "/" ? path : to)))}; it says itself nothing of what is started.`,
        "O3",
        "O5",
        "O10",
      ),
    );
  if (copiedSources.length > 0)
    assumptions.push(
      assume(
        `The program reads none of its sources, which line${copiedSources.length > 1 ? "s" : ""} ${copiedSources.join(", ")} copied.`,
        "O5",
      ),
    );
  for (const { segments } of sections) {
    for (const segment of segments) {
      if (!is(layout, segment, "build", "drop")) continue;
      for (const action of segment.actions) {
        const name = action.command.name ?? action.command.path;
        if (!touchesOf(action).isKnown && !found.buildActions.has(action) && !isKnownTool(name) && !isUpkeep(action)) {
          assumptions.push(
            assume(
              `What \`${name}\` writes in line ${String(action.command.loc.start.line)} is for the build alone, or lies in what is copied.`,
              "O5",
            ),
          );
        }
      }
    }
  }
  const changes = [...found.edits.values()].flat().map(({ text }) => text);
  if (changes.some((text) => text.includes("--root=")))
    assumptions.push(assume("`pip install` writes below `/out` all that it writes without `--root`.", "O1", "O2"));
  for (const variable of ["DESTDIR", "INSTALL_ROOT", "INSTALL_PREFIX"])
    if (changes.some((text) => text.includes(` ${variable}=`)))
      assumptions.push(
        assume(`\`make install\` writes below \`/out\` all that it writes without ${variable}.`, "O1", "O2"),
      );
  if (changes.some((text) => text.includes("--bindir")))
    assumptions.push(assume("The programs of the gems run as well from `/usr/local/bin`.", "O1"));
  for (const segment of kept) {
    for (const { command } of segment.actions) {
      if (runsScript(command.path, command.args[0]?.value)) {
        assumptions.push(
          assume(
            `The script in line ${String(command.loc.start.line)} needs none of the packages that stay behind.`,
            "O10",
          ),
        );
      }
    }
  }
  const [first] = subject.runs;
  if (
    first?.state.workdir === null &&
    outputs.some(
      ({ isPlace, run }) => isPlace && subject.runs.some((step) => step.run === run && step.state.workdir === null),
    )
  ) {
    assumptions.push(assume(`\`${subject.imageText}\` works in \`/\`.`, "O2", "O4"));
  }
  const script = scriptOf(start);
  if (script !== null) assumptions.push(...scriptAssumptions(layout, script));
  return assumptions;
}

/** @throws Refused for a script that builds */
function scriptAssumptions({ subject, start }: Layout, script: string): Assumption[] {
  const found = startScript(start, subject);
  if (!found || !start) return [assume(`\`${script}\` starts nothing that only the build stage has.`, "O3", "O10")];
  checkScript(found, start);
  return [];
}

const runsScript = (path: string, first: string | undefined): boolean =>
  /^\.{1,2}\/|^\/(?!usr\/|bin\/|sbin\/)/.test(path) || runsScriptFile(path, first);

const isKnownTool = (name: string): boolean =>
  /^(pip[\d.]*|npm|yarn|pnpm|go|cargo|mvnw?|gradlew?|gem|bundle|ldconfig|apt-get|apt|apk|yum|dnf|sudo|activate|wc|if|bash|sh|su|scanelf|strip|(update-)?alternatives)$/.test(
    name,
  );

function scriptOf(start: Start | null): string | null {
  if (!start) return null;
  if (/^(npm|yarn|pnpm)$/.test(start.program)) return null;
  const words = [start.program, ...start.args];
  const script = words.find((word) =>
    /\.sh$|entrypoint|(^|\/)(start|run|init|my_init|supervisord?)(-[\w-]+)?$|\/bin\/start/i.test(word),
  );
  return script ?? null;
}

/** Lines of COPYs that stay behind; what goes among temporary files is nothing that a program reads. */
const sourcesLeft = ({ subject, fates }: Layout): readonly number[] =>
  subject.stage.instructions.flatMap((each) => {
    if ((each.type !== "Copy" && each.type !== "Add") || fates.get(each)?.why !== copiesSources) return [];
    const target = targetOf(each, subject) ?? "/";
    return isInside(target, "/tmp") || isInside(target, "/var/tmp") ? [] : [each.startLine];
  });
