import { RegistryError } from "./problem.ts";

/** A normalised reference in the parts that the API's paths are made of. */
export interface Target {
  /** `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** `library/debian`. */
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

const host = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?`;
const name = String.raw`[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*`;
const digest = String.raw`sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}`;

const repositoryPattern = new RegExp(`^(${host})/(${name}(?:/${name})*)$`);
const referencePattern = new RegExp(`^(${host})/(${name}(?:/${name})*)(?::(\\w[\\w.-]{0,127}))?(?:@(${digest}))?$`);

export const isDigest = (text: string): boolean => new RegExp(`^(?:${digest})$`).test(text);

/**
 * Splits `docker.io/library/debian:13`. Nothing is normalised here, and what does not match the grammar never becomes a part of a
 * URL: it throws a `RegistryError`.
 */
export function parseTarget(reference: string): Target {
  const match = referencePattern.exec(reference);
  if (!match || (match[2] ?? "").length > 255) {
    throw new RegistryError("reference", "it is not a full image reference");
  }
  const [, registry = "", repository = "", tag = null, pinned = null] = match;
  return { registry, repository, tag: tag ?? (pinned ? null : "latest"), digest: pinned };
}

/** Splits `docker.io/library/debian`; throws like `parseTarget`. */
export function parseRepository(text: string): { readonly registry: string; readonly repository: string } {
  const match = repositoryPattern.exec(text);
  if (!match) {
    throw new RegistryError("reference", "it is not a full repository name");
  }
  return { registry: match[1] ?? "", repository: match[2] ?? "" };
}
