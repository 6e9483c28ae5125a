import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FakeOptions, type FakeRegistry, type Handler, startFakeRegistry } from "./fake-registry.ts";
import { createRegistry, isProblem, type Registry, type RegistryOptions } from "./index.ts";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

const start = async (options?: FakeOptions): Promise<FakeRegistry> => {
  const fake = await startFakeRegistry(options);
  cleanups.push(() => fake.stop());
  fake.push("good", "1");
  return fake;
};

interface Connected {
  readonly registry: Registry;
  /** Milliseconds of each wait between tries. */
  readonly waits: number[];
}

/** Time passes only by waiting. */
const connect = (options: RegistryOptions = {}): Connected => {
  const waits: number[] = [];
  let time = Date.now();
  const registry = createRegistry({
    offline: false,
    dockerConfig: null,
    environment: {},
    random: () => 0,
    now: () => time,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
    ...options,
  });
  cleanups.push(() => {
    registry.close();
  });
  return { registry, waits };
};

/** Only the image `bad` is answered by the fault. */
const bad =
  (fault: (response: ServerResponse, method: string) => void): Handler =>
  ({ url, method }, response) => {
    const isBad = url.includes("/bad/");
    if (isBad) {
      fault(response, method);
    }
    return isBad;
  };

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const image = (reference: string) => ({ kind: "image", reference, platform: null }) as const;

/** What `bad` gives, and that `good` of the same registry is answered all the same. */
const ask = async (fake: FakeRegistry, registry: Registry): Promise<{ problem: string; message: string }> => {
  const [worse, better] = await Promise.all([
    registry.answer(image(`${fake.host}/bad:1`)),
    registry.answer(image(`${fake.host}/good:1`)),
  ]);
  expect(better).toMatchObject({ exists: true });
  if (!isProblem(worse)) {
    throw new Error("the bad image was answered");
  }
  expect(worse.message).not.toMatch(/[\r\n]/);
  return { problem: worse.problem, message: worse.message.replaceAll(fake.host, "HOST") };
};

