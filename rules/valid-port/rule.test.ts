import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the highest port": `
      FROM a:1
      EXPOSE 65535
    `,
    "a variable without a value": `
      FROM a:1
      ARG P
      EXPOSE $P
    `,
    "an empty variable": `
      FROM a:1
      ARG P=
      EXPOSE $P
    `,
    "a part without a known value": `
      FROM a:1
      ARG P
      EXPOSE $P-a 80/$P
    `,
    "several ports in a variable": `
      FROM a:1
      ENV PORTS="80 443/udp"
      EXPOSE $PORTS
    `,
    "protocols in any case and none behind the slash": `
      FROM a:1
      EXPOSE 80/UDP 81/ 82/sctp
    `,
    "ranges, also of one port, with signs and quotes": `
      FROM a:1
      EXPOSE 8000-8010/tcp 80-80 "90" +91 92\-93
    `,
    "a port of the host, which another rule tells": `
      FROM a:1
      EXPOSE 8080:80 127.0.0.1:80:80 a:80
    `,
  },
  reports: {
    "a word": {
      code: `
        FROM a:1
        EXPOSE http
               ^^^^ notAPort
      `,
    },
    "a range that ends in a word": {
      code: `
        FROM a:1
        EXPOSE 80-a
               ^^^^ notAPort
      `,
    },
    "a range without an end": {
      code: `
        FROM a:1
        EXPOSE 80-
               ^^^ notAPort
      `,
    },
    "a list with commas": {
      code: `
        FROM a:1
        EXPOSE 8080,9090
               ^^^^^^^^^ notAPort
      `,
    },
    "a protocol without a port": {
      code: `
        FROM a:1
        EXPOSE /tcp
               ^^^^ notAPort
      `,
    },
    "a range that runs backwards": {
      code: `
        FROM a:1
        EXPOSE 90-80
               ^^^^^ reversed
      `,
    },
    "an unknown protocol": {
      code: `
        FROM a:1
        EXPOSE 90/xyz
               ^^^^^^ unknownProtocol
      `,
    },
    "a variable that holds a word": {
      code: `
        FROM a:1
        ARG P=http
        EXPOSE $P
               ^^ notAPort
      `,
    },
    "a port that is too high": {
      code: `
        FROM a:1
        EXPOSE 80 65536
                  ^^^^^ tooHigh
      `,
    },
    "the end of a range": {
      code: `
        FROM a:1
        EXPOSE 60000-70000/udp
               ^^^^^^^^^^^^^^^ tooHigh
      `,
    },
    "a variable": {
      code: `
        FROM a:1
        ARG P=80000
        EXPOSE $P
               ^^ tooHigh
      `,
    },
  },
});
