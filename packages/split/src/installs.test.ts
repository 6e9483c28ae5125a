import { createSourceCode } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { planSplit } from "./index.ts";

const debian = "FROM debian:12-slim";
const tools = "RUN apt-get update && apt-get install -y gcc make git";
const start = 'CMD ["app"]';

/** The last stage; the line and the code of a refusal. */
function lastStage(lines: readonly string[]): string {
  const plan = planSplit(createSourceCode(`${lines.join("\n")}\n`));
  return plan.status === "refused" ? `${String(plan.line)}: ${plan.code}` : plan.text.replace(/^.*\n\n(?=FROM)/s, "");
}

describe("`make install` of sources that are fetched, with no `configure`, goes", () => {
  const file = (folder: string, make: string, last = start) => [
    debian,
    tools,
    `RUN git clone https://example.org/${folder}.git /src/${folder} && cd /src/${folder} && ${make}`,
    last,
  ];

  test("where a prefix says", () => {
    expect(lastStage(file("app", "make install PREFIX=/opt/app"))).toContain("COPY --from=build /opt/app /opt/app\n");
    expect(lastStage(file("app", "make INSTALL_TOP=/opt/app install"))).toContain("COPY --from=build /opt/app ");
  });

  test("where a known project has it", () => {
    expect(lastStage(file("haproxy-2.8.1", "make install"))).toContain("COPY --from=build /usr/local /usr/local\n");
    expect(lastStage([debian, tools, "RUN git clone https://example.org/lua /lua && make -C /lua/src install", start])).toContain("COPY --from=build /usr/local "); // prettier-ignore
  });

  test("below `/usr/local` where the image starts a program from there", () => {
    expect(lastStage(file("app", "make install", 'CMD ["/usr/local/bin/app"]'))).toContain("COPY --from=build /usr/local "); // prettier-ignore
  });

  test("where nobody knows otherwise", () => {
    expect(lastStage(file("app", "make install"))).toBe("3: unknown-output");
    const after = "./configure && make && cd ../other && make install";
    expect(lastStage(file("app", after))).toBe("3: unknown-output");
  });

  test("with the packages of an interpreter, of which only the Makefile knows", () => {
    const own = [
      debian,
      `${tools} python3-pip`,
      "COPY . /src",
      "RUN cd /src && make install && pip install app",
      start,
    ];
    expect(lastStage(own)).toBe("4: unknown-output");
    expect(lastStage([debian, tools, "COPY . /src", "RUN cd /src && make install", start])).toContain("/usr/local");
  });
});

describe("what goes among the files of packages is written elsewhere", () => {
  const file = (name: string, options = "") => [
    debian,
    tools,
    `RUN git clone https://example.org/${name} /src/${name} && cd /src/${name} && ./configure --prefix=/usr ${options} && make install`,
    start,
  ];
  const build = (lines: readonly string[]) => {
    const plan = planSplit(createSourceCode(`${lines.join("\n")}\n`));
    return plan.status === "refused" ? plan.code : plan.text;
  };

  test("also below a folder for programs", () => {
    const lines = file("app").map((line) => line.replace("--prefix=/usr ", "--prefix=/usr/bin "));
    expect(build(lines)).toContain("DESTDIR=/out\n");
  });

  test("by the variable that the project reads", () => {
    expect(build(file("app"))).toContain("make install && make install DESTDIR=/out\n");
    expect(build(file("php-src"))).toContain("make install && make install INSTALL_ROOT=/out\n");
    expect(build(file("openssl-1.0.2u"))).toContain("make install && make install INSTALL_PREFIX=/out\n");
  });

  test("not where it cannot be told", () => {
    expect(build(file("php-src", "--with-apxs2"))).toBe("unknown-output");
    expect(build(file("redis-7.2"))).toBe("unknown-output");
  });
});
