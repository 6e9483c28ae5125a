import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCredentialStore } from "./credentials.ts";
import { type FakeRegistry, type SeenRequest, startFakeRegistry } from "./fake-registry.ts";
import { createRegistry, isProblem, type Registry, type RegistryOptions } from "./index.ts";

const cleanups: (() => unknown)[] = [];
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "stagewright-credentials-"));
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
  await rm(directory, { recursive: true, force: true });
});

const username = "someone";
const password = "correct:horse%battery";
const encoded = Buffer.from(`${username}:${password}`).toString("base64");
const login = { kind: "password", username, password };

const writeConfig = async (config: unknown): Promise<string> => {
  const path = join(directory, "config.json");
  await writeFile(path, typeof config === "string" ? config : JSON.stringify(config));
  return path;
};

const find = async (config: unknown, key: string, repository = "team/app") => {
  const dockerConfig = await writeConfig(config);
  return createCredentialStore({ environment: {}, dockerConfig, helperTimeout: 1000 }).get(key, repository);
};

describe("config.json", () => {
  it.each([
    ["reg.example", "reg.example"],
    ["https://reg.example", "reg.example"],
    ["https://reg.example/v1/", "reg.example"],
    ["reg.example:5000", "reg.example:5000"],
    ["https://index.docker.io/v1/", "https://index.docker.io/v1/"],
    ["docker.io", "https://index.docker.io/v1/"],
    ["reg.example/team", "reg.example"],
    ["reg.example/team/app", "reg.example"],
  ])("has under %s what is for %s", async (name, key) => {
    expect(await find({ auths: { [name]: { auth: encoded } } }, key)).toEqual(login);
  });

  it.each([
    ["reg.example", "reg.example.evil"],
    ["reg.example", "reg.example:5000"],
    ["evil.reg.example", "reg.example"],
    ["reg.example/tea", "reg.example"],
    ["reg.example/other", "reg.example"],
  ])("has under %s nothing for %s", async (name, key) => {
    expect(await find({ auths: { [name]: { auth: encoded } } }, key)).toBeNull();
  });

  it("prefers the key that says most", async () => {
    const other = Buffer.from("other:words").toString("base64");
    const auths = { "https://reg.example": { auth: other }, "reg.example/team": { auth: encoded } };

    expect(await find({ auths }, "reg.example")).toEqual(login);
    expect(await find({ auths }, "reg.example", "elsewhere/app")).toMatchObject({ username: "other" });
  });

  it.each([
    [{ identitytoken: "refresh" }, { kind: "identity", token: "refresh" }],
    [
      { auth: encoded, identitytoken: "refresh" },
      { kind: "identity", token: "refresh" },
    ],
    [{ registrytoken: "bearer" }, { kind: "bearer", token: "bearer" }],
    [{ username, password }, login],
    [{ auth: "bm8tY29sb24=" }, null],
    [{}, null],
    ["text", null],
  ])("reads the entry %j", async (entry, expected) => {
    expect(await find({ auths: { "reg.example": entry } }, "reg.example")).toEqual(expected);
  });

  it.each([{}, { auths: null }, { auths: [], credHelpers: 3, credsStore: {} }])("may be %j", async (config) => {
    expect(await find(config, "reg.example")).toBeNull();
  });

  it.each(["{", "[]", "null"])("is an error when it is %s", async (text) => {
    await expect(find(text, "reg.example")).rejects.toMatchObject({ kind: "credentials" });
  });

  it("is looked for where Docker and Podman have it", async () => {
    const [docker, runtime, own] = [join(directory, "docker"), join(directory, "run"), join(directory, "own.json")];
    await mkdir(docker);
    await mkdir(join(runtime, "containers"), { recursive: true });
    const config = (name: string, words: string) =>
      JSON.stringify({ auths: { [name]: { auth: Buffer.from(words).toString("base64") } } });
    await writeFile(join(docker, "config.json"), config("a.example", "docker:1"));
    await writeFile(join(runtime, "containers", "auth.json"), config("b.example", "podman:1"));
    await writeFile(own, config("a.example", "own:1"));
    const environment = { DOCKER_CONFIG: docker, XDG_RUNTIME_DIR: runtime };
    const options = { dockerConfig: undefined, helperTimeout: 1000 };
    const usual = createCredentialStore({ environment, ...options });
    const named = createCredentialStore({ environment: { ...environment, REGISTRY_AUTH_FILE: own }, ...options });

    expect(await usual.get("a.example", "x")).toMatchObject({ username: "docker" });
    expect(await usual.get("b.example", "x")).toMatchObject({ username: "podman" });
    expect(await named.get("a.example", "x")).toMatchObject({ username: "own" });
    expect(await named.get("b.example", "x")).toBeNull();
  });
});

