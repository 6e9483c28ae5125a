import { nearest, type Range } from "@stagewright/ast";
import type { Mount } from "../facts/types.ts";

/** Why BuildKit refuses a mount, and where. */
export interface Doubt {
  readonly code: "bad-mount" | "missing-mount-target";
  readonly message: string;
  readonly range: Range;
}

/** A text with variables put in, or `null` when one of them has no known value. */
export type Expand = (text: string) => string | null;

type Option = Mount["options"][number];

const types = ["bind", "cache", "tmpfs", "secret", "ssh"];
const sharings = ["shared", "private", "locked"];
const targets = ["target", "dst", "destination"];
const sources = ["source", "src"];
const switches = ["readonly", "ro", "readwrite", "rw"];
const ownership = ["mode", "uid", "gid"];
const keys = [
  ...["type", "from", "id", "sharing", "required", "size", "env"],
  ...[...targets, ...sources, ...switches, ...ownership],
];

/** The first thing for which BuildKit refuses a mount (instructions' parseMount, dispatchRunMounts). */
export function mountDoubt(mount: Mount, expand: Expand, workdir: () => string | null): Doubt | null {
  // A key that stands twice counts at its last place, and the type for the keys behind it.
  const values = new Map<string, string | null>();
  const places = new Map<string, Option>();
  let type: string | null = "bind";
  for (const option of mount.options) {
    const value = option.value === null ? null : expand(option.value);
    const message = optionDoubt(option, value, type);
    if (message) return { code: "bad-mount", message, range: option.range };
    const key = plainKey(option.key);
    if (key === "type") type = value?.toLowerCase() ?? null;
    values.set(key, value);
    places.set(key, option);
  }
  if (type === null) return null;
  const message = wholeDoubt(mount, type, values, places);
  if (message) return message;
  return type === "secret" || type === "ssh" ? null : targetDoubt(mount, values, places, workdir);
}

const plainKey = (key: string): string => (targets.includes(key) ? "target" : sources.includes(key) ? "source" : key);

/** One option, behind a type that is `null` when a variable holds it. */
function optionDoubt({ key, value: written }: Option, value: string | null, type: string | null): string | null {
  if (written === null && key === "") return "Nothing stands between two commas, or behind the last one.";
  if (!keys.includes(key)) {
    const near = nearest(key, keys);
    return `\`--mount\` has no key \`${key}\`${near === null ? "." : `; did you mean \`${near}\`?`}`;
  }
  const needed = needsType[key];
  if (needed && type !== null && !needed.includes(type)) {
    return `\`${key}\` follows a \`type\` that knows it: ${needed.map((each) => `\`${each}\``).join(" or ")}.`;
  }
  if (written === null) {
    return switches.includes(key) || key === "required" ? null : `\`${key}\` needs a value behind \`=\`.`;
  }
  return value === null || isValue(key, value) ? null : valueMessage(key, value);
}

const needsType: Readonly<Record<string, readonly string[] | undefined>> = {
  required: ["secret", "ssh"],
  size: ["tmpfs"],
};

function isValue(key: string, value: string): boolean {
  switch (key) {
    case "type":
      return types.includes(value.toLowerCase());
    case "sharing":
      return sharings.includes(value.toLowerCase());
    case "mode":
      return /^[0-7]+$/.test(value) && Number.parseInt(value, 8) < 2 ** 32;
    case "uid":
    case "gid":
      return /^\d+$/.test(value) && Number(value) < 2 ** 32;
    case "size":
      return /^[\d.]+(?:e\d+)? ?(?:b|[kmgtp](?:i?b)?)?$/i.test(value);
    default:
      return !(switches.includes(key) || key === "required") || boolean.test(value);
  }
}

/** As Go's strconv.ParseBool. */
const boolean = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

function valueMessage(key: string, value: string): string {
  const choices = key === "type" ? types : key === "sharing" ? sharings : null;
  if (value === "") return `\`${key}\` needs a value behind \`=\`.`;
  if (!choices) return `\`${value}\` is no value for \`${key}\`; use ${valueForms[key] ?? "`true` or `false`"}.`;
  const near = nearest(value, choices);
  const list = choices.map((choice) => `\`${choice}\``);
  const hint = near === null ? `use ${list.slice(0, -1).join(", ")} or ${list.at(-1)}.` : `did you mean \`${near}\`?`;
  return `\`${value}\` is no ${key === "type" ? "type" : "sharing"} of a mount; ${hint}`;
}

const valueForms: Readonly<Record<string, string | undefined>> = {
  mode: "octal digits such as `0755`",
  uid: "a number",
  gid: "a number",
  size: "a number of bytes such as `64m`",
};

/** What options mean together. */
function wholeDoubt(
  mount: Mount,
  type: string,
  values: ReadonlyMap<string, string | null>,
  places: ReadonlyMap<string, Option>,
): Doubt | null {
  const doubt = (key: string, message: string): Doubt | null => {
    const place = places.get(key);
    return place ? { code: "bad-mount", message, range: place.range } : null;
  };
  /** Certainly so: what a variable without a known value holds is neither set nor empty. */
  const isSet = (key: string) => Boolean(values.get(key));
  const isEmpty = (key: string) => (values.has(key) ? values.get(key) === "" : true);
  const alien = (key: string) => doubt(key, `A mount of the type \`${type}\` has no \`${key}\`.`);
  if (!["secret", "ssh", "cache"].includes(type)) {
    const owner = ownership.find((key) => places.has(key));
    if (owner) return alien(owner);
  }
  if (type === "secret" && isSet("from")) return alien("from");
  if (type !== "cache" && isSet("sharing")) return alien("sharing");
  if (type === "secret" && ["source", "target", "id"].every(isEmpty)) {
    return { code: "bad-mount", message: "A mount of a secret needs its `id`.", range: mount.flag.range };
  }
  if (type === "ssh" && isSet("source")) return alien("source");
  if (type === "secret" && isSet("source") && isSet("id")) {
    return doubt("id", "`source` and `id` of a secret are the same thing; give one.");
  }
  return null;
}

/** A mount over the root directory is refused; without a target it covers the working directory. */
function targetDoubt(
  mount: Mount,
  values: ReadonlyMap<string, string | null>,
  places: ReadonlyMap<string, Option>,
  workdir: () => string | null,
): Doubt | null {
  const target = values.has("target") ? values.get("target") : "";
  if (target === undefined || target === null) return null;
  const staysIn = target.split("/").every((part) => part === "" || part === "." || part === "..");
  if (target !== "/" && (!staysIn || target.startsWith("/") || workdir() !== "/")) return null;
  const place = places.get("target");
  return place
    ? { code: "bad-mount", message: "A mount cannot cover the root directory.", range: place.range }
    : {
        code: "missing-mount-target",
        message: "The mount needs a `target`; without one it covers the root directory.",
        range: mount.flag.range,
      };
}
