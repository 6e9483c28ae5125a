import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a cache that the same RUN removes": `
      FROM python:3.13
      RUN pip install flask && rm -rf /root/.cache
    `,
    "the flag": `
      FROM a:1
      RUN pip install --no-cache-dir b
    `,
    "the variable": `
      FROM a:1
      ENV PIP_NO_CACHE_DIR=1
      RUN pip install b
    `,
    "the variable in the script": `
      FROM a:1
      RUN PIP_NO_CACHE_DIR=on pip install b
    `,
    "a cache mount": `
      FROM a:1
      RUN --mount=type=cache,target=/root/.cache/pip pip install b
    `,
    "pipx and download": `
      FROM a:1
      RUN pipx install b && pip download c
    `,
  },
  reports: {
    "a cache that is removed, where the options say so": {
      code: `
        FROM python:3.13
        RUN pip install flask && rm -rf ~/.cache
                ^^^^^^^ addFlag
      `,
      options: { evenRemoved: true },
      output: `
        FROM python:3.13
        RUN pip install --no-cache-dir flask && rm -rf ~/.cache
      `,
    },
    "no flag": {
      code: `
        FROM a:1
        RUN pip install b
                ^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN pip install --no-cache-dir b
      `,
    },
    "the module": {
      code: `
        FROM a:1
        RUN python3 -m pip install -r requirements.txt
                           ^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN python3 -m pip install --no-cache-dir -r requirements.txt
      `,
    },
    "a version in the name": {
      code: `
        FROM a:1
        RUN a && pip3.12 install b
                         ^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN a && pip3.12 install --no-cache-dir b
      `,
    },
    "a variable that is off": {
      code: `
        FROM a:1
        ENV PIP_NO_CACHE_DIR=0
        RUN pip install b
                ^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        ENV PIP_NO_CACHE_DIR=0
        RUN pip install --no-cache-dir b
      `,
    },
  },
});
