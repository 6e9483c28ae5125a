import { baseKind, buildOf } from "@stagewright/core";
import { everywhere } from "../programs.ts";
import { javaBase, releaseBase, slimTag, smallBase } from "../bases.ts";
import { compilesC } from "../make-tools.ts";
import { assume, type Assumption, needsNoMore } from "../proof/obligations.ts";
import { mayCompile } from "../requirements.ts";
import { type Action, Refused, type RunStep, type Start, type Subject } from "../types.ts";
import type { World } from "../recipes/made.ts";
import { startScript } from "../start-script.ts";
import type { PackageChoice } from "./choose-packages.ts";
import { runsMore } from "./helper-packages.ts";
import type { Segment } from "./segments.ts";
import { startPath } from "./started.ts";
import type { Output } from "./site.ts";

export interface FinalBase {
  readonly image: string;
  readonly assumptions: readonly Assumption[];
  /** Packages that the other base had. */
  readonly implied: readonly string[];
}

/** Programs of full images that their small ones do not have, with their packages. */
const packages: Readonly<Record<string, string>> = {
  curl: "curl",
  wget: "wget",
  git: "git",
  unzip: "unzip",
  hg: "mercurial",
  svn: "subversion",
  gpg: "gnupg",
  bzip2: "bzip2",
  xz: "xz-utils",
  ssh: "openssh-client",
  convert: "imagemagick",
  "apt-key": "gnupg",
};

/** It installs, by its name, a tool that runs git and its like. */
const installsToolOfRepositories = ({ actions }: RunStep): boolean =>
  actions.some(
    ({ command, words }) =>
      installers.test(command.name ?? "") &&
      words.includes("install") &&
      words.some((word) => ofRepositories.test(word)),
  );

/** Tools that developers run in their sources. */
const ofDevelopers =
  /^(bower|ember(-cli)?|gulp(-cli)?|grunt(-cli)?|webpack(-cli)?|@angular\/cli|angular-cli|yo|ionic|cordova|typescript|eslint|create-react-app|@vue\/cli|phantomjs|karma|protractor)(@.*)?$/;

const installers = /^(pip[\d.]*|npm|gem)$/;

const ofRepositories =
  /^([@\w-]*[-_/])?(git|hg|svn|vcs|scm|jenkins|autojobs|lerna|commit(izen|lint)?|changelog|release|gitbook(-cli)?)([-_@=][\w.@-]*)?$/;

/** Programs that fetch by https, which needs the certificates that the full image has. */
const clients: ReadonlySet<string> = new Set(["curl", "wget", "git", "hg", "svn"]);

/** Packages that cannot be installed where the folders of manual pages are missing, as in small images. */
const needsManuals = /^(openjdk-\d+-(jre|jdk)|default-j(re|dk)|ca-certificates-java|postgresql(-client)?(-|$))/;

const isRelease = ({ command, words }: Action): boolean => command.name === "mix" && words[0] === "release";

/** It adds packages from elsewhere, which are made for one release. */
const addsRepository = ({ command, words }: Action): boolean =>
  /^(add-apt-repository|apt-key)$/.test(command.name ?? "") ||
  words.some((word) => /sources\.list|deb\.nodesource\.com|\/apt\/|\.list$/.test(word)) ||
  command.redirects.some(({ target }) => /sources\.list/.test(target?.value ?? ""));

