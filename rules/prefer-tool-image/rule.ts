import type { Instruction } from "@stagewright/ast";
import {
  type Command,
  commandsOf,
  createRule,
  endOfLifeDate,
  type FixFunction,
  type Place,
  releasesOf,
  type Stage,
} from "@stagewright/core";
import { downloadsOf } from "../shared/downloads.ts";
import { startWords } from "../shared/final-image.ts";
import { cutOf } from "./cut.ts";
import { type Tool, tools } from "./tools.ts";

export default createRule<"copyTool" | "copyFolder" | "copyInstead">({
  name: "prefer-tool-image",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Copy a tool from its image instead of downloading it",
      why: "Many tools are published as images that hold little else. `COPY --from=composer:2 /usr/bin/composer /usr/local/bin/` needs no curl, no unpacking and no choice of an architecture, its version can be pinned by digest, and a registry's cache keeps it near.\n\nA tool that is one static file can be copied anywhere. Others need what their image has: composer needs PHP, node the same C library, so take them from the variant for your distribution. An image is one more thing to trust, which is yours to decide, so the rule is in the preset `strict` alone.",
      category: "reproducibility",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM debian:13\nRUN curl -fsSLo /usr/local/bin/kubectl https://dl.k8s.io/release/v1.31.2/bin/linux/amd64/kubectl && chmod +x /usr/local/bin/kubectl\n",
          good: "FROM debian:13\nCOPY --from=registry.k8s.io/kubectl:v1.31.2 /bin/kubectl /usr/local/bin/kubectl\n",
        },
      ],
    },
    messages: {
      copyTool: "`{{tool}}` is downloaded here; it can be copied with `COPY --from={{image}} {{path}}`.",
      copyFolder: "`{{tool}}` is downloaded here; the image `{{image}}` has it in `{{path}}`, to copy or to build on.",
      copyInstead: "Copy it from `{{image}}`, if that image has this version for your platforms.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        for (const stage of facts.stages.all) {
          const reported = new Set<string>();
          for (const node of stage.instructions) {
            for (const { url, place, command } of urlsOf(node)) {
              const text = withValues(url, node);
              const tool = isOfDigest(text) ? undefined : tools.find((each) => each.url.test(text));
              // An image of the tool itself has to come from somewhere.
              if (!tool || starts(stage, tool)) continue;
              report(tool, text, place, node, command, reported);
            }
          }
        }
      },
    };

    function starts(stage: Stage, { name }: Tool): boolean {
      const words = startWords(facts.stages.chain(stage), facts) ?? [];
      return words.some((word) => word.split("/").at(-1) === name);
    }

    function report(
      tool: Tool,
      url: string,
      place: Place,
      node: Instruction,
      command: Command | null,
      reported: Set<string>,
    ) {
      const { path } = tool;
      if (isFolder(tool) && removes(node, tool)) return;
      const version = versionIn(tool, url, node);
      if (version === undefined) return;
      const image = imageOf(tool, version, url, node);
      if (image === null || reported.has(image)) return;
      reported.add(image);
      const fix = version === null || !tool.static || !command ? null : replacement(tool, image, node, command);
      context.report({
        node: place,
        messageId: isFolder(tool) ? "copyFolder" : "copyTool",
        data: { tool: tool.name, image, path },
        suggest: fix ? [{ messageId: "copyInstead", data: { image }, fix }] : [],
      });
    }

    /** A COPY in place of the part of a RUN that downloads the tool; before the RUN, since what is left of it may use the tool. */
    function replacement(tool: Tool, image: string, node: Instruction, command: Command): FixFunction | null {
      const script = facts.script(node);
      const { user } = facts.state(node);
      // A COPY belongs to root, and so would have to be said whom the file is to belong to.
      if (node.type !== "Run" || !script || (user !== null && !/^(?:root|0)(?::|$)/.test(user))) return null;
      const cut = cutOf(node, script, command, tool.name, context.sourceCode.text);
      if (!cut) return null;
      const copy = `${isLower(node) ? "copy" : "COPY"} --from=${image} ${tool.path} ${cut.target}`;
      const { range } = cut;
      if (range === null) return (fixer) => fixer.replaceText(node, copy);
      return (fixer) => [fixer.insertTextBefore(node, `${copy}\n`), fixer.removeRange(range)];
    }

    /** It is there for this RUN alone, and a COPY would keep it. */
    function removes(node: Instruction, { name }: Tool): boolean {
      return facts
        .effects(node)
        .commands.some(
          ({ command, removes }) =>
            command.name === "rm" && removes.some(({ path }) => path !== null && path.split("/").at(-1) === name),
        );
    }

    /** `null` where the image has no such version, or it is not known which is fetched. */
    function imageOf(tool: Tool, version: string | null, url: string, node: Instruction): string | null {
      if (version !== null) {
        return hasTag(tool, version) ? `${tool.image}:${tool.tag[0]}${version}${tool.tag[1]}` : null;
      }
      // `sh -s v1.2` tells the script which version.
      const script = node.type === "Run" ? (facts.script(node)?.text?.value ?? "") : "";
      if (!tool.newest?.url.test(url) || /\|[^|]*\b(?:ba|da|z)?sh\s+-s\s/.test(script)) return null;
      if (tool.name === "composer") return hasOldPhp(node) ? "composer:2.2" : tool.newest.image;
      return tool.name === "wp" && hasOldPhp(node) ? null : tool.newest.image;
    }

    /** As the URL says, or what composer's installer is told, which may be in a later RUN. `undefined` where a version is wanted that is not known. */
    function versionIn(tool: Tool, url: string, node: Instruction): string | null | undefined {
      const written = tool.url.exec(url)?.groups?.["version"];
      if (written !== undefined || tool.name !== "composer") return written ?? null;
      const all = facts.stages.of(node)?.instructions ?? [];
      const later = all
        .slice(all.indexOf(node))
        .flatMap((each) => (each.type === "Run" ? (facts.script(each) ?? []) : []));
      for (const { text, commands } of later) {
        if (commands.some(({ name }) => name === "hhvm")) return undefined;
        for (const line of (text?.value ?? "").split(/&&|;|\n/)) {
          if (!/php|getcomposer/.test(line)) continue;
          const [, value, major] = /\s--version[= ]["']?([^\s"']+)|\s--([12](?:\.2)?)(?:\s|$)/.exec(line) ?? [];
          if (value !== undefined || major !== undefined) return plain(withValues(value ?? major ?? "", node));
        }
      }
      return null;
    }

    /** Composer 2.2 is the last that runs on PHP before 7.2, which systems at their end of life may have. */
    function hasOldPhp(node: Instruction): boolean {
      const stage = facts.stages.all.find(({ instructions }) => instructions.includes(node));
      const root = stage && facts.stages.chain(stage).at(-1);
      if (stage && facts.packages(stage).added.some(({ name }) => /^php-?(?:5|7\.?[01])(?:\D|$|\d)/.test(name)))
        return true;
      const image = root ? facts.base(root.from).image : null;
      if (!image?.tag) return false;
      if (image.familiar === "php") return /^(?:5|7\.[01])(?:\D|$)/.test(image.tag);
      return releasesOf(`docker.io/library/${image.familiar}`, image.tag).some(
        ({ release: [, lastDay] }) => lastDay !== null && lastDay < endOfLifeDate,
      );
    }

    function urlsOf(node: Instruction): readonly { url: string; place: Place; command: Command | null }[] {
      if (node.type === "Add")
        return node.sources.flatMap((source) =>
          source.value.includes("://") ? [{ url: source.value, place: source, command: null }] : [],
        );
      if (node.type !== "Run") return [];
      return commandsOf(facts.script(node), fetchers).flatMap((command) =>
        fetched(command).map(({ url, word }) => ({ url, place: word, command })),
      );
    }

    /** With variables of the file put in, as far as their values are known. */
    function withValues(url: string, node: Instruction): string {
      if (!url.includes("$")) return url;
      const state = facts.state(node);
      const script = facts.script(node)?.text?.value ?? "";
      return url.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => {
        const assigned = script.includes(`${name}=`)
          ? new RegExp(`(?:^|[\\s;&])${name}=["']?([\\w.-]+)`).exec(script)?.[1]
          : undefined;
        return assigned ?? state.env.get(name) ?? state.args.get(name) ?? whole;
      });
    }
  },
});

