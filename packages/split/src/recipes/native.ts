import type { Run } from "@stagewright/ast";
import { absolute, baseName, isInside } from "../paths.ts";
import { placeOf } from "../context-files.ts";
import { everywhere, isDistribution } from "../programs.ts";
import { folderIn, isInstalledLocally, projectsIn, stagingVariable } from "../known-projects.ts";
import { isConfiguration, prefixInSight, prefixesIn } from "../prefixes.ts";
import { type Action, Refused, type RunStep, type Subject } from "../types.ts";
import { installsPackage, type Maker, type Makers, paths, stagingFolder } from "./made.ts";
import { isUnpacked } from "../general/parts.ts";
import { targetOf } from "../general/targets.ts";
import { phpFolders } from "./php.ts";

const systemFolders = new Set("/ /usr /bin /sbin /lib /etc /usr/bin /usr/sbin /usr/lib /usr/share".split(" "));

const isInstall = ({ words }: Action): boolean =>
  words.some((word) => /^(alt)?install(-[\w-]+)?$|^--install$/.test(word));

/** A goal of `make` that stands behind `make install` puts more into its place, as nothing is left to be built. */
function isBehindInstall({ command, words, cwd }: Action, { run }: RunStep, { runs }: Subject): boolean {
  const goals = words.filter((word) => /^[a-z][\w-]*$/i.test(word));
  return (
    /^g?make$/.test(command.name ?? "") &&
    cwd !== null &&
    goals.length > 0 &&
    !goals.some((goal) => /clean|check|test|all|build|doc|uninstall/.test(goal)) &&
    runs.some(({ actions, run: other }) =>
      actions.some(
        (action) =>
          action.command.range[0] < command.range[0] &&
          /^g?make$/.test(action.command.name ?? "") &&
          isInstall(action) &&
          (action.cwd === cwd || (action.cwd === null && other === run)),
      ),
    )
  );
}

