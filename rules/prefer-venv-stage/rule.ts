import { createRule, packageKind, type ShellWord } from "@stagewright/core";
import { finalImage } from "../shared/final-image.ts";
import { pipInstall } from "../shared/pip.ts";
import { packageChanges } from "../shared/system-packages.ts";

export default createRule<"useVenv">({
  name: "prefer-venv-stage",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Install Python packages that are compiled in a stage of their own",
      why: "Packages with parts in C need a compiler and headers when pip installs them, and neither when they run. A virtual environment is one folder: make it in a stage that has the compiler, copy it into the image, and put its `bin` on the PATH.\n\n`no-build-tools-in-image` points at the packages that stay; this rule points at the pip that needed them, and says what to do for Python. A RUN that removes its compiler again is a matter for `prefer-builder-stage`.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n",
          good: 'FROM python:3.13-slim AS build\nRUN apt-get update && apt-get install -y gcc libpq-dev\nRUN python -m venv /opt/venv\nCOPY requirements.txt .\nRUN /opt/venv/bin/pip install -r requirements.txt\n\nFROM python:3.13-slim\nRUN apt-get update && apt-get install -y libpq5\nCOPY --from=build /opt/venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n',
        },
      ],
    },
    messages: {
      useVenv:
        "pip needs `{{package}}` only while it installs; fill a virtual environment in a stage of its own and copy that.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        let compiler: ShellWord | null = null;
        for (const run of finalImage(facts)?.runs ?? []) {
          const script = facts.script(run);
          const changes = packageChanges(script);
          // What the RUN removes again does not stay.
          if (changes.some(({ kind }) => kind === "remove")) continue;
          compiler ??= changes.flatMap(({ words }) => words).find(({ value }) => isCompiler(value)) ?? null;
          const pip = (script?.commands ?? []).find((command) => {
            const install = pipInstall(command);
            return install && !onlyTools(install.packages);
          });
          if (!compiler || !pip) continue;
          context.report({
            node: pip,
            messageId: "useVenv",
            data: { package: compiler.value },
            related: [{ range: compiler.range, loc: compiler.loc, message: "This stays in the image." }],
          });
          return;
        }
      },
    };
  },
});

function isCompiler(name: string): boolean {
  const kind = packageKind(name);
  return (
    (kind === "toolchain" && !/^(?:make|cmake)$/.test(name)) || (kind === "language-headers" && /^python/.test(name))
  );
}

/** `pip install --upgrade pip setuptools` compiles nothing. */
const onlyTools = (packages: readonly ShellWord[]): boolean =>
  packages.length > 0 &&
  packages.every(({ value }) => /^(?:pip|setuptools|wheel|virtualenv|pipenv|poetry|uv)\b/.test(value));