describe.skipIf(process.platform === "win32")("credential helpers", () => {
  const helper = async (name: string, script: string): Promise<void> => {
    const path = join(directory, `docker-credential-${name}`);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
  };

  const ask = async (config: unknown, key: string) => {
    const dockerConfig = await writeConfig(config);
    const environment = { PATH: `${directory}${delimiter}${process.env["PATH"] ?? ""}` };
    return createCredentialStore({ environment, dockerConfig, helperTimeout: 2000 }).get(key, "x");
  };

  const answering = `read server; echo "$1 $server" >> "$(dirname "$0")/calls"
    printf '{"ServerURL":"%s","Username":"${username}","Secret":"${password.replace("%", "%%")}"}' "$server"`;

  it("are asked for the registries that they are set for", async () => {
    await helper("special", answering);

    expect(await ask({ credHelpers: { "reg.example": "special" } }, "reg.example")).toEqual(login);
    expect(await readFile(join(directory, "calls"), "utf8")).toBe("get reg.example\n");
  });

  it("come before auths, and the one for a registry before the one for all", async () => {
    await helper("special", answering);
    await helper("general", "exit 1");
    const auths = { "reg.example": { auth: Buffer.from("old:words").toString("base64") } };

    expect(
      await ask({ auths, credsStore: "general", credHelpers: { "reg.example": "special" } }, "reg.example"),
    ).toEqual(login);
  });

  it("are asked once for each registry", async () => {
    await helper("general", answering);
    const dockerConfig = await writeConfig({ credsStore: "general" });
    const environment = { PATH: `${directory}${delimiter}${process.env["PATH"] ?? ""}` };
    const store = createCredentialStore({ environment, dockerConfig, helperTimeout: 2000 });
    await Promise.all(Array.from({ length: 5 }, () => store.get("reg.example", "x")));

    expect(await readFile(join(directory, "calls"), "utf8")).toBe("get reg.example\n");
  });

  it("give identity tokens", async () => {
    await helper("general", `echo '{"Username":"<token>","Secret":"refresh"}'`);

    expect(await ask({ credsStore: "general" }, "reg.example")).toEqual({ kind: "identity", token: "refresh" });
  });

  it("may have nothing", async () => {
    await helper("general", `echo "credentials not found in native keychain"; exit 1`);

    expect(await ask({ credsStore: "general" }, "reg.example")).toBeNull();
  });

  it.each([
    [
      "fails",
      `echo "the secret is ${password}" >&2; echo ${password}; exit 1`,
      "the credential helper `docker-credential-general` failed",
    ],
    [
      "prints nonsense",
      `echo "${password}"`,
      "the credential helper `docker-credential-general` gave no user name and secret",
    ],
    ["hangs", "exec sleep 10", "the credential helper `docker-credential-general` took too long"],
  ])("cost only a line when one %s", async (_, script, message) => {
    await helper("general", script);

    await expect(ask({ credsStore: "general" }, "reg.example")).rejects.toMatchObject({ kind: "credentials", message });
  });

  it.each(["../../bin/sh", "a b", "a;b"])("are not run by the name %j", async (name) => {
    await expect(ask({ credsStore: name }, "reg.example")).rejects.toMatchObject({ kind: "credentials" });
  });

  it("may be missing", async () => {
    await expect(ask({ credsStore: "missing" }, "reg.example")).rejects.toThrow("is not installed");
  });
});

