import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createRegistry,
  isProblem,
  type Registry,
  type RegistryOptions,
} from "../../packages/host/src/registry/index.ts";
import {
  CallTable,
  missingTools,
  password,
  push,
  type RealRegistry,
  skopeo,
  skopeoDigest,
  startRealRegistry,
  username,
} from "./support.ts";

const several = {
  platforms: [
    {
      platform: "linux/amd64",
      config: { Env: ["PATH=/bin", "ON=amd64"], User: "app", WorkingDir: "/srv", Shell: ["/bin/bash", "-c"] },
    },
    {
      platform: "linux/arm64/v8",
      config: { Env: ["PATH=/bin", "ON=arm64"], OnBuild: ["RUN true"], Healthcheck: { Test: ["CMD", "true"] } },
    },
  ],
};
const single = {
  platforms: [{ platform: "linux/s390x", config: { Env: ["ON=s390x"], Healthcheck: { Test: ["NONE"] } } }],
};

const table = new CallTable();
const prove = table.prove.bind(table);
const opened: Registry[] = [];

const connect = (options: RegistryOptions = {}): Registry => {
  const registry = createRegistry({ offline: false, dockerConfig: null, environment: {}, ...options });
  opened.push(registry);
  return registry;
};

const image = (reference: string, platform: string | null = null) => ({ kind: "image", reference, platform }) as const;

