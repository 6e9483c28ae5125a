import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "ARG and comments": `
      # syntax=docker/dockerfile:1
      # c
      ARG A=1
      FROM a:1
    `,
  },
  reports: {
    "a label": {
      code: `
        LABEL a=b
        ^^^^^ moveAfterFrom
        FROM a:1
      `,
    },
    "all of a file without FROM": {
      code: `
        RUN a
        ^^^ moveAfterFrom
        RUN b
        ^^^ moveAfterFrom
      `,
    },
  },
});
