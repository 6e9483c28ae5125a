import { readFileSync } from "node:fs";
import { parseMirror } from "@stagewright/host";
import type { RegistryOptions } from "@stagewright/host/registry";
import type { registryOptions } from "./registry-options.ts";
import { UsageProblem } from "./usage-problem.ts";

/** Reads what `list` has of these options. Throws `UsageProblem` for a mirror that is none and for certificates that cannot be read. */
export function readRegistryOptions(
  list: (name: keyof typeof registryOptions) => readonly string[],
): Pick<RegistryOptions, "mirrors" | "insecure" | "ca"> {
  return {
    mirrors: mirrorsOf(list("mirror")),
    insecure: list("insecure").map(requireHost),
    ca: list("ca").map(readCertificate),
  };
}

function mirrorsOf(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const mirrors: Record<string, string[]> = {};
  for (const text of texts) {
    const [, registry, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (registry === undefined || url === undefined || !parseMirror(url)) {
      throw new UsageProblem(`\`${text}\` is no mirror; write it as \`docker.io=https://mirror.example\`.`);
    }
    (mirrors[registry] ??= []).push(url);
  }
  return mirrors;
}

function requireHost(text: string): string {
  if (/^[^/@\s]+$/.test(text)) return text;
  throw new UsageProblem(`\`${text}\` is no host; write it as \`registry.example:5000\`.`);
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageProblem(`The certificates \`${path}\` cannot be read.`);
  }
}
