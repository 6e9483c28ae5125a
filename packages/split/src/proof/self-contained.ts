import { type Case, nameOf } from "./case.ts";
import { cReach } from "./reach-of-c.ts";
import { goReach } from "./reach-of-go.ts";
import { rustReach } from "./reach-of-rust.ts";
import { everything, type Reach } from "./reach.ts";
import { isInside } from "../paths.ts";

/** The program that is built can start no other program, as its sources in the context show. */
export const startsNothing = (subject: Case): boolean => !reachOf(subject).starts;

/** The program that is built opens no file in these folders, as its sources in the context show. */
export function readsNoneOf(folders: readonly string[], subject: Case): boolean {
  const { reads } = reachOf(subject);
  const { env } = subject.after.facts.effects(subject.final.instructions.at(-1) ?? subject.final.from).after;
  return (
    reads !== null &&
    reads.every((each) => {
      const path = each.startsWith("$") ? (env.get(each.slice(1)) ?? null) : each;
      return (
        path !== null &&
        path.startsWith("/") &&
        !path.includes("..") &&
        !folders.some((folder) => isInside(path, folder))
      );
    })
  );
}

/** A program of Rust with nothing but its standard library: that links only what comes with the C library, and what unwinds. */
export const isPlainRust = (subject: Case): boolean =>
  subject.building.some((each) => nameOf(each) === "cargo") && startsNothing(subject);

const reaches = new WeakMap<Case, Reach>();

function reachOf(subject: Case): Reach {
  let reach = reaches.get(subject);
  if (!reach) reaches.set(subject, (reach = computeReach(subject)));
  return reach;
}

/** All code that is compiled is that of the context: nothing is fetched, generated or changed besides. */
function computeReach({ building, context }: Case): Reach {
  if (!context?.files) return everything;
  const compilers = new Set(building.filter((each) => each.build !== null).map(nameOf));
  const isPlain = building.every((each) => {
    const name = nameOf(each);
    if (name === "go") return /^(build|install|mod|vet|version|env)$/.test(each.words[0]?.values[0] ?? "");
    if (name === "cargo") return /^(build|fetch)$/.test(each.words[0]?.values[0] ?? "");
    return /^(gcc|cc|apk|apt-get|cd|mkdir|rm|set|true|strip)$/.test(name);
  });
  if (!isPlain || compilers.size !== 1) return everything;
  if (compilers.has("go")) return goReach(context);
  if (compilers.has("cargo")) return rustReach(context);
  return compilers.has("gcc") || compilers.has("cc") ? cReach(context) : everything;
}
