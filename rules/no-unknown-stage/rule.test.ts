import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an earlier stage": `
      FROM a:1 AS build
      FROM a:1
      COPY --from=build /a /a
    `,
    "another case of its name": `
      FROM a:1 AS build
      FROM a:1
      COPY --from=Build /a /a
    `,
    "a number of an earlier stage": `
      FROM a:1
      FROM a:1
      COPY --from=0 /a /a
    `,
    "an image with a tag": `
      FROM a:1
      COPY --from=nginx:1 /a /a
    `,
    "an image without a tag": `
      FROM a:1
      COPY --from=nginx /a /a
    `,
    "an image of a registry with capitals": `
      FROM a:1
      COPY --from=Foo/bar /a /a
    `,
    "the empty image": `
      FROM a:1
      COPY --from=scratch /a /a
    `,
    "a variable, which is refused elsewhere": `
      FROM a:1
      COPY --from=$X:1 /a /a
    `,
  },
  reports: {
    "what cannot be an image": {
      code: `
        FROM a:1
        COPY --from=Foo /a /a
                    ^^^ noImage
      `,
    },
    "what cannot be an image with a tag": {
      code: `
        FROM a:1
        COPY --from=Foo:1 /a /a
                    ^^^^^ noImage
      `,
    },
    "what cannot be an image in a mount": {
      code: `
        FROM a:1
        RUN --mount=from=foo:1:2,target=/a true
                         ^^^^^^^ noImage
      `,
    },
    "a misspelt stage": {
      code: `
        FROM a:1 AS build
        FROM a:1
        COPY --from=biuld /a /a
                    ^^^^^ nameNearStage
      `,
      suggestions: [
        `
          FROM a:1 AS build
          FROM a:1
          COPY --from=build /a /a
        `,
      ],
    },
    "a misspelt stage in a mount": {
      code: `
        FROM a:1 AS build
        FROM a:1
        RUN --mount=type=bind,from=biuld,target=/a cp /a /b
                                   ^^^^^ nameNearStage
      `,
      suggestions: [
        `
          FROM a:1 AS build
          FROM a:1
          RUN --mount=type=bind,from=build,target=/a cp /a /b
        `,
      ],
    },
    "a stage that comes later": {
      code: `
        FROM a:1
        COPY --from=tools /a /a
                    ^^^^^ nameStage
        FROM a:1 AS tools
      `,
    },
    "a number that is too high": {
      code: `
        FROM a:1
        COPY --from=1 /a /a
                    ^ noStageAtIndex
        FROM a:1
        COPY --from=2 /a /a
                    ^ noStageAtIndex
        FROM a:1
        COPY --from=3 /a /a
                    ^ noStageAtIndex
      `,
      messages: [
        "There is no stage 1 before this one; it is the first.",
        "There is no stage 2 before this one; the only one there has the number 0.",
        "There is no stage 3 before this one; those there have the numbers 0 to 1.",
      ],
    },
    "every other name by option": {
      code: `
        FROM a:1
        COPY --from=nginx /a /a
                    ^^^^^ nameStage
      `,
      options: { images: true },
    },
  },
});
