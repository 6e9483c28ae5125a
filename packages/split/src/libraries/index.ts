import type { Distribution } from "@stagewright/core";
import { alpine } from "./alpine.ts";
import { librariesOfDebian } from "./debian.ts";

export type RuntimePackages = readonly string[];

/** Compilers of Java and .NET, each with the package that only runs it. */
const sdks: readonly (readonly [RegExp, string])[] = [
  [/^dotnet-sdk-(\d+\.\d+)(\.\d+)?$/, "aspnetcore-runtime-$1"],
  [/^dotnet(\d+)-sdk$/, "aspnetcore$1-runtime"],
  [/^openjdk-(\d+)-jdk(-headless)?$/, "openjdk-$1-jre$2"],
  [/^default-jdk(-headless)?$/, "default-jre$1"],
  [/^openjdk(\d+)(-jdk)?$/, "openjdk$1-jre"],
  [/^java-([\w.]+)-openjdk-devel$/, "java-$1-openjdk"],
];

/**
 * The packages that hold the libraries behind a `-dev` package, or the run-time of an SDK; empty where there is none, `null` where that is not known for the
 * release.
 */
export function runtimePackages(
  name: string,
  distribution: Distribution | null,
  release: string | null,
): RuntimePackages | null {
  const sdk = sdks.find(([pattern]) => pattern.test(name));
  if (sdk) return [name.replace(sdk[0], sdk[1])];
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
