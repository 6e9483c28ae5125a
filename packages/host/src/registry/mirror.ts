/** A host that is asked before a registry, as settings and the command line name it. */
export interface Mirror {
  /** `null`: HTTPS, and HTTP where the host may be asked so. */
  readonly scheme: "http" | "https" | null;
  /** With the port. */
  readonly host: string;
  /** Begins with a slash, or is empty. */
  readonly path: string;
}

/** A host or a URL without a user name; `null` for anything else. */
export function parseMirror(text: string): Mirror | null {
  const [, scheme = null, host, path = ""] = /^(?:(https?):\/\/)?([^/@?#\s]+)(\/[^@?#\s]*)?$/.exec(text) ?? [];
  if (host === undefined || host.endsWith(":") || !URL.canParse(`https://${host}/`)) return null;
  return { scheme: scheme as Mirror["scheme"], host, path };
}
