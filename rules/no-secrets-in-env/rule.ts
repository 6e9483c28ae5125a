import type { KeyValue } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import { isSecretForHadolint } from "./hadolint-names.ts";

interface Options {
  readonly names: "words" | "buildkit" | "hadolint";
}

export default createRule<"mountSecret", Options>({
  name: "no-secrets-in-env",
  meta: {
    type: "problem",
    schema: [
      {
        type: "object",
        properties: {
          names: {
            enum: ["words", "buildkit", "hadolint"],
            description:
              "How a secret is known by its name. `words`: by whole words such as `PASSWORD`, values that are plainly none left alone; `buildkit`: by its words; `hadolint`: by parts of words and a list of well-known names",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ names: "words" }],
    docs: {
      description: "Keep secrets out of ARG and ENV",
      why: "Values of ARG stay in the image's history and values of ENV in its configuration: everybody who can pull the image can read them. Mount a secret for the one RUN that needs it: `RUN --mount=type=secret,id=token`.",
      category: "security",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3064", match: "same", options: { names: "hadolint" } },
        { tool: "buildkit", id: "SecretsUsedInArgOrEnv", match: "same", options: { names: "buildkit" } },
      ],
      examples: [
        {
          bad: "FROM alpine:3.22\nARG GITHUB_TOKEN\nRUN fetch --token $GITHUB_TOKEN\n",
          good: "FROM alpine:3.22\nRUN --mount=type=secret,id=github fetch --token-file /run/secrets/github\n",
        },
      ],
    },
    messages: {
      mountSecret:
        "`{{name}}` looks like a secret, and everybody with the image can read {{keyword}}; use a secret mount.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const [{ names }] = context.options;
    return {
      Arg(node, parent) {
        if (names === "buildkit" && stages.of(node) === null) return;
        check(node.pairs, "ARG", parent?.type === "Onbuild");
      },
      Env(node, parent) {
        check(node.pairs, "ENV", parent?.type === "Onbuild");
      },
    };

    function check(pairs: readonly KeyValue[], keyword: string, onbuild: boolean) {
      if (onbuild && names === "buildkit") return;
      const secrets = pairs.filter(isSecret);
      // hadolint has one finding an instruction.
      for (const { key } of names === "hadolint" ? secrets.slice(0, 1) : secrets) {
        context.report({
          node: key,
          messageId: "mountSecret",
          data: { name: key.value, keyword },
        });
      }
    }

    function isSecret({ key, value }: KeyValue): boolean {
      if (names === "hadolint") return isSecretForHadolint(key.value);
      if (!hasSecretWord(key.value)) return false;
      return names === "buildkit" || !isHarmless(key.value, value?.value ?? null);
    }
  },
});

/** BuildKit's words (frontend/dockerfile/dockerfile2llb, SecretsUsedInArgOrEnv), between underscores. */
const hasSecretWord = (name: string) =>
  /(^|_)(apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(_|$)/i.test(name) &&
  !/(^|_)(public|file|version)(_|$)/i.test(name);

/** Words beside the secret's that say it is a name, a place or a setting of it, and values that cannot be secrets. */
function isHarmless(name: string, value: string | null): boolean {
  if (
    /(^|_)(path|dir|url|uri|id|name|type|length|size|algorithm|alg|host|port|server|enabled?|method|mode|expiry|ttl|timeout|fingerprint|keyring|store|gpg|pgp|pub|sha\d*|checksum|plugin|user|header|field|prefix|class)(_|$)/i.test(
      name,
    )
  ) {
    return true;
  }
  return (
    value !== null &&
    /^(|true|false|yes|no|on|off|0|1|none|null|auto|[A-Fa-f0-9]{40}|\/.*|https?:\/\/.*)$/i.test(value) &&
    value !== ""
  );
}
