import type { Add, Copy, Run } from "@stagewright/ast";
import {
  buildOf,
  type Command,
  commandsOf,
  createRule,
  endOfLifeDate,
  hasFlag,
  operands,
  type ParsedImage,
  releasesOf,
  type ShellWord,
} from "@stagewright/core";
import { finalImage } from "../shared/final-image.ts";
import { type Manifest, manifestOf, manifestRequests, scriptWords } from "../shared/package-json.ts";

export default createRule<"omitDev" | "addFlag">({
  name: "no-dev-dependencies",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Leave the development dependencies out of an image that runs a Node application",
      why: "`npm install` and its kin install test runners, linters and compilers too, which are often the larger part of `node_modules`. An application that runs needs its `dependencies` alone.\n\nFiles for development, images that build the application themselves and those that start it by a development server are left alone. Where `package.json` lies in the build context, the rule reads what `npm start` runs, and says nothing where there are no `devDependencies` or where a script such as `prepare` may need them.",
      category: "size",
      severity: "info",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: 'FROM node:22.12\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
          good: 'FROM node:22.12\nCOPY . .\nRUN npm ci --omit=dev\nCMD ["node", "server.js"]\n',
        },
      ],
    },
    requests: manifestRequests,
    messages: {
      omitDev: "`{{command}}` installs the development dependencies too, and they stay in the image; add `{{flag}}`.",
      addFlag: "Add `{{flag}}`, if what the image runs needs no development dependency.",
    },
  },
  create(context) {
    const { facts, text } = context.sourceCode;
    if (!managerNames.some((name) => text.includes(name))) return {};
    return {
      "Dockerfile:exit"() {
        const image = finalImage(facts);
        if (!image || isForDevelopment(context.filename)) return;
        const installs = image.runs.flatMap(installsOf);
        const last = installs.at(-1);
        if (!last) return;
        const manifest = manifestOf(context.sourceCode);
        const words = scriptWords(image.start ?? [], manifest);
        if (!words || !startsApplication(words, manifest)) return;
        if (manifest && (manifest.devDependencies.size === 0 || runsOnInstall(manifest))) return;
        const { commands } = image;
        if (image.copies.some(bringsTests)) return;
        const { command, after } = last;
        if (commands.some(needsTools) || commands.some((each) => removesTools(each, command))) return;
        const flag = hasOldNpm(commands) ? last.flag.replace("--omit=dev", "--production") : last.flag;
        const data = { command: [command.path, command.args[0]?.value ?? ""].join(" ").trim(), flag };
        context.report({
          node: command,
          messageId: "omitDev",
          data,
          suggest: after
            ? [{ messageId: "addFlag", data, fix: (fixer) => fixer.insertTextAfter(after, ` ${flag}`) }]
            : [],
        });
      },
    };

    /** npm before 7, of Node.js before 15, takes `--omit` and does nothing for it. Systems at their end of life have it. */
    function hasOldNpm(commands: readonly Command[]): boolean {
      const { final, chain } = facts.stages;
      const root = final && chain(final).at(-1);
      const image = root ? facts.base(root.from).image : null;
      const ofImage = image && /(?:^|[/-])node(?:js)?$/.test(image.familiar) ? (image.tag ?? "") : "";
      const set = commands.flatMap(({ args }) => args.flatMap(({ value }) => versionOfSetup(value) ?? []));
      const major = /^v?(\d+)(?:\D|$)/.exec(ofImage)?.[1] ?? set.at(-1);
      if (major !== undefined) return Number(major) < 15;
      return oldCodenames.test(ofImage) || (image !== null && isAtEndOfLife(image));
    }

    function installsOf(run: Run): { command: Command; flag: string; after: ShellWord | null }[] {
      return commandsOf(facts.script(run), managerNames).flatMap((command) => {
        const install = installOf(command);
        if (!install || isProduction(run, command)) return [];
        return [{ command, flag: install.flag, after: facts.script(run)?.exec ? null : install.after }];
      });
    }

    /** Or may be: the value of NODE_ENV is not always in the file. */
    function isProduction(run: Run, { assignments }: Command): boolean {
      const { env, args } = facts.state(run);
      const set = env.has("NODE_ENV") ? env.get("NODE_ENV") : args.get("NODE_ENV");
      const text = facts.script(run)?.text?.value ?? "";
      return (
        (set !== undefined && set !== "development") ||
        assignments.some(({ value }) => value.startsWith("NODE_ENV=")) ||
        /\bNODE_ENV=|\bNPM_CONFIG_/i.test(text) ||
        [...env.keys(), ...args.keys()].some((name) => /^npm_config_(?:production|omit|only)$/i.test(name))
      );
    }
  },
});

const isForDevelopment = (filename: string): boolean =>
  /dev|test|(?:^|\.)ci\b/i.test(filename.split(/[\\/]/).at(-1) ?? "");

