import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestKey } from "@stagewright/core";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeOptions, type FakeRegistry, startFakeRegistry } from "./fake-registry.ts";
import { createRegistry, imageProvider, isProblem, type Registry, type RegistryOptions } from "./index.ts";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

const start = async (options?: FakeOptions): Promise<FakeRegistry> => {
  const fake = await startFakeRegistry(options);
  cleanups.push(() => fake.stop());
  return fake;
};

const connect = (options: RegistryOptions = {}): Registry => {
  const registry = createRegistry({ offline: false, dockerConfig: null, environment: {}, random: () => 0, ...options });
  cleanups.push(() => {
    registry.close();
  });
  return registry;
};

const temporary = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), "stagewright-registry-"));
  cleanups.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
};

const image = (reference: string, platform: string | null = null) => ({ kind: "image", reference, platform }) as const;

describe("answer", () => {
  it("describes an image of several platforms", async () => {
    const fake = await start();
    const config = {
      Env: ["PATH=/usr/bin:/bin", "GREETING=a=b", "BARE"],
      Shell: ["/bin/bash", "-c"],
      User: "app",
      WorkingDir: "/srv",
      OnBuild: ["COPY . ."],
      Healthcheck: { Test: ["CMD", "true"] },
    };
    const digest = fake.push("team/app", "1.2", {
      platforms: ["linux/arm64/v8", "linux/amd64", "linux/arm/v7"],
      config,
    });

    expect(await connect().answer(image(`${fake.host}/team/app:1.2`))).toEqual({
      exists: true,
      digest,
      platforms: ["linux/arm64", "linux/amd64", "linux/arm/v7"],
      env: [
        ["PATH", "/usr/bin:/bin"],
        ["GREETING", "a=b"],
        ["BARE", ""],
      ],
      shell: ["/bin/bash", "-c"],
      user: "app",
      workdir: "/srv",
      onbuild: ["COPY . ."],
      healthcheck: true,
      tags: null,
    });
    expect(fake.requests.map(({ method, url }) => `${method} ${url.replace(/sha256:\w+/, "DIGEST")}`)).toEqual([
      "GET /v2/team/app/manifests/1.2",
      "GET /v2/team/app/manifests/DIGEST",
      "GET /v2/team/app/blobs/DIGEST",
    ]);
  });

  it("describes an image of one platform", async () => {
    const fake = await start();
    const digest = fake.push("app", "1");

    expect(await connect().answer(image(`${fake.host}/app:1`))).toMatchObject({
      exists: true,
      digest,
      platforms: ["linux/amd64"],
      env: [],
      shell: null,
      user: "",
      workdir: "/",
      onbuild: [],
      healthcheck: false,
    });
  });

  it("does not fetch the config of an index when only the platforms are wanted", async () => {
    const fake = await start();
    fake.push("app", "1", { platforms: ["linux/amd64", "linux/s390x"] });

    expect(await connect().answer({ ...image(`${fake.host}/app:1`), details: [] })).toMatchObject({
      platforms: ["linux/amd64", "linux/s390x"],
      env: null,
    });
    expect(fake.requests).toHaveLength(1);
  });

  it("takes the config of the platform that was asked for", async () => {
    const fake = await start();
    fake.push("app", "1", { platforms: ["linux/amd64", "windows/amd64"] });
    const registry = connect();

    expect(await registry.answer(image(`${fake.host}/app:1`, "linux/amd64"))).toMatchObject({ env: [] });
    expect(await registry.answer(image(`${fake.host}/app:1`, "linux/riscv64"))).toMatchObject({
      exists: true,
      env: null,
    });
  });

  it("says that an image does not exist", async () => {
    const fake = await start();

    expect(await connect().answer(image(`${fake.host}/no/such:1`))).toMatchObject({ exists: false, digest: null });
  });

  it("lists all pages of tags where they are wanted", async () => {
    const fake = await start();
    const tags = ["1", "2", "3", "4", "5"];
    tags.forEach((tag) => fake.push("app", tag));
    const registry = connect();

    expect(await registry.answer({ ...image(`${fake.host}/app:1`), details: ["tags"] })).toMatchObject({ tags });
    expect(await registry.tags(`${fake.host}/app`)).toEqual({ tags });
    expect(fake.requests.filter(({ url }) => url.includes("tags/list"))).toHaveLength(3);
  });

  it("ignores a next page on another host", async () => {
    const other = await start();
    const fake = await start({
      handle: (request, response) => {
        response.writeHead(200, { link: `<http://${other.host}/v2/app/tags/list?n=1>; rel="next"` });
        response.end(JSON.stringify({ tags: ["1"] }));
        return true;
      },
    });

    expect(await connect().tags(`${fake.host}/app`)).toEqual({ tags: ["1"] });
    expect(other.requests).toHaveLength(0);
  });

  it.each([
    "debian",
    "debian:13",
    "docker.io/../etc:1",
    "docker.io/a b:1",
    "docker.io/a:1@sha256:12",
    "host/a:1?x=y",
    "",
  ])("asks nobody for %j", async (reference) => {
    const registry = connect({ mirrors: { "docker.io": ["127.0.0.1:1"] } });

    expect(await registry.answer(image(reference))).toMatchObject({ problem: "reference" });
    expect(await registry.digest(reference)).toMatchObject({ problem: "reference" });
    expect(await registry.tags(`${reference}?n=1`)).toMatchObject({ problem: "reference" });
  });
});

