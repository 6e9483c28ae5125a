import type { Check } from "./checks.ts";

/** A mistake put into a rewrite, and the check that must see it. */
export interface Mutation {
  readonly name: string;
  readonly pair: string;
  /** A part of the rewritten file and what stands there instead. */
  readonly from: string;
  readonly to: string;
  readonly caughtBy: Check;
}

export const mutations: readonly Mutation[] = [
  {
    name: "the library that a package of Python loads is missing",
    pair: "python",
    from: "RUN apt-get update && apt-get install -y --no-install-recommends libpq5 \\\n && rm -rf /var/lib/apt/lists/*\n",
    to: "",
    caughtBy: "run",
  },
  {
    name: "the shared library that a C++ program links is missing",
    pair: "cpp-cmake",
    from: "      libexpat1 \\\n",
    to: "",
    caughtBy: "run",
  },
  {
    name: "the loader is not told of the new libraries",
    pair: "cpp-cmake",
    from: "RUN ldconfig\n",
    to: "",
    caughtBy: "run",
  },
  {
    name: "the output is not copied",
    pair: "typescript",
    from: "COPY --from=build /app/dist /app/dist\n",
    to: "",
    caughtBy: "run",
  },
  {
    name: "the data beside a program is not copied",
    pair: "c-make",
    from: "COPY --from=build /opt/hello /opt/hello",
    to: "COPY --from=build /opt/hello/bin /opt/hello/bin",
    caughtBy: "files",
  },
  {
    name: "the program is not on PATH any more",
    pair: "c-make",
    from: "ENV PATH=/opt/hello/bin:$PATH\n",
    to: "",
    caughtBy: "entry",
  },
  {
    name: "the program stays in a folder that is not on the PATH of the small image",
    pair: "go-install",
    from: "/go/bin/counter /usr/local/bin/counter",
    to: "/go/bin/counter /go/bin/counter",
    caughtBy: "entry",
  },
  {
    name: "the working folder is lost",
    pair: "c-single",
    from: "\nWORKDIR /work\nCOPY --from",
    to: "\nCOPY --from",
    caughtBy: "config",
  },
  {
    name: "the entrypoint is lost",
    pair: "maven",
    from: 'ENTRYPOINT ["java", "-jar", "/app.jar"]\n',
    to: "",
    caughtBy: "run",
  },
  {
    name: "the health check is lost",
    pair: "go-static",
    from: 'HEALTHCHECK CMD ["/usr/local/bin/greeter", "health"]\n',
    to: "",
    caughtBy: "health",
  },
  {
    name: "a variable is lost",
    pair: "dotnet",
    from: "ENV ASPNETCORE_URLS=http://+:8080\n",
    to: "",
    caughtBy: "config",
  },
  {
    name: "the wrong folder is copied",
    pair: "dotnet",
    from: "COPY --from=build /app /app",
    to: "COPY --from=build /src /app",
    caughtBy: "run",
  },
  {
    name: "the path that is copied does not exist in the build stage",
    pair: "gradle",
    from: "COPY --from=build /home/gradle/app/build/libs/ledger.jar",
    to: "COPY --from=build /home/gradle/app/build/libs/app.jar",
    caughtBy: "build",
  },
  {
    name: "pip installs beside the folder that is copied",
    pair: "python-alpine",
    from: " --root=/out",
    to: "",
    caughtBy: "build",
  },
  {
    name: "the development dependencies stay",
    pair: "typescript",
    from: "RUN npm ci --omit=dev",
    to: "RUN npm ci",
    caughtBy: "tools",
  },
  {
    name: "the last stage is built on the SDK",
    pair: "go-static",
    from: "\nFROM alpine:3.22\n",
    to: "\nFROM golang:1.26-alpine3.22\n",
    caughtBy: "tools",
  },
  {
    name: "the compiler is installed into the last stage",
    pair: "node-native",
    from: "\nFROM node:22-alpine3.22\n",
    to: "\nFROM node:22-alpine3.22\nRUN apk add --no-cache python3 make g++\n",
    caughtBy: "tools",
  },
  {
    name: "the files get another owner",
    pair: "ruby",
    from: "COPY --from=build /usr/local/bundle",
    to: "COPY --from=build --chown=1000:1000 /usr/local/bundle",
    caughtBy: "files",
  },
  {
    name: "the user is lost",
    pair: "go-cgo",
    from: "USER 1000\n",
    to: "",
    caughtBy: "config",
  },
  {
    name: "a program of glibc is put on musl",
    pair: "go-cgo",
    from: "\nFROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*\n",
    to: "\nFROM alpine:3.22\n",
    caughtBy: "run",
  },
  {
    name: "the time zones that the SDK brought are missing",
    pair: "go-static",
    from: "RUN apk add --no-cache ca-certificates tzdata\nWORKDIR /src\nCOPY --from",
    to: "RUN apk add --no-cache ca-certificates\nWORKDIR /src\nCOPY --from",
    caughtBy: "run",
  },
  {
    name: "the certificates that the SDK brought are missing",
    pair: "rust",
    from: "ca-certificates libssl3t64",
    to: "libssl3t64",
    caughtBy: "run",
  },
  {
    name: "a package has the name that another release gives it",
    pair: "rust",
    from: "libssl3t64",
    to: "libssl3",
    caughtBy: "build",
  },
];
