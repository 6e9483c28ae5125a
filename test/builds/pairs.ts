/** A Dockerfile with its build context, in the folder of its name below `pairs`. */
export interface Pair {
  readonly name: string;
  readonly ecosystem: string;
  /** What compiles is the real compiler, and so the sizes are real ones. */
  readonly isReal: boolean;
  /** What the container prints. */
  readonly output: string;
  /** What its health check prints. */
  readonly health?: string;
  /** Files of the build's tools, each of which the image has before and has not after. */
  readonly tools: readonly string[];
  /** Variables that the rewrite sets on purpose, or leaves out as only the build's tools read them. */
  readonly ownEnv?: readonly string[];
}

export const pairs: readonly Pair[] = [
  {
    name: "go-static",
    ecosystem: "Go",
    isReal: true,
    output: "Good morning.\nserve as 65532 at 1970-01-01T01:00:00+01:00\n",
    health: "healthy\n",
    tools: ["/usr/local/go/bin/go", "/usr/bin/git", "/src/main.go"],
    ownEnv: ["CGO_ENABLED"],
  },
  {
    name: "go-cgo",
    ecosystem: "Go",
    isReal: true,
    output: "1.414214\n",
    tools: ["/usr/local/go/bin/go", "/usr/bin/gcc", "/app/main.go"],
  },
  {
    name: "go-install",
    ecosystem: "Go",
    isReal: true,
    output: "3 lines\n",
    tools: ["/usr/local/go/bin/go", "/go/src/example.org/counter/main.go"],
  },
  {
    name: "c-make",
    ecosystem: "C with make",
    isReal: true,
    output: "Hello, world!\n",
    tools: ["/usr/bin/gcc", "/usr/bin/make", "/usr/include/stdio.h"],
  },
  {
    name: "c-single",
    ecosystem: "C",
    isReal: true,
    output: "42 in /work as 1000\n",
    tools: ["/usr/bin/gcc", "/usr/include/stdio.h", "/tmp/sum.c"],
  },
  {
    name: "cpp-cmake",
    ecosystem: "C++ with CMake",
    isReal: true,
    output: "The Trial\nThe Castle\n",
    tools: ["/usr/bin/g++", "/usr/bin/cmake", "/usr/include/expat.h", "/usr/src/titles/main.cpp"],
  },
  {
    name: "typescript",
    ecosystem: "TypeScript",
    isReal: true,
    output: "Hello, port! 3001 production 1000\n",
    tools: ["/app/node_modules/typescript/lib/tsc.js", "/usr/bin/gcc"],
  },
  {
    name: "node-native",
    ecosystem: "Node",
    isReal: false,
    output: "logged in\n",
    tools: ["/usr/bin/gcc", "/usr/bin/make", "/usr/bin/python3"],
  },
  {
    name: "rust",
    ecosystem: "Rust",
    isReal: false,
    output: "relay is up --listen\n",
    tools: ["/usr/local/cargo/bin/cargo", "/usr/include/ssl.h", "/app/src/main.rs"],
  },
  {
    name: "maven",
    ecosystem: "Maven",
    isReal: false,
    output: "The shop is open.\nJAVA_OPTS=-Xmx256m\n",
    health: "The shop is open.\nJAVA_OPTS=-Xmx256m\n",
    tools: ["/usr/bin/mvn", "/root/.m2/repository/plugins", "/workspace/src/main/java/App.java"],
  },
  {
    name: "gradle",
    ecosystem: "Gradle",
    isReal: false,
    output: "The ledger is balanced.\nJAVA_OPTS=\n",
    tools: ["/usr/bin/gradle", "/root/.gradle/caches", "/home/gradle/app/build.gradle"],
  },
  {
    name: "dotnet",
    ecosystem: ".NET",
    isReal: false,
    output: "The shop is open.\nurls http://+:8080\n",
    tools: ["/usr/share/dotnet/sdk/version", "/root/.nuget/packages", "/src/Program.cs"],
  },
  {
    name: "python",
    ecosystem: "Python",
    isReal: false,
    output: "serving\n",
    tools: ["/usr/bin/gcc", "/usr/bin/pg_config", "/usr/include/pq.h"],
    ownEnv: ["PATH"],
  },
  {
    name: "python-alpine",
    ecosystem: "Python of Alpine",
    isReal: false,
    output: "serving\n",
    tools: ["/usr/bin/gcc", "/usr/bin/pip3", "/usr/include/Python.h"],
  },
  {
    name: "ruby",
    ecosystem: "Ruby",
    isReal: false,
    output: "on rails\n",
    tools: ["/usr/bin/gcc", "/usr/bin/pg_config"],
  },
  {
    name: "php",
    ecosystem: "PHP",
    isReal: false,
    output: "The shop is open.\n",
    tools: ["/usr/bin/pg_config", "/usr/include/pq.h"],
  },
  {
    name: "nginx-node",
    ecosystem: "Node for nginx",
    isReal: false,
    output: "<h1>Try again later</h1>\n<h1>Open all day</h1>\n",
    tools: ["/usr/bin/npm", "/usr/bin/node"],
  },
  {
    name: "hugo",
    ecosystem: "Hugo",
    isReal: false,
    output: "<h1>Try again later</h1>\n<p>We have moved.</p>\n",
    tools: ["/usr/bin/hugo"],
  },
  {
    name: "elixir",
    ecosystem: "Elixir",
    isReal: false,
    output: "The shop is open.\n",
    tools: ["/usr/local/bin/mix", "/usr/bin/gcc", "/usr/bin/make"],
  },
];
