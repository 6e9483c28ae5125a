import type { Instruction, Location, Range, Run } from "@stagewright/ast";
import { buildOf, type Command, type CommandEffects, createRule, operands, type Stage } from "@stagewright/core";
import { buildVariables } from "../shared/build-variables.ts";
import { commonWork } from "../shared/common-work.ts";
import { contextPath } from "../shared/context-files.ts";
import { downloadsOf } from "../shared/downloads.ts";
import { commandText } from "../shared/final-image.ts";

interface Work {
  readonly kind: "build" | "download" | "install";
  /** Equal for work that gives the same. */
  readonly key: string;
  readonly range: Range;
  readonly loc: Location;
  readonly node: Instruction;
}

interface Repetition {
  readonly stage: Stage;
  readonly same: Work;
}

export default createRule<"copyBuild" | "copyDownload" | "copyInstall">({
  name: "no-repeated-work",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Copy from an earlier stage what it has built, downloaded or installed already",
      why: "A stage can take everything that an earlier one made with `COPY --from`. Where it builds, downloads or installs the same again, the build takes longer, its tools are needed twice, and the two results may differ.\n\nDownloads are the same by their URL, builds by their command and folder, installations by the list in the build context that they read, on the same kind of image. Both stages have to be part of one build. Of JavaScript, only dependencies without those for development count: with them, `no-dev-dependencies` knows better. What two stages of one base repeat word for word is a matter for `prefer-common-stage`.",
      category: "speed",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM debian:13 AS build\nRUN curl -fsSLo /tmp/app.tar.gz https://example.com/app-1.2.tar.gz\nRUN tar -xzf /tmp/app.tar.gz -C /opt\n\nFROM debian:13-slim\nRUN curl -fsSLo /tmp/app.tar.gz https://example.com/app-1.2.tar.gz\nCOPY --from=build /opt/app /opt/app\n",
          good: "FROM debian:13 AS build\nRUN curl -fsSLo /tmp/app.tar.gz https://example.com/app-1.2.tar.gz\nRUN tar -xzf /tmp/app.tar.gz -C /opt\n\nFROM debian:13-slim\nCOPY --from=build /opt/app /opt/app\n",
        },
      ],
    },
    messages: {
      copyBuild:
        "The stage `{{stage}}` runs the same build on line {{line}}; copy its result with `COPY --from={{stage}}`.",
      copyDownload:
        "The stage `{{stage}}` downloads this on line {{line}} already; copy it with `COPY --from={{stage}}`.",
      copyInstall:
        "The stage `{{stage}}` installs the same dependencies on line {{line}}; copy them with `COPY --from={{stage}}`.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { facts } = sourceCode;
    return {
      "Dockerfile:exit"() {
        const { all, chain } = facts.stages;
        if (all.length < 2) return;
        const works = new Map<Stage, readonly Work[]>();
        const worksOf = (stage: Stage): readonly Work[] => {
          let found = works.get(stage);
          if (!found) works.set(stage, (found = stage.instructions.flatMap(workOf)));
          return found;
        };
        for (const stage of all) {
          const parents = new Set(chain(stage));
          const earlier = all.slice(0, stage.index).filter((each) => !parents.has(each));
          if (earlier.length === 0) continue;
          for (const work of worksOf(stage)) {
            const found = repetition(stage, work, earlier, worksOf);
            if (found) report(work, found);
          }
        }
      },
    };

    function repetition(
      stage: Stage,
      work: Work,
      earlier: readonly Stage[],
      worksOf: (stage: Stage) => readonly Work[],
    ): Repetition | null {
      for (const each of earlier) {
        const same = worksOf(each).find(({ key }) => key === work.key);
        if (!same || !isBuiltWith(each, stage) || (work.kind === "install" && !isSameSystem(each, stage))) continue;
        if (!commonWork(sourceCode, each, stage).some(({ node }) => node === work.node)) return { stage: each, same };
      }
      return null;
    }

    function report(work: Work, { stage, same }: Repetition) {
      context.report({
        node: work,
        messageId: messages[work.kind],
        data: { stage: stage.name ?? stage.index, line: same.loc.start.line },
        related: [{ range: same.range, loc: same.loc, message: "The same." }],
      });
    }

    /** Some stage needs both, so that they are not two variants of which a build takes one. */
    function isBuiltWith(first: Stage, second: Stage): boolean {
      return facts.stages.all.slice(second.index).some((stage) => {
        const needed = neededBy(stage);
        return needed.has(first) && needed.has(second);
      });
    }

    /** What is installed on one of them runs on the other: the same image in the same version, both with glibc or both with musl. */
    function isSameSystem(first: Stage, second: Stage): boolean {
      const [a, b] = [first, second].map((stage) => {
        const root = facts.stages.chain(stage).at(-1) ?? stage;
        const { image } = facts.base(root.from);
        const tag = image?.tag ?? "";
        return image && `${image.familiar} ${/^[\d.]*/.exec(tag)?.[0] ?? ""} ${/alpine/.test(tag)}`;
      });
      return a !== null && a !== undefined && a === b;
    }

    function workOf(node: Instruction): readonly Work[] {
      if (node.type !== "Run") return [];
      const { commands } = facts.effects(node);
      return commands.flatMap((effects, index): Work[] => {
        const { command } = effects;
        const { range, loc } = command;
        const [download] = downloadsOf(command);
        if (download) {
          if (isForSystem(command, commands[index + 1]?.command)) return [];
          const key = downloadKey(download.url, effects, node);
          return [{ kind: "download", key, range: download.word.range, loc: download.word.loc, node }];
        }
        if (effects.cwd === null) return [];
        if (buildOf(command)?.kind === "program") {
          const key = `${effects.cwd} ${sourcesOf(node)} ${buildVariables(facts, node)} ${commandText(command)}`;
          return [{ kind: "build", key, range, loc, node }];
        }
        const key = installKey(effects, node);
        return key === null ? [] : [{ kind: "install", key, range, loc, node }];
      });
    }

    /** The URL with what is known put in; of git, what is checked out as well. Which system asks matters where the URL asks it. */
    function downloadKey(url: string, { command, words }: CommandEffects, run: Run): string {
      const known = words.flatMap(({ word, values }) => (word.value === url ? values : []))[0] ?? url;
      const checkouts = (facts.script(run)?.commands ?? []).filter(
        ({ name, args }) =>
          name === "git" &&
          command.name === "git" &&
          args.some(({ value }) => /^(?:checkout|fetch|reset)$/.test(value)),
      );
      const options = command.name === "git" ? [command, ...checkouts].map(commandText).join(" ") : "";
      const stage = facts.stages.of(run);
      const platform = /\$[({]?(?:uname|dpkg|TARGET)|\$\(/.test(known)
        ? (stage?.from.flags ?? []).map((flag) => sourceCode.text.slice(...flag.range))
        : [];
      return `${known} ${options} ${platform.join(" ")}`;
    }

    /** What it installs from: the list in the build context, with or without what is for development. */
    function installKey({ command, cwd }: CommandEffects, run: Run): string | null {
      const list = listOf(command);
      if (list === null || cwd === null) return null;
      const path = contextPath(
        facts,
        list.startsWith("/") ? list : `${cwd === "/" ? "" : cwd}/${list.replace(/^\.\//, "")}`,
        run,
      );
      if (path === null) return null;
      const words = command.args.map(({ value }) => value);
      const part = words.filter((word) => /prod|omit|only|include|dev|without|group|extra/.test(word)).sort();
      // With what is for development, an image should not have it at all.
      const isForProduction =
        facts.state(run).env.get("NODE_ENV") === "production" || part.some((word) => /prod|omit|only/.test(word));
      if (list.endsWith("package.json") && !isForProduction) return null;
      return `${command.name?.replace(/\d.*$/, "")} ${path} ${buildVariables(facts, run)} ${part.join(" ")}`;
    }

    /** What the stages of a RUN have copied so far: the same build of other sources makes something else. */
    function sourcesOf(run: Run): string {
      const stage = facts.stages.of(run);
      const all = stage ? facts.stages.chain(stage).toReversed() : [];
      const earlier = all.flatMap(({ instructions }) => instructions);
      return earlier
        .slice(0, earlier.indexOf(run))
        .flatMap((node) => (node.type === "Copy" || node.type === "Add" ? node.sources.map(({ value }) => value) : []))
        .join(" ");
    }

    /** What the build of a stage needs for certain; a FROM with a variable may mean any of several stages. */
    function neededBy(stage: Stage): ReadonlySet<Stage> {
      const found = new Set([stage]);
      for (const each of found) {
        if (each.base.kind === "stage") found.add(each.base.stage);
        for (const { target } of each.uses) if (target) found.add(target);
      }
      return found;
    }
  },
});

const messages = { build: "copyBuild", download: "copyDownload", install: "copyInstall" } as const;

/** A key or a script that sets up the package manager changes the system it runs on. */
function isForSystem({ context, args }: Command, next: Command | undefined): boolean {
  const piped = next?.context.pipeline.id === context.pipeline.id;
  return (
    (piped && next !== undefined && next.name !== "tar" && next.name !== "gunzip") ||
    args.some(({ value }) =>
      /\.(?:asc|gpg|key|pub|list|repo|rpm|deb|sh)$|\/(?:apt|yum\.repos\.d|keyrings)\//i.test(value),
    )
  );
}

const lists: Readonly<Record<string, readonly [actions: readonly string[], list: string]>> = {
  npm: [["install", "i", "ci"], "package.json"],
  yarn: [["install"], "package.json"],
  pnpm: [["install", "i"], "package.json"],
  bun: [["install", "i"], "package.json"],
  bundle: [["install"], "Gemfile"],
  composer: [["install"], "composer.json"],
  poetry: [["install"], "pyproject.toml"],
};

/** The file of the project that says what is installed; `null` where packages are named, or where they come from wheels that were built. */
function listOf({ name, args }: Command): string | null {
  const words = args.map(({ value }) => value);
  if (/^pip[\d.]*$/.test(name ?? "")) {
    if (words[0] !== "install" || words.some((word) => /^--(?:no-index|find-links|target|root)/.test(word)))
      return null;
    const files = words.flatMap((word, index) => (/^(?:-r|--requirement)$/.test(word) ? (words[index + 1] ?? []) : []));
    return files.length === 1 ? (files[0] ?? null) : null;
  }
  const manager = name !== null && Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (!manager || words.some((word) => /^(?:-g|--global|--prefix|--cwd|-C)/.test(word))) return null;
  const [action, ...packages] = operands({ args }).map(({ value }) => value);
  const installs = action === undefined ? name === "yarn" : manager[0].includes(action);
  return installs && packages.length === 0 ? manager[1] : null;
}
