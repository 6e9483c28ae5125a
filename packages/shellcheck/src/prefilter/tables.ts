// Names that ShellCheck 0.11.0 knows, gathered from its sources (Data.hs, Parser.hs, Analytics.hs, Checks/*.hs, CFG.hs).

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** What stands after `#!` for the shells that ShellCheck knows; that `-e` is set only takes comments away. */
export const shells = new Set(
  [
    "/bin/sh",
    "/usr/bin/sh",
    "/bin/bash",
    "/usr/bin/bash",
    "/bin/ash",
    "/bin/dash",
    "/bin/ksh",
    "/bin/busybox sh",
  ].flatMap((shell) => [shell, `${shell} -e`]),
);

export const keywords = words(
  "if then else elif fi do done case esac while until for select in function time coproc elsif elseif",
);

/** Keywords that end something: a warning where they stand as an argument (SC1010) or a value. */
export const closingKeywords = words("do done then fi esac");

/** Commands with checks, effects on variables or on control flow that no rule of the pre-filter covers. */
export const refusedCommands = words(
  "expr trap return ssh read alias unalias unset time local tempfile egrep fgrep getopts let eval declare readonly typeset " +
    "builtin command exec [ [[ pushd popd break continue shopt mapfile readarray caller complete compgen dirs disown enable " +
    "suspend hash jobs type ulimit umask wait busybox run bats doas run0 screen tmux chroot DEFINE_boolean DEFINE_float " +
    "DEFINE_integer DEFINE_string DEFINE_array ffmpeg mplayer HandBrakeCLI expect shift times fg bg logout coproc",
);

/** Commands that do not read their input (SC2216, SC2217). */
export const nonReadingCommands = words(
  "alias basename bg cal cd chgrp chmod chown cp du echo export fg fuser getconf getopt getopts ipcrm ipcs jobs kill ln ls locale " +
    "mv printf ps pwd renice rm rmdir set sleep touch trap ulimit unalias uname",
);

/** Commands whose names as a value or as a file are taken for a slip (SC2209, SC2238). */
export const commonCommands = words(
  "admin alias ar asa at awk basename batch bc bg break c99 cal cat cd cflow chgrp chmod chown cksum cmp colon comm command " +
    "compress continue cp crontab csplit ctags cut cxref date dd delta df diff dirname dot du echo ed env eval ex exec exit expand " +
    "export expr fc fg file find fold fort77 fuser gencat get getconf getopts grep hash head iconv ipcrm ipcs jobs join kill lex " +
    "link ln locale localedef logger logname lp ls m4 mailx make man mesg mkdir mkfifo more mv newgrp nice nl nm nohup od paste " +
    "patch pathchk pax pr printf prs ps pwd qalter qdel qhold qmove qmsg qrerun qrls qselect qsig qstat qsub read readonly renice " +
    "return rm rmdel rmdir sact sccs sed set sh shift sleep sort split strings strip stty tabs tail talk tee test time times touch " +
    "tput tr trap tsort tty type ulimit umask unalias uname uncompress unexpand unget uniq unlink unset uucp uudecode uuencode " +
    "uustat uux val vi wait wc what who write xargs yacc zcat",
);

/** Builtins that sudo cannot run (SC2232). */
export const builtins = words(
  "cd command declare eval exec exit export hash history local popd pushd read readonly return set source trap type typeset ulimit " +
    "umask unset wait",
);

/** Commands whose arguments may hold `$` in single quotes (SC2016), besides `*awk` and `perl*`. */
export const quotedDollarCommands = words(
  "trap sh bash ksh zsh ssh eval xprop alias sudo doas run0 docker podman oc dpkg-query jq rename rg unset",
);

/** Variables that are always there (SC2154 does not ask for them). */
export const internalVariables = words(
  "PATH HOME PWD OLDPWD SHELL LANG LC_ALL TERM USER TMPDIR LD_LIBRARY_PATH LOGNAME TZ DISPLAY LANGUAGE MAIL",
);

/** Arrays of bash (SC2178, SC2128). */
export const arrayVariables = words(
  "BASH_ALIASES BASH_ARGC BASH_ARGV BASH_CMDS BASH_LINENO BASH_REMATCH BASH_SOURCE BASH_VERSINFO COMP_WORDS COPROC DIRSTACK FUNCNAME " +
    "GROUPS MAPFILE PIPESTATUS COMPREPLY",
);

const shellOwned =
  /^(OSTYPE|MACHTYPE|HOSTTYPE|HOSTNAME|DIRSTACK|EUID|UID|SHLVL|PIPESTATUS|SHELLOPTS|_|BASH|BASHOPTS|BASHPID|BASH_.*|EPOCH.*|FUNCNAME|GROUPS|MAPFILE|RANDOM|SRANDOM|SECONDS|IFS|PS[0-4]|PROMPT_COMMAND|COMP_.*|COMPREPLY|OPTARG|OPTIND|OPTERR|REPLY|LINENO|COPROC|FLAGS_.*|READLINE_.*)$/;

/** Variables with checks of their own: a shell sets them, or not every shell has them. */
export const isSpecialVariable = (name: string): boolean => shellOwned.test(name) || arrayVariables.has(name);

/** Those of them that are like any other once something has set them (SC3028). */
export const settableVariables = words("EUID UID HOSTNAME HOSTTYPE MACHTYPE OSTYPE SHLVL");

const importantFolders =
  "/bin /etc /home /mnt /usr /usr/share /usr/local /var /lib /dev /media /boot /lib64 /usr/bin".split(" ");

/** Paths that `rm -r` should not be given (SC2114, SC2115). */
export const importantPaths: ReadonlySet<string> = new Set(
  ["", "/", "/*", "/*/*"].flatMap((tail) => ["", ...importantFolders].map((folder) => folder + tail)).filter(Boolean),
);
