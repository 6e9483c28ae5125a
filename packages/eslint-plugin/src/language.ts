import { visitorKeys } from "@stagewright/ast";
import { createSourceCode, type SourceCode } from "@stagewright/core";
import { DockerfileSourceCode } from "./source-code.ts";

interface File {
  readonly body: string | Uint8Array;
}

interface Parsed {
  readonly ok: true;
  readonly ast: SourceCode["ast"];
  readonly source: SourceCode;
}

/** The language `stagewright/dockerfile`. Parsing never fails: what BuildKit refuses is reported by the rule `syntax`. */
export const dockerfile = {
  fileType: "text",
  lineStart: 1,
  columnStart: 1,
  nodeTypeKey: "type",
  visitorKeys,

  /** Throws for an option: there are none. */
  validateLanguageOptions(options: object): void {
    const [name] = Object.keys(options);
    if (name !== undefined) throw new TypeError(`stagewright/dockerfile has no language option \`${name}\`.`);
  },

  parse({ body }: File): Parsed {
    const source = createSourceCode(typeof body === "string" ? body : new TextDecoder().decode(body));
    return { ok: true, ast: source.ast, source };
  },

  createSourceCode(_: File, { source }: Parsed): DockerfileSourceCode {
    return new DockerfileSourceCode(source);
  },
} as const;
