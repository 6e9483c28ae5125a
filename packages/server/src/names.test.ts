import { expect, test } from "vitest";
import { definitionsAt, nameAt, shellVariables } from "./names.ts";
import { definitions, prepareRename, references, rename } from "./navigation.ts";
import { atCursor, textAt, uri, viewOf } from "./testing/view.ts";

const stages = `FROM golang:1.25 AS build
RUN go build -o /app
FROM build AS test
RUN --mount=type=bind,from=build,target=/src go test
FROM scratch
COPY --from=BUILD /app /app
COPY --from=0 /etc/passwd /etc/
`;

const at = (text: string, part: string, nth = 0) => {
  let offset = -1;
  for (let i = 0; i <= nth; i++) offset = text.indexOf(part, offset + 1);
  const view = viewOf(text);
  return { view, offset, position: view.document.positionAt(offset) };
};

const renamed = (text: string, part: string, nth: number, name: string) => {
  const { view, position } = at(text, part, nth);
  const edits = rename(view, position, name, false)?.changes?.[uri] ?? [];
  return [...edits]
    .sort((a, b) => view.document.offsetAt(b.range.start) - view.document.offsetAt(a.range.start))
    .reduce((now, { range, newText }) => {
      const [start, end] = [view.document.offsetAt(range.start), view.document.offsetAt(range.end)];
      return now.slice(0, start) + newText + now.slice(end);
    }, text);
};

test("finds a stage from its uses by name, whatever their case, by number, in FROM and in a mount", () => {
  const number = at(stages, "--from=0");
  const places = references(number.view, number.view.document.positionAt(number.offset + 7), true);
  expect(places.map(({ range }) => `${range.start.line}:${textAt(number.view, range)}`)).toEqual([
    "0:build",
    "2:build",
    "3:build",
    "5:BUILD",
    "6:0",
  ]);
  const upper = at(stages, "BUILD");
  expect(definitions(upper.view, upper.position)).toEqual([
    { uri, range: { start: { line: 0, character: 20 }, end: { line: 0, character: 25 } } },
  ]);
});

test("renames a stage in all places that name it and leaves numbers", () => {
  expect(renamed(stages, "build\nRUN", 0, "compile")).toBe(`FROM golang:1.25 AS compile
RUN go build -o /app
FROM compile AS test
RUN --mount=type=bind,from=compile,target=/src go test
FROM scratch
COPY --from=compile /app /app
COPY --from=0 /etc/passwd /etc/
`);
});

test("refuses names that a stage cannot have or that are taken", () => {
  const { view, position } = at(stages, "build\nRUN");
  expect(() => rename(view, position, "1st", false)).toThrow("cannot be a stage's name");
  expect(() => rename(view, position, "Test", false)).toThrow("already");
});

const variables = `ARG VERSION=1
FROM debian:\${VERSION} AS a
ARG VERSION
ENV HOME_DIR=/srv/$VERSION
RUN curl -o "$HOME_DIR/x" https://example.com/\${VERSION:-2} && echo '$VERSION' && sh -c 'echo $VERSION'
FROM debian AS b
ENV VERSION=other
RUN echo $VERSION
FROM a
WORKDIR \${HOME_DIR}
`;

test("renames an ARG with its global default and its uses in scripts, not in another stage's ENV of that name", () => {
  expect(renamed(variables, "VERSION", 0, "TAG")).toBe(`ARG TAG=1
FROM debian:\${TAG} AS a
ARG TAG
ENV HOME_DIR=/srv/$TAG
RUN curl -o "$HOME_DIR/x" https://example.com/\${TAG:-2} && echo '$VERSION' && sh -c 'echo $TAG'
FROM debian AS b
ENV VERSION=other
RUN echo $VERSION
FROM a
WORKDIR \${HOME_DIR}
`);
});

test("follows ENV into stages that are built on its stage", () => {
  const { view, offset } = at(variables, "HOME_DIR}");
  const name = nameAt(view, offset);
  expect(name?.occurrences.map(({ range }) => view.source.locate(range).start.line)).toEqual([4, 5, 10]);
  expect(definitionsAt(view, offset).map((range) => view.source.locate(range).start.line)).toEqual([4]);
});

test("leads from a use to the stage's ARG and to the global one that gives its default", () => {
  const { view, offset } = at(variables, "$VERSION\nRUN");
  expect(definitionsAt(view, offset + 1).map((range) => view.source.locate(range).start.line)).toEqual([1, 3]);
});

test("refuses to rename what BuildKit sets, what is not declared, and to a name in use", () => {
  const automatic = atCursor("FROM debian\nARG TARGET|ARCH\nRUN echo $TARGETARCH\n");
  expect(() => prepareRename(automatic.view, automatic.view.document.positionAt(automatic.offset))).toThrow(
    "sets `TARGETARCH`",
  );
  const unknown = atCursor("FROM debian\nRUN echo $PA|TH\n");
  expect(() => prepareRename(unknown.view, unknown.view.document.positionAt(unknown.offset))).toThrow("not declared");
  const taken = at(variables, "VERSION");
  expect(() => rename(taken.view, taken.position, "HOME_DIR", false)).toThrow("in use");
});

test("finds variables of a shell where the shell expands them", () => {
  const names = (text: string) => [...shellVariables(text, true)].map(({ name }) => name);
  expect(names(`echo $A "\${B}" '$C' \\$D "it's $E" bash -euc '$F'`)).toEqual(["A", "B", "E", "F"]);
  expect(names(`G=1 cmd; export H=2 && echo "$\{#I}" 'don' "t"'$J'`)).toEqual(["G", "H", "I"]);
});
