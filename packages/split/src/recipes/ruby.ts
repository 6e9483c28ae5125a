import type { Distribution } from "@stagewright/core";
import { absolute } from "../paths.ts";
import { Refused } from "../types.ts";
import { behind, installsPackage, type Maker, type Makers, paths, step } from "./made.ts";

const gems: Maker = (action, run, { subject, distribution }) => {
  const { command, words, cwd } = action;
  if (command.name === "bundle" && words.includes("exec")) return { kind: "place", folder: cwd };
  if (command.name === "gem" && words[0] === "build") return step;
  if (command.name === "gem" && !words.includes("install")) return null;
  if (command.name === "bundle" && words[0] === "config") return null;
  if (words.includes("--user-install")) {
    const { user, env } = run.state;
    return paths(`${env.get("HOME") ?? (user === null || user === "root" ? "/root" : `/home/${user}`)}/.gem`);
  }
  const own =
    words.find((_, at) => words[at - 1] === "--path") ??
    words.find((word) => word.startsWith("--path="))?.slice(7) ??
    (words.includes("--deployment") ? "vendor/bundle" : undefined);
  const path = own === undefined ? null : absolute(own, cwd);
  // The settings of Bundler say where the gems are.
  if (path !== null && cwd !== null)
    return paths(path, subject.image.familiar === "ruby" ? "/usr/local/bundle" : (absolute(".bundle", cwd) ?? cwd));
  const folders = gemFolders(subject.image.familiar, distribution);
  const isBundled = command.name !== "gem";
  const isOwn = subject.image.familiar === "ruby" || installsPackage(subject, /^ruby([\d.]|$|-full$|-dev$|-all-dev$)/);
  const isElsewhere =
    isBundled &&
    ((distribution === "alpine" && subject.image.familiar !== "ruby") ||
      run.actions.some((other) => other.words.includes("config") && other.words.includes("path")));
  if (folders === null || !isOwn || isElsewhere) {
    throw new Refused(
      "unknown-output",
      run.run.startLine,
      `Where \`${command.name ?? ""}\` puts gems is not known.`,
      "Give it a folder with `--path`.",
    );
  }
  const elsewhere = run.state.env.get(isBundled ? "BUNDLE_PATH" : "GEM_HOME") ?? run.state.env.get("GEM_HOME") ?? null;
  const place = elsewhere === null ? null : absolute(elsewhere, cwd);
  if (place !== null) return paths(place);
  const install = command.args.find(({ value }) => value === "install");
  if (distribution === "alpine" && command.name === "gem" && install && subject.image.familiar !== "ruby")
    return {
      kind: "paths",
      paths: [...folders, "/usr/local/bin"],
      edits: [behind(install, "--bindir /usr/local/bin")],
    };
  // `bundle update` changes which versions the program asks for.
  const lock = isBundled && words[0] === "update" ? absolute("Gemfile.lock", cwd) : null;
  return paths(...folders, ...(lock === null ? [] : [lock]));
};

/** Where gems of the system's Ruby go. */
function gemFolders(familiar: string, distribution: Distribution | null): readonly string[] | null {
  if (familiar === "ruby") return ["/usr/local/bundle"];
  switch (distribution) {
    case "debian":
    case "ubuntu":
      return ["/var/lib/gems", "/usr/local/bin"];
    case "alpine":
      return ["/usr/lib/ruby/gems"];
    default:
      return null;
  }
}

/** Where gems go. */
export const rubyMakers: Makers = [[/^(gem|bundle|bundler)$/, gems]];
