/** Why a class of differences between a peer and us stays: the peer is wrong, or looks at less. By peer, then by code and side. */
export const reasons: Readonly<Record<"hadolint" | "buildkit", Readonly<Record<string, string>>>> = {
  hadolint: {
    "DL1000 extra": "hadolint accepts what BuildKit refuses: a file of comments only, and nested JSON arrays.",
    "DL3006 missed":
      "A stage is named by a variable (`FROM base-${X}`): a stage needs no tag. hadolint does not resolve variables.",
    "DL3009 missed":
      "hadolint takes only `rm -rf`, or the path with a star, for a removal, and decides by the text of the FROM line which stage is the last one.",
    "DL3010 extra":
      "hadolint does not see `tar xzf` without a dash, and forgets the archives of every stage but the last.",
    "DL3013 extra":
      "`git+https://...#egg=a==1` names no commit; hadolint takes the `==` of the egg's name for a version.",
    "DL3013 missed": "hadolint reads the flags of another command of the same name in the text.",
    "DL3020 extra": "hadolint does not look into ONBUILD, where ADD means the same.",
    "DL3020 missed": "The instruction also fetches a URL, which COPY cannot.",
    "DL3025 missed": "hadolint does not read the escaped quotes of a JSON array and takes it for shell form.",
    "DL3028 extra":
      "hadolint takes the word after any option for its value, so it overlooks the gem behind `--no-document`.",
    "DL3028 missed": "A file that the same script built is installed.",
    "DL3032 missed":
      "A cleaning of the cache comes after the installation; hadolint looks only after the first one of several lists.",
    "DL3033 missed": "`yum group install` installs groups, which have no versions.",
    "DL3040 missed":
      "`rm -fr /var/cache/dnf` removes the cache as well as `rm -rf` does; hadolint knows only the second.",
    "DL3041 missed": "A variable of the file stands for the version, with an operator that hadolint does not read.",
    "DL3044 missed":
      "The variable is used with a default (`${X:-1}`) in one place and set before by an ENV of the file.",
    "DL3045 extra": "hadolint keeps the WORKDIR of an earlier unnamed stage of the same image; it does not carry over.",
    "DL3046 missed": "The number is a variable: hadolint looks at the length of its name.",
    "DL3059 extra":
      "hadolint cannot read the script or counts commands differently: each of the two RUNs is one command.",
    "DL3062 missed": "`go install std` and the like name packages of Go itself, which have Go's version.",
    "DL3064 extra": "A line that ends in a quote and a continuation without a blank: hadolint reads two pairs as one.",
    "DL3064 missed": "The comment `# check=skip=` above it is honoured.",
    "DL3066 extra": "hadolint does not look into ONBUILD, where USER means the same.",
    "DL4006 missed": "The pipe stands in backticks with escapes inside, whose commands are not looked into.",
  },
  buildkit: {
    "ExposeInvalidFormat extra":
      "`EXPOSE :80` has an empty host part; BuildKit reports hosts only where one is written.",
    "InvalidDefaultArgInFrom extra":
      "The default of the ARG comes from a platform argument, for which BuildKit takes the platform of the machine that builds.",
    "LegacyKeyValueFormat extra":
      "BuildKit checks what ONBUILD holds only when another image is built on it; the deprecated form is seen here already.",
    "NoEmptyContinuation missed":
      "The blank lines follow the last continuation at the end of the instruction: there is nothing that they interrupt.",
    "UndefinedVar extra":
      "EXPOSE with a variable that nothing sets exposes nothing; BuildKit looks at it only when the port is not valid.",
  },
};

/** Codes that agree in less than 97 % since the peer is wrong in every one of their differences; the reasons above say how. */
export const peerIsWrong: Readonly<Record<"hadolint" | "buildkit", readonly string[]>> = {
  hadolint: ["DL3028", "DL3040"],
  buildkit: [],
};
