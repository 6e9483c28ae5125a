import type { Instruction, Range } from "@stagewright/ast";
import type { SourceCode } from "../source-code.ts";
import type { ImageUse, ParsedImage, StageGraph, Variables } from "./types.ts";

const host =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const pathPart = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * Reads an image reference by the grammar of the OCI distribution reference and puts in what Docker does (github.com/distribution/reference):
 * `docker.io` and `library/` for short names. `null` for what is none. The tag is not put in.
 */
export function parseImage(text: string): ParsedImage | null {
  if (/^[a-f0-9]{64}$/.test(text)) return null;
  const at = text.indexOf("@");
  const digest = at === -1 ? null : text.slice(at + 1);
  const named = at === -1 ? text : text.slice(0, at);
  const slash = named.lastIndexOf("/");
  const colon = named.lastIndexOf(":");
  const tag = colon > slash ? named.slice(colon + 1) : null;
  const name = tag === null ? named : named.slice(0, colon);
  if ((tag !== null && !tagForm.test(tag)) || (digest !== null && !digestForm.test(digest))) return null;
  if (digest?.startsWith("sha256:") && digest.length !== 71) return null;
  const { registry, path } = splitRegistry(name);
  if (
    !host.test(registry) ||
    path.length + registry.length + 1 > 255 ||
    !path.split("/").every((part) => pathPart.test(part))
  )
    return null;
  const official = registry === "docker.io" && !path.includes("/");
  const repository = official ? `library/${path}` : path;
  return { registry, repository, familiar: familiarName(registry, repository), tag, digest };
}

/** What stands before the first slash is a registry when it looks like a host. */
function splitRegistry(name: string): { registry: string; path: string } {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  if (slash === -1 || !isHost) return { registry: "docker.io", path: name };
  return { registry: first === "index.docker.io" ? "docker.io" : first, path: name.slice(slash + 1) };
}

function familiarName(registry: string, repository: string): string {
  if (registry !== "docker.io") return `${registry}/${repository}`;
  const [first, second, ...more] = repository.split("/");
  return first === "library" && second !== undefined && more.length === 0 ? second : repository;
}

/** A reference in full, with the tag `latest` where it has neither tag nor digest. */
export function formatImage({ registry, repository, tag, digest }: ParsedImage): string {
  const version =
    tag === null && digest === null
      ? ":latest"
      : `${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
  return `${registry}/${repository}${version}`;
}

/** Every place where an image stands; names of stages and `scratch` are none. */
export function findImages(sourceCode: SourceCode, stages: StageGraph, variables: Variables): readonly ImageUse[] {
  const uses: ImageUse[] = [];
  const add = (
    where: ImageUse["where"],
    instruction: Instruction | null,
    text: string,
    range: Range,
    rest: Pick<ImageUse, "node" | "resolved">,
  ) => {
    const platform = instruction?.type === "From" ? platformOf(instruction, variables) : null;
    const request = rest.resolved && { kind: "image" as const, reference: formatImage(rest.resolved), platform };
    uses.push({ where, instruction, text, range, loc: sourceCode.locate(range), ...rest, request });
  };
  for (const { name, value, valueRange } of sourceCode.ast.directives) {
    if (name !== "syntax") continue;
    const [text = ""] = value.split(/\s/);
    add("syntax", null, text, [valueRange[0], valueRange[0] + text.length], { node: null, resolved: parseImage(text) });
  }
  for (const stage of stages.all) {
    const { image } = stage.from;
    if (image && stage.base.kind === "image") {
      const text = variables.expand(image.word, stage.from);
      add("from", stage.from, image.word.value, image.range, {
        node: image,
        resolved: text === null ? null : parseImage(text),
      });
    }
    for (const use of stage.uses) {
      if (use.target || use.byIndex || use.text.includes("$") || use.text.toLowerCase() === stage.name) continue;
      const where = use.instruction.type === "Copy" ? "copy" : "mount";
      add(where, use.instruction, use.text, use.range, { node: null, resolved: parseImage(use.text) });
    }
  }
  return uses.sort((a, b) => a.range[0] - b.range[0]);
}

function platformOf(from: Extract<Instruction, { type: "From" }>, variables: Variables): string | null {
  const word = from.flags.find(({ name }) => name === "platform")?.value;
  return word ? variables.expand(word, from) : null;
}
