import { createSourceCode } from "@stagewright/core";
import { expect, test } from "vitest";
import { planSplit } from "./index.ts";

function codeOf(lines: readonly string[]): string {
  const plan = planSplit(createSourceCode(`${lines.join("\n")}\n`));
  return plan.status === "refused" ? plan.code : "suggested";
}

const debian = "FROM debian:12-slim";
const tools = "RUN apt-get update && apt-get install -y gcc make git";
const build = (name: string) => `RUN git clone https://example.org/${name} /src/${name} && cd /src/${name} && ./configure && make install`; // prettier-ignore

test.each<[string, string, readonly string[]]>([
  ["an application", "suggested", [debian, tools, "RUN useradd app", build("app"), 'CMD ["app"]']],
  ["a user who builds", "tool-image", [debian, tools, "RUN useradd jenkins", build("app"), 'CMD ["app"]']],
  ["a judge of programs", "tool-image", [debian, tools, build("judge-server"), 'CMD ["app"]']],
  ["a language, and nothing is started", "no-purpose", [debian, tools, build("otp_src_26")]],
  ["a language, for a program", "suggested", [debian, tools, build("otp_src_26"), 'CMD ["erl", "-s", "app"]']],
  ["a compiler", "tool-image", [debian, tools, build("pixie"), 'CMD ["pixie"]']],
  ["a library of C that something shows", "suggested", [debian, tools, build("glibc-2.38"), 'CMD ["app"]']],
  ["two instruments of authors", "tool-image", [debian, `${tools} lcov doxygen`, build("app"), 'CMD ["app"]']],
  ["linters of others", "tool-image", [debian, `${tools} pylint`, "ADD https://example.org/oclint-0.12.tgz /", build("app"), "RUN curl -O https://example.org/oclint-0.13.tgz", 'CMD ["app"]']], // prettier-ignore
  ["packages that compile while they run", "tool-image", [debian, `${tools} python3-pip`, build("app"), "RUN pip install git+https://example.org/Theano.git", 'CMD ["python3", "/app.py"]']], // prettier-ignore
  [
    "a kit to write programs with",
    "no-purpose",
    [debian, tools, "RUN wget https://example.org/nacl_sdk.zip", build("app")],
  ],
  ["a shell that reads its settings", "starts-a-shell", [debian, tools, build("app"), "CMD /bin/bash ~/.bashrc"]],
  ["a script for the SDK", "unseen-script", ["FROM golang:1.10", "RUN curl https://example.org/get | sh", "COPY . /go/src/app", "RUN go install -tags a app", "WORKDIR /go/bin", 'CMD ["app"]']], // prettier-ignore
  ["a group of tools", "no-purpose", ["FROM centos:7", "RUN yum -y groupinstall 'Development Tools'", build("app")]],
  ["a base to write programs in", "tool-image", ["FROM eclipse/stack-base", tools, build("app"), 'CMD ["app"]']],
  ["a script behind which nothing runs", "no-purpose", [debian, tools, build("googletest"), 'ENTRYPOINT ["/entrypoint.sh"]', "CMD tail -f /dev/null"]], // prettier-ignore
  ["tools of Go", "tool-image", ["FROM golang:1.22", "RUN go install example.org/ginkgo/v2@latest", 'CMD ["ginkgo"]']],
  ["tools of Go beside others", "tool-image", ["FROM debian:12", "RUN apt-get update && apt-get install -y golang", "RUN go get example.org/dep && go get example.org/golint"]], // prettier-ignore
  ["a tool of Go beside a program", "suggested", ["FROM golang:1.10", "RUN go get example.org/dep", "RUN go get example.org/app", 'CMD ["app"]']], // prettier-ignore
])("an image with %s: %s", (_name, code, lines) => {
  expect(codeOf(lines)).toBe(code);
});
