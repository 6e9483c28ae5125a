import { buildOf } from "@stagewright/core";
import { compilesC } from "../make-tools.ts";
import { absolute } from "../paths.ts";
import { type Action, Refused, type RunStep, type Subject } from "../types.ts";
import { outputFlag } from "./compiled.ts";
import { goMakers } from "./go.ts";
import { jvmMakers } from "./jvm.ts";
import { helperOf, type Made, type Makers, paths, step, type World } from "./made.ts";
import { nativeMakers, pathElsewhere } from "./native.ts";
import { nodeMakers } from "./node.ts";
import { otherMakers } from "./others.ts";
import { phpMakers } from "./php.ts";
import { pythonMakers } from "./python-makers.ts";
import { rubyMakers } from "./ruby.ts";
import { rustMakers } from "./rust.ts";

const makers: Makers = [
  ...pythonMakers,
  ...rubyMakers,
  ...nodeMakers,
  ...phpMakers,
  ...goMakers,
  ...rustMakers,
  ...jvmMakers,
  ...nativeMakers,
  ...otherMakers,
];

const preparations = new Set(
  "configure config autogen.sh autoreconf bootstrap bootstrap.sh buildconf buildconf.sh autoconf automake aclocal autoheader libtoolize phpize phpize5 phpize7 phpize8 rustup yum-builddep docker-php-ext-configure docker-php-source dnf-builddep qmake qmake-qt5 xmake premake5 gyp node-gyp glide dep godep govendor go-bindata rpmdev-setuptree".split(
    " ",
  ),
);

/** Scripts that a shell is given to configure. */
const configures = /^(\.\/)?(configure|autogen|autoconf|bootstrap|buildconf)(\.sh)?$/;

/** What a command of the build makes; `null` for a command that is no part of a build. */
export function madeBy(action: Action, run: RunStep, world: World): Made | null {
  const { command, cwd } = action;
  const name = command.name ?? "";
  const special = makers.find(([pattern]) => pattern.test(name));
  if (/^python/.test(name) && /setup\.py$/.test(action.words[0] ?? "") && action.words.includes("install"))
    checkDataFiles(action, run, world.subject);
  if (special) return special[1](action, run, world);
  if (
    /\.sh$/.test(name) &&
    !world.subject.runs.some(({ actions }) => actions.some((each) => compilesC(each.command.name)))
  )
    return null;
  if (/^(ba|da)?sh$/.test(name) && configures.test(action.words[0] ?? "")) return step;
  if (preparations.has(name) || /^\.\/(configure|autogen|bootstrap)/.test(command.path)) return step;
  if (name === "protoc" && !action.words.includes("--version")) return { kind: "place", folder: cwd };
  const build = buildOf(command);
  if (build?.node) return { kind: "place", folder: cwd };
  if (build === null)
    return /^(mvnw?|gradlew?|go|cargo|dotnet|lein|sbt|bazel|yarn|npm|pnpm|bower)$/.test(name) ? helperOf(action) : null;
  const written = outputFlag(action);
  if (written !== null && build.kind !== "dependencies") {
    const path = absolute(written, cwd);
    return path === null ? { kind: "place", folder: cwd } : paths(path);
  }
  return { kind: "place", folder: cwd };
}

/** @throws Refused where `setup.py` also seems to install files that are no packages of Python */
function checkDataFiles(action: Action, { run }: RunStep, subject: Subject): void {
  const path = pathElsewhere(action, subject);
  if (path === null) return;
  throw new Refused(
    "unknown-output",
    run.startLine,
    `\`${path}\` may be of what \`setup.py install\` writes, beside its packages.`,
    "Install what the image needs besides in a RUN of its own.",
  );
}
