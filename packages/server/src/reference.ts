/** What the Dockerfile reference says, in short: BuildKit 0.34, frontend/dockerfile/docs/reference.md. */

export interface FlagReference {
  readonly name: string;
  /** What stands after `=`; `null` for a flag that is a switch. */
  readonly value: string | null;
  readonly summary: string;
  /** Values to offer after `=`. */
  readonly choices?: readonly string[];
  /** The first version of the `docker/dockerfile` syntax that has it. */
  readonly since?: string;
}

export interface InstructionForm {
  /** Without the keyword; each word is a parameter, a `...` after it takes all that follow. */
  readonly parameters: readonly { readonly label: string; readonly summary: string }[];
  /** The form is the one with a JSON array. */
  readonly json?: true;
}

export interface InstructionReference {
  readonly name: string;
  readonly summary: string;
  readonly forms: readonly InstructionForm[];
  readonly flags: readonly FlagReference[];
  /** Why not to use it any more. */
  readonly deprecated?: string;
  /** A line to insert, in the snippet syntax of the Language Server Protocol. */
  readonly snippet: string;
}

export interface MountReference {
  readonly type: string;
  readonly summary: string;
  readonly options: readonly { readonly name: string; readonly value: string | null; readonly summary: string }[];
}

/** The page of the official reference for an instruction. */
export const referenceUrl = (name: string): string =>
  `https://docs.docker.com/reference/dockerfile/#${name.toLowerCase()}${name === "MAINTAINER" ? "-deprecated" : ""}`;

const chown: FlagReference = {
  name: "chown",
  value: "user:group",
  summary: "Owner of the files in the image: names or numbers. Names need `/etc/passwd` and `/etc/group` in the image.",
};
const chmod: FlagReference = {
  name: "chmod",
  value: "mode",
  summary: "Permissions of the files in the image, octal (`755`) or symbolic (`u=rwX,go=rX`).",
  since: "1.2",
};
const link: FlagReference = {
  name: "link",
  value: null,
  summary:
    "Put the files into a layer of their own that does not depend on the layers before, so that the cache survives changes of the base.",
  since: "1.4",
};
const exclude: FlagReference = {
  name: "exclude",
  value: "pattern",
  summary: "Leave out files that match the pattern; may be given more than once.",
  since: "1.19",
};

const command = { label: "command...", summary: "Shell text; it runs in the shell that is in force." };
const execForm = (what: string): InstructionForm => ({
  json: true,
  parameters: [
    { label: '"executable"', summary: `${what} A JSON array: runs without a shell, so variables are not expanded.` },
    { label: '"argument"...', summary: "Arguments, each in double quotes." },
  ],
});
const sources = { label: "source...", summary: "" };
const destination = {
  label: "destination",
  summary: "A path in the image; with several sources it must end with `/`.",
};

