import { buildOf, createRule, isNativePackage, packageKind, type ShellWord } from "@stagewright/core";
import { finalImage } from "../shared/final-image.ts";
import { pipInstall } from "../shared/pip.ts";

export default createRule<"useVenv">({
  name: "prefer-venv-stage",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Install Python packages that are compiled in a stage of their own",
      why: "Packages with parts in C need a compiler and headers when pip installs them, and neither when they run. A virtual environment is one folder: make it in a stage that has the compiler, copy it into the image, and put its `bin` on the PATH.\n\nNothing is said where the image starts nothing, or compiles something else as well. `no-build-tools-in-image` points at the packages that stay; this rule points at the pip that needed them, and says what to do for Python. A RUN that removes its compiler again is a matter for `prefer-builder-stage`.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: 'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ["app"]\n',
          good: 'FROM python:3.13-slim AS build\nRUN apt-get update && apt-get install -y gcc libpq-dev\nRUN python -m venv /opt/venv\nCOPY requirements.txt .\nRUN /opt/venv/bin/pip install -r requirements.txt\n\nFROM python:3.13-slim\nRUN apt-get update && apt-get install -y libpq5\nCOPY --from=build /opt/venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nCMD ["app"]\n',
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
        const image = finalImage(facts);
        const { final } = facts.stages;
        if (!image || !final) return;
        // Debian's pip brings a compiler along. The headers of the system's Python are not those of the one that the image brings.
        const root = image.chain.at(-1);
        const ownPython = root && facts.base(root.from).image?.familiar === "python";
        // What a RUN removes again is a matter for others.
        const compiler = facts
          .packages(final)
          .left.find(
            ({ name, family, removal }) =>
              removal === null && (isCompiler(name) || (!ownPython && family === "apt" && isHeaders(name))),
          );
        if (!compiler || !image.startsProgram) return;
        const { commands } = image;
        // The compiler is for something else as well.
        if (commands.some((command) => ["native", "program"].includes(buildOf(command)?.kind ?? ""))) return;
        const pip = commands.find((command) => {
          const install = pipInstall(command);
          return install && mayCompile(install.packages) && command.range[0] > compiler.word.range[0];
        });
        if (!pip) return;
        context.report({
          node: pip,
          messageId: "useVenv",
          data: { package: compiler.text },
          related: [{ range: compiler.word.range, loc: compiler.word.loc, message: "This stays in the image." }],
        });
      },
    };
  },
});

const isCompiler = (name: string): boolean =>
  /^(?:gcc|g\+\+|gcc-c\+\+|gfortran|build-essential|build-base|alpine-sdk|clang|musl-dev|libc-dev|libc6-dev)\b/.test(
    name,
  );

const isHeaders = (name: string): boolean => packageKind(name) === "language-headers" && name.startsWith("python");

/** A list in a file may name anything; of packages that are named here, it has to be known that they have parts in C. */
const mayCompile = (packages: readonly ShellWord[]): boolean =>
  packages.length === 0 || packages.some(({ value }) => isNativePackage(value));
