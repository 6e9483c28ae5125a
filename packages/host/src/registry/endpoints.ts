import { isIP } from "node:net";
import { parseMirror } from "./mirror.ts";
import { RegistryError } from "./problem.ts";

/** Where the API of a registry is asked. */
export interface Endpoint {
  /** `registry-1.docker.io`, `localhost:5000`. */
  readonly host: string;
  /** Before the repository's name: `` or `proxy/hub/`. */
  readonly prefix: string;
  /** In order of preference; the second one is tried when the first does not speak TLS at all. */
  readonly schemes: readonly ("https" | "http")[];
  /** What Docker's configuration calls it. */
  readonly credentialKey: string;
}

export interface EndpointOptions {
  /** For each registry, hosts to ask before it: `https://mirror.example/prefix` or `mirror.example:5000`. */
  readonly mirrors: Readonly<Record<string, readonly string[]>>;
  /** Hosts, with their ports, that may be asked over plain HTTP. Loopback always may. */
  readonly insecure: readonly string[];
}

/** The mirrors of a registry, then the registry itself. A mirror that cannot be read throws a `RegistryError`. */
export function endpointsOf(registry: string, options: EndpointOptions): readonly Endpoint[] {
  const mirrors = (options.mirrors[registry] ?? []).map((mirror) => mirrorEndpoint(mirror, options));
  const own: Endpoint =
    registry === "docker.io" || registry === "index.docker.io"
      ? { host: "registry-1.docker.io", prefix: "", schemes: ["https"], credentialKey: "https://index.docker.io/v1/" }
      : { host: registry, prefix: "", schemes: schemesOf(registry, options), credentialKey: registry };
  return [...mirrors, own];
}

function mirrorEndpoint(mirror: string, options: EndpointOptions): Endpoint {
  const parsed = parseMirror(mirror);
  if (!parsed) {
    throw new RegistryError("reference", "a mirror in the settings is not a host or a URL without a user name");
  }
  const { scheme, host, path } = parsed;
  const allowed = schemesOf(host, options);
  if (scheme === "http" && !allowed.includes("http")) {
    throw new RegistryError(
      "insecure",
      `its mirror \`${host}\` is set to plain HTTP, which is not allowed for that host`,
    );
  }
  const prefix = path.replace(/^\/+|\/+$/g, "");
  return {
    host,
    prefix: prefix === "" ? "" : `${prefix}/`,
    schemes: scheme === null ? allowed : [scheme],
    credentialKey: host,
  };
}

const schemesOf = (host: string, options: EndpointOptions): readonly ("https" | "http")[] =>
  mayUsePlainHttp(host, options) ? ["https", "http"] : ["https"];

/** `host` may have a port. */
export const mayUsePlainHttp = (host: string, { insecure }: Pick<EndpointOptions, "insecure">): boolean =>
  isLoopback(new URL(`http://${host}`).hostname) || insecure.includes(host);

/** `localhost`, its subdomains, 127.0.0.0/8 and ::1, as they stand in a URL's `hostname`. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "[::1]" ||
    (isIP(name) === 4 && name.startsWith("127."))
  );
}