describe.skipIf(missingTools.length > 0)("Debian's docker-registry", () => {
  let plain: RealRegistry;
  let locked: RealRegistry;
  let guarded: RealRegistry;
  let directory = "";

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "stagewright-test-registry-"));
    [plain, locked, guarded] = await Promise.all([
      startRealRegistry(),
      startRealRegistry({ auth: true, tls: true }),
      startRealRegistry({ token: true }),
    ]);
    for (const name of ["public/app1:1", "public/app2:1", "public/app3:1", "private/app1:1"])
      await push(guarded, name, single);
    await push(plain, "team/several:1", several);
    await push(plain, "team/several:2", single);
    await push(plain, "single:1", single);
    await push(plain, "docker:1", single, ["--format", "v2s2"]);
    await push(locked, "team/several:1", several);
    await push(locked, "single:1", single);
    await Promise.all(Array.from({ length: 40 }, (_, index) => push(plain, `many/app${String(index)}:1`, single)));
  }, 120_000);

  afterAll(async () => {
    opened.forEach((registry) => {
      registry.close();
    });
    await Promise.all([plain, locked, guarded].map((registry) => registry.stop()));
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(["team/several:1", "single:1", "docker:1"])("gives the digest of %s as skopeo does", async (name) => {
    const answer = await prove(plain, `The digest of \`${name}\` is what skopeo says`, () =>
      connect().digest(`${plain.host}/${name}`),
    );

    expect(answer).toEqual({ digest: await skopeoDigest(plain, name) });
  });

  it("describes an index", async () => {
    const reference = `${plain.host}/team/several:1`;
    const answer = await prove(plain, "An index: platforms, and the config of linux/amd64", () =>
      connect().answer(image(reference)),
    );

    expect(answer).toEqual({
      exists: true,
      digest: await skopeoDigest(plain, "team/several:1"),
      platforms: ["linux/amd64", "linux/arm64"],
      env: [
        ["PATH", "/bin"],
        ["ON", "amd64"],
      ],
      shell: ["/bin/bash", "-c"],
      user: "app",
      workdir: "/srv",
      onbuild: [],
      healthcheck: false,
      tags: null,
    });
  });

  it("describes another platform of it", async () => {
    const reference = `${plain.host}/team/several:1`;
    const answer = await prove(plain, "An index: the config of linux/arm64", () =>
      connect().answer(image(reference, "linux/arm64")),
    );

    expect(answer).toMatchObject({
      env: [
        ["PATH", "/bin"],
        ["ON", "arm64"],
      ],
      onbuild: ["RUN true"],
      healthcheck: true,
    });
  });

  it("says that a platform is not offered", async () => {
    const reference = `${plain.host}/team/several:1`;
    const answer = await prove(plain, "An index without the platform that was asked for", () =>
      connect().answer(image(reference, "windows/amd64")),
    );

    expect(answer).toMatchObject({ exists: true, platforms: ["linux/amd64", "linux/arm64"], env: null });
  });

  it.each([
    ["single:1", "An OCI manifest"],
    ["docker:1", "A manifest in Docker's format"],
  ])("describes %s", async (name, what) => {
    const answer = await prove(plain, what, () => connect().answer(image(`${plain.host}/${name}`)));

    expect(answer).toMatchObject({
      digest: await skopeoDigest(plain, name),
      platforms: ["linux/s390x"],
      env: [["ON", "s390x"]],
      healthcheck: false,
    });
  });

  it("finds an image by its digest", async () => {
    const digest = await skopeoDigest(plain, "single:1");
    const answer = await prove(plain, "An image by its digest", () =>
      connect().digest(`${plain.host}/single:moved@${digest}`),
    );

    expect(answer).toEqual({ digest });
  });

  it.each([
    ["single:2", "A tag that is not there"],
    ["nobody/nothing:1", "A repository that is not there"],
    [`single@sha256:${"0".repeat(64)}`, "A digest that is not there"],
  ])("does not find %s", async (name, what) => {
    expect(await prove(plain, what, () => connect().answer(image(`${plain.host}/${name}`)))).toMatchObject({
      exists: false,
    });
  });

  it("lists the tags as skopeo does", async () => {
    const answer = await prove(plain, "All tags are what skopeo lists", () =>
      connect().tags(`${plain.host}/team/several`),
    );
    const listed = JSON.parse(await skopeo("list-tags", ...plain.flags(), `docker://${plain.host}/team/several`)) as {
      Tags: string[];
    };

    expect(answer).toEqual({ tags: listed.Tags });
    expect([...listed.Tags].sort()).toEqual(["1", "2"]);
  });

  it("answers a second run from the cache", async () => {
    const cacheDirectory = join(directory, "cache");
    const ask = () => connect({ cacheDirectory }).answer(image(`${plain.host}/team/several:1`));
    const first = await prove(plain, "A first run with a cache", ask);

    expect(await prove(plain, "A second run with that cache", ask)).toEqual(first);
  });

  it("asks once for what many want at once", async () => {
    const registry = connect();
    const answers = await prove(plain, "Twenty questions for one image at once", () =>
      Promise.all(Array.from({ length: 20 }, () => registry.digest(`${plain.host}/single:1`))),
    );

    expect(answers.filter(isProblem)).toEqual([]);
  });

  it("asks once for each of forty images", async () => {
    const registry = connect();
    const answers = await prove(plain, "Forty images, three times each: one request an image", () =>
      Promise.all(
        Array.from({ length: 120 }, (_, index) => registry.digest(`${plain.host}/many/app${String(index % 40)}:1`)),
      ),
    );
    expect(answers.filter(isProblem)).toEqual([]);
    expect(table.last()).toContain("HEAD /v2/many/appN/manifests/1 200 (40 times)");
  });

  it("goes through a mirror with a prefix", async () => {
    const registry = connect({ mirrors: { "docker.io": [`${plain.host}/team`] } });
    const answer = await prove(plain, "`docker.io/several:1` through a mirror with a prefix", () =>
      registry.digest("docker.io/several:1"),
    );

    expect(answer).toEqual({ digest: await skopeoDigest(plain, "team/several:1") });
  });

  it("refuses a certificate that nobody signed", async () => {
    const answer = await prove(locked, "A certificate that is not trusted: nothing is sent", () =>
      connect().digest(`${locked.host}/single:1`),
    );

    expect(answer).toMatchObject({ problem: "certificate" });
  });

  it("is refused without a login", async () => {
    const answer = await prove(locked, "No login", () =>
      connect({ ca: trusted(locked) }).digest(`${locked.host}/single:1`),
    );

    expect(answer).toMatchObject({
      problem: "unauthorized",
      message: expect.stringContaining("wants a login, and Docker's configuration has none for it"),
    });
  });

  it("is refused with a wrong login, once", async () => {
    const registry = connect({ ca: trusted(locked), dockerConfig: writeLogin(directory, locked, "wrong words") });
    const ask = (name: string) => registry.digest(`${locked.host}/${name}`);
    const [first, second] = await prove(locked, "A wrong login: two images, and the login is sent once", async () => [
      await ask("single:1"),
      await ask("team/several:1"),
    ]);

    expect([first, second]).toMatchObject([{ problem: "unauthorized" }, { problem: "unauthorized" }]);
    expect(JSON.stringify([first, second])).not.toContain("wrong words");
  });

  it("answers with the right login", async () => {
    const registry = connect({ ca: trusted(locked), dockerConfig: writeLogin(directory, locked, password) });
    const digest = await skopeoDigest(locked, "team/several:1");
    const answer = await prove(locked, "The right login, over TLS", () =>
      registry.answer(image(`${locked.host}/team/several:1`)),
    );
    const other = await prove(locked, "Another image with the same login", () =>
      registry.digest(`${locked.host}/single:1`),
    );

    expect(answer).toMatchObject({ digest, platforms: ["linux/amd64", "linux/arm64"] });
    expect(isProblem(other)).toBe(false);
  });

  it("answers with a login from a credential helper", async () => {
    const helper = join(directory, "docker-credential-suite");
    writeFileSync(helper, `#!/bin/sh\necho '${JSON.stringify({ Username: username, Secret: password })}'\n`);
    chmodSync(helper, 0o755);
    const dockerConfig = join(directory, "helper.json");
    writeFileSync(dockerConfig, JSON.stringify({ credHelpers: { [locked.host]: "suite" } }));
    const environment = { PATH: `${directory}${delimiter}${process.env["PATH"] ?? ""}` };
    const registry = connect({ ca: trusted(locked), dockerConfig, environment });

    expect(
      await prove(locked, "A login from a credential helper", () => registry.digest(`${locked.host}/single:1`)),
    ).toEqual({
      digest: await skopeoDigest(locked, "single:1"),
    });
  });

  it("gets a token for each image that all may read, by one challenge", async () => {
    const registry = connect();
    const answers = await prove(
      guarded,
      "Tokens without a login: one challenge, then a token and a request an image",
      () =>
        Promise.all(
          [1, 2, 3, 1, 2, 3].map((number) => registry.digest(`${guarded.host}/public/app${String(number)}:1`)),
        ),
    );

    const digest = await skopeoDigest(guarded, "public/app1:1");
    expect(answers[0]).toEqual({ digest });
    expect(answers.filter(isProblem)).toEqual([]);
  });

  it("gets no token without a login, and one with it", async () => {
    const reference = `${guarded.host}/private/app1:1`;
    const denied = await prove(guarded, "A token that allows nothing", () => connect().digest(reference));
    const dockerConfig = writeLogin(directory, guarded, "wrong words");
    const refused = await prove(guarded, "A wrong login at the token server", () =>
      connect({ dockerConfig }).digest(reference),
    );
    writeLogin(directory, guarded, password);
    const answer = await prove(guarded, "Tokens with the right login", () =>
      connect({ dockerConfig }).answer(image(reference)),
    );

    expect(denied).toMatchObject({ problem: "unauthorized" });
    expect(refused).toMatchObject({ problem: "unauthorized" });
    expect(JSON.stringify(refused)).not.toContain("wrong words");
    expect(answer).toMatchObject({ digest: await skopeoDigest(guarded, "private/app1:1"), exists: true });
  });

  it("is trusted by NODE_EXTRA_CA_CERTS, and logged in by DOCKER_CONFIG", async () => {
    const script = join(directory, "ask.mjs");
    const bundle = await rolldown({
      input: "packages/host/src/registry/index.ts",
      platform: "node",
      logLevel: "silent",
    });
    await bundle.write({ file: join(directory, "registry.mjs"), format: "esm" });
    await bundle.close();
    writeLogin(directory, locked, password);
    const code = `
      import { createRegistry } from "./registry.mjs";
      const registry = createRegistry({ offline: false });
      console.log(JSON.stringify(await registry.digest("${locked.host}/single:1")));`;
    writeFileSync(script, code);
    const environment = { ...process.env, NODE_EXTRA_CA_CERTS: locked.certificate ?? "", DOCKER_CONFIG: directory };
    const answer = await prove(locked, "A process of its own with NODE_EXTRA_CA_CERTS and DOCKER_CONFIG", async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env: environment });
      return JSON.parse(stdout) as unknown;
    });

    expect(answer).toEqual({ digest: await skopeoDigest(locked, "single:1") });
  });

  it("is left alone offline", async () => {
    const registry = createRegistry();

    expect(await prove(plain, "Offline", () => registry.answer(image(`${plain.host}/single:1`)))).toMatchObject({
      problem: "offline",
    });
  });

  it("sees the calls that are written down", async () => {
    await expect(table.text("registry.test.ts")).toMatchFileSnapshot("calls/registry.txt");
  });
});

const trusted = (registry: RealRegistry): readonly string[] => [readFileSync(registry.certificate ?? "", "utf8")];

function writeLogin(directory: string, registry: RealRegistry, secret: string): string {
  const path = join(directory, "config.json");
  const auth = Buffer.from(`${username}:${secret}`).toString("base64");
  writeFileSync(path, JSON.stringify({ auths: { [registry.host]: { auth } } }));
  return path;
}
