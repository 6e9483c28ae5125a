import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DigestAnswer, planPins, wantedDigests } from "./plan.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const [a, b] = [digest("a"), digest("b")];

const answering = (text: string, update: boolean, answer: DigestAnswer = { digest: a }) =>
  new Map(wantedDigests(text, { update }).map((reference) => [reference, answer]));

const pin = (text: string, update = false) => planPins(text, answering(text, update), { update });

describe("planPins", () => {
  it.each([
    ["FROM debian:13\n", `FROM debian:13@${a}\n`],
    ["FROM debian\n", `FROM debian:latest@${a}\n`],
    ["FROM debian AS build\nFROM build\n", `FROM debian:latest@${a} AS build\nFROM build\n`],
    ["FROM localhost:5000/a/b\n", `FROM localhost:5000/a/b:latest@${a}\n`],
    ["FROM --platform=linux/arm64 debian:13\n", `FROM --platform=linux/arm64 debian:13@${a}\n`],
    ["FROM scratch\nCOPY --from=alpine:3 /a /b\n", `FROM scratch\nCOPY --from=alpine:3@${a} /a /b\n`],
    [
      "FROM scratch\nRUN --mount=type=bind,from=alpine:3,target=/a true\n",
      `FROM scratch\nRUN --mount=type=bind,from=alpine:3@${a},target=/a true\n`,
    ],
    ["# syntax=docker/dockerfile:1\nFROM scratch\n", `# syntax=docker/dockerfile:1@${a}\nFROM scratch\n`],
    ["ARG BASE=debian:13\nFROM $BASE\n", `ARG BASE=debian:13@${a}\nFROM $BASE\n`],
    ['ARG BASE="debian:13"\nFROM ${BASE} AS x\n', `ARG BASE="debian:13@${a}"\nFROM \${BASE} AS x\n`],
    ["ARG BASE=debian\nFROM $BASE\nFROM ${BASE}\n", `ARG BASE=debian:latest@${a}\nFROM $BASE\nFROM \${BASE}\n`],
    ["\uFEFFFROM debian:13\r\nRUN true\r\n", `\uFEFFFROM debian:13@${a}\r\nRUN true\r\n`],
    ["from \\\n  debian:13 as x\n", `from \\\n  debian:13@${a} as x\n`],
    ['FROM "debian:13"\n', `FROM "debian:13@${a}"\n`],
  ])("pins %j", (before, after) => {
    expect(pin(before).text).toBe(after);
  });

  it.each([
    ["FROM scratch\n", []],
    ["FROM debian:13 AS x\nFROM x\nCOPY --from=0 /a /b\nCOPY --from=x /a /b\n", ["pin"]],
    ["ARG BASE\nFROM $BASE\n", ["skip"]],
    ["ARG TAG=13\nFROM debian:$TAG\n", ["skip"]],
    ["ARG REG=reg.io\nFROM $REG/app:1\n", ["skip"]],
    ["ARG BASE=debian:13\nARG COPY=$BASE\nFROM $BASE\n", ["skip"]],
    ["ARG BASE=debian:13\nFROM $BASE\nARG BASE\nRUN echo $BASE\n", ["skip"]],
    ["FROM ${BASE:-debian:13}\n", ["skip"]],
    [`FROM debian@${b}\n`, ["pinned"]],
    [`FROM debian:13@${b}\n`, ["pinned"]],
    ["", []],
    ["nonsense\n", []],
  ])("finds in %j %j", (text, actions) => {
    const plan = pin(text);

    expect(plan.outcomes.map(({ action }) => action)).toEqual(actions);
    expect(plan.text === text).toBe(!actions.includes("pin"));
  });

  it("does not pin the default of a variable that the configuration sets", () => {
    const text = "ARG BASE=debian:13\nFROM $BASE\n";
    const options = { update: false, settings: { buildArgs: { BASE: "ubuntu:24.04" } } };

    expect(wantedDigests(text, options)).toEqual([]);
    expect(planPins(text, new Map(), options).outcomes).toMatchObject([{ action: "skip" }]);
  });

  it.each([
    ["ARG BASE\nFROM $BASE\n", "the value of its variables is not known"],
    ["ARG TAG=1\nFROM a:$TAG\n", "a variable is a part of its name; a variable that holds all of it can be pinned"],
    ["ARG TAG=1\nARG BASE=a:$TAG\nFROM $BASE\n", "`BASE` is made of other variables"],
    ["ARG BASE=a:1\nARG BASE=b:1\nFROM $BASE\n", "`BASE` is used for more than the names of base images"],
    ["FROM a:\\\n1\n", "it is written over several lines or with escapes"],
  ])("says why it leaves %j", (text, reason) => {
    expect(pin(text).outcomes).toMatchObject([{ action: "skip", reason }]);
  });

  it("leaves existing pins alone, and moves them when it is asked to", () => {
    const text = `FROM debian:13@${b}\nFROM debian@${b}\n`;

    expect(wantedDigests(text, { update: false })).toEqual([]);
    expect(wantedDigests(text, { update: true })).toEqual(["docker.io/library/debian:13"]);
    expect(pin(text, true).text).toBe(`FROM debian:13@${a}\nFROM debian@${b}\n`);
    expect(pin(text, true).outcomes).toMatchObject([
      { action: "update", from: b, to: a },
      { action: "pinned", from: b, to: null },
    ]);
  });

  it("says that a pin is fresh", () => {
    const text = `FROM debian:13@${a}\n`;

    expect(pin(text, true)).toMatchObject({ text, outcomes: [{ action: "fresh" }] });
  });

  it("asks for an image once, wherever it stands", () => {
    expect(
      wantedDigests("FROM debian:13\nFROM docker.io/library/debian:13\nCOPY --from=debian:13 /a /b\n", {
        update: false,
      }),
    ).toEqual(["docker.io/library/debian:13"]);
  });

  it("pins the rest when one image fails", () => {
    const text = "FROM debian:13\nFROM nothing:1\n";
    const answers = new Map<string, DigestAnswer>([
      ["docker.io/library/debian:13", { digest: a }],
      ["docker.io/library/nothing:1", { problem: "It is not there." }],
    ]);

    expect(planPins(text, answers, { update: false })).toMatchObject({
      text: `FROM debian:13@${a}\nFROM nothing:1\n`,
      outcomes: [
        { line: 1, column: 6, image: "debian:13", action: "pin", from: null, to: a },
        { line: 2, column: 6, image: "nothing:1", action: "fail", reason: "It is not there." },
      ],
    });
  });

  it("changes nothing the second time, and only references", () => {
    const image = fc.constantFrom(
      "debian",
      "debian:13",
      "a/b:1",
      "reg.io:5000/x",
      `c:1@${b}`,
      "$BASE",
      "${BASE}",
      "d:$TAG",
      "scratch",
    );
    const line = fc.oneof(
      image.map((name) => `FROM ${name}`),
      image.map((name) => `FROM --platform=linux/amd64 ${name} AS stage`),
      image.map((name) => `COPY --from=${name} /a /b`),
      image.map((name) => `RUN --mount=type=bind,from=${name},target=/x \\\n  true`),
      fc.constantFrom("ARG BASE=base:1", "ARG TAG=1", "ARG BASE", "RUN echo $BASE", "# comment", "", "ENV BASE=x"),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        (lines, end, update) => {
          const text = lines.join(end);
          const once = pin(text, update);
          const again = planPins(once.text, answering(once.text, update), { update });

          expect(again.text).toBe(once.text);
          expect(withoutDigests(once.text)).toBe(withoutDigests(text));
        },
      ),
    );
  });
});

const withoutDigests = (text: string): string => text.replace(/(?::latest)?@sha256:[ab]{64}/g, "");