describe("digest", () => {
  it("asks with one HEAD", async () => {
    const fake = await start();
    const digest = fake.push("app", "1", { platforms: ["linux/amd64"] });

    expect(await connect().digest(`${fake.host}/app:1`)).toEqual({ digest });
    expect(fake.requests.map(({ method }) => method)).toEqual(["HEAD"]);
  });

  it("reads the manifest where HEAD does not tell the digest", async () => {
    const fake = await start({
      handle: ({ method }, response) => {
        if (method === "HEAD") {
          response.writeHead(200).end();
        }
        return method === "HEAD";
      },
    });
    const digest = fake.push("app", "1");

    expect(await connect().digest(`${fake.host}/app:1`)).toEqual({ digest });
  });

  it("has a line for an image that is not there", async () => {
    const fake = await start();

    expect(await connect().digest(`${fake.host}/app:1`)).toEqual({
      problem: "not-found",
      reference: `${fake.host}/app:1`,
      message: `\`${fake.host}/app:1\` could not be looked up: \`${fake.host}\` has no such image (404).`,
    });
  });

  it("takes latest for a reference without tag and digest", async () => {
    const fake = await start();
    const digest = fake.push("app", "latest");

    expect(await connect().digest(`${fake.host}/app`)).toEqual({ digest });
  });
});

