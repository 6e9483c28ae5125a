import type { ParsedImage } from "./types.ts";

const hostPart = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const registryForm = new RegExp(`^(?:${hostPart}(?:\\.${hostPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const pathForm = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/** A digest of an algorithm that Docker and BuildKit know. */
export const isDigest = (text: string): boolean => digestForm.test(text);

/**
 * Reads an image reference as Docker and BuildKit do (github.com/distribution/reference, ParseNormalizedNamed): `docker.io` and `library/`
 * are put in for short names, a missing tag is not. `null` for what is no reference.
 */
export function parseImage(text: string): ParsedImage | null {
  if (/^[a-f0-9]{64}$/.test(text)) return null;
  const at = text.indexOf("@");
  const digest = at === -1 ? null : text.slice(at + 1);
  const named = at === -1 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(":");
  const tag = colon > named.lastIndexOf("/") ? named.slice(colon + 1) : null;
  const { registry, repository } = splitRegistry(tag === null ? named : named.slice(0, colon));
  if (!registryForm.test(registry) || !pathForm.test(repository) || repository.length > 255) return null;
  if ((tag !== null && !tagForm.test(tag)) || (digest !== null && !isDigest(digest))) return null;
  return { registry, repository, familiar: familiarName(registry, repository), tag, digest };
}

/** A reference in full, with the tag `latest` where it has neither tag nor digest. */
export function formatImage({ registry, repository, tag, digest }: ParsedImage): string {
  const version = tag ?? (digest === null ? "latest" : null);
  return `${registry}/${repository}${version === null ? "" : `:${version}`}${digest === null ? "" : `@${digest}`}`;
}

/** What stands before the first slash is a registry when it looks like a host (splitDockerDomain). */
function splitRegistry(name: string): { registry: string; repository: string } {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const isHost = first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase();
  const registry = !isHost || first === "index.docker.io" ? "docker.io" : first;
  const path = isHost ? name.slice(slash + 1) : name;
  return { registry, repository: registry === "docker.io" && !path.includes("/") ? `library/${path}` : path };
}

function familiarName(registry: string, repository: string): string {
  if (registry !== "docker.io") return `${registry}/${repository}`;
  return /^library\/[^/]+$/.test(repository) ? repository.slice("library/".length) : repository;
}
