import type { Run } from "@stagewright/ast";
import { type Command, commandsOf, type Listeners, type RuleContext } from "@stagewright/core";
import { appendCommand, endOfAndList } from "./append.ts";
import { hasCacheMount } from "./mounts.ts";

export interface Options {
  readonly anyRemoval: boolean;
}

export const schema: readonly [object] = [
  {
    type: "object",
    properties: {
      anyRemoval: {
        type: "boolean",
        description: "Take any `rm -rf` after the installation for a cleaning, as hadolint does",
      },
    },
    additionalProperties: false,
  },
];

/** What a package manager keeps of its downloads. */
export interface Cache {
  readonly commands: readonly string[];
  /** The words with which it downloads. */
  readonly fillers: readonly string[];
  /** Where the cache lies: mounts there keep it out of the image. */
  readonly places: readonly string[];
  /** Whether a command behind the installation empties it. */
  readonly cleans: (command: Command, install: Command) => boolean;
  /** What empties it. */
  readonly cleaner: (install: Command) => string;
  /** Whether the layer of a RUN is shipped; all are, when absent. */
  readonly isShipped?: (run: Run) => boolean;
}

/** Reports the first command of each RUN that fills a cache which nothing in the RUN empties. */
export function uncleanedCache<MessageId extends string>(
  { sourceCode: { facts }, options: [{ anyRemoval }], report }: RuleContext<MessageId, Options>,
  { commands, fillers, places, cleans, cleaner, isShipped }: Cache,
  messageId: MessageId,
): Listeners {
  return {
    Run(node) {
      const script = facts.script(node);
      const install = commandsOf(script, commands).find(({ args }) =>
        args.some(({ value }) => fillers.includes(value)),
      );
      if (!script || !install || places.some((place) => hasCacheMount(facts, node, place))) return;
      if (isShipped?.(node) === false) return;
      const later = script.commands.slice(script.commands.indexOf(install) + 1);
      if (later.some((command) => cleans(command, install) || (anyRemoval && removesAnything(command)))) return;
      const last = endOfAndList(script);
      report({
        node: install,
        messageId,
        data: { command: install.name ?? "" },
        fix: last ? (fixer) => appendCommand(fixer, last, cleaner(install)) : null,
      });
    },
  };
}

const removesAnything = ({ name, args }: Command) => name === "rm" && args.some(({ value }) => value === "-rf");
