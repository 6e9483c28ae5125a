import { type CommandEffects, packageKind } from "@stagewright/core";
import { runtimePackages } from "../libraries/index.ts";
import { releaseOf } from "../libraries/releases.ts";
import { baseImage, parseImage } from "@stagewright/core";
import { type Case, commandsOf, isSameBase, nameOf } from "./case.ts";
import { droppedPackages } from "./implicit-content.ts";
import { assumed, type Finding } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import { isPlainRust } from "./self-contained.ts";

/** O7: what is copied links nothing but what the last stage has. */
export function libraries(subject: Case): Finding {
  if (subject.carries.length > 0 && isStatic(subject)) return assumed([]);
  // The small image of Debian has what unwinds; that of Alpine has not, but there it is linked in.
  if (isPlainRust(subject) && isSameRelease(subject)) return assumed([]);
  const { base } = subject;
  const sentences: string[] = [];
  if (!isSameBase(subject) && (!isSameRelease(subject) || bringsHeaders(subject)))
    sentences.push(
      `\`${base.finalText}\` has the shared libraries that the program links, as new as \`${base.text}\` has them.`,
    );
  const open = droppedPackages(subject).filter((name) => mayBringLibrary(name, subject));
  if (open.length > 0) sentences.push(`What is copied links no library of ${quotedFew(open)}.`);
  const lost = commandsOf(subject.before, subject.gone).find(installsLibraries);
  if (lost && !subject.carries.some(({ to }) => to === "/" || to === "/usr/local"))
    sentences.push(`What is copied links no library that ${nameOf(lost)} installs elsewhere.`);
  return assumed(sentences);
}

/** Each program that is copied is made by Go without C: it links nothing at all. */
function isStatic(subject: Case): boolean {
  const { building, carries } = subject;
  const builds = building.filter((each) => nameOf(each) === "go" && /^(build|install|get)$/.test(firstWord(each)));
  const others = building.filter((each) => each.build !== null && nameOf(each) !== "go");
  return (
    builds.length > 0 &&
    others.length === 0 &&
    carries.every(({ path }) => !/\.so(\.|$)/.test(path)) &&
    builds.every(
      (each) =>
        each.variable("CGO_ENABLED") === "0" || (each.variable("CGO_ENABLED") === null && hasNoCompiler(subject)),
    )
  );
}

/** Go from 1.20 on builds without C where there is no compiler of C, and the small image has none. */
function hasNoCompiler({ before, original, base: { image } }: Case): boolean {
  const version = /^(?:1\.(\d+)|(latest|alpine|1-))/.exec(image.tag ?? "");
  const isNew = version !== null && (version[2] !== undefined || Number(version[1]) >= 20);
  return (
    image.familiar === "golang" &&
    isNew &&
    /alpine/.test(image.tag ?? "") &&
    !before.facts.packages(original).added.some(({ name }) => packageKind(name) !== null)
  );
}

const firstWord = ({ words }: CommandEffects): string => words[0]?.values[0] ?? "";

function isSameRelease({ base: { image, finalText } }: Case): boolean {
  const other = parseImage(finalText);
  if (!other) return false;
  const alpine = /alpine(\d+\.\d+)/.exec(image.tag ?? "")?.[1];
  if (alpine !== undefined) return other.familiar === "alpine" && other.tag === alpine;
  const release = releaseOf(image.familiar, image.tag);
  return /^(golang|rust)$/.test(image.familiar) && release !== null && releaseOf(other.familiar, other.tag) === release;
}

/** The full image of Rust has headers of many libraries, and so the libraries. */
const bringsHeaders = ({ base: { image } }: Case): boolean =>
  image.familiar === "rust" && !/slim|alpine/.test(image.tag ?? "");

/** The package, or one that it depends on, may have a library that programs link. */
function mayBringLibrary(name: string, { base, after, final }: Case): boolean {
  if (isAlone.test(name)) return false;
  const distribution = baseImage(base.image)?.distribution ?? null;
  const isDebian = distribution === "debian" || distribution === "ubuntu";
  if (/^(g\+\+|build-essential)$/.test(name) && isDebian) return false;
  const runtime = runtimePackages(name, distribution, releaseOf(base.image.familiar, base.image.tag));
  const { added } = after.facts.packages(final);
  return runtime === null || !runtime.every((each) => added.some(({ name: now }) => now === each));
}

/** Compilers and tools whose libraries only they use themselves. */
const isAlone =
  /^(gcc|make|musl-dev|libc6?-dev|libc-dev|linux-headers|autoconf|automake|bison|flex|patch|file|m4|go|golang|golang-go|git|curl|wget|unzip|cargo|rust|rustc|maven|gradle|ant|ca-certificates)$/;

const installsLibraries = ({ words, command }: CommandEffects): boolean =>
  /^(make|ninja|cmake|meson)$/.test(command.name ?? "") &&
  words.some(({ values }) => values.some((value) => /install/.test(value)));
