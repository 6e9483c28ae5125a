import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a name": `
      FROM a:1 AS build
      FROM a:1
      COPY --from=build /a /a
    `,
    "an image": `
      FROM a:1
      COPY --from=nginx:1 /a /a
    `,
  },
  reports: {
    "a number of a stage with a name": {
      code: `
        FROM a:1 AS build
        FROM a:1
        COPY --from=0 /a /a
                    ^ useName
      `,
      output: `
        FROM a:1 AS build
        FROM a:1
        COPY --from=build /a /a
      `,
    },
    "a number of a stage without one": {
      code: `
        FROM a:1
        FROM a:1
        COPY --from=0 /a /a
                    ^ nameIt
        COPY --from=0 /b /b
                    ^ nameIt
      `,
      output: `
        FROM a:1 AS build
        FROM a:1
        COPY --from=build /a /a
        COPY --from=build /b /b
      `,
    },
    "a number behind one that a comment allows": {
      code: `
        FROM a:1
        FROM a:1
        # stagewright-disable-next-line prefer-stage-name
        COPY --from=0 /a /a
        COPY --from=0 /b /b
                    ^ nameIt
      `,
      output: `
        FROM a:1 AS build
        FROM a:1
        # stagewright-disable-next-line prefer-stage-name
        COPY --from=0 /a /a
        COPY --from=build /b /b
      `,
    },
    "numbers of two stages": {
      code: `
        from a:1
        from b:1
        from c:1
        copy --from=0 /a /a
                    ^ nameIt
        copy --from=1 /b /b
                    ^ nameIt
      `,
      output: `
        from a:1 as build
        from b:1 as build-2
        from c:1
        copy --from=build /a /a
        copy --from=build-2 /b /b
      `,
    },
    "a name that a later stage takes again": {
      code: `
        FROM a:1 AS x
        FROM b:1 AS x
        FROM c:1
        COPY --from=0 /a /a
                    ^ useName
      `,
    },
  },
});
