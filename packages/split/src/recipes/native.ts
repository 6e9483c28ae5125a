import { buildOf } from "@stagewright/core";
import { absolute, isInside } from "../paths.ts";
import { type Action, type Carry, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt, outputFlag, outputsOf, sourceFoldersOf, started } from "./compiled.ts";

const compiles = ({ command }: Action): boolean => buildOf(command)?.kind === "native";

const installs = (action: Action): boolean =>
  compiles(action) &&
  /^(make|gmake|ninja|cmake|meson)$/.test(action.command.name ?? "") &&
  action.words.some((word) => /^install(-|$)|^--install$/.test(word));

const systemFolders = new Set(["/", "/usr", "/bin", "/sbin", "/lib", "/etc"]);

/** C and C++: `make install` below a prefix, or a compiler that is told where to write. */
export const native: Recipe = {
  name: "native",
  matches: ({ runs }) => runs.some(({ actions }) => actions.some(compiles)),
  owns: compiles,
  draft(subject): Draft {
    const cut = cutAt(subject, compiles);
    const hasInstall = subject.runs.some(({ actions }) => actions.some(installs));
    const prefixes = hasInstall ? prefixesOf(subject) : [];
    return {
      base: subject.imageText,
      cut: cut.run,
      carries: hasInstall ? prefixes.map(whole) : [program(subject)],
      sourceFolders: sourceFoldersOf(subject.runs, compiles),
      implied: [],
      assumptions: hasInstall ? prefixes.map((prefix) => `\`make install\` writes only below \`${prefix}\`.`) : [],
      ...(prefixes.includes("/usr/local") && ["debian", "ubuntu"].includes(subject.distribution ?? "")
        ? { append: ["RUN ldconfig"] }
        : {}),
    };
  },
};

const whole = (path: string): Carry => ({ from: "build", path, to: path, owner: null });

/** The program that a compiler writes and the container starts. */
function program(subject: Subject): Carry {
  const outputs = outputsOf(subject.runs, compiles, (action) => {
    const written = outputFlag(action);
    const path = written === null ? null : absolute(written, action.cwd);
    return path === null ? [] : [path];
  });
  return started(subject, outputs, "/usr/local/bin").carry;
}

/** Where `make install` writes. */
function prefixesOf(subject: Subject): string[] {
  const prefixes = new Set<string>();
  for (const { run, actions } of subject.runs) {
    if (!actions.some(installs)) continue;
    const given = actions.flatMap(({ words, command }) =>
      [...words, ...command.assignments.map(({ value }) => value)].flatMap(
        (word) => /^(?:--prefix=|-DCMAKE_INSTALL_PREFIX(?::\w+)?=|prefix=|PREFIX=|DESTDIR=)(.+)$/.exec(word)?.[1] ?? [],
      ),
    );
    for (const prefix of given.length > 0 ? given : ["/usr/local"]) {
      const path = absolute(prefix, null);
      if (path === null || systemFolders.has(path)) {
        throw new Refused(
          "system-prefix",
          run.startLine,
          `\`make install\` writes into \`${prefix}\`, among the files of packages.`,
          "Give it a prefix of its own, such as `/usr/local`.",
        );
      }
      prefixes.add(path);
    }
  }
  const all = [...prefixes];
  return all.filter((prefix) => !all.some((other) => other !== prefix && isInside(prefix, other)));
}
