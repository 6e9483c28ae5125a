import type { Add, Copy } from "@stagewright/ast";
import { buildOf, createRule } from "@stagewright/core";
import { commandWords, finalImage, wholeContext } from "../shared/final-image.ts";
import { outputFolder } from "../shared/js-output.ts";
import { manifestOf, manifestRequests, scriptWords } from "../shared/package-json.ts";

export default createRule<"copyOutput">({
  name: "no-js-sources",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Do not ship the sources of a JavaScript build beside its output",
      why: "An image that starts `node dist/server.js` needs `dist` and its dependencies. Where the sources are copied and built in the same stage, they and the build's tools stay as well. Build in a stage of its own and copy the output. What `npm start` runs is read from `package.json` where that lies in the build context.\n\n`no-build-tools-in-image` points at the build; this rule points at the COPY that brings the sources.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: 'FROM node:22.12\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]\n',
          good: 'FROM node:22.12 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22.12\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/dist dist\nCMD ["node", "dist/server.js"]\n',
        },
      ],
    },
    requests: manifestRequests,
    messages: {
      copyOutput:
        "The sources stay in the image beside what `{{build}}` makes of them; build in a stage of its own and copy `{{output}}`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const image = finalImage(facts);
        const source = image?.copies.map(sourcesOf).find((word) => word !== null);
        if (!image || !source) return;
        const build = image.commands.find((command) => buildOf(command)?.node === true);
        if (!build) return;
        const start = scriptWords(image.start ?? [], manifestOf(context.sourceCode));
        const output = outputFolder(start ?? []);
        if (output === null) return;
        context.report({
          node: source,
          messageId: "copyOutput",
          data: { build: commandWords(build).slice(0, 3).join(" "), output },
          related: [{ range: build.range, loc: build.loc, message: "This builds from them." }],
        });
      },
    };
  },
});

/** The whole context, or a folder of sources by its name. */
const sourcesOf = (node: Add | Copy) =>
  wholeContext(node) ?? node.sources.find(({ value }) => /^(?:\.?\/)?(?:[\w-]+\/)*src\/?$/.test(value)) ?? null;
