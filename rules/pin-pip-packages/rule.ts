import { createRule } from "@stagewright/core";
import { pipInstall } from "../shared/pip.ts";

export default createRule<"pin">({
  name: "pin-pip-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that pip installs",
      why: "Without a version the same line installs something else next month. A requirements file or a constraints file with versions is as good.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3013", match: "same" }],
      examples: [
        {
          bad: "FROM python:3.13\nRUN pip install --no-cache-dir flask\n",
          good: "FROM python:3.13\nRUN pip install --no-cache-dir flask==3.1.0\n",
        },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const command of facts.script(node)?.commands ?? []) {
          const install = pipInstall(command);
          if (!install || install.values.some(isFromFile)) continue;
          const loose = install.packages.find(({ value }) => !isPinned(value));
          if (!loose) continue;
          context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
          return;
        }
      },
    };
  },
});

/** Requirements, constraints, and the project itself say their versions elsewhere. */
const isFromFile = (word: string) =>
  word === "." ||
  word === "-r" ||
  word.startsWith("--requirement") ||
  /^(-c|--constraint)/.test(word) ||
  /^-[a-zA-Z]*c$/.test(word);

function isPinned(name: string): boolean {
  const isRepository = /^(git|hg|svn|bzr)(\+\w+)?:\/\/|^(git|hg|svn|bzr)\+/.test(name);
  if (isRepository) return name.includes("@");
  return /[<>!=~]=|[<>]|===/.test(name) || /\.(whl|tar\.gz)$/.test(name) || name.includes("/");
}