/** NodeSource's script without a number set up Node.js 0.10. */
function versionOfSetup(url: string): string | null {
  const [found, major = "0"] = /nodesource\.com\/setup(?:_(\d+)\.\w+)?$/.exec(url) ?? [];
  return found === undefined ? null : major;
}

const isAtEndOfLife = ({ familiar, tag }: ParsedImage): boolean =>
  releasesOf(`docker.io/library/${familiar}`, tag ?? "").some(
    ({ release: [, lastDay] }) => lastDay !== null && lastDay < endOfLifeDate,
  );

/** By their name: the image is for testing as well. */
const bringsTests = ({ sources }: Add | Copy): boolean =>
  sources.some(({ value }) =>
    /(?:^|\/)(?:(?:tests?|specs?|__tests__|e2e)\/?$|[\w-]*(?:test|spec)s?\.\w+$|\.eslintrc)/.test(value),
  );

const oldCodenames = /^(?:argon|boron|carbon|dubnium|erbium|fermium)\b/;

/** npm runs these after it has installed, and they may be made with what is for development. */
const runsOnInstall = ({ scripts }: Manifest): boolean =>
  ["preinstall", "install", "postinstall", "prepare"].some((name) => Object.hasOwn(scripts, name));

const managers: Readonly<Record<string, { readonly actions: readonly string[]; readonly flag: string }>> = {
  npm: { actions: ["install", "i", "ci", "clean-install"], flag: "--omit=dev" },
  yarn: { actions: ["install"], flag: "--production" },
  pnpm: { actions: ["install", "i"], flag: "--prod" },
};

const managerNames = Object.keys(managers);

const valueFlags = [
  "prefix",
  "C",
  "cwd",
  "registry",
  "cache",
  "cache-folder",
  "loglevel",
  "modules-folder",
  "network-timeout",
  "dir",
];

/** Whoever writes one of these has thought of the development dependencies. */
const decided = [
  "dev",
  "development",
  "also",
  "production",
  "only",
  "omit",
  "omit-dev",
  "prod",
  "P",
  "g",
  "global",
  "include",
  "location",
  "frozen-lockfile-only",
];

/** An installation of what package.json lists, with everything for development. */
function installOf(command: Command): { readonly flag: string; readonly after: ShellWord } | null {
  const manager = command.name !== null && Object.hasOwn(managers, command.name) ? managers[command.name] : undefined;
  if (!manager || hasFlag(command, decided, { valueFlags })) return null;
  const [action, ...packages] = operands(command, { valueFlags });
  if (packages.length > 0) return null;
  if (!action)
    return command.name === "yarn" && command.args.length === 0
      ? { flag: manager.flag, after: command.nameWord }
      : null;
  return manager.actions.includes(action.value) ? { flag: manager.flag, after: action } : null;
}

/** `node server.js`, or a program of a package that package.json lists for production; nothing that is for development. */
function startsApplication(words: readonly string[], manifest: Manifest | null): boolean {
  if (words.some((word) => forDevelopment.test(word) || /\.ts$/.test(word))) return false;
  const index = words.findIndex((word) => /^(?:.*\/)?(?:node|nodejs|pm2-runtime|pm2)$/.test(word));
  if (index !== -1) return words.slice(index + 1).some((word) => !word.startsWith("-") && word !== "start");
  return manifest?.dependencies.has(words[0] ?? "") === true;
}

const forDevelopment =
  /(?:^|[/_.:-])(?:dev|test|watch|nodemon|ts-node|tsx|gulp|grunt|webpack|babel-node|node_modules|build|inspect(?:-brk)?|supervisor)(?:[/_.:-]|$)/i;

/** It builds, lints or tests with what is for development. */
const needsTools = (command: Command): boolean =>
  // What Meteor builds has a package.json of its own, without anything for development.
  command.name === "meteor" ||
  (command.name === "cd" && command.args.some(({ value }) => /(?:^|\/)programs\/server\/?$/.test(value))) ||
  buildOf(command)?.node === true ||
  (["npm", "yarn", "pnpm", "npx", "bower", "gulp", "grunt", "tsc", "jspm", "bunx"].includes(command.name ?? "") &&
    command.args.some(({ value }) =>
      /^(?:run|run-script|test|exec|build|start|bower|gulp|grunt|webpack|tsc)/.test(value),
    )) ||
  ["npx", "bower", "gulp", "grunt", "webpack", "tsc", "babel", "coffee"].includes(command.name ?? "") ||
  /node_modules/.test(command.path);

/** Behind the installation, or by a setting of npm. */
const removesTools = ({ name, args, range }: Command, install: Command): boolean =>
  args.some(
    ({ value }) =>
      value === "prune" || (name === "rm" && value.includes("node_modules") && range[0] > install.range[0]),
  ) ||
  (name === "npm" &&
    args.some(({ value }) => value === "config" || value === "set") &&
    args.some(({ value }) => /^(?:production|omit|only|dev|also|include)\b/.test(value)));