export const instructionReference: readonly InstructionReference[] = [
  {
    name: "ADD",
    summary:
      "Copies files of the build context into the image; also downloads URLs, clones Git repositories and unpacks local archives.",
    forms: [
      {
        parameters: [
          { ...sources, summary: "Paths in the build context, URLs, Git repositories, or `<<NAME` for a heredoc." },
          destination,
        ],
      },
    ],
    flags: [
      chown,
      chmod,
      link,
      exclude,
      {
        name: "keep-git-dir",
        value: null,
        summary: "Keep the `.git` directory of a Git repository.",
        since: "1.1",
      },
      {
        name: "checksum",
        value: "digest",
        summary: "Verify a download: `sha256:...`, or the commit for a Git repository.",
        since: "1.6",
      },
      {
        name: "unpack",
        value: "boolean",
        summary: "Whether to unpack archives; by default local ones are unpacked and downloaded ones are not.",
        choices: ["true", "false"],
        since: "1.17",
      },
    ],
    snippet: "ADD ${1:source} ${2:destination}",
  },
  {
    name: "ARG",
    summary:
      "Declares a variable that a build may set with `--build-arg`. Before the first FROM it is visible in FROM lines only, until a stage declares it again.",
    forms: [
      {
        parameters: [
          { label: "name[=default]...", summary: "The variable, with the value that it has when the build sets none." },
        ],
      },
    ],
    flags: [],
    snippet: "ARG ${1:NAME}=${2:default}",
  },
  {
    name: "CMD",
    summary:
      "The command that a container runs by default, or the default arguments of ENTRYPOINT. Only the last one of a stage counts.",
    forms: [{ parameters: [command] }, execForm("The program to run, or the first argument of ENTRYPOINT.")],
    flags: [],
    snippet: 'CMD ["${1:executable}"]',
  },
  {
    name: "COPY",
    summary: "Copies files from the build context, a stage, a named context or an image into the image.",
    forms: [
      {
        parameters: [
          {
            ...sources,
            summary: "Paths in the build context or, with `--from`, in a stage or an image; or `<<NAME` for a heredoc.",
          },
          destination,
        ],
      },
    ],
    flags: [
      {
        name: "from",
        value: "stage",
        summary: "Copy from this stage, image or named context, and not from the build context.",
      },
      chown,
      chmod,
      link,
      {
        name: "parents",
        value: null,
        summary: "Keep the parent directories of the sources; `/./` in a source marks where they begin.",
        since: "1.20",
      },
      exclude,
    ],
    snippet: "COPY ${1:source} ${2:destination}",
  },
  {
    name: "ENTRYPOINT",
    summary: "The program that a container runs. Only the last one of a stage counts.",
    forms: [{ parameters: [command] }, execForm("The program to run.")],
    flags: [],
    snippet: 'ENTRYPOINT ["${1:executable}"]',
  },
  {
    name: "ENV",
    summary:
      "Sets environment variables for the instructions that follow, for stages built on this one, and for containers.",
    forms: [{ parameters: [{ label: "name=value...", summary: "A variable and its value; quotes keep spaces." }] }],
    flags: [],
    snippet: "ENV ${1:NAME}=${2:value}",
  },
  {
    name: "EXPOSE",
    summary: "Says on which ports a container listens. It publishes nothing by itself.",
    forms: [
      {
        parameters: [
          { label: "port[/protocol]...", summary: "A port or a range such as `8000-8010`, TCP unless `/udp` follows." },
        ],
      },
    ],
    flags: [],
    snippet: "EXPOSE ${1:8080}",
  },
  {
    name: "FROM",
    summary: "Begins a stage, on an image, on an earlier stage, or on `scratch`.",
    forms: [
      {
        parameters: [
          {
            label: "image",
            summary:
              "An image with tag or digest, the name of an earlier stage, or `scratch`. Variables come from ARG lines before the first FROM.",
          },
          { label: "AS", summary: "Names the stage." },
          {
            label: "name",
            summary: "What `COPY --from`, `RUN --mount`, a later FROM and `--target` call the stage; lower case.",
          },
        ],
      },
    ],
    flags: [
      {
        name: "platform",
        value: "os/arch",
        summary: "Platform of the base image. The default is the platform that is built for.",
        choices: ["$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64"],
      },
    ],
    snippet: "FROM ${1:image}",
  },
  {
    name: "HEALTHCHECK",
    summary: "How to test that a container still works. Exit code 0 is healthy, 1 is unhealthy.",
    forms: [
      {
        parameters: [
          { label: "CMD", summary: "A command follows. Flags stand before it." },
          { label: "command...", summary: "Shell text or a JSON array." },
        ],
      },
      { parameters: [{ label: "NONE", summary: "Switch off a health check of the base image." }] },
    ],
    flags: [
      { name: "interval", value: "duration", summary: "Time between two checks. Default `30s`." },
      { name: "timeout", value: "duration", summary: "A check that takes longer has failed. Default `30s`." },
      {
        name: "start-period",
        value: "duration",
        summary: "Failures this long after the start do not count. Default `0s`.",
      },
      {
        name: "start-interval",
        value: "duration",
        summary: "Time between two checks during the start period. Default `5s`.",
      },
      { name: "retries", value: "number", summary: "Failures in a row that make a container unhealthy. Default `3`." },
    ],
    snippet: "HEALTHCHECK CMD ${1:command}",
  },
  {
    name: "LABEL",
    summary: "Adds metadata to the image.",
    forms: [{ parameters: [{ label: "key=value...", summary: "A label and its value; quotes keep spaces." }] }],
    flags: [],
    snippet: 'LABEL ${1:key}="${2:value}"',
  },
  {
    name: "MAINTAINER",
    summary: "Names the author of the image.",
    forms: [{ parameters: [{ label: "name...", summary: "The author." }] }],
    flags: [],
    deprecated: "use `LABEL org.opencontainers.image.authors=...`.",
    snippet: "MAINTAINER ${1:name}",
  },
  {
    name: "ONBUILD",
    summary: "Keeps an instruction for later: it runs when another build uses this image as its base.",
    forms: [
      { parameters: [{ label: "instruction...", summary: "Any instruction but ONBUILD, FROM and MAINTAINER." }] },
    ],
    flags: [],
    snippet: "ONBUILD ${1:instruction}",
  },
  {
    name: "RUN",
    summary: "Runs a command in the image that is being built; what it changes becomes a layer.",
    forms: [{ parameters: [command] }, execForm("The program to run.")],
    flags: [
      {
        name: "mount",
        value: "type=...,target=...",
        summary:
          "Mount a cache, a secret, an SSH agent, a tmpfs, or files of another stage or of the context for this command.",
        choices: ["type=bind", "type=cache", "type=secret", "type=ssh", "type=tmpfs"],
        since: "1.2",
      },
      {
        name: "network",
        value: "mode",
        summary: "The network of this command.",
        choices: ["default", "none", "host"],
        since: "1.3",
      },
      {
        name: "security",
        value: "mode",
        summary: "`insecure` runs without a sandbox; the builder has to allow it.",
        choices: ["sandbox", "insecure"],
        since: "1.20",
      },
      {
        name: "device",
        value: "name[,required]",
        summary: "Make a CDI device available to the command; the builder has to allow it.",
        since: "1.27",
      },
    ],
    snippet: "RUN ${1:command}",
  },
  {
    name: "SHELL",
    summary: "Sets the shell that runs shell text of the instructions that follow, and of CMD and ENTRYPOINT.",
    forms: [
      {
        json: true,
        parameters: [
          { label: '"executable"', summary: "The shell. The default is `/bin/sh`, on Windows `cmd`." },
          { label: '"parameter"...', summary: "Its flags; the last one has to take the text as its value: `-c`." },
        ],
      },
    ],
    flags: [],
    snippet: 'SHELL ["${1:/bin/bash}", "-o", "pipefail", "-c"]',
  },
  {
    name: "STOPSIGNAL",
    summary: "The signal that asks a container to stop. The default is `SIGTERM`.",
    forms: [{ parameters: [{ label: "signal", summary: "A name such as `SIGINT`, or a number." }] }],
    flags: [],
    snippet: "STOPSIGNAL ${1:SIGTERM}",
  },
  {
    name: "USER",
    summary: "Sets the user for the instructions that follow and for containers.",
    forms: [
      {
        parameters: [
          { label: "user[:group]", summary: "Names or numbers. With no group it is the user's primary one." },
        ],
      },
    ],
    flags: [],
    snippet: "USER ${1:user}",
  },
  {
    name: "VOLUME",
    summary: "Declares mount points: containers keep what is written there outside their own layer.",
    forms: [
      { parameters: [{ label: "path...", summary: "Paths in the image." }] },
      { json: true, parameters: [{ label: '"path"...', summary: "Paths in the image, as a JSON array." }] },
    ],
    flags: [],
    snippet: 'VOLUME ["${1:/data}"]',
  },
  {
    name: "WORKDIR",
    summary:
      "Sets the working directory for the instructions that follow and for containers; it is made if it does not exist.",
    forms: [{ parameters: [{ label: "path", summary: "Absolute, or relative to the WORKDIR before." }] }],
    flags: [],
    snippet: "WORKDIR ${1:/app}",
  },
];

