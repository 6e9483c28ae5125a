export type Peer = "hadolint" | "buildkit";

interface Reason {
  /** `missed` or `extra`, and the code. */
  readonly difference: string;
  readonly probes: readonly string[];
  readonly reason: string;
}

/** Why we differ from a peer in an edge case: the peer is wrong, or it looks at less. */
export const probeReasons: Readonly<Record<Peer, readonly Reason[]>> = {
  hadolint: [
    { difference: "extra DL3002", probes: ["pr-0281"], reason: '`USER "root"` is root; hadolint keeps the quotes.' },
    {
      difference: "missed DL3004",
      probes: ["pr-0041"],
      reason:
        "hadolint takes the arguments of an exec form for one line of shell. Without its preset the script behind `-c` is read as the script that it is.",
    },
    {
      difference: "missed DL4006",
      probes: ["pr-0040"],
      reason: "The pipe is in an argument of `sh -c`, which no SHELL reaches.",
    },
    {
      difference: "extra DL3006",
      probes: ["pr-0218"],
      reason: "`localhost:5000/foo` has no tag; hadolint takes the port for one.",
    },
    {
      difference: "missed DL3006",
      probes: ["pr-0208"],
      reason: "Names of stages are the same in all cases, so this FROM names a stage.",
    },
    {
      difference: "extra DL3008",
      probes: ["pr-0029"],
      reason: "hadolint gives up the whole script at `${`; what stands before it is installed all the same.",
    },
    { difference: "extra DL3014", probes: ["pr-0029"], reason: "As DL3008." },
    { difference: "extra DL3015", probes: ["pr-0029"], reason: "As DL3008." },
    {
      difference: "missed DL3009",
      probes: ["pr-0003"],
      reason: "`rm -fr` removes the lists as well as `rm -rf` does.",
    },
    {
      difference: "extra DL3010",
      probes: ["pr-0067", "pr-0070"],
      reason: "hadolint does not see `tar xzf` without a dash, and forgets the archives of every stage but the last.",
    },
    { difference: "missed DL3010", probes: ["pr-0069"], reason: "`tar -c` makes an archive, it unpacks none." },
    { difference: "extra DL3011", probes: ["pr-0546"], reason: "hadolint does not look into ONBUILD." },
    { difference: "missed DL3014", probes: ["pr-0014"], reason: "Two or more `q` imply `-y` (apt-get(8))." },
    {
      difference: "missed DL3015",
      probes: ["pr-0554"],
      reason: "`-o APT::Install-Recommends=0` is what `--no-install-recommends` stands for.",
    },
    {
      difference: "missed DL3016",
      probes: ["pr-0078"],
      reason: "`app` is the value of `--prefix`, and the package has its version.",
    },
    {
      difference: "missed DL3018",
      probes: ["pr-0123"],
      reason: "`/x` is the value of `--root`, and the package has its version.",
    },
    { difference: "extra DL3020", probes: ["pr-0545"], reason: "hadolint does not look into ONBUILD." },
    {
      difference: "missed DL3020",
      probes: ["pr-0259", "pr-0262", "pr-0265"],
      reason: "A repository, a URL or an archive among the sources: COPY would do something else.",
    },
    {
      difference: "extra DL3022",
      probes: ["pr-0252"],
      reason: "`0abc` is no number: it names an image that nobody meant.",
    },
    {
      difference: "missed DL3026",
      probes: ["pr-0230"],
      reason: "`--from=0` is the first stage, whose image is trusted.",
    },
    {
      difference: "extra DL3028",
      probes: ["pr-0062"],
      reason: "hadolint takes the word after any option for its value, so it overlooks the gem behind `--no-document`.",
    },
    { difference: "extra DL3032", probes: ["pr-0006"], reason: "`yum makecache` fills the cache." },
    { difference: "missed DL3032", probes: ["pr-0579"], reason: "The cache is in a cache mount." },
    { difference: "missed DL3040", probes: ["pr-0362"], reason: "The cache is in a cache mount." },
    {
      difference: "extra DL3044",
      probes: ["pr-0535"],
      reason: "Each stage begins anew: the ENV of another stage sets nothing here.",
    },
    {
      difference: "missed DL3044",
      probes: ["pr-0321", "pr-0322"],
      reason: "An escaped `$`, and one in single quotes, is no variable.",
    },
    {
      difference: "extra DL3045",
      probes: ["pr-0275", "pr-0278"],
      reason: "hadolint keeps the WORKDIR of an earlier unnamed stage; it does not carry over.",
    },
    { difference: "extra DL3046", probes: ["pr-0055"], reason: "`--uid` is the long name of `-u`." },
    {
      difference: "missed DL3046",
      probes: ["pr-0056", "pr-0060"],
      reason: "The number is short, or a variable: hadolint looks at the length of the word.",
    },
    { difference: "missed DL3047", probes: ["pr-0017"], reason: "BusyBox's wget knows no `--progress`." },
    {
      difference: "missed DL3059",
      probes: ["pr-0819"],
      reason: "Behind the end of a heredoc no `&&` can go on.",
    },
    { difference: "extra DL3060", probes: ["pr-0008"], reason: "`yarn cache list` cleans nothing." },
    { difference: "extra DL3062", probes: ["pr-0092"], reason: "hadolint looks at the first `go` alone." },
    {
      difference: "missed DL3062",
      probes: ["pr-0086", "pr-0090"],
      reason: "`main.go` is a file, `foo` the value of `-tags`.",
    },
    { difference: "extra DL3066", probes: ["pr-0543"], reason: "hadolint does not look into ONBUILD." },
    {
      difference: "missed DL4006",
      probes: ["pr-0162", "pr-0164", "pr-0173"],
      reason: "SHELL sets `pipefail`; hadolint knows four paths of shells that may.",
    },
    { difference: "missed DL4006", probes: ["pr-0165", "pr-0168"], reason: "PowerShell has no `pipefail`." },
    {
      difference: "missed DL4006",
      probes: ["pr-0174"],
      reason: "A stage keeps the SHELL of the stage that it is built on.",
    },
  ],
  buildkit: [
    {
      difference: "extra ConsistentInstructionCasing",
      probes: ["pr-0591"],
      reason: "BuildKit does not count the ARGs before the first FROM.",
    },
    {
      difference: "missed InvalidBaseImagePlatform",
      probes: ["pr-0726"],
      reason: "The platforms of an image are known to its registry alone; with `--online` the rule speaks.",
    },
    {
      difference: "missed JSONArgsRecommended",
      probes: ["pr-0709"],
      reason: "BuildKit reports what ONBUILD holds at the FROM that runs it, where nobody can change it.",
    },
    {
      difference: "missed MultipleInstructionsDisallowed",
      probes: ["pr-0709"],
      reason: "A stage may set another CMD than the trigger of the image that it is built on.",
    },
    {
      difference: "missed WorkdirRelativePath",
      probes: ["pr-0727"],
      reason: "As JSONArgsRecommended: the path is written in ONBUILD, not in this FROM.",
    },
    {
      difference: "extra LegacyKeyValueFormat",
      probes: ["pr-0682"],
      reason:
        "BuildKit checks what ONBUILD holds only when another stage is built on it; the deprecated form is seen here already.",
    },
    {
      difference: "extra MultipleInstructionsDisallowed",
      probes: ["pr-0705"],
      reason: "A comment counts for the instruction below it, which the finding is not about.",
    },
    {
      difference: "missed MultipleInstructionsDisallowed",
      probes: ["pr-0706"],
      reason: "The comment stands above the instruction that the finding is about; BuildKit looks above the last CMD.",
    },
    {
      difference: "extra UndefinedVar",
      probes: ["pr-0300", "pr-0614", "pr-0764"],
      reason:
        "EXPOSE with a variable that nothing sets exposes nothing, or fails; BuildKit does not report such variables in EXPOSE.",
    },
    {
      difference: "extra UndefinedVar",
      probes: ["pr-0642"],
      reason: "BuildKit keeps this variable from stages: here it is empty.",
    },
    {
      difference: "missed WorkdirRelativePath",
      probes: ["pr-0715"],
      reason: "The ARG has no default: whoever builds gives it its value.",
    },
  ],
};
