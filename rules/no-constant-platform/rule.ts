import { createRule } from "@stagewright/core";
import { removeFlag } from "../shared/remove-flag.ts";

interface Options {
  readonly variables: "allow" | "only-known";
  readonly allowInName: boolean;
}

export default createRule<"removePlatform" | "dropFlag" | "useBuildPlatform", Options>({
  name: "no-constant-platform",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          variables: {
            enum: ["allow", "only-known"],
            description:
              "`allow`: any variable will do; `only-known`: only one whose name holds BUILDPLATFORM or TARGETPLATFORM",
          },
          allowInName: {
            type: "boolean",
            description: "Accept a platform that the stage's name mentions, such as `AS build-arm64`",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ variables: "allow", allowInName: true }],
    docs: {
      description: "Do not tie FROM to one platform",
      why: "`--platform=linux/amd64` makes an image that is emulated on every other machine, or does not start at all. Leave the choice to whoever builds, or use `$BUILDPLATFORM` for stages that cross-compile.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3029", match: "same", options: { variables: "only-known", allowInName: false } },
        { tool: "buildkit", id: "FromPlatformFlagConstDisallowed", match: "same" },
      ],
      examples: [{ bad: "FROM --platform=linux/amd64 debian:13\n", good: "FROM debian:13\n" }],
    },
    messages: {
      removePlatform:
        "`--platform={{platform}}` ties the image to one platform; leave it out, or use `$BUILDPLATFORM`.",
      dropFlag: "Leave the flag out, if the image exists for all platforms that you build for.",
      useBuildPlatform: "Use $BUILDPLATFORM, if this stage compiles for other platforms.",
    },
  },
  create(context) {
    const [{ variables, allowInName }] = context.options;
    return {
      From(node) {
        const flag = node.flags.find(({ name }) => name === "platform");
        const value = flag?.value;
        if (!flag || !value) return;
        if (
          variables === "allow"
            ? value.variables.length > 0 || !isPlatform(value.value)
            : /BUILDPLATFORM|TARGETPLATFORM/.test(value.raw)
        )
          return;
        if (allowInName && node.stage && mentions(node.stage.name, value.value)) return;
        context.report({
          node: flag,
          messageId: "removePlatform",
          data: { platform: value.raw },
          suggest: [
            { messageId: "dropFlag", fix: (fixer) => removeFlag(fixer, context.sourceCode, flag) },
            { messageId: "useBuildPlatform", fix: (fixer) => fixer.replaceText(value, "$BUILDPLATFORM") },
          ],
        });
      },
    };
  },
});

const isPlatform = (text: string) => /^[A-Za-z0-9_-]+(\([^)]*\))?(\/[A-Za-z0-9_.-]+){0,2}$/.test(text);

/** The name holds the platform's operating system (linux when none is written) or its architecture, as BuildKit asks. */
function mentions(name: string, platform: string): boolean {
  const parts = platform.toLowerCase().split("/");
  const [first = ""] = parts;
  const systems = ["linux", "windows", "darwin", "freebsd", "wasi"];
  const os = systems.includes(first) ? first : "linux";
  const arch = (systems.includes(first) ? parts[1] : first) ?? "";
  return name.includes(os) || (arch !== "" && name.includes(normalise(arch)));
}

const aliases: Readonly<Record<string, string>> = {
  x86_64: "amd64",
  "x86-64": "amd64",
  aarch64: "arm64",
  armhf: "arm",
  armel: "arm",
  i386: "386",
};

const normalise = (arch: string) => aliases[arch] ?? arch;
