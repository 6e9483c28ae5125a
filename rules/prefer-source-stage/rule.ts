import type { Run } from "@stagewright/ast";
import { type AddedPackage, type Command, createRule, isInteractive } from "@stagewright/core";
import { downloadsOf } from "../shared/downloads.ts";
import { isForPeople } from "../shared/for-people.ts";
import { finalImage, type FinalImage } from "../shared/final-image.ts";

export default createRule<"useStage" | "useDestdir">({
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
      useDestdir:
        "This installs a program from sources that are downloaded, and `{{package}}` stays for it; build it in a stage of its own with `DESTDIR=/out`, and copy `/out`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const image = finalImage(facts);
        if (!image || !image.startsProgram) return;
        let downloaded = downloadsByAdd(image);
        for (const run of image.runs) {
          const commands = facts.script(run)?.commands ?? [];
          for (const command of commands) {
            downloaded ||= downloadsOf(command).some(({ url }) => command.name === "git" || isSource(url));
            if (!downloaded || !installs(command) || removesPackages(run)) continue;
            const prefix = prefixOf(commands);
            // Below /usr it is not known what else is there, but what takes a DESTDIR says what it installs.
            const compiler = prefix === null && takesDestdir(commands) ? compilerOf(image) : undefined;
            if (prefix === null && !compiler) continue;
            context.report({
              node: command,
              ...(compiler
                ? { messageId: "useDestdir", data: { package: compiler.text } }
                : { messageId: "useStage", data: { prefix: prefix ?? "" } }),
            });
            return;
          }
        }
      },
    };

    function compilerOf({ chain }: FinalImage): AddedPackage | undefined {
      const [final] = chain;
      if (!final) return undefined;
      const { left } = facts.packages(final);
      const root = facts.base((chain.at(-1) ?? final).from).image;
      if (isForPeople(left) || (root && isInteractive(root))) return undefined;
      const tools = left.filter(({ kind, removal }) => kind === "toolchain" && removal === null);
      return tools.find(({ name }) => isCompiler.test(name)) ?? tools[0];
    }

    function removesPackages(run: Run): boolean {
      return facts.effects(run).commands.some(({ packages }) => packages?.action === "remove");
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

/** The one folder that the sources were told to install to; `null` when they were not told, a variable says so, or it is not all. */
function prefixOf(commands: readonly Command[]): string | null {
  const words = commands.flatMap(({ args }) => args);
  for (const { value } of words) {
    const prefix = /^(?:--prefix=|-DCMAKE_INSTALL_PREFIX(?::PATH)?=|PREFIX=)(\/[^$\s]*)$/.exec(value)?.[1];
    if (prefix === undefined || /^\/(?:usr(?!\/local\/.).*|[^/]*\/?)$/.test(prefix)) continue;
    const elsewhere = words.some((word) => isOfPrograms.test(word.value) && !word.value.includes(`=${prefix}`));
    return elsewhere ? null : prefix;
  }
  return null;
}

/** The programs have a folder of their own, as with `--prefix=/etc/nginx --sbin-path=/usr/sbin/nginx`. */
const isOfPrograms = /^--(?:s?bin-path|s?bindir|exec-prefix)=\//;

const isCompiler = /^(?:build-essential|build-base|alpine-sdk|base-devel|development tools|gcc|g\+\+|clang)/i;

/** autotools, CMake and Meson install below a DESTDIR; a Makefile on its own may not, and those of PHP call it INSTALL_ROOT. */
const takesDestdir = (commands: readonly Command[]): boolean =>
  !commands.some(({ name, args }) => name === "phpize" || args.some(({ value }) => isOfPhp.test(value))) &&
  commands.some(
    ({ name, args }) =>
      name === "configure" ||
      name === "meson" ||
      (name === "cmake" && args.every(({ value }) => value !== "--install")),
  );

const isOfPhp = /php-src|\/php-\d|^--(?:enable-fpm|with-php-config|with-config-file-path)\b/;