describe("requests", () => {
  it("are shared for the same image", async () => {
    const fake = await start({ delay: 20 });
    fake.push("app", "1");
    const registry = connect();
    const digests = await Promise.all(Array.from({ length: 20 }, () => registry.digest(`${fake.host}/app:1`)));

    expect(new Set(digests.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(fake.requests).toHaveLength(1);
  });

  it("are never more at once than allowed", async () => {
    const fake = await start({ delay: 20 });
    const references = Array.from({ length: 20 }, (_, index) => `${fake.host}/app${String(index)}:1`);
    references.forEach((_, index) => fake.push(`app${String(index)}`, "1"));
    const registry = connect({ concurrency: 3 });
    const answers = await Promise.all(references.map((reference) => registry.digest(reference)));

    expect(answers.filter(isProblem)).toEqual([]);
    expect(fake.peak()).toBe(3);
  });

  it("go to the mirrors first and to the registry last", async () => {
    const [empty, dead, fake] = [await start(), await start(), await start()];
    await dead.stop();
    const digest = fake.push("hub/library/debian", "13");
    const registry = connect({
      mirrors: { "docker.io": [dead.host, `http://${empty.host}`, `http://${fake.host}/hub/`] },
      retries: 0,
    });

    expect(await registry.digest("docker.io/library/debian:13")).toEqual({ digest });
    expect(empty.requests.map(({ url }) => url)).toEqual(["/v2/library/debian/manifests/13"]);
  });

  it.each(["http://mirror.example", "https://user:secret@mirror.example"])(
    "never go to the mirror %s",
    async (mirror) => {
      const registry = connect({ mirrors: { "docker.io": [mirror] } });
      const answer = await registry.digest("docker.io/library/debian:13");

      expect(answer).toHaveProperty("problem", expect.stringMatching(/insecure|reference/));
      expect(JSON.stringify(answer)).not.toContain("secret");
    },
  );
});

describe("cache", () => {
  it("spares a second run all requests, until a tag may have moved", async () => {
    const fake = await start();
    const cacheDirectory = await temporary();
    const reference = `${fake.host}/app:1`;
    fake.push("app", "1", { platforms: ["linux/amd64"] });
    let time = 1_000_000;
    const options = { cacheDirectory, tagLifetime: 1000, now: () => time };
    const first = await connect(options).answer(image(reference));
    const asked = fake.requests.length;

    expect(await connect(options).answer(image(reference))).toEqual(first);
    expect(fake.requests).toHaveLength(asked);

    const moved = fake.push("app", "1", { platforms: ["linux/arm64"] });
    time += 1001;
    expect(await connect(options).digest(reference)).toEqual({ digest: moved });
  });

  it("does not serve one who wants it fresher than it is", async () => {
    const fake = await start();
    const cacheDirectory = await temporary();
    fake.push("app", "1");
    await connect({ cacheDirectory }).digest(`${fake.host}/app:1`);
    const moved = fake.push("app", "1", { config: { User: "moved" } });

    expect(await connect({ cacheDirectory, tagLifetime: 0 }).digest(`${fake.host}/app:1`)).toEqual({ digest: moved });
    expect(await connect({ cacheDirectory }).digest(`${fake.host}/app:1`)).toEqual({ digest: moved });
    expect(fake.requests).toHaveLength(2);
  });

  it("believes for a while that an image is not there", async () => {
    const fake = await start();
    const cacheDirectory = await temporary();
    await connect({ cacheDirectory }).digest(`${fake.host}/app:1`);

    expect(await connect({ cacheDirectory }).answer(image(`${fake.host}/app:1`))).toMatchObject({ exists: false });
    expect(fake.requests).toHaveLength(1);
  });

  it("ignores entries that are damaged, foreign or forged", async () => {
    const fake = await start();
    const cacheDirectory = await temporary();
    const digest = fake.push("app", "1");
    const expected = await connect({ cacheDirectory }).answer(image(`${fake.host}/app:1`));
    for (const name of await readdir(cacheDirectory)) {
      const path = join(cacheDirectory, name);
      const text = await readFile(path, "utf8");
      await writeFile(path, text.includes(" content ") ? text.replace(/"value":.*/, '"value":["a/b","e30="]}') : "{");
    }

    expect(await connect({ cacheDirectory }).answer(image(`${fake.host}/app:1`))).toEqual(expected);
    expect(expected).toMatchObject({ digest });
  });

  it("is written whole by many at once", async () => {
    const fake = await start();
    const cacheDirectory = await temporary();
    const references = Array.from({ length: 10 }, (_, index) => `${fake.host}/app${String(index)}:1`);
    references.forEach((_, index) => fake.push(`app${String(index)}`, "1"));
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        const registry = connect({ cacheDirectory });
        await Promise.all(references.map((reference) => registry.answer(image(reference))));
      }),
    );
    const names = await readdir(cacheDirectory);
    const texts = await Promise.all(names.map((name) => readFile(join(cacheDirectory, name), "utf8")));

    // Of each image the digest, the manifest and the config.
    expect(names).toHaveLength(30);
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(() => texts.map((text) => JSON.parse(text) as unknown)).not.toThrow();
  });

  it("may be impossible to write", async () => {
    const fake = await start();
    const digest = fake.push("app", "1");
    const file = join(await temporary(), "file");
    await writeFile(file, "");

    expect(await connect({ cacheDirectory: join(file, "cache") }).digest(`${fake.host}/app:1`)).toEqual({ digest });
  });

  it("forgets on disk what is over a month old", async () => {
    const fake = await start();
    fake.push("app", "1");
    const cacheDirectory = join(await temporary(), "cache");
    await mkdir(cacheDirectory);
    const old = join(cacheDirectory, `${"0".repeat(64)}.json`);
    await writeFile(old, "{}");
    const later = Date.now() + 40 * 24 * 60 * 60 * 1000;
    await connect({ cacheDirectory, now: () => later }).digest(`${fake.host}/app:1`);

    expect(await readdir(cacheDirectory)).toHaveLength(1);
  });
});

describe("imageProvider", () => {
  it("answers the rest when one image fails, and says once that it does", async () => {
    const fake = await start({
      handle: ({ url }, response) => {
        if (url.includes("bad")) {
          response.writeHead(403).end();
        }
        return url.includes("bad");
      },
    });
    fake.push("good", "1");
    const requests = [image(`${fake.host}/bad:1`), image(`${fake.host}/good:1`), image(`${fake.host}/bad:1`)];
    const problems: string[] = [];
    const registry = connect();
    const provider = imageProvider({ of: () => registry, close: () => registry.close() }, ({ message }) =>
      problems.push(message),
    );
    const answers = await provider.answer(requests, "Dockerfile", {});
    await provider.answer(requests, "other/Dockerfile", {});

    expect([...answers.keys()]).toEqual([requestKey(requests[1]!)]);
    expect(problems).toEqual([
      `\`${fake.host}/bad:1\` could not be looked up: \`${fake.host}\` does not allow it (403).`,
    ]);
  });
});
