import { createSourceCode } from "@stagewright/core";
import { expect, test } from "vitest";
import { gapsOf } from "./gaps.ts";
import { planSplit } from "./plan.ts";

test("a last stage without a path that it starts, checks or reads has a gap", () => {
  const before = createSourceCode(
    'FROM debian:12\nRUN gcc -o /opt/app a.c\nRUN cp /opt/app /srv/app\nHEALTHCHECK CMD ["/opt/app"]\nCMD ["/srv/app"]\n',
  );
  const gaps = (...lines: string[]) =>
    gapsOf(before, createSourceCode(["FROM debian:12", ...lines, ""].join("\n"))).map(
      ({ path, line }) => `${String(line)}: ${path}`,
    );
  expect(gaps("COPY --from=build /opt/app /opt/app", 'CMD ["/opt/app"]')).toEqual([]);
  expect(gaps("COPY --from=build /opt /opt", "RUN cp /opt/app /srv/app", 'CMD ["/srv/app"]')).toEqual([]);
  expect(gaps('CMD ["/srv/app"]')).toEqual(["2: /srv/app"]);
  expect(gaps('HEALTHCHECK CMD ["/opt/app"]')).toEqual(["2: /opt/app"]);
  expect(gaps("RUN cp /opt/app /srv/app", 'CMD ["/srv/app"]')).toEqual(["2: /opt/app"]);
  expect(gaps("RUN cp /opt/app /srv/app", "COPY --from=build /opt/app /opt/app")).toEqual(["2: /opt/app"]);
});

test("allows what the original would lack as well", () => {
  const before = createSourceCode("FROM debian:12\nRUN mv /etc/localtime /etc/old && ln -s /zone /etc/localtime\n");
  expect(gapsOf(before, before)).toEqual([]);
});

test("reports what a RUN takes away that is not there, as far as `rm` minds", () => {
  const file = (rm: string) => `FROM debian:12\nRUN mkdir /tmp/a && echo b > /tmp/a/b\nRUN ${rm}\n`;
  const after = (rm: string) => createSourceCode(`FROM debian:12\nRUN ${rm}\n`);
  const gaps = (rm: string) => gapsOf(createSourceCode(file(rm)), after(rm)).map(({ path }) => path);
  expect(gaps("rm -r /tmp/*")).toEqual(["/tmp/*"]);
  expect(gaps("rm /tmp/a/b")).toEqual(["/tmp/a/b"]);
  expect(gaps("rm -rf /tmp/*")).toEqual([]);
  expect(gaps("touch /tmp/c && rm -r /tmp/*")).toEqual([]);
  expect(gaps("rm /etc/motd")).toEqual([]);
});

test("a rewrite with a gap is refused, with the line that writes the path", () => {
  const text =
    'FROM debian:12\nRUN apt-get update && apt-get install -y gcc make && mkdir /tmp/bb && cd /src && (./configure && make install) && rm -r /tmp/b*\nCMD ["app"]\n';
  expect(planSplit(createSourceCode(text))).toMatchObject({ status: "refused", code: "lost-path", line: 2 });
});

test("another way is tried where the first one leaves a gap", () => {
  const text =
    'FROM golang:1.22-bookworm\nWORKDIR /src\nCOPY . .\nRUN chmod 0600 ./fixtures/*\nRUN go build -o app .\nCMD ["/src/app"]\n';
  const plan = planSplit(createSourceCode(text));
  expect(plan.status === "refused" ? plan.code : plan.text).toContain(
    "COPY . .\nRUN chmod 0600 ./fixtures/*\nCOPY --from=build",
  );
});
