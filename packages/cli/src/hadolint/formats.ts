import { codacy, codeclimate, gitlabCodeclimate, json, sarif, sonarqube } from "./json.ts";
import type { Reported } from "./issue.ts";
import { gnu, tty } from "./lines.ts";
import { checkstyle, junit } from "./xml.ts";

/** The version of hadolint whose interface this is. */
export const hadolintVersion = "2.15.1";

export const hadolintFormats = [
  "tty",
  "json",
  "checkstyle",
  "codeclimate",
  "gitlab_codeclimate",
  "gnu",
  "codacy",
  "sonarqube",
  "sarif",
  "junit",
] as const;

export type HadolintFormat = (typeof hadolintFormats)[number];

interface Layout {
  readonly color: boolean;
  /** In place of the inputs' names, in the formats that honour it. */
  readonly path: string | null;
  readonly now: Date;
}

/** A whole report. */
export function report(format: HadolintFormat, files: readonly Reported[], { color, path, now }: Layout): string {
  switch (format) {
    case "tty":
      return tty(files, color);
    case "json":
      return json(files);
    case "checkstyle":
      return checkstyle(files, path);
    case "codeclimate":
      return codeclimate(files, path);
    case "gitlab_codeclimate":
      return gitlabCodeclimate(files, path);
    case "gnu":
      return gnu(files);
    case "codacy":
      return codacy(files);
    case "sonarqube":
      return sonarqube(files, path);
    case "sarif":
      return sarif(files, driver);
    case "junit":
      return junit(files, path, now);
  }
}

const driver = {
  downloadUri: "https://github.com/hadolint/hadolint",
  fullName: "Stagewright in place of hadolint",
  name: "Hadolint",
  shortDescription: { text: "Checks Dockerfiles with hadolint's rules and codes" },
  version: hadolintVersion,
};
