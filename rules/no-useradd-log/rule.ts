import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"addFlag">({
  name: "no-useradd-log",
  meta: {
    type: "problem",
    fixable: "code",
    schema: [],
    docs: {
      description: "Create users with high numbers with --no-log-init",
      why: "`useradd` writes into `/var/log/lastlog` and `faillog` at a place that grows with the number: a user 2000000000 makes a sparse file of many gigabytes, which some builders store in full.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3046", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nRUN useradd -u 1234567 app\n",
          good: "FROM debian:13\nRUN useradd -l -u 1234567 app\n",
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "`-l` only keeps the new user out of the two log databases of logins, which are empty in an image; useradd of shadow-utils knows it everywhere.",
      },
    },
    messages: { addFlag: "A user with the high number {{uid}} makes huge log files; add `-l`." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const command of commandsOf(facts.script(node), "useradd")) {
          const values = command.args.map(({ value }) => value);
          if (values.some((value) => value === "--no-log-init" || /^-[a-zA-Z]*l/.test(value))) continue;
          const uid = uidOf(values);
          if (uid === null || !/^\d{6,}$/.test(uid)) continue;
          context.report({
            node: command,
            messageId: "addFlag",
            data: { uid },
            fix: (fixer) => fixer.insertTextAfter(command.nameWord, " -l"),
          });
        }
      },
    };
  },
});

function uidOf(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    if (word === "--uid" || /^-[a-zA-Z]*u$/.test(word)) return words[index + 1] ?? null;
    const attached = /^(?:--uid=|-u)(.+)$/.exec(word);
    if (attached) return attached[1] ?? null;
  }
  return null;
}