const byName = new Map(instructionReference.map((entry) => [entry.name, entry]));

/** The entry of an instruction, by its name in upper case. */
export const referenceOf = (name: string): InstructionReference | undefined => byName.get(name);

const target = { name: "target", value: "path", summary: "Where to mount; also written `dst` or `destination`." };
const fileInfo = (what: string, mode: string) => [
  { name: "mode", value: "octal", summary: `Permissions of the ${what}. Default \`${mode}\`.` },
  { name: "uid", value: "number", summary: `Owner of the ${what}. Default \`0\`.` },
  { name: "gid", value: "number", summary: `Group of the ${what}. Default \`0\`.` },
];

/** `RUN --mount`, type by type. */
export const mountReference: readonly MountReference[] = [
  {
    type: "bind",
    summary: "Files of the build context, a stage or an image, read-only. The default type.",
    options: [
      target,
      { name: "source", value: "path", summary: "Path in `from`; also written `src`. Default: its root." },
      { name: "from", value: "stage", summary: "Stage, image or named context. Default: the build context." },
      { name: "rw", value: null, summary: "Allow writes; they are thrown away. Also written `readwrite`." },
    ],
  },
  {
    type: "cache",
    summary: "A directory that is kept between builds, for package managers and compilers.",
    options: [
      target,
      { name: "id", value: "name", summary: "Tells caches apart. Default: the target." },
      {
        name: "sharing",
        value: "shared|private|locked",
        summary: "What happens with several writers at once. Default `shared`.",
      },
      { name: "from", value: "stage", summary: "What the cache holds at first. Default: nothing." },
      { name: "source", value: "path", summary: "Path in `from`." },
      { name: "ro", value: null, summary: "Read-only. Also written `readonly`." },
      ...fileInfo("new directory", "0755"),
    ],
  },
  {
    type: "tmpfs",
    summary: "A file system in memory.",
    options: [target, { name: "size", value: "bytes", summary: "Upper limit of its size." }],
  },
  {
    type: "secret",
    summary: "A secret of the build, as a file or a variable; it does not become part of the image.",
    options: [
      { name: "id", value: "name", summary: "The secret's id. Default: the last part of the target." },
      { ...target, summary: "Where to mount. Default: `/run/secrets/` and the id, unless `env` is set." },
      {
        name: "env",
        value: "name",
        summary: "Set this variable instead of mounting a file, or besides it. Since syntax 1.10.",
      },
      { name: "required", value: "boolean", summary: "Fail when the secret is not there. Default `false`." },
      ...fileInfo("file", "0400"),
    ],
  },
  {
    type: "ssh",
    summary: "The socket of an SSH agent.",
    options: [
      { name: "id", value: "name", summary: "The agent's id. Default `default`." },
      { ...target, summary: "Where the socket is. Default: `/run/buildkit/ssh_agent.0`, counting up." },
      { name: "required", value: "boolean", summary: "Fail when the agent is not there. Default `false`." },
      ...fileInfo("socket", "0600"),
    ],
  },
];

