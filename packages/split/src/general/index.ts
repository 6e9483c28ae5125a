import { baseImage, buildOf, type Distribution } from "@stagewright/core";
import { compose, type Composed } from "../compose.ts";
import { baseName } from "../paths.ts";
import { releaseOf } from "../libraries/releases.ts";
import { startOf } from "../start.ts";
import { checkStartTool } from "../start-tool.ts";
import { Refused, type Start, type Subject } from "../types.ts";
import type { World } from "../recipes/made.ts";
import { rewrite } from "./rewrite.ts";
import { survey } from "./survey.ts";

/**
 * Rewrites files of any ecosystem, and of several at once: all stays as it is but the parts of RUNs that build, and the packages that those need.
 * @throws Refused
 */
export function planGeneral(subject: Subject): Composed {
  const world = worldOf(subject);
  const start = startOrNull(subject);
  const found = survey(subject, world, start);
  const { base, cut, edits, assumptions, notes, implied, verdict } = rewrite(subject, world, start, found);
  return compose(
    subject,
    "general",
    { base, cut, carries: [], sourceFolders: [], assumptions, notes, implied, edits },
    verdict,
  );
}

function worldOf(subject: Subject): World {
  const { image, distribution, runs } = subject;
  const uses = (pattern: RegExp) =>
    runs.some(({ actions }) => actions.some(({ command }) => pattern.test(command.name ?? "")));
  const guessed: Distribution | null = uses(/^apt(-get)?$/)
    ? "debian"
    : uses(/^apk$/)
      ? "alpine"
      : uses(/^(yum|dnf|microdnf)$/)
        ? "redhat"
        : null;
  return {
    subject,
    distribution: distribution ?? baseImage(image)?.distribution ?? guessed,
    release: releaseOf(image.familiar, image.tag),
  };
}

/** @throws Refused for an image that people or machines build and compute in */
function checkPurpose({ program, args, instruction }: Start, { image }: Subject): void {
  const tool = [program, ...args, image.familiar].map(baseName).find((word) => workshop.test(word));
  if (tool === undefined) return;
  throw new Refused(
    "tool-image",
    instruction.startLine,
    `\`${tool}\` lets others work in the image, so its tools may be what it is for.`,
  );
}

const workshop =
  /^(yo|expo|ionic|cordova|ember|lb4|poetry|lerna|semantic-release|jupyter([_-]?(lab|notebook|hub))?|notebook|ipython|buildbot[\w.-]*|jenkins([._-].*)?|gitlab-runner|buildkite-agent|code-server|rstudio.*|rserver|sshd|byobu|tmux|screen|gotty|ttyd|wetty|butterfly\.server\.py|vscode|theia|eclipse|emacs)$|jupyter|ipython|notebook/i;

/** @throws Refused for an image that installs or builds each time it is started */
function checkInstalls({ source }: Subject, { instruction, args }: Start): void {
  const commands = source.facts.script(instruction)?.commands ?? [];
  const install = commands.find((command) => {
    const [first] = command.args;
    const script = /^(python[\d.]*|perl|ruby|bash|sh)$/.test(command.name ?? "") ? (first?.value ?? "") : command.path;
    if (building.test(script)) return true;
    // The words of CMD come behind those of ENTRYPOINT.
    if (command.args.length === 0 && args.length > 0) return false;
    if (commands.length > 1 && preparing.test(command.path)) return true;
    const kind = buildOf(command)?.kind;
    return kind === "dependencies" || (kind === "program" && commands.length > 1);
  });
  if (!install) return;
  throw new Refused(
    "starts-by-build-tool",
    instruction.startLine,
    `\`${install.name ?? install.path}\` builds or installs each time the image is started, so the image needs its tools.`,
    "Build and install in a RUN.",
  );
}

/** Names of scripts that say that they build or test. */
const building =
  /(^|[/_-])((build|compile|tox)([_-]\w+)?|ci|travis|tests?)\.(sh|py|pl|rb)$|(^|[/_-])(update|upgrade|install|build|compile|clone|pull)[_-]and[_-]/;

/** Names of scripts that run before the program and say what they do. */
const preparing = /^\.{0,2}\/(.*\/)?(bootstrap|install|setup|build|compile)(\.\w+)?$/;

/** `null` where the file says nothing. @throws Refused for a shell, and for a program that a build tool starts */
function startOrNull(subject: Subject): Start | null {
  let start: Start;
  try {
    start = startOf(subject.stage, subject.source.facts);
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "no-start") return null;
    throw error;
  }
  checkPurpose(start, subject);
  checkInstalls(subject, start);
  for (const { program, args, instruction } of subject.started)
    if (instruction.type !== "Healthcheck") checkStartTool({ program, args, instruction });
  return start;
}
