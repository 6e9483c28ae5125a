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

test("a rewrite with a gap is refused, with the line that writes the path", () => {
  const text =
    'FROM golang\nRUN go get example.org/godep\nRUN go-wrapper download example.org/tools\nRUN ln -s /go/bin/godep /usr/local/bin/godep\nCMD ["godep"]\n';
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