/** The base of the last stage: the run-time of what an SDK has built, a small image where there is one, or the same. */
export function finalBase(
  subject: Subject,
  { distribution }: World,
  kept: readonly Segment[],
  { installedAt }: PackageChoice,
  outputs: readonly Output[],
  start: Start | null,
): FinalBase {
  const { image, imageText, runs } = subject;
  const same: FinalBase = { image: imageText, assumptions: [], implied: [] };
  // Whoever builds the image may give the variable another value.
  if (imageText.includes("$") && baseKind(image) !== "sdk") return same;
  if (/^(python|node|ruby)$/.test(image.familiar)) {
    // Gems, packages of Python that are compiled, and what make builds link libraries that only the full image has.
    const links = image.familiar === "ruby" || (image.familiar === "python" && mayCompile(subject));
    // Whoever starts something in the image may use what only the full one has.
    if (start === null || links || runs.some(({ actions }) => actions.some(({ command }) => compilesC(command.name))))
      return same;
    const base = `${image.familiar}:${slimTag(image)}`;
    if (
      [...installedAt.keys()].some((name) => needsManuals.test(name)) ||
      runs.some(installsToolOfRepositories) ||
      isForOthers()
    )
      return same;
    if (
      base === `${image.familiar}:${image.tag ?? "latest"}` ||
      base === imageText ||
      /onbuild|windows|nanoserver/.test(image.tag ?? "") ||
      image.digest !== null
    )
      return same;
    return withPackages(base, [assume(needsNoMore(imageText, base), "O6", "O7")]);
  }
  if (/^(golang|rust)$/.test(image.familiar)) {
    checkScript();
    const { image: base, guessed } = smallBase(image);
    const added = guessed ? kept.flatMap(({ actions }) => actions).find(addsRepository) : undefined;
    if (added) {
      throw new Refused(
        "unknown-release",
        added.command.loc.start.line,
        `What is fetched here may be for the release of \`${imageText}\` alone, which its tag does not say.`,
        "Name the release in the tag of the base image.",
      );
    }
    const bound = guessed
      ? outputs.find(({ to }) => to === "/" || /\/(lib|lib64|gems)(\/|$)|^\/usr\/local$/.test(to))
      : undefined;
    if (bound) {
      throw new Refused(
        "unknown-release",
        subject.stage.from.startLine,
        `\`${bound.to === "/" ? bound.path : bound.to}\` belongs to the release of \`${imageText}\`, which its tag does not say.`,
        "Name the release in the tag of the base image.",
      );
    }
    return withPackages(
      base,
      [
        assume(`The program needs nothing of \`${imageText}\` but what is copied.`, "O5", "O6"),
        ...(guessed ? [assume(`\`${base}\` has a C library that is as new as that of \`${imageText}\`.`, "O7")] : []),
      ],
      image.familiar === "golang" ? ["ca-certificates", "tzdata"] : ["ca-certificates"],
    );
  }
  const release = releaseBase(image);
  if (release !== null && runs.some(({ actions }) => actions.some(isRelease)) && startPath(start, subject) !== null) {
    return withPackages(
      release.image,
      [assume(`The release needs nothing of \`${imageText}\`, as it has its run-time in it.`, "O6", "O7")],
      release.packages,
    );
  }
  const isJvm = runs.some(({ actions }) => actions.some(({ command }) => buildOf(command)?.jvm));
  const base = isJvm ? javaBase(image) : null;
  if (base !== null) {
    // Where the sources come along, a script may build them.
    if (outputs.some(({ isPlace }) => isPlace)) checkScript();
    return withPackages(base, [assume(`\`${base}\` runs what \`${imageText}\` ran.`, "O6", "O7")]);
  }
  if (baseKind(image) === "sdk") {
    throw new Refused(
      "no-runtime-image",
      subject.stage.from.startLine,
      `No image is known that has only the run-time of \`${imageText}\`.`,
    );
  }
  return same;

  /** A script that is not seen starts it, and nothing but tools for all is in it: it works with what is brought there. */
  function isForOthers(): boolean {
    const script = start && [start.program, ...start.args].find((word) => runsMore.test(word));
    return (
      script !== null &&
      script !== undefined &&
      startScript(start, subject) === null &&
      subject.stage.instructions.some(({ type }) => type === "Volume") &&
      outputs.every(({ to, isPlace }) => !isPlace && to.startsWith("/usr/local/")) &&
      runs.some(({ actions }) =>
        actions.some(({ command, words }) => command.name === "npm" && words.some((word) => ofDevelopers.test(word))),
      )
    );
  }

  /** @throws Refused where a script that is not seen starts the image, as it may use all of the SDK */
  function checkScript(): void {
    if (!start || startScript(start, subject) !== null) return;
    const script = [start.program, ...start.args].find((word) => runsMore.test(word));
    if (script === undefined) return;
    throw new Refused(
      "unseen-script",
      start.instruction.startLine,
      `\`${script}\` may use what \`${imageText}\` has.`,
      "Run this where the script is.",
    );
  }

  /** What images of the same language have in both sizes, and what packages bring that the last stage installs. */
  function isOfLanguage(name: string): boolean {
    if (image.familiar === "node") return /^(node|npm|npx|yarn|corepack)$/.test(name);
    if (image.familiar === "python") return /^(python[\d.]*|pip[\d.]*)$/.test(name);
    if (image.familiar === "ruby") return /^(ruby|gem|bundle|rake|irb)$/.test(name);
    return /^(java|keytool)$/.test(name);
  }

  function withPackages(base: string, assumptions: readonly Assumption[], more: readonly string[] = []): FinalBase {
    const used = new Set([
      ...kept.flatMap(({ actions }) => actions.map(({ command }) => command.name ?? "")),
      ...subject.started.map(({ program }) => program),
    ]);
    const missing = Object.keys(packages).filter(
      (name) =>
        used.has(name) &&
        !(distribution === "alpine" && ["wget", "unzip", "bzip2"].includes(name)) &&
        !isInstalledBefore(name),
    );
    const installer = kept
      .flatMap(({ actions }) => actions)
      .find(
        ({ command, words }) =>
          /^(ba|da)?sh$/.test(command.name ?? "") && words.length === 0 && command.context.pipeline.size > 1,
      );
    if (installer && baseKind(image) === "sdk") {
      throw new Refused(
        "unseen-script",
        installer.command.loc.start.line,
        `The script that \`${installer.command.name ?? ""}\` is given may use what \`${imageText}\` has.`,
      );
    }
    const certificates = missing.some((name) => clients.has(name)) ? ["ca-certificates"] : [];
    // gpg asks servers for keys by a package of its own.
    const servers =
      missing.some((name) => packages[name] === "gnupg") && kept.some(({ text }) => /--(recv|keyserver)/.test(text))
        ? ["dirmngr"]
        : [];
    for (const segment of kept) {
      for (const { command } of segment.actions) {
        const name = command.name ?? command.path;
        if (everywhere.has(name) || name.includes("/") || packages[name] !== undefined || isOfLanguage(name)) continue;
        throw new Refused(
          "missing-program",
          command.loc.start.line,
          `\`${name}\` is not sure to be in \`${base}\`.`,
          `Let the build stage do this in the RUN that builds, or install \`${name}\`.`,
        );
      }
    }
    return {
      image: base,
      assumptions,
      implied: [...new Set([...more, ...certificates, ...servers, ...missing.map((name) => packages[name] ?? name)])],
    };
  }

  /** The last stage installs the program before a RUN uses it. */
  function isInstalledBefore(name: string): boolean {
    const use = kept.findIndex(({ actions }) => actions.some(({ command }) => command.name === name));
    const install = installedAt.get(packages[name] ?? name);
    return install !== undefined && (kept[use]?.range[0] ?? 0) > install;
  }
}
