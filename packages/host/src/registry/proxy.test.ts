import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request as httpRequest } from "node:http";
import { type AddressInfo, connect as dial, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FakeRegistry, startFakeRegistry } from "./fake-registry.ts";
import { createRegistry, type Registry, type RegistryOptions } from "./index.ts";

const cleanups: (() => unknown)[] = [];
let directory = "";
let tls = { key: "", cert: "" };

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "stagewright-proxy-"));
  const [key, cert] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  const subject = ["-subj", "/CN=registry.test", "-addext", "subjectAltName=DNS:registry.test"];
  const options = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", [...options, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

interface Proxy {
  readonly host: string;
  /** `CONNECT registry.test:443` or `GET http://...`, with the Proxy-Authorization. */
  readonly seen: { readonly line: string; readonly authorization: string | undefined }[];
}

/** A proxy that takes every name for `upstream`. */
const startProxy = async (upstream: FakeRegistry, status = 200): Promise<Proxy> => {
  const seen: Proxy["seen"] = [];
  const note = ({ method, url, headers }: IncomingMessage): void => {
    seen.push({ line: `${method ?? ""} ${url ?? ""}`, authorization: headers["proxy-authorization"] });
  };
  const [host, port] = upstream.host.split(":");
  const sockets = new Set<Duplex>();
  const server = createServer((incoming, response) => {
    note(incoming);
    const path = new URL(incoming.url ?? "").pathname;
    const { "proxy-authorization": _, ...headers } = incoming.headers;
    httpRequest({ host, port, path, method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    }).end();
  });
  server.on("connect", (incoming: IncomingMessage, socket: Socket) => {
    note(incoming);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${String(status)} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = dial(Number(port), host);
    sockets.add(socket).add(onward);
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.write("HTTP/1.1 200 Connected\r\n\r\n");
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, seen };
};

const start = async (options?: Parameters<typeof startFakeRegistry>[0]): Promise<FakeRegistry> => {
  const fake = await startFakeRegistry(options);
  cleanups.push(() => fake.stop());
  return fake;
};

const connect = (environment: Readonly<Record<string, string>>, options: RegistryOptions = {}): Registry => {
  const registry = createRegistry({
    offline: false,
    dockerConfig: null,
    environment,
    retries: 0,
    ca: [tls.cert],
    ...options,
  });
  cleanups.push(() => {
    registry.close();
  });
  return registry;
};

describe("a proxy", () => {
  it("tunnels to registries, and learns no login of theirs", async () => {
    const fake = await start({
      tls,
      handle: ({ headers }, response) => {
        const refuses = headers.authorization === undefined;
        if (refuses) {
          response.writeHead(401, { "www-authenticate": "Basic", "content-length": "0" }).end();
        }
        return refuses;
      },
    });
    const [first, second] = [fake.push("a", "1"), fake.push("b", "1")];
    const proxy = await startProxy(fake);
    const dockerConfig = join(directory, "config.json");
    writeFileSync(
      dockerConfig,
      JSON.stringify({ auths: { "registry.test": { auth: Buffer.from("u:p").toString("base64") } } }),
    );
    const registry = connect({ HTTPS_PROXY: `http://me:pa%20ss@${proxy.host}` }, { dockerConfig });

    expect(await registry.digest("registry.test/a:1")).toEqual({ digest: first });
    expect(await registry.digest("registry.test/b:1")).toEqual({ digest: second });
    expect(proxy.seen).toEqual([
      { line: "CONNECT registry.test:443", authorization: `Basic ${Buffer.from("me:pa ss").toString("base64")}` },
    ]);
    expect(fake.requests.map(({ headers }) => headers["proxy-authorization"])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("passes plain HTTP on for hosts that may be asked so", async () => {
    const fake = await start();
    const digest = fake.push("a", "1");
    const proxy = await startProxy(fake);
    const environment = { HTTP_PROXY: `http://${proxy.host}`, HTTPS_PROXY: `http://${proxy.host}` };
    const registry = connect(environment, { insecure: ["registry.test:8080"] });

    expect(await registry.digest("registry.test:8080/a:1")).toEqual({ digest });
    expect(proxy.seen.map(({ line }) => line)).toEqual([
      "CONNECT registry.test:8080",
      "HEAD http://registry.test:8080/v2/a/manifests/1",
    ]);
  });

  it("never makes plain HTTP of HTTPS for other hosts", async () => {
    const fake = await start();
    const proxy = await startProxy(fake);
    const environment = { HTTP_PROXY: `http://${proxy.host}`, HTTPS_PROXY: `http://${proxy.host}` };

    expect(await connect(environment).digest("registry.test:8080/a:1")).toMatchObject({
      problem: "certificate",
      message:
        "`registry.test:8080/a:1` could not be looked up: `registry.test:8080` does not speak TLS, and plain HTTP is only used for loopback and hosts set as insecure.",
    });
    expect(fake.requests).toHaveLength(0);
  });

  it("that refuses is a line without its password", async () => {
    const proxy = await startProxy(await start(), 407);
    const answer = await connect({ HTTPS_PROXY: `http://me:secret@${proxy.host}` }).digest("registry.test/a:1");

    expect(answer).toEqual({
      problem: "proxy",
      reference: "registry.test/a:1",
      message: `\`registry.test/a:1\` could not be looked up: the proxy \`${proxy.host}\` refused the connection with status 407.`,
    });
  });

  it("that is not there is a line", async () => {
    const fake = await start();
    await fake.stop();

    expect(await connect({ HTTPS_PROXY: `http://me:secret@${fake.host}` }).digest("registry.test/a:1")).toMatchObject({
      message: `\`registry.test/a:1\` could not be looked up: the proxy \`${fake.host}\` cannot be reached.`,
    });
  });

  it("checks the registry's certificate all the same", async () => {
    const fake = await start({ tls });
    const proxy = await startProxy(fake);

    expect(await connect({ HTTPS_PROXY: `http://${proxy.host}` }).digest("other.test/a:1")).toMatchObject({
      problem: "certificate",
    });
    expect(fake.requests).toHaveLength(0);
  });
});
