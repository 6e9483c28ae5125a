import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN yum install -y curl-8.9.1 java-1.8.0-openjdk
    `,
    "a variable of the file": `
      FROM a:1
      ARG V=1
      RUN yum install -y curl-\${V}
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN yum install -y curl-8.9 wget
                                    ^^^^ pin
      `,
    },
    "a dash without a version": {
      code: `
        FROM a:1
        RUN yum install -y httpd-devel
                           ^^^^^^^^^^^ pin
      `,
    },
    "a variable that is not known": {
      code: `
        FROM a:1
        RUN yum install -y curl-$V
                           ^^^^^^^ pin
      `,
    },
  },
});
