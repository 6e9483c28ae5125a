import type { Severity } from "./finding.ts";

/**
 * What rules may ask of the outside world. A rule states its requests, the host answers those that it can (asynchronously), and
 * `lint` stays synchronous: it reads the answers, and a rule says nothing where an answer is missing.
 */
export type Request = ShellCheckRequest | ImageRequest | FileRequest;

/** Lint a shell script with ShellCheck. */
export interface ShellCheckRequest {
  readonly kind: "shellcheck";
  /** The interpreter of the `#!` line: `/bin/sh`, `/bin/bash`, `/bin/ash`. */
  readonly shell: string;
  /** Names of variables that are known to be set, with their values where the file shows them. */
  readonly variables: readonly { readonly name: string; readonly value: string | null }[];
  /** The script without `#!` line and variables. */
  readonly script: string;
}

/** One comment of ShellCheck; lines and columns count from 1 in the request's script, columns in UTF-16 code units, ends are exclusive. */
export interface ShellCheckComment {
  readonly code: number;
  readonly level: Severity;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly replacements: readonly ShellCheckReplacement[];
}

/** One of the replacements of a comment; an empty place inserts. They do not overlap. */
export interface ShellCheckReplacement {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** What a registry knows of an image. */
export interface ImageRequest {
  readonly kind: "image";
  /** Normalised: `docker.io/library/debian:13`. */
  readonly reference: string;
  /** `os/arch[/variant]` or `null` for the default. */
  readonly platform: string | null;
  /** What is wanted besides existence, digest and platforms; each costs requests of its own. Without it, the config alone. */
  readonly details?: readonly ("config" | "tags")[];
}

export interface ImageAnswer {
  readonly exists: boolean;
  /** Digest of the index, or of the manifest where there is no index. */
  readonly digest: string | null;
  readonly platforms: readonly string[];
  /** Names and values; `null` where the config was not read. */
  readonly env: readonly (readonly [name: string, value: string])[] | null;
  readonly shell: readonly string[] | null;
  readonly user: string | null;
  readonly workdir: string | null;
  readonly onbuild: readonly string[] | null;
  readonly healthcheck: boolean | null;
  /** All tags of the repository, where they were asked for. */
  readonly tags: readonly string[] | null;
}

/** A file of the build context, `.dockerignore` for one. */
export interface FileRequest {
  readonly kind: "file";
  /** Relative to the build context, with forward slashes. */
  readonly path: string;
}

/** `text` is `null` when the file does not exist. */
export interface FileAnswer {
  readonly text: string | null;
}

interface AnswerOf {
  shellcheck: readonly ShellCheckComment[];
  image: ImageAnswer;
  file: FileAnswer;
}

export type Answer<R extends Request> = AnswerOf[R["kind"]];

/** The answers a host collected; `undefined` where there is none. */
export interface Answers {
  get<R extends Request>(request: R): Answer<R> | undefined;
}

/** No answers at all: what ESLint and an offline `lint` have. */
export const noAnswers: Answers = { get: () => undefined };

/** The same for requests that ask the same; the kind and a blank stand before the rest. */
export const requestKey = (request: Request): string => `${request.kind} ${JSON.stringify(request)}`;
