import { baseImage } from "@stagewright/core";
import { Refused, type RunStep } from "../types.ts";
import { installsPackage, type Maker, type Makers, paths, type World } from "./made.ts";

const php: Maker = (action, run, world) => {
  const { command, words } = action;
  if (command.name === "pecl" && !words.includes("install")) return null;
  if (
    command.name === "docker-php-ext-enable" &&
    !run.actions.some((other) => /^(pecl|docker-php-ext-install)$/.test(other.command.name ?? ""))
  )
    return null;
  return paths(...phpFolders(run, world), ...(words.some(isOfChannel) ? [pearFolder(world)] : []));
};

/** A package that a channel has, not PECL itself: it may be one of PEAR, all of it written in PHP. */
const isOfChannel = (word: string): boolean => /^[\w.-]+\/\w/.test(word);

/** Where PEAR keeps packages. */
const pearFolder = ({ subject, distribution }: World): string =>
  subject.image.familiar === "php"
    ? "/usr/local/lib/php"
    : distribution === "alpine"
      ? "/usr/share/php7"
      : distribution === "redhat" || distribution === "fedora"
        ? "/usr/share/pear"
        : "/usr/share/php";

/** Where extensions of PHP lie, with the files that load them where the image keeps those in a folder of their own. */
export function phpFolders({ run: { startLine } }: RunStep, { subject, distribution }: World): readonly string[] {
  const isOfficial =
    subject.image.familiar === "php" ||
    subject.runs.some(({ actions }) => actions.some(({ command }) => command.name?.startsWith("docker-php-")));
  if (isOfficial) return ["/usr/local/lib/php/extensions", "/usr/local/etc/php/conf.d"];
  // Whoever made another image has put its PHP where he liked.
  if (baseImage(subject.image) === null && !installsPackage(subject, /^php/)) {
    throw new Refused(
      "unknown-output",
      startLine,
      "Where this PHP keeps its extensions is not known.",
      "Use an official image of PHP, or install PHP by its package.",
    );
  }
  // One that the file compiles itself.
  if (baseImage(subject.image) !== null && !installsPackage(subject, /^php/)) return ["/usr/local/lib/php"];
  if (distribution === "redhat" || distribution === "fedora") return ["/usr/lib64/php/modules", "/etc/php.d"];
  if (installsPackage(subject, /^php5-/))
    return distribution === "alpine" ? ["/usr/lib/php5/modules"] : ["/usr/lib/php5"];
  if (distribution !== "alpine") return ["/usr/lib/php"];
  const version = /php(\d+)/.exec(subject.source.text)?.[1] ?? "";
  return [`/usr/lib/php${version}/modules`];
}

/** Where extensions of PHP go. */
export const phpMakers: Makers = [[/^(pecl|docker-php-ext-install|docker-php-ext-enable)$/, php]];
