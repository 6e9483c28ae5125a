import { cpSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type DefaultTheme } from "vitepress";

type Items = DefaultTheme.SidebarItem[];

const docs = fileURLToPath(new URL("../", import.meta.url));

const guide: Items = [
  {
    text: "Begin",
    items: [
      { text: "Start", link: "/guide/start" },
      { text: "Configure", link: "/guide/configure" },
      { text: "Ignore findings", link: "/guide/ignore" },
      { text: "Repair", link: "/guide/fix" },
      { text: "Multi-stage builds", link: "/guide/split" },
    ],
  },
  {
    text: "Where you work",
    items: [
      { text: "In the terminal", link: "/guide/terminal" },
      { text: "Editors", link: "/guide/editors" },
      { text: "CI and pre-commit", link: "/guide/ci" },
      { text: "ESLint", link: "/guide/eslint" },
      { text: "Compose and Bake", link: "/guide/compose-and-bake" },
      { text: "Images and registries", link: "/guide/images" },
    ],
  },
  {
    text: "From other tools",
    items: [
      { text: "From hadolint", link: "/guide/from-hadolint" },
      { text: "From docker build --check", link: "/guide/from-docker-build-check" },
    ],
  },
  {
    text: "Extend",
    items: [
      { text: "Write a rule", link: "/guide/writing-a-rule" },
      { text: "As a library", link: "/guide/library" },
      { text: "The JSON format", link: "/json" },
    ],
  },
];

const internals: Items = [
  {
    text: "How it is made",
    items: pagesOf("internals").map((name) => ({ text: titleOf(`internals/${name}`), link: `/internals/${name}` })),
  },
  {
    text: "Decisions",
    items: pagesOf("internals/decisions").map((name) => ({
      text: titleOf(`internals/decisions/${name}`),
      link: `/internals/decisions/${name}`,
    })),
  },
];

const rules: Items = [
  {
    text: "Rules",
    items: [
      { text: "All rules", link: "/rules/" },
      { text: "By the codes of other tools", link: "/rules/codes" },
    ],
  },
  ...rulesByCategory(),
];

export default defineConfig({
  title: "Stagewright",
  description: "A linter for Dockerfiles that understands build stages",
  lang: "en",
  cleanUrls: true,
  lastUpdated: false,
  // The folder of examples has READMEs for whoever reads the repository.
  srcExclude: ["examples/**"],
  cacheDir: "../node_modules/.cache/vitepress",
  buildEnd({ outDir }) {
    cpSync(`${docs}schemas`, `${outDir}/schemas`, { recursive: true });
    cpSync(`${docs}json.schema.json`, `${outDir}/json.schema.json`);
    cpSync(`${docs}../packages/vscode/media/icon.svg`, `${outDir}/icon.svg`);
  },
  markdown: { languageAlias: { console: "sh", elisp: "lisp" } },
  head: [["link", { rel: "icon", href: "/icon.svg" }]],
  themeConfig: {
    logo: "/icon.svg",
    nav: [
      { text: "Guide", link: "/guide/start", activeMatch: "^/guide/" },
      { text: "Rules", link: "/rules/", activeMatch: "^/rules/" },
      { text: "Internals", link: "/internals/architecture", activeMatch: "^/internals/" },
    ],
    sidebar: { "/guide/": guide, "/json": guide, "/rules/": rules, "/internals/": internals },
    outline: { level: [2, 3] },
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/stagewright/stagewright" }],
    footer: { message: "MIT, except @stagewright/shellcheck, which is under GPL-3.0-or-later." },
  },
});

function pagesOf(folder: string): string[] {
  return readdirSync(`${docs}${folder}`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.slice(0, -".md".length))
    .sort();
}

function titleOf(page: string): string {
  const text = readFileSync(`${docs}${page}.md`, "utf8");
  return (/^# (.+)$/m.exec(text)?.[1] ?? page).replaceAll("`", "");
}

/** The rules' own pages say their categories. */
function rulesByCategory(): Items {
  const groups = new Map<string, Items>();
  for (const name of pagesOf("rules")) {
    const category = /^\| Category \| (.+) \|$/m.exec(readFileSync(`${docs}rules/${name}.md`, "utf8"))?.[1];
    if (!category) continue;
    const group = groups.get(category) ?? [];
    group.push({ text: name, link: `/rules/${name}` });
    groups.set(category, group);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([category, items]) => ({
      text: category.charAt(0).toUpperCase() + category.slice(1),
      collapsed: false,
      items,
    }));
}
