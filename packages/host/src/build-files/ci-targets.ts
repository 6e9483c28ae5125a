import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";

/** Files that say how a project is built, besides those of Compose and Bake. */
const fileNames =
  /^(?:(?:GNU)?Makefile|.+\.mk|justfile|Taskfile\.ya?ml|Jenkinsfile.*|package\.json|README(?:\.md)?|skaffold\.ya?ml|cloudbuild.*\.ya?ml|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|\.drone\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|.+\.(?:sh|bash|ps1))$/i;

/** Folders that hold nothing but such files. */
const folders = [
  ".github/workflows",
  ".circleci",
  ".buildkite",
  ".gitlab",
  ".gitlab/ci",
  ".ci",
  "ci",
  "scripts",
  "hack",
];

const builders = /\b(?:docker|buildah|podman|nerdctl|buildx|buildctl|kaniko|skaffold)\b/i;

const sizeLimit = 500_000;

/**
 * Stages that the CI files, Makefiles and scripts of a folder name as targets of a build. `*` stands for what a variable puts there, so `*` alone may be
 * any stage.
 */
export function ciTargets(folder: string): readonly string[] {
  const files = [
    ...filesIn(folder).filter(({ name }) => fileNames.test(name)),
    ...folders.flatMap((each) => filesIn(join(folder, each))),
  ];
  return [...new Set(files.flatMap(({ path }) => targetsIn(path)))];
}

function filesIn(folder: string): readonly { readonly name: string; readonly path: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, path: join(folder, name) }));
}

function targetsIn(path: string): readonly string[] {
  const text = readSmall(path);
  if (text === null || !builders.test(text)) return [];
  const flags = [...text.matchAll(/--target(?:=|\s+|["'],\s*["'])(["']?)([^\s"',]*(?:\$\{\{.*?\}\}|[^\s"',]*))\1/g)];
  return [...flags.map(([, , name = ""]) => name), ...(/^\.ya?ml$/.test(extname(path)) ? keysOf(text) : [])].flatMap(
    (name) => (/^[\w.$-]/.test(name) ? [pattern(name)] : []),
  );
}

/** `target: test`, `target: [a, b]`, and `target:` with a list below it. */
const keysOf = (text: string): readonly string[] =>
  [...text.matchAll(/^[ \t-]*target:[ \t]*(.*(?:\n[ \t]+-[ \t]+[\w.-]+[ \t]*$)*)/gm)].flatMap(([, value = ""]) =>
    value.startsWith("$") ? [value] : value.split(/[[\],\s"']+/).filter((word) => word !== "" && word !== "-"),
  );

/** With `*` for what is put in: `$TARGET`, `${TARGET}`, `$(TARGET)`, `${{ matrix.target }}`. */
const pattern = (name: string): string =>
  name.replace(/\$\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\$./g, "*").replace(/[^\w.*-].*$/, "");

function readSmall(path: string): string | null {
  try {
    return statSync(path).size <= sizeLimit ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}
