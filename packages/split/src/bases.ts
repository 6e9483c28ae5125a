import type { ParsedImage } from "@stagewright/core";
import { debianCodenames } from "./libraries/releases.ts";

/** The small image of the same distribution for a program that an SDK has compiled. */
export function smallBase({ tag }: ParsedImage): { readonly image: string; readonly guessed: boolean } {
  const version = tag ?? "latest";
  const alpine = /alpine(\d+\.\d+)?/.exec(version);
  if (alpine) return { image: `alpine:${alpine[1] ?? "3"}`, guessed: alpine[1] === undefined };
  const release = debianCodenames.find((codename) => version.includes(codename));
  return release === undefined
    ? { image: "debian:13-slim", guessed: true }
    : { image: `debian:${release}-slim`, guessed: false };
}

/**
 * The tag with `slim`, or as it is where the image is small already. The images of Python and Ruby have it before the
 * name of the release, that of Node behind it.
 */
export function slimTag({ familiar, tag }: ParsedImage): string {
  if (tag === null || tag === "latest") return "slim";
  if (/slim|alpine/.test(tag) || !hasSlim(familiar, tag)) return tag;
  const release = familiar === "node" ? null : /^(?:(.*)-)?([a-z]+)$/.exec(tag);
  if (!release?.[2] || !debianCodenames.some((codename) => codename === release[2])) return `${tag}-slim`;
  return `${release[1] === undefined ? "" : `${release[1]}-`}slim-${release[2]}`;
}

/** No image on Debian 7 has a small one, and of Node those on Debian 8 and 9 have it only since these versions. */
function hasSlim(familiar: string, tag: string): boolean {
  if (tag.includes("wheezy")) return false;
  const version = /^(\d+)(?:\.(\d+))?.*-(jessie|stretch)$/.exec(tag);
  if (familiar !== "node" || !version) return true;
  const [, major, minor] = version.map(Number);
  const first = nodeSlim[major ?? 0];
  return (major ?? 0) >= 12 || (first !== undefined && (Number.isNaN(minor) || (minor ?? 0) >= first));
}

const nodeSlim: Readonly<Record<number, number>> = { 6: 16, 8: 15, 10: 15, 11: 6 };

/** The run-time of Java for an image that has a JDK; `null` where there is none of the same release. */
export function javaBase({ familiar, tag }: ParsedImage): string | null {
  const version = tag ?? "";
  if (familiar === "openjdk" || familiar === "java") {
    // openjdk has no JRE from 12 on.
    const major = Number(/^\d+/.exec(version)?.[0] ?? NaN);
    if (major <= 11)
      return `${familiar}:${version.replace("jdk", "jre").replace(/^(\d+)(-alpine|-slim.*|-buster|-stretch|-bullseye)?$/, "$1-jre$2")}`;
    return Number.isNaN(major) ? null : temurin(String(major), "");
  }
  if (familiar === "anapsix/alpine-java" && version.includes("_jdk"))
    return `${familiar}:${version.replace("_jdk", "")}`;
  if (familiar === "eclipse-temurin") return /jre/.test(version) ? null : temurin(/^\d+/.exec(version)?.[0], version);
  const jdk =
    /(?:eclipse-temurin|openjdk|amazoncorretto|ibmjava|jdk|temurin|sapmachine)-?(\d+)/.exec(version)?.[1] ??
    /(?:jdk|java)-?(\d+)/.exec(version)?.[1];
  return temurin(jdk, version);
}

/** The oldest release of Temurin is 8, and up to 17 it has only those with long support; openjdk has a JRE of the others up to 10. */
function temurin(major: string | undefined, tag: string): string | null {
  if (major === undefined) return null;
  const number = Number(major);
  const suffix = tag.includes("alpine") ? "-alpine" : "";
  if (number === 8 || number === 11 || number >= 17) return `eclipse-temurin:${major}-jre${suffix}`;
  return number < 11 ? `openjdk:${major}-jre${number < 8 ? suffix : ""}` : null;
}

/** What a release of Elixir, which has its run-time in it, needs of its image, by the distribution that the tag of the build's image names. */
export function releaseBase({
  familiar,
  tag,
}: ParsedImage): { readonly image: string; readonly packages: readonly string[] } | null {
  const match = familiar === "hexpm/elixir" ? /-(alpine|debian)-([\w.-]+)$/.exec(tag ?? "") : null;
  if (!match) return null;
  const packages =
    match[1] === "alpine"
      ? ["ca-certificates", "libstdc++", "ncurses-libs", "openssl"]
      : ["ca-certificates", "libstdc++6", "libncurses6", "openssl"];
  return { image: `${match[1] ?? ""}:${match[2] ?? ""}`, packages };
}
