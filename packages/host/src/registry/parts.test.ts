import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChallenges } from "./challenge.ts";
import { endpointsOf, isLoopback } from "./endpoints.ts";
import { createLimiter } from "./limiter.ts";
import { proxyFor } from "./proxy.ts";
import { exhaustedFor, retryAfter } from "./rate-limit.ts";
import { parseTarget } from "./reference.ts";

describe("parseTarget", () => {
  const digest = `sha256:${"a".repeat(64)}`;

  it.each([
    ["docker.io/library/debian:13", ["docker.io", "library/debian", "13", null]],
    ["docker.io/library/debian", ["docker.io", "library/debian", "latest", null]],
    ["localhost:5000/a/b__c/d-e.f:V1.2_3-x", ["localhost:5000", "a/b__c/d-e.f", "V1.2_3-x", null]],
    [`[::1]:5000/a@${digest}`, ["[::1]:5000", "a", null, digest]],
    [`reg.io/a:1@${digest}`, ["reg.io", "a", "1", digest]],
  ])("splits %s", (text, [registry, repository, tag, pinned]) => {
    expect(parseTarget(text)).toEqual({ registry, repository, tag, digest: pinned });
  });

  it("lets nothing into a URL that could leave its place", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("reg.io/", "reg.io/a:", "reg.io/a@", ""), (text, start) => {
        const parse = (): string => {
          const { registry, repository, tag, digest: pinned } = parseTarget(start + text);
          const path = `/v2/${repository}/manifests/${pinned ?? tag ?? ""}`;
          return new URL(`https://${registry}${path}`).pathname === path ? "same" : "other";
        };
        expect(outcomeOf(parse)).not.toBe("other");
      }),
    );
  });
});

const outcomeOf = (task: () => string): string => {
  try {
    return task();
  } catch {
    return "refused";
  }
};

describe("parseChallenges", () => {
  it.each([
    ['Basic realm="a"', [{ scheme: "basic", parameters: { realm: "a" } }]],
    [
      'Bearer realm="https://a/token",service=reg,scope="repository:a/b:pull,push"',
      [
        {
          scheme: "bearer",
          parameters: { realm: "https://a/token", service: "reg", scope: "repository:a/b:pull,push" },
        },
      ],
    ],
    [
      'Negotiate, BASIC Realm="a, \\"b\\"" , Bearer realm = "c"',
      [
        { scheme: "negotiate", parameters: {} },
        { scheme: "basic", parameters: { realm: 'a, "b"' } },
        { scheme: "bearer", parameters: { realm: "c" } },
      ],
    ],
    ["", []],
    ["Bearer realm=", [{ scheme: "bearer", parameters: {} }]],
  ])("reads %s", (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });

  it("ends for every header", () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(parseChallenges(header).length).toBeLessThanOrEqual(header.length);
      }),
    );
  });
});

describe("proxyFor", () => {
  const proxies = { HTTPS_PROXY: "http://proxy:3128", HTTP_PROXY: "plain:80" };

  it.each([
    ["https://reg.io/v2/", {}, "http://proxy:3128/"],
    ["http://reg.io/v2/", {}, "http://plain/"],
    ["https://localhost:5000/", {}, undefined],
    ["https://127.0.0.9/", {}, undefined],
    ["https://[::1]/", {}, undefined],
    ["https://reg.io/", { NO_PROXY: "*" }, undefined],
    ["https://reg.io/", { NO_PROXY: "other.io, reg.io" }, undefined],
    ["https://a.reg.io/", { NO_PROXY: "reg.io" }, undefined],
    ["https://areg.io/", { NO_PROXY: "reg.io" }, "http://proxy:3128/"],
    ["https://reg.io/", { NO_PROXY: ".reg.io" }, "http://proxy:3128/"],
    ["https://a.reg.io/", { NO_PROXY: "*.reg.io" }, undefined],
    ["https://reg.io:5000/", { NO_PROXY: "reg.io:5000" }, undefined],
    ["https://reg.io/", { NO_PROXY: "reg.io:5000" }, "http://proxy:3128/"],
    ["https://reg.io/", { NO_PROXY: "reg.io:443" }, undefined],
    ["https://10.1.2.3/", { NO_PROXY: "10.0.0.0/8" }, undefined],
    ["https://11.1.2.3/", { NO_PROXY: "10.0.0.0/8" }, "http://proxy:3128/"],
    ["https://[fd00::1]/", { NO_PROXY: "fd00::/8" }, undefined],
    ["https://10.1.2.3/", { NO_PROXY: "10.1.2.3" }, undefined],
    ["https://10.1.2.3/", { NO_PROXY: "nonsense/99,10.1.2" }, "http://proxy:3128/"],
    ["https://reg.io/", { no_proxy: "reg.io" }, undefined],
  ])("finds for %s with %j %s", (url, more, expected) => {
    expect(proxyFor(new URL(url), { ...proxies, ...more })?.href).toBe(expected);
  });

  it("reads the names in lower case", () => {
    expect(proxyFor(new URL("https://reg.io"), { https_proxy: "p:1" })?.href).toBe("http://p:1/");
    expect(proxyFor(new URL("https://reg.io"), {})).toBeNull();
  });
});

describe("endpointsOf", () => {
  const none = { mirrors: {}, insecure: [] };

  it("knows where Docker Hub is", () => {
    expect(endpointsOf("docker.io", none)).toMatchObject([
      { host: "registry-1.docker.io", schemes: ["https"], credentialKey: "https://index.docker.io/v1/" },
    ]);
  });

  it.each([
    ["reg.io", ["https"]],
    ["reg.io:5000", ["https"]],
    ["localhost.evil.io", ["https"]],
    ["127.0.0.1.evil.io", ["https"]],
    ["localhost", ["https", "http"]],
    ["127.0.0.1:5000", ["https", "http"]],
    ["[::1]:5000", ["https", "http"]],
    ["old.io:80", ["https", "http"]],
  ])("asks %s by %j", (registry, schemes) => {
    expect(endpointsOf(registry, { ...none, insecure: ["old.io:80"] })).toMatchObject([{ schemes }]);
  });

  it.each(["localhost", "a.localhost", "LOCALHOST.", "127.1.2.3", "[::1]"])("takes %s for loopback", (host) => {
    expect(isLoopback(host)).toBe(true);
  });
});

describe("headers", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");

  it.each([
    ["5", 5000],
    ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", null],
    ["", null],
  ])("say by Retry-After: %s to wait", (text, expected) => {
    expect(retryAfter({ "retry-after": text }, now)).toBe(expected);
  });

  it.each([
    [{}, null],
    [{ "ratelimit-remaining": "1;w=60" }, null],
    [{ "ratelimit-remaining": "0;w=60" }, 60_000],
    [{ "ratelimit-remaining": "0", "ratelimit-reset": "7" }, 7000],
    [{ "ratelimit-remaining": "0" }, 60_000],
    [{ ratelimit: '"a";r=10;t=5' }, null],
    [{ ratelimit: '"a";r=0;t=5' }, 5000],
  ])("say by %j whether anything is left", (headers, expected) => {
    expect(exhaustedFor(headers)).toBe(expected);
  });
});

describe("createLimiter", () => {
  it("goes on after a task that fails", async () => {
    const limit = createLimiter(1);
    const results = await Promise.allSettled([
      limit(() => Promise.reject(new Error("no"))),
      limit(() => Promise.resolve(1)),
      limit(() => Promise.resolve(2)),
    ]);

    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  });
});