describe("a bad image leaves the rest alone:", () => {
  it("401 without a challenge", async () => {
    const fake = await start({ handle: bad((response) => response.writeHead(401).end()) });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "unauthorized",
      message: "`HOST/bad:1` could not be looked up: `HOST` shows no such image without a (different) login (401).",
    });
  });

  it("403", async () => {
    const fake = await start({ handle: bad((response) => response.writeHead(403).end("secret words of the server")) });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "forbidden",
      message: "`HOST/bad:1` could not be looked up: `HOST` does not allow it (403).",
    });
  });

  it("500, after three tries with growing waits", async () => {
    const fake = await start({ handle: bad((response) => response.writeHead(500).end()) });
    const { registry, waits } = connect();

    expect(await ask(fake, registry)).toEqual({
      problem: "server",
      message: "`HOST/bad:1` could not be looked up: `HOST` failed with status 500.",
    });
    expect(waits).toEqual([500, 1000]);
    expect(fake.requests.filter(({ url }) => url.includes("/bad/"))).toHaveLength(3);
  });

  it("500 once", async () => {
    let failures = 1;
    const fake = await start({
      handle: (_, response) => {
        const fails = failures > 0;
        failures -= 1;
        if (fails) {
          response.writeHead(503, { "retry-after": "3" }).end();
        }
        return fails;
      },
    });
    const { registry, waits } = connect();

    expect(await registry.answer(image(`${fake.host}/good:1`))).toMatchObject({ exists: true });
    expect(waits).toEqual([3000]);
  });

  it("a status that nobody expects", async () => {
    const fake = await start({ handle: bad((response) => response.writeHead(418).end()) });

    expect(await ask(fake, connect().registry)).toMatchObject({
      message: "`HOST/bad:1` could not be looked up: `HOST` answered with status 418.",
    });
  });

  it("half an answer", async () => {
    const fake = await start({
      handle: bad((response) => {
        response.writeHead(200, { "content-type": manifestType, "content-length": "1000" });
        response.write("{", () => response.destroy());
      }),
    });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "incomplete",
      message: "`HOST/bad:1` could not be looked up: `HOST` ended its answer half-way.",
    });
  });

  it("half an answer in chunks", async () => {
    const fake = await start({
      handle: bad((response) => {
        response.writeHead(200, { "content-type": manifestType });
        response.write("{", () => response.destroy());
      }),
    });

    expect(await ask(fake, connect().registry)).toMatchObject({ problem: "incomplete" });
  });

  it("an answer that never ends", async () => {
    const fake = await start({
      handle: bad((response) => {
        response.writeHead(200, { "content-type": manifestType });
        response.write("{");
      }),
    });

    expect(await ask(fake, connect({ timeout: 200, retries: 0 }).registry)).toEqual({
      problem: "timeout",
      message: "`HOST/bad:1` could not be looked up: `HOST` did not end its answer within 0.2 s.",
    });
  });

  it("a wrong content type", async () => {
    const fake = await start({
      handle: bad((response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<p>")),
    });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "content-type",
      message: "`HOST/bad:1` could not be looked up: the registry sent `text/html` where a manifest was asked for.",
    });
  });

  it("a manifest that is an index as well", async () => {
    const body = JSON.stringify({ mediaType: manifestType, manifests: [], layers: [], config: {} });
    const fake = await start({
      handle: bad((response) => response.writeHead(200, { "content-type": manifestType }).end(body)),
    });

    expect(await ask(fake, connect().registry)).toMatchObject({ problem: "content-type" });
  });

  it.each(["[]", "{", "", "{}", '{"config":{"digest":"md5:00"}}', '{"config":null}'])(
    "the manifest %j",
    async (body) => {
      const fake = await start({
        handle: bad((response) => response.writeHead(200, { "content-type": manifestType }).end(body)),
      });

      expect(await ask(fake, connect().registry)).toMatchObject({ problem: "malformed" });
    },
  );

  it("a wrong digest", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const headers = { "content-type": manifestType, "docker-content-digest": digest };
    const fake = await start({ handle: bad((response) => response.writeHead(200, headers).end("{}")) });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "digest",
      message:
        "`HOST/bad:1` could not be looked up: the registry sent content that does not have the digest it is named by.",
    });
  });

  it("a config with another digest", async () => {
    const body = JSON.stringify({
      mediaType: manifestType,
      config: { digest: `sha256:${"1".repeat(64)}` },
      layers: [],
    });
    const fake = await start({
      handle: bad((response) => response.writeHead(200, { "content-type": manifestType }).end(body)),
    });

    expect(await ask(fake, connect().registry)).toMatchObject({ problem: "digest" });
  });

  it("a manifest of 50 MB that says so", async () => {
    const fake = await start({
      handle: bad((response) => {
        response.writeHead(200, { "content-type": manifestType, "content-length": String(50 * 1024 * 1024) });
        response.write("{");
      }),
    });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "too-large",
      message: "`HOST/bad:1` could not be looked up: `HOST` sent more than 4194304 bytes.",
    });
  });

  it("a manifest of 50 MB that does not say so, of which little more than the limit is read", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, " ");
    const fake = await start({
      handle: bad((response) => {
        response.writeHead(200, { "content-type": manifestType });
        const more = (): void => {
          while (!response.destroyed && sent < 50 * 1024 * 1024 && response.write(chunk)) {
            sent += chunk.length;
          }
        };
        response.on("drain", more);
        more();
      }),
    });

    expect(await ask(fake, connect().registry)).toMatchObject({ problem: "too-large" });
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ["nowhere", {}, "`HOST` redirects to nowhere"],
    ["plain HTTP on another host", { location: "http://cdn.example/x" }, "`HOST` redirects to a URL that is not HTTPS"],
    ["a file", { location: "file:///etc/passwd" }, "`HOST` redirects to a URL that is not HTTPS"],
    ["itself", { location: "/v2/bad/manifests/1" }, "`HOST` redirects without end"],
  ])("a redirect to %s", async (_, headers: Record<string, string>, why) => {
    const fake = await start({ handle: bad((response) => response.writeHead(307, headers).end()) });

    expect(await ask(fake, connect().registry)).toEqual({
      problem: "redirect",
      message: `\`HOST/bad:1\` could not be looked up: ${why}.`,
    });
  });
});

