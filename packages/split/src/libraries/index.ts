import type { Distribution } from "@stagewright/core";
import { alpine } from "./alpine.ts";
import { librariesOfDebian } from "./debian.ts";

export type RuntimePackages = readonly string[];

/** Compilers of Java, each with the package that only runs it. */
const jdks: readonly (readonly [RegExp, string])[] = [
  [/^openjdk-(\d+)-jdk(-headless)?$/, "openjdk-$1-jre$2"],
  [/^default-jdk(-headless)?$/, "default-jre$1"],
  [/^openjdk(\d+)(-jdk)?$/, "openjdk$1-jre"],
  [/^java-([\w.]+)-openjdk-devel$/, "java-$1-openjdk"],
];

/**
 * The packages that hold the libraries behind a `-dev` package, or the JRE of a JDK; empty where there is none, `null` where that is not known for the
 * release.
 */
export function runtimePackages(
  name: string,
  distribution: Distribution | null,
  release: string | null,
): RuntimePackages | null {
  const jdk = jdks.find(([pattern]) => pattern.test(name));
  if (jdk) return [name.replace(jdk[0], jdk[1])];
  switch (distribution) {
    case "alpine": {
      const found = Object.hasOwn(alpine, name) ? alpine[name] : undefined;
      return found === undefined ? null : found === "" ? [] : [found];
    }
    case "debian":
    case "ubuntu":
      return librariesOfDebian(name, distribution, release);
    default:
      return null;
  }
}
