import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    quiet: `
      FROM a:1
      RUN wget -qO- https://example.org
    `,
    "its own progress": `
      FROM a:1
      RUN wget --progress=dot https://example.org
    `,
    "an output file": `
      FROM a:1
      RUN wget -o log https://example.org
    `,
  },
  reports: {
    "a progress bar": {
      code: `
        FROM debian:13
        RUN wget https://example.org
            ^^^^ quieten
      `,
      suggestions: [
        `
          FROM debian:13
          RUN wget --progress=dot:giga https://example.org
        `,
      ],
    },
    "a wget that apt-get installed": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y wget && wget https://example.org
                                                         ^^^^ quieten
      `,
      output: `
        FROM debian:13
        RUN apt-get update && apt-get install -y wget && wget --progress=dot:giga https://example.org
      `,
    },
    "BusyBox, which does not know the flag": {
      code: `
        FROM alpine:3.22
        RUN wget https://example.org
            ^^^^ quieten
      `,
      suggestions: [
        `
          FROM alpine:3.22
          RUN wget -q https://example.org
        `,
      ],
    },
  },
});
