import type { Command, ShellWord } from "@stagewright/core";
import { commandsOf, createRule, operands } from "@stagewright/core";

export default createRule<"pin">({
  name: "pin-go-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that go installs",
      why: "`go install example.org/tool@latest` installs another tool next month.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3062", match: "same" }],
      examples: [
        {
          bad: "FROM golang:1.24\nRUN go install example.org/tool@latest\n",
          good: "FROM golang:1.24\nRUN go install example.org/tool@v1.2.3\n",
        },
      ],
    },
    messages: { pin: "`{{package}}` is taken in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const loose = commandsOf(facts.script(node), "go")
          .flatMap(packagesOf)
          .find(({ value }) => !isPinned(value));
        if (loose) context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
      },
    };
  },
});

const valueFlags = [
  "C",
  "o",
  "tags",
  "ldflags",
  "gcflags",
  "asmflags",
  "mod",
  "modfile",
  "p",
  "exec",
  "overlay",
  "pkgdir",
  "toolexec",
];

function packagesOf(command: Command): readonly ShellWord[] {
  const [action, ...words] = operands(command, { valueFlags });
  if (action?.value === "run") return words.slice(0, 1).filter(({ value }) => !value.endsWith(".go"));
  return action?.value === "install" || action?.value === "get" ? words.filter(({ value }) => value !== "tool") : [];
}

function isPinned(name: string): boolean {
  if (/^[./]/.test(name) || name === "all" || name === "cmd" || name === "std") return true;
  return name.includes("@") && !/@(latest|none)$/.test(name);
}
