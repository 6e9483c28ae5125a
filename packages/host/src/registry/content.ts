import { createHash } from "node:crypto";
import type { Platform } from "@stagewright/core";
import { RegistryError } from "./problem.ts";

/** An image as a registry describes it, read from a manifest. */
export type Manifest =
  | { readonly kind: "index"; readonly entries: readonly IndexEntry[] }
  | { readonly kind: "image"; readonly config: string };

export interface IndexEntry {
  readonly digest: string;
  readonly platform: Platform;
}

/** What BuildKit takes over from a base image. */
export interface ImageConfig {
  readonly platform: Platform | null;
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly shell: readonly string[] | null;
  readonly user: string;
  readonly workdir: string;
  readonly onbuild: readonly string[];
  readonly healthcheck: boolean;
}

const indexTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const imageTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** For the Accept header of requests for manifests. */
export const manifestTypes: readonly string[] = [...indexTypes, ...imageTypes];

/** Algorithms are those that the grammar of digests lets in. */
export function digestOf(body: Buffer, algorithm = "sha256"): string {
  return `${algorithm}:${createHash(algorithm).update(body).digest("hex")}`;
}

export function isSame(body: Buffer, digest: string): boolean {
  return digestOf(body, digest.slice(0, digest.indexOf(":"))) === digest;
}

/** `type` is the Content-Type; throws a `RegistryError` for what is not an index or a manifest. */
export function parseManifest(body: Buffer, type: string): Manifest {
  const isIndex = indexTypes.includes(type);
  if (!isIndex && !imageTypes.includes(type)) {
    throw new RegistryError("content-type", `the registry sent \`${printable(type)}\` where a manifest was asked for`);
  }
  const json = parseJson(body);
  const declared = json["mediaType"];
  // One document that can be read as both kinds is how CVE-2021-41190 hid an image behind a digest.
  if (
    (declared !== undefined && declared !== type) ||
    (json["manifests"] !== undefined && json["layers"] !== undefined)
  ) {
    throw new RegistryError("content-type", "the registry sent a manifest that contradicts its own content type");
  }
  return isIndex
    ? { kind: "index", entries: parseEntries(json["manifests"]) }
    : { kind: "image", config: parseConfigDigest(json) };
}

function parseEntries(manifests: unknown): readonly IndexEntry[] {
  if (!Array.isArray(manifests)) {
    throw malformed("an index without a list of manifests");
  }
  return manifests.flatMap((entry: unknown) => {
    const { digest, platform } = asObject(entry);
    const parsed = readPlatform(asObject(platform));
    return typeof digest === "string" && digestPattern.test(digest) && parsed ? [{ digest, platform: parsed }] : [];
  });
}

function parseConfigDigest(json: Json): string {
  const digest = asObject(json["config"])["digest"];
  if (typeof digest !== "string" || !digestPattern.test(digest)) {
    throw malformed("a manifest without a config");
  }
  return digest;
}

/** Attestations stand in an index as `unknown/unknown`; they are no platforms. */
function readPlatform(json: Json): Platform | null {
  const { os, architecture, variant } = json as Json & { os?: unknown; architecture?: unknown; variant?: unknown };
  return typeof os === "string" &&
    typeof architecture === "string" &&
    os !== "unknown" &&
    os !== "" &&
    architecture !== ""
    ? { os, architecture, variant: typeof variant === "string" && variant !== "" ? variant : null }
    : null;
}

/** The blob that a manifest names as its config; throws a `RegistryError` for what is not JSON. */
export function parseImageConfig(body: Buffer): ImageConfig {
  const json = parseJson(body);
  const config = asObject(json["config"]);
  const platform = readPlatform(json);
  const user = config["User"];
  const workdir = config["WorkingDir"];
  const healthcheck = asObject(config["Healthcheck"])["Test"];
  return {
    platform,
    env: strings(config["Env"]).map(splitVariable),
    shell: Array.isArray(config["Shell"]) ? strings(config["Shell"]) : null,
    user: typeof user === "string" ? user : "",
    workdir: typeof workdir === "string" && workdir !== "" ? workdir : "/",
    onbuild: strings(config["OnBuild"]),
    healthcheck: Array.isArray(healthcheck) && healthcheck.length > 0 && healthcheck[0] !== "NONE",
  };
}

function splitVariable(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}

type Json = Readonly<Record<string, unknown>>;

const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export function parseJson(body: Buffer): Json {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Json;
    }
  } catch {
    // Falls through to the same error as JSON of another type.
  }
  throw malformed("something that is not a JSON object");
}

const malformed = (what: string): RegistryError => new RegistryError("malformed", `the registry sent ${what}`);

const asObject = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

const printable = (type: string): string => (/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : "no known content type");
