export const formatNames = ["text", "compact", "json", "sarif"] as const;

export type FormatName = (typeof formatNames)[number];
