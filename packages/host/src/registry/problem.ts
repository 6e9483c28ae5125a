/** Why an image could not be looked up. */
export type ProblemKind =
  /** Nothing may be asked. */
  | "offline"
  /** Not a reference that a registry can be asked for. */
  | "reference"
  /** Plain HTTP to a host that it is not allowed for. */
  | "insecure"
  | "unknown-host"
  | "unreachable"
  | "timeout"
  | "certificate"
  | "proxy"
  /** Docker's configuration or a credential helper failed. */
  | "credentials"
  /** 401 after everything known was tried. */
  | "unauthorized"
  /** 403. */
  | "forbidden"
  /** 404, where it is not the answer to the question. */
  | "not-found"
  /** 429, or the registry said that nothing is left of the allowance. */
  | "rate-limit"
  /** 5xx. */
  | "server"
  | "status"
  | "redirect"
  /** The connection ended inside the answer. */
  | "incomplete"
  | "content-type"
  | "digest"
  | "too-large"
  /** Not JSON, or not the JSON that the specification asks for. */
  | "malformed";

/** One image that could not be looked up. `message` is one line and holds nothing secret. */
export interface RegistryProblem {
  readonly problem: ProblemKind;
  /** The image or repository that was asked for. */
  readonly reference: string;
  readonly message: string;
}

export const isProblem = (value: object): value is RegistryProblem => "problem" in value;

/**
 * The same inside this folder, before it is known for which image. `why` is a clause of our own words: no text of a server, no
 * header, no URL with its query ever gets into it.
 */
export class RegistryError extends Error {
  readonly kind: ProblemKind;
  /** Another try may help. */
  readonly transient: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number | null;
  /** The next image of the same host would fail in the same way. */
  readonly hostWide: boolean;

  constructor(
    kind: ProblemKind,
    why: string,
    { transient = false, hostWide = false, retryAfter = null }: RegistryErrorDetails = {},
  ) {
    super(why);
    this.kind = kind;
    this.transient = transient;
    this.hostWide = hostWide;
    this.retryAfter = retryAfter;
  }
}

interface RegistryErrorDetails {
  readonly transient?: boolean;
  readonly hostWide?: boolean;
  readonly retryAfter?: number | null;
}

/** One line for people. An error that is not ours gives its class only, since its text may quote what it should not. */
export function toProblem(reference: string, error: unknown): RegistryProblem {
  const known = error instanceof RegistryError;
  const why = known ? error.message : `of an unexpected ${error instanceof Error ? error.name : "failure"}`;
  return {
    problem: known ? error.kind : "status",
    reference,
    message: `\`${oneLine(reference)}\` could not be looked up: ${why}.`,
  };
}

const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, " ").slice(0, 300);
