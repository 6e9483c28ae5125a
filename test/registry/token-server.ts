import { createSign, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** Gives tokens that docker-registry accepts (its token authentication): to all for reading below `public/`, to one user for everything. */
export interface TokenServer {
  readonly realm: string;
  /** `GET /token repository:a:pull anonymous`, since the last call. */
  takeCalls(): readonly string[];
  stop(): Promise<void>;
}

export interface TokenServerOptions {
  /** Files in PEM; the registry trusts the certificate. */
  readonly key: string;
  readonly certificate: string;
  readonly username: string;
  readonly password: string;
}

export const tokenIssuer = "tests";
export const tokenService = "registry.tests";

export async function startTokenServer({
  key,
  certificate,
  username,
  password,
}: TokenServerOptions): Promise<TokenServer> {
  const calls: string[] = [];
  const login = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const server = http.createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://tokens");
    const { authorization } = request.headers;
    const isUser = authorization === login;
    const scopes = searchParams.getAll("scope").flatMap((text) => text.split(" "));
    const who = authorization === undefined ? "anonymous" : isUser ? "with the login" : "with a wrong login";
    calls.push(`${request.method ?? ""} /token ${scopes.join(" ")} ${who}`);
    if (authorization !== undefined && !isUser) return void response.writeHead(401).end();
    const access = scopes.flatMap((scope) => {
      const [type = "", name = "", actions = ""] = scope.split(":");
      const allowed = actions
        .split(",")
        .filter((action) => isUser || (action === "pull" && name.startsWith("public/")));
      return allowed.length === 0 ? [] : [{ type, name, actions: allowed }];
    });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ token: sign(access, key, certificate), expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    realm: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`,
    takeCalls: () => calls.splice(0),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function sign(access: readonly object[], key: string, certificate: string): string {
  const chain = readFileSync(certificate, "utf8").replace(/-----[^-]+-----|\s/g, "");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: tokenIssuer,
    sub: "",
    aud: tokenService,
    iat: now,
    nbf: now - 10,
    exp: now + 300,
    jti: randomUUID(),
    access,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ typ: "JWT", alg: "ES256", x5c: [chain] })}.${encode(claims)}`;
  const signature = createSign("SHA256")
    .update(signed)
    .sign({ key: readFileSync(key, "utf8"), dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}
