import { describe, expect, test } from "vitest";
import { createSourceCode } from "../../create-source-code.ts";

/** What stays in the last stage of a file. */
function left(text: string): string[] {
  const { facts } = createSourceCode(text);
  return facts.stages.final ? facts.packages(facts.stages.final).left.map(({ name }) => name) : [];
}

const debian = (...runs: readonly string[]) =>
  left(["FROM debian:13", ...runs.map((each) => `RUN ${each}`)].join("\n"));
const alpine = (...runs: readonly string[]) =>
  left(["FROM alpine:3.22", ...runs.map((each) => `RUN ${each}`)].join("\n"));

/** The removal of the first package of a file. */
function removal(text: string) {
  const { facts } = createSourceCode(text);
  const found = facts.stages.final && facts.packages(facts.stages.final).added[0]?.removal;
  return found && { when: found.when, parts: found.partsLeft, word: found.word?.value };
}

describe("packages that stay", () => {
  test("have their names without versions", () => {
    expect(debian("apt-get -qq -o Dpkg::Use-Pty=0 install -y -t stable gcc=4:14 libc6:amd64 vim/sid g++")).toEqual(["gcc", "libc6", "vim", "g++"]); // prettier-ignore
    expect(alpine("apk add --no-cache curl=~8 'gcc>14' edge@testing")).toEqual(["curl", "gcc", "edge"]);
  });
  test("are not files and addresses", () => expect(debian("apt-get install ./a.deb /b/c.deb wget")).toEqual(["wget"]));
  test("are those that a variable holds", () => {
    expect(debian("DEPS='gcc make' && apt-get install -y $DEPS")).toEqual(["gcc", "make"]);
    expect(left('FROM debian:13\nENV DEPS="gcc make"\nRUN apt-get install -y $DEPS')).toEqual(["gcc", "make"]);
    expect(debian("for p in gcc make; do apt-get install -y $p; done")).toEqual(["gcc", "make"]);
  });
  test("are not removed by a variable that nothing sets", () => {
    const purge = "apt-get install -y gcc make && apt-get purge -y --auto-remove";
    expect(debian(`${purge} $DEPS`)).toEqual(["gcc", "make"]);
    expect(debian(`${purge} "\${DEPS}" make`)).toEqual(["gcc"]);
    expect(debian("DEPS=gcc", `${purge} $DEPS`)).toEqual(["gcc", "make"]);
    expect(left("FROM debian:13 AS a\nFROM a\nRUN apk add gcc && apk del $DEPS")).toEqual(["gcc"]);
  });
  test("are removed by a variable that something may set", () => {
    const purge = "apt-get install -y gcc && apt-get purge -y";
    expect(debian(`. ./deps && ${purge} $DEPS`)).toEqual([]);
    expect(debian(`read DEPS < deps && ${purge} $DEPS`)).toEqual([]);
    expect(debian(`${purge} \${DEPS:-gcc}`)).toEqual([]);
    expect(left(`FROM debian:13\nARG DEPS\nRUN ${purge} $DEPS`)).toEqual([]);
    expect(left(`FROM vendor/image\nRUN ${purge} $DEPS`)).toEqual([]);
    expect(left("FROM php:8.4-alpine\nRUN apk add gcc && apk del $PHPIZE_DEPS")).toEqual([]);
  });
  test("are those of other managers", () => {
    expect(left("FROM fedora\nRUN dnf group install -y 'Development Tools' && dnf -y install gcc-c++")).toEqual(["Development Tools", "gcc-c++"]); // prettier-ignore
    expect(left("FROM archlinux\nRUN pacman -Syu --noconfirm base-devel && pacman -Scc")).toEqual(["base-devel"]);
    expect(left("FROM opensuse/leap\nRUN zypper -n in gcc")).toEqual(["gcc"]);
    expect(debian("pip install flask==1.0 uvicorn[standard] && npm install -g yarn && npm install left-pad")).toEqual(["flask", "uvicorn", "yarn"]); // prettier-ignore
    expect(debian("apt-get build-dep -y nginx")).toEqual(["build-essential"]);
    expect(left("FROM bitnami/minideb\nRUN install_packages gcc=4:14 make")).toEqual(["gcc", "make"]);
    expect(left("FROM webdevops/base\nRUN /usr/local/bin/apt-install gcc && apt-get purge gcc gcc-14")).toEqual([]);
  });
  test("are not those that the RUN removes", () => {
    expect(debian("apt-get install -y gcc-14 curl && apt-get purge -y gcc-14")).toEqual(["curl"]);
    expect(left("FROM fedora\nRUN dnf -y install gcc && dnf -y remove gcc")).toEqual([]);
  });
  test("are not those of a group that the RUN removes", () => {
    expect(alpine("apk add --virtual .deps gcc musl-dev && apk add curl && apk del .deps")).toEqual(["curl"]);
    expect(alpine("apk add -t .deps gcc && apk del .deps")).toEqual([]);
    expect(alpine("apk add --virtual=.deps gcc && apk del --purge .deps")).toEqual([]);
  });
  test.each(["/build", "build=deps", "build@edge", "~deps", "'my deps'", ".b.apk", "./deps", "*deps*"])(
    "are not those of the group %s",
    (group) => {
      expect(alpine(`apk add --virtual ${group} gcc && apk del ${group}`)).toEqual([]);
    },
  );
  test("are not those of a variable that the RUN removes", () => {
    expect(left("FROM php:8.4-alpine\nRUN apk add $PHPIZE_DEPS && apk del $PHPIZE_DEPS")).toEqual([]);
    expect(debian("D=gcc-14 && apt-get install $D && apt-get purge --auto-remove $D")).toEqual([]);
  });
  test("are not those of a list that the RUN computes", () => {
    expect(debian("apt-get install -y gcc && apt-get purge -y $(cat /tmp/added)")).toEqual([]);
    expect(debian("apt-get install -y gcc && cat /tmp/added | xargs apt-get purge -y")).toEqual([]);
    expect(debian("apt-mark showmanual > m; apt-get install -y gcc; apt-mark auto '.*'; xargs apt-mark manual < m; apt-get purge -y --auto-remove")).toEqual([]); // prettier-ignore
  });
  test("are not those of a pattern", () =>
    expect(debian("apt-get install -y libx-dev && apt-get purge -y 'lib*-dev'")).toEqual([]));
  test("are those that are added again", () =>
    expect(alpine("apk add gcc && apk del gcc && apk add gcc")).toEqual(["gcc"]));
  test("are those that are removed in a later RUN", () => {
    expect(alpine("apk add gcc", "apk del gcc")).toEqual(["gcc"]);
    expect(removal("FROM alpine\nRUN apk add -t .b gcc\nRUN apk del .b")).toEqual({
      when: "later-run",
      parts: [],
      word: ".b",
    });
    expect(alpine("apk add gcc", "apk del $(cat added)")).toEqual(["gcc"]);
  });
  test("are those of which only the name goes", () => {
    const text = (rest: string) =>
      `FROM debian:13\nRUN apt-get install -y build-essential && apt-get purge -y build-essential${rest}`;
    expect(removal(text(""))?.parts).toEqual(["gcc", "g++", "make", "libc6-dev", "dpkg-dev"]);
    expect(removal(text(" gcc g++ make"))?.parts).toEqual(["libc6-dev", "dpkg-dev"]);
    expect(removal(text(" --auto-remove"))?.parts).toEqual([]);
    expect(removal(text(" && apt-get autoremove -y"))?.parts).toEqual([]);
    expect(removal("FROM debian\nRUN apt-get install gcc && apt-get autoremove -y gcc")?.parts).toEqual([]);
    expect(removal("FROM debian\nRUN apt-get install gcc && apt-get remove gcc 'gcc-*'")?.parts).toEqual([]);
    expect(removal("FROM debian\nRUN apt-get install make && apt-get remove make")?.parts).toEqual([]);
  });
  test("come with those of the stages below", () => {
    expect(left("FROM alpine AS a\nRUN apk add gcc\nFROM a\nRUN apk add curl")).toEqual(["gcc", "curl"]);
    expect(left("FROM alpine AS a\nRUN apk add gcc\nFROM alpine\nRUN apk add curl")).toEqual(["curl"]);
  });
  test("may be more than the file shows", () => {
    const { facts } = createSourceCode("FROM debian\nRUN xargs apt-get install -y < list");
    expect(facts.stages.final && facts.packages(facts.stages.final).computed).toBe(true);
  });
});
