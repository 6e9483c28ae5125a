import { digestOf, isSame, manifestTypes, parseJson, parseManifest } from "./content.ts";
import type { Endpoint } from "./endpoints.ts";
import { RegistryError } from "./problem.ts";
import { isDigest, type Target } from "./reference.ts";
import type { Session } from "./session.ts";
import type { HttpResponse } from "./transport.ts";

/** A manifest or a blob whose bytes have its digest. */
export interface Content {
  readonly digest: string;
  readonly type: string;
  readonly body: Buffer;
}

const mebibyte = 1024 * 1024;
/** The size that the specification asks registries to accept at least, and clients to limit. */
const manifestLimit = 4 * mebibyte;
const configLimit = 8 * mebibyte;
const tagsLimit = 4 * mebibyte;
const maxTagPages = 50;

/** HEAD, which Docker Hub does not count as a pull; GET where a registry leaves the digest out of the answer. */
export async function headDigest(session: Session, endpoint: Endpoint, target: Target): Promise<string> {
  const { response } = await session.ask({ ...manifestRequest(endpoint, target), method: "HEAD" });
  const digest = contentDigest(response);
  if (digest === null || !manifestTypes.includes(contentType(response))) {
    return (await getManifest(session, endpoint, target)).digest;
  }
  if (target.digest !== null && digest !== target.digest) {
    throw wrongDigest();
  }
  return digest;
}

export async function getManifest(session: Session, endpoint: Endpoint, target: Target): Promise<Content> {
  const { response } = await session.ask({ ...manifestRequest(endpoint, target), method: "GET" });
  const expected = target.digest ?? contentDigest(response);
  if (expected !== null && !isSame(response.body, expected)) {
    throw wrongDigest();
  }
  const type = contentType(response);
  parseManifest(response.body, type);
  return { digest: expected ?? digestOf(response.body), type, body: response.body };
}

const manifestRequest = (endpoint: Endpoint, { repository, tag, digest }: Target) => ({
  endpoint,
  repository,
  path: `manifests/${digest ?? tag ?? "latest"}`,
  accept: manifestTypes,
  limit: manifestLimit,
});

export async function getBlob(
  session: Session,
  endpoint: Endpoint,
  { repository }: Target,
  digest: string,
): Promise<Content> {
  const path = `blobs/${digest}`;
  const { response } = await session.ask({
    endpoint,
    repository,
    path,
    method: "GET",
    accept: ["*/*"],
    limit: configLimit,
  });
  if (!isSame(response.body, digest)) {
    throw wrongDigest();
  }
  return { digest, type: contentType(response), body: response.body };
}

export async function listTags(session: Session, endpoint: Endpoint, repository: string): Promise<readonly string[]> {
  const tags: string[] = [];
  let path: string | null = "tags/list?n=1000";
  for (let page = 0; path !== null && page < maxTagPages; page += 1) {
    const request = {
      endpoint,
      repository,
      path,
      method: "GET",
      accept: ["application/json"],
      limit: tagsLimit,
    } as const;
    const { response, url } = await session.ask(request);
    const listed = parseJson(response.body)["tags"] ?? [];
    if (!Array.isArray(listed) || !listed.every((tag) => typeof tag === "string")) {
      throw new RegistryError("malformed", "the registry sent a list of tags that is none");
    }
    tags.push(...listed);
    path = nextPage(response, url, `/v2/${endpoint.prefix}${repository}/`);
  }
  return tags;
}

/** `Link: </v2/NAME/tags/list?last=b&n=2>; rel="next"`: only another page of the same list is followed. */
function nextPage({ headers }: HttpResponse, url: URL, base: string): string | null {
  const link = /<([^<>]+)>\s*;[^,]*\brel="?next"?/i.exec(String(headers["link"] ?? ""))?.[1];
  if (link === undefined || !URL.canParse(link, url.href)) {
    return null;
  }
  const next = new URL(link, url);
  return next.host === url.host && next.pathname === `${base}tags/list` ? `tags/list${next.search}` : null;
}

function contentDigest({ headers }: HttpResponse): string | null {
  const digest = headers["docker-content-digest"];
  return typeof digest === "string" && isDigest(digest) ? digest : null;
}

const contentType = ({ headers }: HttpResponse): string =>
  (headers["content-type"] ?? "").replace(/;.*$/s, "").trim().toLowerCase();

const wrongDigest = (): RegistryError =>
  new RegistryError("digest", "the registry sent content that does not have the digest it is named by");