describe("rate limits", () => {
  it("are waited for when the registry says how long", async () => {
    let refusals = 2;
    const fake = await start({
      handle: (_, response) => {
        const refuses = refusals > 0;
        refusals -= 1;
        if (refuses) {
          response.writeHead(429, { "retry-after": "7" }).end();
        }
        return refuses;
      },
    });
    const { registry, waits } = connect();

    expect(await registry.answer(image(`${fake.host}/good:1`))).toMatchObject({ exists: true });
    expect(waits).toEqual([7000, 7000]);
  });

  it("that last too long end the questions to that registry, not to others", async () => {
    const fake = await start({
      handle: (_, response) => Boolean(response.writeHead(429, { "retry-after": "3600" }).end()),
    });
    const other = await start();
    const { registry, waits } = connect();
    const first = await registry.digest(`${fake.host}/a:1`);
    const second = await registry.digest(`${fake.host}/b:1`);

    expect(first).toMatchObject({
      problem: "rate-limit",
      message: `\`${fake.host}/a:1\` could not be looked up: \`${fake.host}\` allows no more requests for the next 60 min.`,
    });
    expect(second).toMatchObject({ problem: "rate-limit" });
    expect(fake.requests).toHaveLength(1);
    expect(waits).toEqual([]);
    expect(await registry.digest(`${other.host}/good:1`)).toHaveProperty("digest");
  });

  it("without a time are tried three times, and then not again by the next image", async () => {
    const fake = await start({ handle: (_, response) => Boolean(response.writeHead(429).end()) });
    const { registry } = connect();

    expect(await registry.digest(`${fake.host}/a:1`)).toMatchObject({ problem: "rate-limit" });
    expect(await registry.digest(`${fake.host}/b:1`)).toMatchObject({ problem: "rate-limit" });
    expect(fake.requests).toHaveLength(3);
  });

  it.each([
    { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "0;w=21600" },
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "21600" },
    { ratelimit: '"pulls";r=0;t=21600' },
  ])("are kept before they are broken: %j", async (headers) => {
    const fake = await start({
      handle: (_, response) => {
        for (const [name, value] of Object.entries(headers)) {
          response.setHeader(name, value);
        }
        return false;
      },
    });
    fake.push("more", "1");
    const { registry } = connect();

    expect(await registry.digest(`${fake.host}/good:1`)).toHaveProperty("digest");
    expect(await registry.digest(`${fake.host}/more:1`)).toMatchObject({ problem: "rate-limit" });
    expect(fake.requests).toHaveLength(1);
  });

  it("that are not reached hold nothing up", async () => {
    const fake = await start({
      handle: (_, response) => {
        response.setHeader("ratelimit-remaining", "10;w=21600");
        return false;
      },
    });
    fake.push("more", "1");
    const { registry } = connect();

    expect(await registry.digest(`${fake.host}/good:1`)).toHaveProperty("digest");
    expect(await registry.digest(`${fake.host}/more:1`)).toHaveProperty("digest");
  });
});

