import type { Listeners, RuleContext } from "@stagewright/core";
import { installationsOf, type PackageManager } from "./package-managers.ts";

/** Reports the first package of each RUN that is installed without a version, or the first module without a stream. */
export function looseRpm<MessageId extends string>(
  { sourceCode: { facts }, report }: RuleContext<MessageId, object>,
  manager: PackageManager,
  messageId: MessageId,
): Listeners {
  return {
    Run(node) {
      const { env, args } = facts.state(node);
      const isKnown = (name: string) => env.has(name) || args.has(name);
      for (const { command, packages } of installationsOf(facts.script(node), manager)) {
        const module = command.args.some(({ value }) => value === "module");
        if (command.args.some(({ value }) => value === "group")) continue;
        const loose = packages.find(({ value }) => (module ? !value.includes(":") : !hasRpmVersion(value, isKnown)));
        if (!loose) continue;
        report({ node: loose, messageId, data: { package: loose.value } });
        return;
      }
    },
  };
}

/**
 * Whether a package is named with a version: a part after a dash begins with a digit and all of them are made as versions are, or a variable of the file
 * stands there, or it is a file.
 */
function hasRpmVersion(name: string, isKnown: (variable: string) => boolean): boolean {
  if (!name.includes("-")) return false;
  if (name.endsWith(".rpm")) return true;
  if (name.includes("$")) {
    return [...name.matchAll(/\$\{?(\w+)\}?/g)].some(([, variable = ""]) => isKnown(variable));
  }
  const parts = name.split("-").slice(1);
  return parts.every((part) => /^[A-Za-z0-9.~^_:+]+$/.test(part)) && parts.some((part) => /^\d/.test(part));
}
