type Reasons = string | readonly { readonly files: readonly string[]; readonly reason: string }[];

/**
 * Why a class of differences between a peer and us stays: the peer is wrong, or looks at less. By peer, then by code and side; where a code and side has
 * several reasons, each names its files by a part of their paths.
 */
export const reasons: Readonly<Record<"hadolint" | "buildkit", Readonly<Record<string, Reasons>>>> = {
  hadolint: {
    "DL1000 extra": "hadolint accepts what BuildKit refuses: a file of comments only, and nested JSON arrays.",
    "DL3006 missed": [
      {
        files: ["buildx/hack", "esphome", "buildkit/hack"],
        reason:
          "A stage is named by a variable (`FROM base-${X}`): a stage needs no tag. hadolint does not resolve variables.",
      },
      {
        files: ["swift-docker"],
        reason:
          "`FROM base` names the stage `Base`: names of stages are the same in all cases. hadolint takes it for an image.",
      },
    ],
    "DL3009 missed": [
      {
        files: ["bitnami/postgresql", "magicwormhole", "seveas/build-git", "simonswine/dropbear"],
        reason:
          "The lists are removed in another way of writing (`rm -r`, `rm DIR -Rf`, `rm /var/lib/apt/lists/*_*`); hadolint knows `rm -rf` and one path.",
      },
      {
        files: ["compujuckel/piaware", "liquidjs/deploy-docker"],
        reason: "The stage is only copied from. hadolint takes it for the last one, whose FROM line has the same text.",
      },
    ],
    "DL3010 extra":
      "hadolint does not see `tar xzf` without a dash, and forgets the archives of every stage but the last.",
    "DL3013 extra":
      "`git+https://...#egg=a==1` names no commit; hadolint takes the `==` of the egg's name for a version.",
    "DL3013 missed": "`-Ur requirements.txt` is `-U -r requirements.txt`; hadolint takes the file for a package.",
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
    "DL3044 missed": [
      {
        files: ["isle-tomcat"],
        reason: "The variables stand in single quotes, where nothing is put in. hadolint takes them for used.",
      },
      {
        files: ["containerfiles/21.3.0"],
        reason:
          "`PATH` is set in every image, so `$PATH` is a value that this ENV does not set anew by mistake. hadolint knows only what the file sets.",
      },
    ],
    "DL3045 extra": "hadolint keeps the WORKDIR of an earlier unnamed stage of the same image; it does not carry over.",
    "DL3046 missed": "The number is a variable: hadolint looks at the length of its name.",
    "DL3059 extra":
      "The RUN before starts one `powershell`: for cmd the `;` in its arguments separate nothing, while hadolint reads each part as a command.",
    "DL3059 missed": "A script of PowerShell with several commands, which hadolint cannot read and so takes for none.",
    "DL3062 missed": "`go install std` and the like name packages of Go itself, which have Go's version.",
    "DL3064 extra": "A line that ends in a quote and a continuation without a blank: hadolint reads two pairs as one.",
    "DL3066 extra": "hadolint does not look into ONBUILD, where USER means the same.",
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
      "EXPOSE with a variable that nothing sets exposes nothing, or fails; BuildKit does not report such variables in EXPOSE.",
  },
};

/** Codes that agree in less than 97 % since the peer is wrong in every one of their differences; the reasons above say how. */
export const peerIsWrong: Readonly<Record<"hadolint" | "buildkit", readonly string[]>> = {
  hadolint: ["DL3028", "DL3040"],
  buildkit: [],
};
