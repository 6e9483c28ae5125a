import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN pip install b==1 'c>=2' d~=3
    `,
    requirements: `
      FROM a:1
      RUN pip install -r requirements.txt
    `,
    "the project": `
      FROM a:1
      RUN pip install .
    `,
    "a commit": `
      FROM a:1
      RUN pip install git+https://example.org/a@v1
    `,
    "a file": `
      FROM a:1
      RUN pip install ./a.whl
    `,
    constraints: `
      FROM a:1
      RUN pip install -c c.txt b
    `,
    "the value of a flag": `
      FROM a:1
      RUN pip install -i https://example.org b==1
    `,
  },
  reports: {
    "another name of pip": {
      code: `
        FROM a:1
        RUN pip-3.4 install b
                            ^ pin
      `,
    },
    "no version": {
      code: `
        FROM a:1
        RUN pip install b==1 flask
                             ^^^^^ pin
      `,
    },
    "a variable": {
      code: `
        FROM a:1
        RUN pip install $PKGS
                        ^^^^^ pin
      `,
    },
    "a repository without a commit": {
      code: `
        FROM a:1
        RUN pip install git+https://example.org/a
                        ^^^^^^^^^^^^^^^^^^^^^^^^^ pin
      `,
    },
    "pip itself": {
      code: `
        FROM a:1
        RUN pip install -U pip
                           ^^^ pin
      `,
    },
  },
});
