import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { RegistryError } from "./problem.ts";
import type { Environment } from "./proxy.ts";

/** What a registry is told about who asks. */
export type Credentials =
  | { readonly kind: "password"; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token, to be exchanged for access tokens. */
  | { readonly kind: "identity"; readonly token: string }
  /** A bearer token for the registry itself. */
  | { readonly kind: "bearer"; readonly token: string };

export interface CredentialStore {
  /**
   * Credentials for a registry, `null` where there are none. `key` is its name in Docker's configuration. Each key is looked up once.
   * Rejects with a `RegistryError`.
   */
  get(key: string, repository: string): Promise<Credentials | null>;
}

export interface CredentialOptions {
  readonly environment: Environment;
  /** Path of a `config.json`; `undefined` finds Docker's, then Podman's; `null` means no credentials at all. */
  readonly dockerConfig: string | null | undefined;
  /** Milliseconds that a credential helper may take. */
  readonly helperTimeout: number;
}

/** The part of `config.json` that matters; everything in it may be of any type. */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, unknown>>;
  readonly credHelpers?: Readonly<Record<string, unknown>>;
  readonly credsStore?: unknown;
}

export function createCredentialStore(options: CredentialOptions): CredentialStore {
  const found = new Map<string, Promise<Credentials | null>>();
  let configs: Promise<readonly DockerConfig[]> | undefined;

  const find = async (key: string, repository: string): Promise<Credentials | null> => {
    configs ??= readConfigs(options);
    for (const config of await configs) {
      const helper = config.credHelpers?.[key] ?? config.credsStore;
      const credentials =
        typeof helper === "string" && helper !== ""
          ? await askHelper(helper, key, options)
          : fromAuths(config.auths ?? {}, key, repository);
      if (credentials) {
        return credentials;
      }
    }
    return null;
  };

  return {
    get(key, repository) {
      const name = `${key} ${repository}`;
      const known = found.get(name) ?? find(key, repository);
      found.set(name, known);
      return known;
    },
  };
}

async function readConfigs({ dockerConfig, environment }: CredentialOptions): Promise<readonly DockerConfig[]> {
  if (dockerConfig === null) {
    return [];
  }
  const paths = dockerConfig === undefined ? defaultPaths(environment) : [dockerConfig];
  const configs = await Promise.all(paths.map((path) => readConfig(path, dockerConfig !== undefined)));
  return configs.filter((config) => config !== null);
}

/** REGISTRY_AUTH_FILE stands alone, as in Podman; otherwise Docker's file comes before Podman's. */
function defaultPaths(environment: Environment): readonly string[] {
  if (environment["REGISTRY_AUTH_FILE"]) {
    return [environment["REGISTRY_AUTH_FILE"]];
  }
  const docker = join(environment["DOCKER_CONFIG"] || join(homedir(), ".docker"), "config.json");
  const runtime = environment["XDG_RUNTIME_DIR"];
  return runtime ? [docker, join(runtime, "containers", "auth.json")] : [docker];
}

async function readConfig(path: string, mustExist: boolean): Promise<DockerConfig | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    if (mustExist) {
      throw new RegistryError("credentials", `the file with the credentials, \`${path}\`, cannot be read`);
    }
    return null;
  }
  const config = parseObject(text);
  if (!config) {
    throw new RegistryError("credentials", `the file with the credentials, \`${path}\`, is not a JSON object`);
  }
  return {
    auths: asObject(config["auths"]) ?? {},
    credHelpers: asObject(config["credHelpers"]) ?? {},
    credsStore: config["credsStore"],
  };
}

/** Docker compares hosts, whatever scheme or path a key has; Podman also knows keys such as `quay.io/team`, the longest first. */
function fromAuths(auths: Readonly<Record<string, unknown>>, key: string, repository: string): Credentials | null {
  const exact = asObject(auths[key]);
  if (exact) {
    return fromEntry(exact);
  }
  const full = `${hostOf(key)}/${repository}`;
  const scoped = Object.keys(auths)
    .filter((name) => !name.includes("://") && name.includes("/") && `${full}/`.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  const same = Object.keys(auths).filter(
    (name) => hostOf(name) === hostOf(key) && !scoped.includes(name) && isWholeHost(name),
  );
  for (const name of [...scoped, ...same]) {
    const entry = asObject(auths[name]);
    const credentials = entry && fromEntry(entry);
    if (credentials) {
      return credentials;
    }
  }
  return null;
}

/** `https://index.docker.io/v1/` and `quay.io`, but not `quay.io/team`. */
const isWholeHost = (name: string): boolean => name.includes("://") || /^[^/]+(?:\/v[12]\/?)?$/.test(name);

function hostOf(name: string): string {
  const host = name
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/\/.*$/, "")
    .toLowerCase();
  return host === "docker.io" ? "index.docker.io" : host;
}

function fromEntry(entry: Readonly<Record<string, unknown>>): Credentials | null {
  const { auth, username, password, identitytoken, registrytoken } = entry as Readonly<Record<string, unknown>> & {
    auth?: unknown;
    username?: unknown;
    password?: unknown;
    identitytoken?: unknown;
    registrytoken?: unknown;
  };
  if (isFilled(registrytoken)) {
    return { kind: "bearer", token: registrytoken };
  }
  if (isFilled(identitytoken)) {
    return { kind: "identity", token: identitytoken };
  }
  if (isFilled(auth)) {
    const pair = Buffer.from(auth, "base64").toString("utf8").replace(/\0+$/, "");
    const colon = pair.indexOf(":");
    return colon > 0 ? { kind: "password", username: pair.slice(0, colon), password: pair.slice(colon + 1) } : null;
  }
  return isFilled(username) && typeof password === "string" ? { kind: "password", username, password } : null;
}

/** Runs `docker-credential-NAME get`. What it prints never gets into an error. */
function askHelper(name: string, key: string, options: CredentialOptions): Promise<Credentials | null> {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) {
    throw new RegistryError(
      "credentials",
      "Docker's configuration names a credential helper that is not a program's name",
    );
  }
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new RegistryError("credentials", `the credential helper \`${program}\` ${why}`));
    };
    const child = execFile(
      program,
      ["get"],
      { env: { ...options.environment }, timeout: options.helperTimeout, maxBuffer: 1 << 20, windowsHide: true },
      (error, stdout) => {
        if (error) {
          const missing = /credentials not found/i.test(stdout);
          if (missing) {
            resolve(null);
          } else {
            fail(error.code === "ENOENT" ? "is not installed" : error.killed ? "took too long" : "failed");
          }
          return;
        }
        const answer = parseObject(stdout);
        const username = answer?.["Username"];
        const secret = answer?.["Secret"];
        if (typeof username !== "string" || typeof secret !== "string") {
          fail("gave no user name and secret");
        } else if (secret === "") {
          resolve(null);
        } else if (username === "<token>") {
          resolve({ kind: "identity", token: secret });
        } else {
          resolve({ kind: "password", username, password: secret });
        }
      },
    );
    child.stdin?.on("error", () => {
      // A helper that ends without reading is judged by what it printed.
    });
    child.stdin?.end(key);
  });
}

const isFilled = (value: unknown): value is string => typeof value === "string" && value !== "";

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