describe("a registry that is not there", () => {
  it("is an unknown host", async () => {
    const { registry } = connect();

    expect(await registry.digest("registry.invalid/app:1")).toMatchObject({
      problem: "unknown-host",
      message: expect.stringMatching(
        /^`registry\.invalid\/app:1` could not be looked up: the (?:host|name) `registry\.invalid` /,
      ),
    });
  });

  it("is asked three times, not three times for each image", async () => {
    const fake = await start();
    await fake.stop();
    const { registry, waits } = connect();
    const answers = await Promise.all(["a", "b", "c", "d"].map((name) => registry.digest(`${fake.host}/${name}:1`)));

    expect(answers.map((answer) => isProblem(answer) && answer.message.replaceAll(fake.host, "HOST"))).toEqual(
      ["a", "b", "c", "d"].map(
        (name) => `\`HOST/${name}:1\` could not be looked up: no connection to \`HOST\` (ECONNREFUSED).`,
      ),
    );
    expect(waits).toEqual([500, 1000]);
  });

  it("accepts connections and says nothing", async () => {
    const silent = await listen(createServer(() => undefined));

    expect(await connect({ timeout: 100, retries: 0 }).registry.digest(`${silent}/a:1`)).toMatchObject({
      problem: "timeout",
    });
  });

  it("speaks something else", async () => {
    const strange = await listen(createServer((socket) => socket.end("220 smtp ready\r\n")));
    const answer = await connect({ retries: 0 }).registry.digest(`${strange}/a:1`);

    expect(answer).toMatchObject({ problem: expect.stringMatching(/malformed|unreachable/) });
  });
});

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => server.close());
  const address = server.address();
  return `127.0.0.1:${String(typeof address === "object" ? address?.port : "")}`;
};

describe("certificates", () => {
  let directory = "";
  let tls = { key: "", cert: "" };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "stagewright-tls-"));
    const [key, cert] = [join(directory, "key.pem"), join(directory, "cert.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
    const options = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
    ];
    execFileSync("openssl", [...options, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
    tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("that nobody signed are refused, and no request is sent", async () => {
    const fake = await start({ tls });

    expect(await connect().registry.digest(`${fake.host}/good:1`)).toMatchObject({
      problem: "certificate",
      message: expect.stringMatching(
        /could not be looked up: the certificate of `127\.0\.0\.1:\d+` is not trusted \([A-Z_]+\)\.$/,
      ),
    });
    expect(fake.requests).toHaveLength(0);
  });

  it("of a host set as insecure are still checked", async () => {
    const fake = await start({ tls });

    expect(await connect({ insecure: [fake.host] }).registry.digest(`${fake.host}/good:1`)).toMatchObject({
      problem: "certificate",
    });
  });

  it("of an authority that the settings name are trusted", async () => {
    const fake = await start({ tls });

    expect(await connect({ ca: [tls.cert] }).registry.answer(image(`${fake.host}/good:1`))).toMatchObject({
      exists: true,
    });
  });

  it("of NODE_EXTRA_CA_CERTS stay trusted beside those of the settings", async () => {
    const fake = await start({ tls });
    const environment = { NODE_EXTRA_CA_CERTS: join(directory, "cert.pem") };

    expect(await connect({ ca: [], environment }).registry.digest(`${fake.host}/good:1`)).toHaveProperty("problem");
    expect(await connect({ ca: ["\n"], environment }).registry.digest(`${fake.host}/good:1`)).toHaveProperty("digest");
  });

  it("for another name are refused", async () => {
    const fake = await start({ tls });
    const host = fake.host.replace("127.0.0.1", "127.0.0.2");
    const other = await listenOn(host, fake);

    expect(await connect({ ca: [tls.cert] }).registry.digest(`${other}/good:1`)).toMatchObject({
      problem: "certificate",
      message: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID"),
    });
  });
});

/** Passes the bytes of another loopback address on. */
const listenOn = async (host: string, fake: FakeRegistry): Promise<string> => {
  const { connect: dial } = await import("node:net");
  const [, port] = fake.host.split(":");
  const server = createServer((socket) => {
    const upstream = dial(Number(port), "127.0.0.1");
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  const [address = ""] = host.split(":");
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  cleanups.push(() => server.close());
  const bound = server.address();
  return `${address}:${String(typeof bound === "object" ? bound?.port : "")}`;
};
