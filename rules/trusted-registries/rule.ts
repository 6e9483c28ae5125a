import { createRule, type ImageUse } from "@stagewright/core";

interface Options {
  readonly literal: boolean;
  readonly syntax: boolean;
}

export default createRule<"untrusted", Options>({
  name: "trusted-registries",
  meta: {
    type: "problem",
    schema: [
      {
        type: "object",
        properties: {
          literal: { type: "boolean", description: "Compare the text as written, as hadolint does" },
          syntax: { type: "boolean", description: "Also the image of `# syntax=`" },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ literal: false, syntax: false }],
    docs: {
      description: "Use images of trusted registries only",
      why: "Whoever owns a base image owns what you build on it. List the registries that you trust in `settings.trustedRegistries`; without that list this rule says nothing. An entry is a host (`ghcr.io`), a host with its port (`localhost:5000`), a host with a path (`ghcr.io/acme`), or has a `*` at one end (`*.corp.example`). `docker.io` also stands for images without a registry and for the other names of Docker Hub.",
      category: "security",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3026", match: "same", options: { literal: true } }],
      examples: [
        {
          bad: "FROM quay.io/someone/app:1\n",
          good: "FROM ghcr.io/acme/app:1\n",
          settings: { trustedRegistries: ["docker.io", "ghcr.io/acme"] },
        },
      ],
    },
    messages: {
      untrusted: "`{{image}}` comes from `{{registry}}`; trusted {{trusted}}.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ literal, syntax }] = context.options;
    const trusted = context.settings.trustedRegistries ?? [];
    if (trusted.length === 0) return {};
    const isTrusted = literal ? isTrustedText : isTrustedImage;
    return {
      "Dockerfile:exit"() {
        for (const use of facts.images) {
          if (use.where === "syntax" && !syntax) continue;
          if (trusted.some((entry) => isTrusted(use, entry))) continue;
          const registry = use.resolved?.registry ?? use.node?.registry?.value ?? "docker.io";
          const names = trusted.map((entry) => `\`${entry}\``);
          const list = names.length === 1 ? `is only ${names.join("")}` : `are ${names.join(", ")}`;
          context.report({ node: use, messageId: "untrusted", data: { image: use.text, registry, trusted: list } });
        }
      },
    };
  },
});

const hubNames = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com",
  "hub.docker.com",
]);

/** What cannot be known is trusted: a variable without a value, unless its registry is written out. */
function isTrustedImage({ resolved, node }: ImageUse, entry: string): boolean {
  const registry = resolved?.registry ?? (node?.registry?.value.includes("$") ? null : node?.registry?.value);
  if (registry === null || registry === undefined) return true;
  const slash = entry.indexOf("/");
  const host = slash < 0 ? entry : entry.slice(0, slash);
  if (!matches(canonical(registry), canonical(host))) return false;
  const path = slash < 0 ? "" : entry.slice(slash + 1).replace(/\/?\*?$/, "");
  return path === "" || resolved === null || `${resolved.repository}/`.startsWith(`${path}/`);
}

/** Lower case, one name for Docker Hub, no `:443`. */
function canonical(host: string): string {
  const name = host.toLowerCase().replace(/:443$/, "");
  return hubNames.has(name) ? "docker.io" : name;
}

/** hadolint: a registry has a dot, everything else is of Docker Hub, variables and stage numbers included. */
function isTrustedText({ text }: ImageUse, entry: string): boolean {
  const [first = "", ...rest] = text.split("/");
  const registry = rest.length > 0 && first.includes(".") ? first : null;
  return registry === null ? ["docker.io", "hub.docker.com", "*"].includes(entry) : matches(registry, entry);
}

function matches(registry: string, entry: string): boolean {
  if (entry === "*") return true;
  if (entry.startsWith("*")) return registry.endsWith(entry.slice(1));
  return entry.endsWith("*") ? registry.startsWith(entry.slice(0, -1)) : registry === entry;
}
