import { testRule } from "stagewright/rule";
import rule from "./no-debug-image.js";

testRule(rule, {
  allows: {
    "a debug image that only builds": `
      FROM registry.acme.example/app:1-debug AS build
      FROM registry.acme.example/app:1
    `,
  },
  reports: {
    "a debug image": {
      code: `
        FROM registry.acme.example/app:1-debug
                                       ^^^^^^^ debug
      `,
      suggestions: [
        `
          FROM registry.acme.example/app:1
        `,
      ],
    },
  },
});
