import type { Run } from "@stagewright/ast";
import { type Command, createRule } from "@stagewright/core";
import { downloadsOf } from "../shared/downloads.ts";
import { finalImage, type FinalImage, startsProgram } from "../shared/final-image.ts";
import { packageChange } from "../shared/system-packages.ts";

export default createRule<"useStage">({
  name: "prefer-source-stage",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Build downloaded sources in a stage of their own",
      why: "A program that is downloaded as source and installed with `make install` needs a compiler, headers and its sources, none of which it needs later. In a stage of its own the install can go below one folder (`--prefix=/opt/app`, or `make install DESTDIR=/out`), and the image takes that folder with `COPY --from`.\n\nImages that start nothing, or a shell, are made to hold tools, so nothing is said of them. `no-build-tools-in-image` points at the packages that stay; this rule points at the install that brought them. A RUN that removes its packages again is a matter for `prefer-builder-stage`.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: 'FROM debian:13\nRUN curl -fsSL https://example.com/app-1.2.tar.gz | tar -xz && cd app-1.2 && ./configure --prefix=/opt/app && make && make install\nCMD ["/opt/app/bin/app"]\n',
          good: 'FROM debian:13 AS build\nRUN curl -fsSL https://example.com/app-1.2.tar.gz | tar -xz && cd app-1.2 && ./configure --prefix=/opt/app && make && make install\n\nFROM debian:13\nCOPY --from=build /opt/app /opt/app\nCMD ["/opt/app/bin/app"]\n',
        },
      ],
    },
    messages: {
      useStage:
        "This installs a program from sources that are downloaded; build it in a stage of its own and copy `{{prefix}}`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const image = finalImage(facts);
        if (!image || !startsProgram(image.chain, facts)) return;
        let downloaded = downloadsByAdd(image);
        for (const run of image.runs) {
          const commands = facts.script(run)?.commands ?? [];
          for (const command of commands) {
            downloaded ||= downloadsOf(command).some(({ url }) => command.name === "git" || isSource(url));
            if (!downloaded || !installs(command) || removesPackages(run)) continue;
            // Only a folder of its own can be copied; below /usr it is not known what else is there.
            const prefix = prefixOf(commands);
            if (prefix === null) continue;
            context.report({
              node: command,
              messageId: "useStage",
              data: { prefix },
            });
            return;
          }
        }
      },
    };

    function removesPackages(run: Run): boolean {
      return (facts.script(run)?.commands ?? []).some((command) => packageChange(command)?.kind === "remove");
    }
  },
});

const isSource = (url: string): boolean =>
  /\.(?:tar\.\w+|tgz|tbz2?|txz|zip)\b|\/(?:archive|tarball|zipball)\//i.test(url);

const downloadsByAdd = ({ copies }: FinalImage): boolean =>
  copies.some(
    ({ type, sources }) => type === "Add" && sources.some(({ value }) => value.includes("://") && isSource(value)),
  );

function installs({ name, args }: Command): boolean {
  const words = args.map(({ value }) => value);
  if (name === "cmake") return words.includes("--install");
  return (
    name !== null &&
    ["make", "gmake", "ninja", "meson", "checkinstall"].includes(name) &&
    words.some((word) => /^(?:alt)?install(?:[-_](?:strip|bin|headers|shared|static))?$/.test(word))
  );
}

/** Where the sources were told to install to; `null` when they were not told, or a variable says so. */
function prefixOf(commands: readonly Command[]): string | null {
  const words = commands.flatMap(({ args }) => args);
  for (const { value } of words) {
    const prefix = /^(?:--prefix=|-DCMAKE_INSTALL_PREFIX(?::PATH)?=|PREFIX=)(\/[^$\s]*)$/.exec(value)?.[1];
    if (prefix !== undefined && !/^\/(?:usr(?!\/local\/.).*|[^/]*\/?)$/.test(prefix)) return prefix;
  }
  return null;
}
