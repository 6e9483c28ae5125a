import { type Command, commandsOf, type Listeners, type RuleContext } from "@stagewright/core";
import { actionOf } from "./action.ts";
import { answersIn } from "./answers.ts";

/** Commands of a package manager that ask whether to go on. */
interface Questions {
  readonly commands: readonly string[];
  /** The subcommands that ask. */
  readonly actions: readonly string[];
  /** Whether the command has its answer among its own words. */
  readonly hasAnswer: (command: Command) => boolean;
}

/** Reports those to which nobody answers; `-y` repairs them. */
export function answerYes<MessageId extends string>(
  { sourceCode: { facts }, settings, report }: RuleContext<MessageId, object>,
  { commands, actions, hasAnswer }: Questions,
  messageId: MessageId,
): Listeners {
  return {
    Run(node) {
      const isAnswered = answersIn(facts, node);
      for (const command of commandsOf(facts.script(node), commands)) {
        const action = actionOf(command, actions);
        if (!action || hasAnswer(command)) continue;
        if (settings.lookThrough !== false && isAnswered(command)) continue;
        report({
          node: action,
          messageId,
          data: { command: command.name ?? "", action: action.value },
          fix: (fixer) => fixer.insertTextAfter(action, " -y"),
        });
      }
    },
  };
}
