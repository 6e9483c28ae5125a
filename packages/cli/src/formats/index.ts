import type { Format } from "./format.ts";
import type { FormatName } from "./names.ts";

/** Loads a format when it is asked for; `diff` is what `--diff` prints. */
export async function loadFormat(name: FormatName | "diff"): Promise<Format> {
  switch (name) {
    case "text":
      return (await import("./text.ts")).text;
    case "compact":
      return (await import("./compact.ts")).compact;
    case "json":
      return (await import("./json.ts")).json;
    case "sarif":
      return (await import("./sarif.ts")).sarif;
    case "github":
      return (await import("./github.ts")).github;
    case "rdjson":
      return (await import("./rdjson.ts")).rdjson;
    case "gitlab":
      return (await import("./gitlab.ts")).gitlab;
    case "markdown":
      return (await import("./markdown.ts")).markdown;
    case "checkstyle":
      return (await import("./checkstyle.ts")).checkstyle;
    case "junit":
      return (await import("./junit.ts")).junit;
    case "diff":
      return (await import("./diff.ts")).diff;
  }
}
