import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pathHint } from "./path-hint.ts";

/** Why a file has no text. */
export class UnreadableFile extends Error {}

/** Reads a file as text. Throws `UnreadableFile` with one sentence for people. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UnreadableFile(reason((error as NodeJS.ErrnoException).code, path));
  }
  return decodeText(bytes);
}

/** Bytes as UTF-8, or as UTF-16 with a mark that says so. Throws `UnreadableFile` for binary content. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le").replace(/^\ufeff/, "");
  if (bytes.subarray(0, 8192).includes(0)) throw new UnreadableFile("The file is binary, not a Dockerfile.");
  return bytes.toString("utf8");
}

function reason(code: string | undefined, path: string): string {
  switch (code) {
    case "ENOENT":
      return `There is no such file${pathHint(basename(path), dirname(path))}`;
    case "EACCES":
    case "EPERM":
      return "The file may not be read.";
    case "EISDIR":
      return "This is a folder, not a file.";
    default:
      return `The file cannot be read${code === undefined ? "" : `: ${code}`}.`;
  }
}
