import { parseImage } from "@stagewright/core";
import { runtimePackages } from "../libraries/index.ts";
import { releaseOf } from "../libraries/releases.ts";
import { type Maker, type Makers, paths, step } from "./made.ts";
import { smallBase } from "../bases.ts";
import { valueOf } from "../flag-value.ts";
import { absolute, baseName } from "../paths.ts";
import { assume } from "../proof/obligations.ts";
import type { Action, Draft, Recipe, Subject } from "../types.ts";
import { cutAt, firstOperand, outputsOf, scriptAssumption, sourceFoldersOf, started } from "./compiled.ts";

const isCargo = ({ command }: Action): boolean => command.name === "cargo";

const compiles = (action: Action): boolean => isCargo(action) && /^(build|install|rustc)$/.test(firstOperand(action));

/** `cargo build` and `cargo install` on the image rust. */
export const rust: Recipe = {
  name: "rust",
  matches: ({ image, runs }) =>
    /^(rust|rustlang\/rust)$/.test(image.familiar) && runs.some(({ actions }) => actions.some(compiles)),
  owns: isCargo,
  draft(subject): Draft {
    const cut = cutAt(subject, compiles);
    const { carry, script } = started(
      subject,
      outputsOf(subject.runs, compiles, (action) => pathsOf(action, subject)),
      "/usr/local/cargo/bin",
    );
    const base = smallBase(subject.image);
    return {
      base: base.image,
      cut: cut.run,
      carries: [carry],
      sourceFolders: sourceFoldersOf(subject.runs, isCargo),
      implied: ["ca-certificates", ...linkedLibraries(subject, base.image)],
      assumptions: [
        ...(script === null ? [] : scriptAssumption(script, subject, carry.path)),
        assume(`\`${baseName(carry.path)}\` links no library besides the C library that \`${base.image}\` has.`, "O7"),
      ],
    };
  },
};

function pathsOf(action: Action, subject: Subject): string[] {
  const { words, cwd } = action;
  const name = valueOf(words, "--bin") ?? packageName(subject) ?? baseName(subject.start.program);
  if (firstOperand(action) === "install") {
    const root = valueOf(words, "--root") ?? subject.state.env.get("CARGO_HOME") ?? "/usr/local/cargo";
    const named = words.filter((word) => /^[\w-]+$/.test(word) && word !== "install");
    return [...new Set([...named, name])].map((each) => `${root}/bin/${each}`);
  }
  if (cwd === null) return [];
  const triple = valueOf(words, "--target");
  const profile =
    words.includes("--release") || words.includes("-r") ? "release" : (valueOf(words, "--profile") ?? "debug");
  return [`${cwd}/target/${triple === null ? "" : `${triple}/`}${profile}/${name}`];
}

/** Crates that link a library of the full image, with the package of its headers. */
const linking: readonly (readonly [string, string])[] = [
  ["openssl-sys", "libssl-dev"],
  ["pq-sys", "libpq-dev"],
  ["mysqlclient-sys", "default-libmysqlclient-dev"],
  ["curl-sys", "libcurl4-openssl-dev"],
];

/** The packages of the libraries that the crates of the lock file link, where the image of the build has their headers unasked. */
function linkedLibraries({ context, image, distribution }: Subject, base: string): readonly string[] {
  const lock = context?.read("Cargo.lock") ?? "";
  const has = (name: string) => lock.includes(`\nname = "${name}"\n`);
  const final = parseImage(base);
  if (/slim|alpine/.test(image.tag ?? "") || !final) return [];
  return linking.flatMap(([crate, headers]) =>
    has(crate) && !has(crate.replace("-sys", "-src"))
      ? (runtimePackages(headers, distribution, releaseOf(final.familiar, final.tag)) ?? [])
      : [],
  );
}

/** The program that the context's manifest makes: that of its one `[[bin]]`, or of the package. */
function packageName({ context }: Subject): string | null {
  const manifest = context?.read("Cargo.toml") ?? "";
  const programs = [...manifest.matchAll(/^\[\[bin\]\][^[]*?^name\s*=\s*"([^"]+)"/gms)].map(([, name]) => name ?? "");
  if (programs.length > 1) return null;
  return programs[0] ?? /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(manifest)?.[1] ?? null;
}

const cargo: Maker = ({ words, cwd, command }, { state }, { subject }) => {
  const [sub] = words.filter((word) => !word.startsWith("-") && !word.startsWith("+"));
  if (sub === "install") {
    const set = command.assignments.findLast(({ value }) => /^CARGO_HOME=\//.test(value))?.value.replace(/^\w+=/, "");
    const home =
      set ??
      state.env.get("CARGO_HOME") ??
      (/^rust/.test(subject.image.familiar) ? "/usr/local/cargo" : "/root/.cargo");
    const root = valueOf(words, "--root") ?? home;
    const folder = absolute(`${root}/bin`, cwd);
    return folder === null ? { kind: "place", folder: null } : paths(folder);
  }
  return sub === "build" || sub === "rustc" ? { kind: "place", folder: cwd } : step;
};

/** Where programs of Rust go. */
export const rustMakers: Makers = [[/^cargo$/, cargo]];