/** `make install` and its like, below the prefix that was given last. */
const make: Maker = (action, run, world) => {
  const { command, words, cwd } = action;
  if (!isInstall(action) && !isBehindInstall(action, run, world.subject)) {
    const target = words.find((word) =>
      /(^|[_-])(install|deps|dependencies|requirements)([_-]|$)|^((debian|ubuntu|centos|linux)-\w+|dev|develop|setup|bootstrap|venv)$/.test(
        word,
      ),
    );
    if (
      target !== undefined &&
      (isInterpreted(world.subject) || installsPackage(world.subject, /^(python[\d.]*|py\d?)-pip$/))
    ) {
      throw new Refused(
        "unknown-output",
        run.run.startLine,
        `Where \`make ${target}\` installs is not known.`,
        "Install in the Dockerfile itself.",
      );
    }
    return { kind: "place", folder: cwd };
  }
  const phpize = run.actions.find((each) => /^phpize/.test(each.command.name ?? "") && each.cwd === cwd);
  if (phpize) {
    // That of a PHP which was built, with a prefix of its own.
    const own = /^(\/.+)\/bin\/phpize/.exec(phpize.command.path)?.[1];
    return own === undefined || systemFolders.has(own) ? paths(...phpFolders(run, world)) : paths(own);
  }
  const perl = run.actions.findLast(
    (each) => each.command.name === "perl" && /\.PL$/.test(each.words[0] ?? "") && each.cwd === cwd,
  );
  if (perl) {
    const given = perl.words.map((word) => /^(?:PREFIX|INSTALL_BASE)=(\/.+)/.exec(word)?.[1]).find(Boolean);
    return paths(given === undefined ? "/usr/local" : (absolute(given, cwd) ?? "/usr/local"));
  }
  const before = world.subject.runs
    .flatMap((each) => each.actions.filter((other) => isRelated(other.cwd, cwd, each.run === run.run)))
    .filter(({ command: other }) => other.range[0] <= command.range[0]);
  const prefix = before.findLast((each) => prefixesOf(each).length > 0);
  const staging = words.find((word) => /^(DESTDIR|INSTALL_ROOT)=\/./.test(word))?.replace(/^\w+=/, "");
  const isUnsaid = isUnprefixed(action, run, world.subject);
  const unsaid = isUnsaid ? prefixInSight(run.state.env, cwd, placeOf(world.subject)) : null;
  const found = prefix ? prefixesOf(prefix) : [unsaid ?? ownPrefix(cwd) ?? "/usr/local"];
  const folders = (staging === undefined ? found : [staging]).map((each) => absolute(each, cwd));
  // Extensions of PostgreSQL and of Apache go among their files.
  const isExtension =
    (!prefix && staging === undefined && installsPackage(world.subject, /^postgresql-server-dev/)) ||
    installsPackage(world.subject, /^(apache2-(threaded-|prefork-)?dev|httpd-devel)$/);
  const isSpread =
    isExtension ||
    before.some((each) =>
      each.words.some((word) => {
        const path = /^(?:--[\w-]*(?:path|dir)|[A-Z]*DIR)=["']?(\/[^"'$]+)/.exec(word)?.[1];
        return (
          path !== undefined &&
          !/^--(with|enable)|^\w*(SRC|SOURCE|BUILD|INC|DEST)\w*=/.test(word) &&
          !folders.some((folder) => folder !== null && isInside(path, folder))
        );
      }),
    );
  const isOwn =
    !prefix &&
    staging === undefined &&
    unsaid === null &&
    (ofSystem.test(words.join(" ")) ||
      startsAmongPackages(world.subject, run.run) ||
      pathElsewhere(action, world.subject) !== null);
  // Below a GOPATH it is `go install` that puts programs in their place.
  const gopath = prefix ? undefined : /^(.*)\/src\/[\w-]+\.(?:com|org|io|net|in)\/[^/]+\//.exec(`${cwd ?? ""}/`)?.[1];
  const isElsewhere = world.subject.started.some(({ program }) => program.startsWith("/usr/local/"));
  const programs = gopath === undefined || gopath === "" || isElsewhere ? [] : [`${gopath}/bin`];
  if (
    isUnsaid &&
    !prefix &&
    staging === undefined &&
    unsaid === null &&
    programs.length === 0 &&
    !isExtension &&
    !isOwn
  )
    checkProject(action, run, world.subject);
  if (!isSpread && !isOwn && folders.every((each) => each !== null && !systemFolders.has(each)))
    return paths(...(programs.length > 0 ? programs : folders.filter((each) => each !== null)));
  const isPlain =
    command.wrappers.every(({ name }) => name === "sudo") &&
    command.redirects.length === 0 &&
    /^g?make$|^ninja$/.test(command.name ?? "");
  if (!isPlain) {
    throw new Refused(
      "unknown-output",
      run.run.startLine,
      `\`${command.name ?? command.path}\` installs among the files of packages.`,
      "Install below a prefix of its own, such as `/opt/NAME`.",
    );
  }
  const variable = stagingVariable(projectsIn(folderIn(action.words, action.cwd)));
  if (variable === null || (variable === "INSTALL_ROOT" && before.some(({ words: own }) => own.some(isApxs)))) {
    throw new Refused(
      "unknown-output",
      run.run.startLine,
      `\`${command.name ?? command.path}\` installs among the files of packages, and cannot be told to write below another folder.`,
      "Install below a prefix of its own, such as `/opt/NAME`.",
    );
  }
  // A second time, so that later steps of the build find what they did before.
  const sudo = command.wrappers.length > 0 ? "sudo " : "";
  const text = sudo + world.subject.source.text.slice(...command.range).replace(/^sudo\s+/, "");
  return {
    kind: "staged",
    edits: [
      {
        range: [command.range[1], command.range[1]],
        text: ` && ${text} ${variable}=${stagingFolder}${staging?.replace(/\/$/, "") ?? ""}`,
      },
    ],
  };
};

/** @throws Refused where only a Makefile that is not seen says where it installs */
function checkProject(action: Action, { run, actions }: RunStep, subject: Subject): void {
  const names = projectsIn(folderIn(action.words, action.cwd));
  const folder = folderIn(action.words, action.cwd);
  const isCopied =
    folder !== null &&
    subject.stage.instructions.some(
      (each) => (each.type === "Copy" || each.type === "Add") && isInside(folder, targetOf(each, subject) ?? "/-"),
    );
  const isStarted = subject.started.some(({ program }) => /^\/usr\/local\/./.test(program));
  if (
    isStarted ||
    isInstalledLocally(names) ||
    /(^|\/)(postgres|postgis|timescaledb)(\/|$)/.test(subject.image.familiar)
  )
    return;
  const before = isCopied ? actions : subject.runs.flatMap((each) => each.actions);
  const isOwn = !before.some((each) => each.command.range[0] < action.command.range[0] && isUnpacked(each));
  // That of a project of Python is for its packages.
  if (isOwn && !isInterpreted(subject)) return;
  throw new Refused(
    "unknown-output",
    run.startLine,
    `Where \ is for its Makefile to say, which is not seen.`,
    "Give it a prefix, such as `PREFIX=/usr/local`.",
  );
}

/** The program is one that an interpreter runs, with packages that `make` may install for it. */
const isInterpreted = ({ image, runs }: Subject): boolean =>
  /^(python|ruby|node|php|perl)$/.test(image.familiar) ||
  runs.some(({ actions }) =>
    actions.some(({ command }) => /^(pip[\d.]*|gem|bundle|npm|yarn)$/.test(command.name ?? "")),
  );

/** It makes a module of Apache, which its install also switches on. */
const isApxs = (word: string): boolean => /^--with-apxs/.test(word) || word.includes("APXS");

/** Goals of `make` that install settings of the system. */
const ofSystem = /(^|\s)install-(init|daemoninit|web-?conf|systemd|service|logrotate|cron)(\s|$)/;

/** The image starts a program among those of packages, which none of its packages and no instruction but the RUN brings. */
const startsAmongPackages = ({ stage, source, image, runs, state, started }: Subject, run: Run): boolean =>
  isDistribution.test(image.familiar) &&
  started.some(({ program, instruction }) => {
    const path = absolute(program, state.workdir) ?? "";
    const name = baseName(path);
    return (
      instruction.type !== "Healthcheck" &&
      /^\/(usr\/)?s?bin\/[\w.-]+$/.test(path) &&
      !/^(init|perl|env)$|\.sh$/.test(name) &&
      !everywhere.has(name) &&
      !runs.some((step) => step.packages.names.some((each) => each.includes(name.slice(0, 4)))) &&
      stage.instructions.every((each) => each === instruction || each === run || !source.getText(each).includes(path))
    );
  });

const prefixesOf = ({ words, command }: Action): string[] =>
  prefixesIn([...words, ...command.assignments.map(({ value }) => value)]);

/** Nothing before it has said where `make install` writes: that is for the Makefile to say. */
const isUnprefixed = ({ command, cwd }: Action, { run }: RunStep, { runs }: Subject): boolean =>
  /^g?make$/.test(command.name ?? "") &&
  !runs
    .flatMap(({ run: other, actions }) => actions.filter((each) => isRelated(each.cwd, cwd, other === run)))
    .some((each) => each.command.range[0] < command.range[0] && isConfiguration(each.command.path));

/** Commands in the one folder may configure what is built in the other: it is the same, or one of them lies in the other. */
function isRelated(one: string | null, other: string | null, isSameRun: boolean): boolean {
  if (one === other) return true;
  if (!isSameRun) return false;
  return one === null || other === null || isInside(one, other) || isInside(other, one);
}

/** Projects whose `configure` has another prefix than most. */
const ownPrefixes: readonly (readonly [RegExp, string])[] = [
  [/^mozjpeg/, "/opt/mozjpeg"],
  [/^libjpeg-turbo/, "/opt/libjpeg-turbo"],
  [/^ejabberd/, "/"],
];

const ownPrefix = (cwd: string | null): string | null =>
  ownPrefixes.find(([name]) => name.test(baseName(cwd ?? "")))?.[1] ?? null;

/** A path elsewhere that bears the name of the project, and that nothing else is seen to have put there; `null` for none. */
export function pathElsewhere({ command, cwd }: Action, { runs, stage, source }: Subject): string | null {
  const [project = ""] = /^[a-z]+/i.exec(baseName(cwd ?? "")) ?? [];
  if (project.length < 4 || /^(build|source|release|src)/i.test(project)) return null;
  const isOfProject = (path: string) =>
    /^\/(etc|usr\/s?bin|s?bin|usr\/lib|usr\/share|var\/lib|opt)\//.test(path) &&
    !/\.(gz|tgz|xz|bz2|zip|deb|rpm)$/.test(path) &&
    baseName(path).toLowerCase().startsWith(project.toLowerCase());
  const later = runs
    .flatMap(({ actions }) => actions)
    .filter((action) => action.command.range[0] > command.range[0] && !/^(\[|test)$/.test(action.command.name ?? ""))
    .flatMap(({ command: { name, path: own }, words }) =>
      [own, ...words].filter(isOfProject).map((path) => ({ path, name: name ?? "" })),
    );
  const started = stage.instructions
    .filter(({ type }) => type === "Cmd" || type === "Entrypoint")
    .flatMap((each) => source.facts.script(each)?.commands ?? [])
    .filter(({ path }) => path.startsWith("/opt/") && isOfProject(path))
    .map(({ path }) => ({ path, name: "" }));
  const [first] = [...later, ...started];
  const isMade =
    first === undefined ||
    /^(mkdir|cp|mv|ln|install|touch|tee|curl|wget|echo|cat|useradd|adduser)$/.test(first.name) ||
    source.text.slice(stage.from.range[0], command.range[0]).includes(first.path) ||
    stage.instructions.some(
      (each) => (each.type === "Copy" || each.type === "Add") && source.getText(each).includes(first.path),
    ) ||
    installsPackageOf(runs, project);
  return isMade ? null : first.path;
}

const installsPackageOf = (runs: readonly RunStep[], project: string): boolean =>
  runs.some((step) => step.packages.names.some((name) => name.startsWith(project.toLowerCase())));

/** Where `make` and its like install. */
export const nativeMakers: Makers = [[/^(make|gmake|ninja|cmake|meson|scons|b2|bjam|waf)$/, make]];