describe("a login", () => {
  const start = async (handle: (request: SeenRequest, response: ServerResponse) => boolean): Promise<FakeRegistry> => {
    const fake = await startFakeRegistry({ handle });
    cleanups.push(() => fake.stop());
    for (const name of ["a", "b", "c"]) {
      fake.push(name, "1");
    }
    return fake;
  };

  const connect = async (
    logins: Readonly<Record<string, object>>,
    options: RegistryOptions = {},
  ): Promise<Registry> => {
    const dockerConfig = await writeConfig({ auths: logins });
    const registry = createRegistry({ offline: false, dockerConfig, environment: {}, retries: 0, ...options });
    cleanups.push(() => {
      registry.close();
    });
    return registry;
  };

  const all = (registry: Registry, fake: FakeRegistry) =>
    Promise.all(["a", "b", "c"].map((name) => registry.digest(`${fake.host}/${name}:1`)));

  const wantsBasic = ({ headers }: SeenRequest, response: ServerResponse): boolean => {
    const refuses = headers.authorization !== `Basic ${encoded}`;
    if (refuses) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="Registry"' }).end();
    }
    return refuses;
  };

  /** A registry and its token server in one, which gives tokens for one scope each. */
  const wantsToken = (check: (request: SeenRequest) => boolean) => {
    return (request: SeenRequest, response: ServerResponse): boolean => {
      const url = new URL(request.url, `http://${request.headers.host ?? ""}`);
      if (url.pathname === "/token") {
        const granted = check(request);
        response.writeHead(granted ? 200 : 401, { "content-type": "application/json" });
        const scope =
          url.searchParams.getAll("scope").join(" ") || (new URLSearchParams(request.body).get("scope") ?? "");
        response.end(JSON.stringify({ token: Buffer.from(scope).toString("base64url"), expires_in: 300 }));
        return true;
      }
      const scope = `repository:${/^\/v2\/(\w+)\//.exec(url.pathname)?.[1] ?? ""}:pull`;
      const refuses = request.headers.authorization !== `Bearer ${Buffer.from(scope).toString("base64url")}`;
      if (refuses) {
        const challenge = `Bearer realm="${url.origin}/token",service="registry, \\"one\\"",scope="${scope}"`;
        response.writeHead(401, { "www-authenticate": challenge }).end();
      }
      return refuses;
    };
  };

  it("by Basic costs one request more, not one for each image", async () => {
    const fake = await start(wantsBasic);
    const registry = await connect({ [fake.host]: { auth: encoded } });

    expect((await all(registry, fake)).filter(isProblem)).toEqual([]);
    expect(fake.requests).toHaveLength(4);
  });

  it("is only sent when it is asked for", async () => {
    const fake = await start(() => false);
    await all(await connect({ [fake.host]: { auth: encoded } }), fake);

    expect(fake.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined]);
  });

  it("that is missing is a line", async () => {
    const fake = await start(wantsBasic);
    const [answer] = await all(await connect({}), fake);

    expect(answer).toMatchObject({
      problem: "unauthorized",
      message: `\`${fake.host}/a:1\` could not be looked up: \`${fake.host}\` wants a login, and Docker's configuration has none for it.`,
    });
    expect(fake.requests).toHaveLength(1);
  });

  it("that is refused is not sent again", async () => {
    const wrong = Buffer.from("someone:wrong-words").toString("base64");
    const fake = await start(wantsBasic);
    const answers = await all(await connect({ [fake.host]: { auth: wrong } }), fake);

    expect(answers.filter(isProblem)).toHaveLength(3);
    expect(answers[0]).toMatchObject({ message: expect.stringContaining("was refused (401).") });
    expect(fake.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1);
    expect(JSON.stringify(answers)).not.toMatch(/wrong|someone|d3Jvbmc/);
  });

  it("gets one token for each repository", async () => {
    const fake = await start(wantsToken(({ headers }) => headers.authorization === `Basic ${encoded}`));
    const registry = await connect({ [fake.host]: { auth: encoded } });

    expect((await all(registry, fake)).filter(isProblem)).toEqual([]);
    expect(await registry.answer({ kind: "image", reference: `${fake.host}/a:1`, platform: null })).toMatchObject({
      exists: true,
    });
    const [images, tokens] = [
      fake.requests.filter(({ url }) => url.startsWith("/v2/")),
      fake.requests.filter(({ url }) => url.startsWith("/token")),
    ];
    // One challenge, three HEADs, and the manifest and the config of the last question.
    expect(images).toHaveLength(6);
    expect(tokens).toHaveLength(3);
    expect(new URL(tokens[0]?.url ?? "", "http://x").searchParams.get("service")).toBe('registry, "one"');
    expect(images.every(({ headers }) => !headers.authorization?.startsWith("Basic"))).toBe(true);
  });

  it("is not needed for a public image that wants a token", async () => {
    const fake = await start(wantsToken(({ headers }) => headers.authorization === undefined));

    expect((await all(await connect({}), fake)).filter(isProblem)).toEqual([]);
  });

  it("by an identity token uses OAuth2", async () => {
    const isRefresh = ({ method, body }: SeenRequest): boolean => {
      const form = new URLSearchParams(body);
      return (
        method === "POST" && form.get("grant_type") === "refresh_token" && form.get("refresh_token") === "refresh-me"
      );
    };
    const fake = await start(wantsToken(isRefresh));

    expect(
      (await all(await connect({ [fake.host]: { identitytoken: "refresh-me" } }), fake)).filter(isProblem),
    ).toEqual([]);
    expect(fake.requests.some(({ url, headers }) => /refresh-me/.test(url + JSON.stringify(headers)))).toBe(false);
  });

  it("that the token server refuses is not sent again", async () => {
    const fake = await start(wantsToken(() => false));
    const answers = await all(await connect({ [fake.host]: { auth: encoded } }), fake);

    expect(answers.map((answer) => isProblem(answer) && answer.problem)).toEqual(Array(3).fill("unauthorized"));
    expect(fake.requests.filter(({ url }) => url.startsWith("/token")).length).toBeLessThanOrEqual(2);
  });

  it.each(["http://tokens.example/token", "https://user:words@tokens.example/token", "file:///etc/passwd", "token"])(
    "is not sent to the token server %s",
    async (realm) => {
      const fake = await start((_, response) => {
        response.writeHead(401, { "www-authenticate": `Bearer realm="${realm}"` }).end();
        return true;
      });
      const registry = await connect({ [fake.host]: { auth: encoded } });

      expect(await registry.digest(`${fake.host}/a:1`)).toMatchObject({ problem: "insecure" });
    },
  );

  it("stays behind when another host is redirected to", async () => {
    const storage = await start(() => false);
    const fake = await start((request, response) => {
      if (wantsBasic(request, response)) {
        return true;
      }
      response.writeHead(307, { location: `http://x:y@${storage.host}${request.url}` }).end();
      return true;
    });
    const registry = await connect({ [fake.host]: { auth: encoded }, [storage.host]: { auth: encoded } });

    expect((await all(registry, fake)).filter(isProblem)).toEqual([]);
    expect(storage.requests).toHaveLength(3);
    expect(storage.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined]);
  });

  it("stays behind for good when a redirect comes back", async () => {
    const back: { host: string } = { host: "" };
    const between = await start((request, response) => {
      response.writeHead(307, { location: `http://${back.host}${request.url}?back` }).end();
      return true;
    });
    const fake = await start((request, response) => {
      if (request.url.endsWith("?back")) {
        return false;
      }
      if (!wantsBasic(request, response)) {
        response.writeHead(307, { location: `http://${between.host}${request.url}` }).end();
      }
      return true;
    });
    back.host = fake.host;
    await (await connect({ [fake.host]: { auth: encoded } })).digest(`${fake.host}/a:1`);

    expect(fake.requests.at(-1)).toMatchObject({ url: "/v2/a/manifests/1?back" });
    expect(fake.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  it("of a registry is not for its mirror", async () => {
    const mirror = await start(wantsBasic);
    const fake = await start(wantsBasic);
    const mirrors = { [fake.host]: [mirror.host] };
    const registry = await connect({ [fake.host]: { auth: encoded } }, { mirrors });

    expect((await all(registry, fake)).filter(isProblem)).toEqual([]);
    expect(mirror.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
  });

  it("is never in answers, problems or the cache", async () => {
    const cacheDirectory = join(directory, "cache");
    const good = await start(wantsToken(({ headers }) => headers.authorization === `Basic ${encoded}`));
    const echo = await start((request, response) => {
      const words = JSON.stringify(request.headers);
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { "www-authenticate": "Basic" }).end(words);
      } else {
        response.writeHead(400, { "content-type": words.slice(0, 200), "x-error": encoded }).end(words);
      }
      return true;
    });
    const registry = await connect(
      { [good.host]: { auth: encoded }, [echo.host]: { auth: encoded } },
      { cacheDirectory },
    );
    const answers = [...(await all(registry, good)), ...(await all(registry, echo))];
    const names = await readdir(cacheDirectory);
    const cached = await Promise.all(names.map((name) => readFile(join(cacheDirectory, name), "utf8")));
    const everything = JSON.stringify([answers, names, cached]);

    expect(answers.filter(isProblem)).toHaveLength(3);
    expect(cached.length).toBeGreaterThan(0);
    for (const secret of [username, password, encoded, Buffer.from("repository:a:pull").toString("base64url")]) {
      expect(everything).not.toContain(secret);
    }
  });
});