/** Not git, which fetches sources. */
const fetchers = ["curl", "wget", "aria2c", "php"];

/** PHP's `copy('https://getcomposer.org/installer', ...)` fetches as well. */
function fetched(command: Command) {
  if (command.name === "php") {
    return command.args.flatMap((word) => {
      const url = /https?:\/\/[^'"\s)]+/.exec(word.value)?.[0];
      return url === undefined ? [] : [{ url, word }];
    });
  }
  const downloads = downloadsOf(command);
  if (command.name !== "curl" && command.name !== "wget") return downloads;
  // `curl -sS getcomposer.org/installer` goes without a scheme.
  const bare = command.args.filter(({ value }) => /^[\w-]+(?:\.[\w-]+)+\/\S*$/.test(value) && !value.includes("://"));
  return [...downloads, ...bare.map((word) => ({ url: word.value, word }))];
}

/** The image has a tag for it. */
function hasTag({ since }: Tool, version: string): boolean {
  if (since === undefined) return true;
  const [a, b] = [version, since].map((each) => each.split(".").map(Number)) as [number[], number[]];
  const index = b.findIndex((part, at) => (a[at] ?? 0) !== part);
  return index === -1 || (a[index] ?? 0) > (b[index] ?? 0);
}

const isFolder = ({ name }: Tool): boolean => ["node", "go", "maven", "gradle", "conda"].includes(name);

const plain = (version: string): string | undefined => /^v?(\d+(?:\.\d+)*)$/.exec(version)?.[1];

const isOfDigest = (url: string): boolean => /SHA(?:256|512)SUMS|\.(?:asc|sig|md5|sha\d+(?:sum)?)$/i.test(url);

const isLower = ({ keyword }: Instruction): boolean => keyword.value === keyword.value.toLowerCase();
