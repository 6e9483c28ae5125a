import type { Arg, Env, KeyValue, Run } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import type { SuggestionDescriptor } from "@stagewright/core";
import { removeInstruction } from "../shared/remove-instruction.ts";
import { isSecretForHadolint } from "./hadolint-names.ts";

interface Options {
  readonly names: "words" | "buildkit" | "hadolint";
}

export default createRule<"mountSecret" | "useMount", Options>({
  name: "no-secrets-in-env",
  meta: {
    type: "problem",
    hasSuggestions: true,
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
      useMount:
        "Mount it for the RUNs that use it, if builds pass it with `--secret id={{name}}` (from version 1.10 of the Dockerfile syntax on).",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { stages, variables } = sourceCode.facts;
    const [{ names }] = context.options;
    return {
      Arg(node, parent) {
        if (names === "buildkit" && stages.of(node) === null) return;
        check(node, "ARG", parent?.type === "Onbuild");
      },
      Env(node, parent) {
        check(node, "ENV", parent?.type === "Onbuild");
      },
    };

    function check(node: Arg | Env, keyword: string, onbuild: boolean) {
      if (onbuild && names === "buildkit") return;
      const secrets = node.pairs.filter((pair) => isSecret(pair, node));
      // hadolint has one finding an instruction.
      for (const { key } of names === "hadolint" ? secrets.slice(0, 1) : secrets) {
        context.report({
          node: key,
          messageId: "mountSecret",
          data: { name: key.value, keyword },
          suggest: node.type === "Arg" && !onbuild ? suggestMount(node, key.value) : [],
        });
      }
    }

    /** For an ARG without a default that nothing but RUNs of its stage use. */
    function suggestMount(node: Arg, name: string): SuggestionDescriptor<"useMount">[] {
      const stage = stages.of(node);
      const [pair] = node.pairs;
      if (!stage || node.pairs.length !== 1 || !pair || pair.value !== null || !/^\w+$/.test(name)) return [];
      const mentioning = stage.instructions.filter(
        (each) => each !== node && new RegExp(`\\b${name}\\b`).test(sourceCode.getText(each)),
      );
      const runs = mentioning.filter((each): each is Run => each.type === "Run");
      const isBase = stages.all.some(({ base }) => base.kind === "stage" && base.stage === stage);
      if (runs.length === 0 || runs.length < mentioning.length || isBase) return [];
      return [
        {
          messageId: "useMount",
          data: { name },
          fix: (fixer) => [
            removeInstruction(fixer, sourceCode, node),
            ...runs.map(({ keyword }) => fixer.insertTextAfter(keyword, ` --mount=type=secret,id=${name},env=${name}`)),
          ],
        },
      ];
    }

    function isSecret({ key, value }: KeyValue, node: Arg | Env): boolean {
      if (names === "hadolint") return isSecretForHadolint(key.value);
      if (!hasSecretWord(key.value)) return false;
      if (names === "buildkit") return true;
      const text = value && (variables.expand(value, node) ?? value.value);
      // An ENV without a value names what the one who runs the container may set.
      return !isHarmless(key.value, text) && !(node.type === "Env" && text === "");
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
    /(^|_)(path|dir|url|uri|id|name|type|length|size|algorithm|alg|host|port|server|enabled?|method|mode|expiry|ttl|timeout|fingerprint|keyring|store|gpg|pgp|pub|sha\d*|checksum|plugin|user|header|field|prefix|class|scheme|bits?|count|max|min|process|worker|policy|format|driver|provider|backend|realm|domain|rounds|required|disabled?|env|var)(_|$)/i.test(
      name,
    )
  ) {
    return true;
  }
  return (
    value !== null &&
    /^(|true|false|yes|no|on|off|0|1|none|null|auto|[A-Fa-f0-9]{40}|0x[A-F0-9]{8,40}|\/.*|[\w.-]+\.(?:pem|key|crt|cer|pub|json|ya?ml|asc|gpg|jks|p12|pfx|txt)|id_(?:rsa|dsa|ecdsa|ed25519)|https?:\/\/.*)$/i.test(
      value,
    ) &&
    value !== ""
  );
}
