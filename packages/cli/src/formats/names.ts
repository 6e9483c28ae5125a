export const formatNames = [
  "text",
  "compact",
  "json",
  "sarif",
  "github",
  "rdjson",
  "gitlab",
  "markdown",
  "checkstyle",
  "junit",
] as const;

export type FormatName = (typeof formatNames)[number];
