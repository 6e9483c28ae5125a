import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an archive that is not unpacked": `
      FROM a:1
      COPY a.tgz /a/
      RUN ls /a
    `,
    "an archive of another stage": `
      FROM a:1 AS b
      FROM a:1
      COPY --from=b /a.tgz /
      RUN tar -xf /a.tgz
    `,
  },
  reports: {
    "an archive that is unpacked": {
      code: `
        FROM a:1
        COPY app.tar.gz /tmp/
             ^^^^^^^^^^ useAdd
        RUN tar -xzf /tmp/app.tar.gz
      `,
    },
    "tar without a dash": {
      code: `
        FROM a:1
        COPY app.tgz /tmp/
             ^^^^^^^ useAdd
        RUN cd /tmp && tar xzf app.tgz
      `,
    },
    "a new name": {
      code: `
        FROM a:1
        COPY app /tmp/a.gz
             ^^^ useAdd
        RUN gunzip /tmp/a.gz
      `,
    },
  },
});
