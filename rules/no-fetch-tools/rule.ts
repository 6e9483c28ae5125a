import { type Command, createRule } from "@stagewright/core";
import { downloadsOf } from "../shared/downloads.ts";
import { isForPeople } from "../shared/for-people.ts";
import { commandWords, finalImage, type FinalImage } from "../shared/final-image.ts";

export default createRule<"fetchElsewhere">({
  name: "no-fetch-tools",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Do not leave curl, wget or git in an image that only downloads with them",
      why: "A program that fetches files from anywhere is what an intruder looks for first, and it brings libraries along that have to be kept up to date. Fetch with `ADD --checksum`, or in a stage of its own from which the result is copied, and the image needs none of them.\n\nThe rule looks at the Dockerfile alone: an application or a script that calls `curl` itself cannot be seen, so it says nothing where a script is started, and is in the preset `strict` alone.",
      category: "security",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSLo /usr/local/bin/app https://example.com/app-1.2 && chmod +x /usr/local/bin/app\nCMD ["app"]\n',
          good: 'FROM debian:13\nADD --checksum=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --chmod=755 https://example.com/app-1.2 /usr/local/bin/app\nCMD ["app"]\n',
        },
      ],
    },
    messages: {
      fetchElsewhere:
        "`{{tool}}` stays in the image, and only {{lines}} with it; use ADD, or download in a stage of its own.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const image = finalImage(facts);
        const { final } = facts.stages;
        if (!image || !final) return;
        const { left } = facts.packages(final);
        // What a later RUN removes is a matter for `no-late-purge`.
        const installed = left.filter(
          ({ name, removal, group }) => tools.has(name) && removal === null && !/persist|run/.test(group ?? ""),
        );
        if (installed.length === 0 || isForPeople(left)) return;
        const { start, commands } = image;
        if (!start || startsUnknown(start)) return;
        const atRunTime = runTimeText(image, start);
        const reported = new Set<string>();
        for (const { name: tool, word } of installed) {
          const uses = commands.filter(({ name }) => name === tool);
          const [first] = uses;
          if (reported.has(tool) || !first || !uses.every(isDownload) || atRunTime.includes(tool)) continue;
          if (tool === "git" && mayUse(start, commands)) continue;
          reported.add(tool);
          context.report({
            node: word,
            messageId: "fetchElsewhere",
            data: { tool, lines: linesOf(uses.map(({ loc }) => loc.start.line)) },
            related: [{ range: first.range, loc: first.loc, message: "This downloads with it." }],
          });
        }
      },
    };

    function runTimeText({ chain }: FinalImage, start: readonly string[]): string {
      const checks = chain.flatMap(({ instructions }) =>
        instructions.flatMap((node) =>
          node.type === "Healthcheck" || node.type === "Onbuild" ? [context.sourceCode.getText(node)] : [],
        ),
      );
      return [...start, ...checks].join(" ");
    }
  },
});

const tools: ReadonlySet<string> = new Set(["curl", "wget", "git"]);

const isDownload = (command: Command): boolean =>
  downloadsOf(command).length > 0 || (command.name === "git" && commandWords(command).includes("submodule"));

/** What runs from a clone that keeps its `.git` may update itself with git, and composer fetches packages with it. */
const mayUse = (start: readonly string[], commands: readonly Command[]): boolean =>
  commands.some(({ path, args }) => /composer/.test(path) || args.some(({ value }) => /composer/.test(value))) ||
  (start.some((word) => interpreter.test(word) || /\.(?:py|php|rb|js|pl)$/.test(word)) &&
    !commands.some(({ name, args }) => name === "rm" && args.some(({ value }) => /(?:^|\/)\.git\/?$/.test(value))));

const interpreter = /(?:^|\/)(?:python|php|ruby|irb|node|nodejs|perl|bundle|rails|flask|gunicorn|uwsgi)[\d.]*$/;

/** A script may call anything; a shell or a package manager is there for people. */
const startsUnknown = (words: readonly string[]): boolean =>
  (words.length === 1 && interpreter.test(words[0] ?? "")) ||
  words.some(
    (word, index) =>
      /\.(?:sh|bash)\b/.test(word) ||
      ((index === 0 || word.includes("/")) &&
        /(?:^|\/)(?:entrypoint|docker-entrypoint|start(?:up)?(?:[-_]\w+)?|run|(?:[\w-]+[-_])?init|init[-_]\w+|systemd|boot\w*|launch\w*|supervisord?|s6-\w+|runsvdir|forego|foreman|honcho|(?:[\w-]+-)?agent|[\w-]*runner)$/.test(
          word,
        )) ||
      /(?:^|\/)(?:sh|bash|ash|zsh|login|npm|yarn|make|jupyter\S*|sshd|cron|crond|tail|sleep|git)$/.test(word) ||
      // A server for development.
      (index === 0 && /^(?:ionic|ng|ember|expo|hugo|jekyll|gatsby|nodemon)$/.test(word)),
  );

function linesOf(lines: readonly number[]): string {
  const [first, ...more] = [...new Set(lines)];
  return more.length === 0 ? `line ${first} downloads` : `line ${first} and ${more.length} more download`;
}
