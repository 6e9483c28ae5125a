import { packageKind } from "@stagewright/core";
import { type Case, commandsOf, isSameBase } from "./case.ts";
import { contentOf } from "./base-content.ts";
import { assumed, type Finding } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import { startsNothing } from "./self-contained.ts";

/** O6: what the base of the build, and the packages that stay behind, bring unasked is in the last stage too, or not used. */
export function implicitContent(subject: Case): Finding {
  const { base } = subject;
  const sentences: string[] = [];
  const content = isSameBase(subject) ? { programs: false, certificates: false, zones: false } : contentOf(base.image);
  if (content === null || (content.programs && !startsNothing(subject)))
    sentences.push(
      `The program starts none of the other programs that \`${base.text}\` has and \`${base.finalText}\` has not.`,
    );
  const dropped = droppedPackages(subject);
  const helpers = dropped.filter((name) => packageKind(name) === null);
  if (helpers.length > 0 && !startsNothing(subject))
    sentences.push(`The program starts none of ${quotedFew(helpers)}.`);
  const hadCertificates = content?.certificates === true || dropped.some((name) => !isPlainTool.test(name));
  if (hadCertificates && !hasCertificates(subject)) sentences.push("The program needs no certificates of authorities.");
  if (content?.zones === true && !hasZones(subject)) sentences.push("The program reads no time zones.");
  return assumed(sentences);
}

/** The managers of a distribution's own packages. */
const systemFamilies: ReadonlySet<string> = new Set(["apt", "apk", "rpm", "zypper", "pacman", "opkg"]);

/** Packages that the original leaves in its image and the last stage does not install. */
export function droppedPackages({ before, after, original, final }: Case): string[] {
  const now = new Set(after.facts.packages(final).added.map(({ name }) => name));
  const left = before.facts.packages(original).left.filter(({ family }) => systemFamilies.has(family));
  return [...new Set(left.map(({ name }) => name))].filter((name) => !now.has(name));
}

/** Neither these nor what they depend on bring certificates. */
const isPlainTool =
  /^(gcc|g\+\+|make|cmake|musl-dev|libc6?-dev|libc-dev|linux-headers|build-base|build-essential|autoconf|automake|libtool|bison|flex|patch|file|m4|pkgconf|pkg-config|binutils|go|golang|golang-go|nasm|yasm|[\w+.-]+-(dev|devel))$/;

const hasCertificates = (subject: Case): boolean =>
  installs(subject, /^ca-certificates$/) || copies(subject, /^\/etc\/ssl(\/certs(\/ca-certificates\.crt)?)?$/);

const hasZones = (subject: Case): boolean =>
  installs(subject, /^tzdata$/) || copies(subject, /^\/usr\/(share|local\/go\/lib\/time)\/(zoneinfo|zoneinfo\.zip)/);

const installs = ({ after, final }: Case, name: RegExp): boolean =>
  commandsOf(after, final.instructions).some(
    ({ packages, conditional }) =>
      !conditional && packages?.action === "add" && packages.packages.some((each) => name.test(each.name)),
  );

const copies = ({ final }: Case, path: RegExp): boolean =>
  final.instructions.some(
    (each) =>
      each.type === "Copy" &&
      each.flags.some(({ name }) => name === "from") &&
      path.test((each.destination?.value ?? "").replace(/\/$/, "")),
  );