/** ARGs that BuildKit sets by itself; a stage sees them after `ARG NAME`, FROM lines see them at once. */
export const automaticArgs: readonly { readonly name: string; readonly summary: string }[] = [
  { name: "TARGETPLATFORM", summary: "Platform that is built for, such as `linux/arm64`." },
  { name: "TARGETOS", summary: "Operating system that is built for." },
  { name: "TARGETARCH", summary: "Architecture that is built for." },
  { name: "TARGETVARIANT", summary: "Variant of the architecture that is built for, such as `v7`." },
  { name: "BUILDPLATFORM", summary: "Platform of the machine that builds." },
  { name: "BUILDOS", summary: "Operating system of the machine that builds." },
  { name: "BUILDARCH", summary: "Architecture of the machine that builds." },
  { name: "BUILDVARIANT", summary: "Variant of the architecture of the machine that builds." },
];

/** Parser directives, with what follows the `=`. */
export const directiveReference = [
  { name: "syntax", value: "docker/dockerfile:1", summary: "The image of the frontend that reads this file." },
  {
    name: "escape",
    value: "`",
    summary: "The character that continues lines: a backslash or a backtick. For Windows paths.",
  },
  {
    name: "check",
    value: "skip=",
    summary:
      "Which of BuildKit's build checks to skip: `skip=Name,Name` or `skip=all`; `error=true` makes them fail the build.",
  },
] as const;
