import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a variable that holds a URL": `
      FROM a:1
      ENV LINK=https://example.org/a
      ADD \$LINK /a
    `,
    "a variable that may hold anything": `
      FROM a:1
      ARG LINK
      ADD \$LINK/a /a
    `,
    "a URL": `
      FROM a:1
      ADD https://example.org/a /a
    `,
    "an archive": `
      FROM a:1
      ADD rootfs.tar.xz /
    `,
    "a repository": `
      FROM a:1
      ADD git@example.org:a/b.git /a
    `,
    COPY: `
      FROM a:1
      COPY a.py /a
    `,
  },
  reports: {
    "the whole context": {
      code: `
        FROM a:1
        ADD . /srv/
        ^^^ useCopy
        ADD ./ app.py /srv/
        ^^^ useCopy
      `,
      output: `
        FROM a:1
        COPY . /srv/
        COPY ./ app.py /srv/
      `,
    },
    "a file": {
      code: `
        FROM a:1
        ADD app.py /srv/
        ^^^ useCopy
      `,
      output: `
        FROM a:1
        COPY app.py /srv/
      `,
    },
    "lower case": {
      code: `
        from a:1
        add app.py /srv/
        ^^^ useCopy
      `,
      output: `
        from a:1
        copy app.py /srv/
      `,
    },
    "a folder, which cannot be told from an archive": {
      code: `
        FROM a:1
        ADD src /srv/
        ^^^ useCopy
      `,
      suggestions: [
        `
          FROM a:1
          COPY src /srv/
        `,
      ],
    },
    "a variable, without a suggestion, since it may hold a URL": {
      code: `
        FROM a:1
        ARG X=a
        ADD $X /srv/
        ^^^ useCopy
      `,
    },
    "a URL in a variable, where the options say so": {
      code: `
        FROM a:1
        ENV LINK=https://example.org/a
        ADD \$LINK /a
        ^^^ useCopy
      `,
      options: { literal: true },
    },
    "a flag of COPY": {
      code: `
        FROM a:1
        ADD --chown=app:app app.py /srv/
        ^^^ useCopy
      `,
      output: `
        FROM a:1
        COPY --chown=app:app app.py /srv/
      `,
    },
    "a flag that only ADD has": {
      code: `
        FROM a:1
        ADD --keep-git-dir=true app.py /srv/
        ^^^ useCopy
      `,
    },
    "a JSON array": {
      code: `
        FROM a:1
        ADD ["my app.py", "/srv/"]
        ^^^ useCopy
      `,
      output: `
        FROM a:1
        COPY ["my app.py", "/srv/"]
      `,
    },
  },
});
