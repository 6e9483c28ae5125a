import type { ShellCheckRequest } from "@stagewright/shellcheck";

/** Numbers from 0 to below 1 that only depend on the seed (xorshift32). */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}

const commands =
  "find grep sed awk rm mkdir cp mv ln echo printf set export cd ls ps wc xargs tr cat tee sudo su . source exit chmod chown test true false : " +
  "apt-get pip tar curl wget sh bash python env nice time read local unset trap eval exec command type hash wait umask expr egrep let " +
  "declare ssh if for do done then fi while until in case esac select function alias return shift sort head tail cut du touch kill sleep " +
  "/bin/rm /usr/bin/find ./configure rmdir uname basename run busybox git docker jq perl ruby gawk zcat make man nohup";

const pieces = [
  `> "$HOME" | > '$x' | FOO='$x' | FOO=$RANDOM | FOO=$UID | > $UID | > "$FOO" | A=$HOME | A="$FOO" | > "~/x" | >> /tmp/[ab] | A=done | A=*.txt`,
  `< done | 2>> file | 1>&2 | >&2 | <x | >x | A="a b" | A=[a] | export A=$B | export A="$(id)" | . ./x | source x | exit | sudo -u x | su x`,
  `printf "%s\\n" x | printf x | echo -n | tee | set -e | set +e | set -o pipefail | cd - | cd .. | cd | xargs -r | xargs -I{} | find . -type f`,
  `find -name x | grep -r x | grep x* | rm -rf "$HOME" | rm -rf $FOO/ | rm -rf /$FOO | rm -rf /usr/$http_proxy | rm -r // | rm -rf /usr/*`,
  `-r | -rf | -p | -m | -m 755 | -i | -e | -n | -c | -l | -name | -exec | -o | {} | + | \\; | "$HOME" | $HOME | $PATH | "$PATH" | $FOO | "$FOO"`,
  `\${FOO} | $http_proxy | "\${http_proxy}" | $HTTP_PROXY | / | /* | /usr | /var | /etc | /home | * | ? | *.txt | /tmp/* | [abc] | foo[bar]`,
  `foo[extra] | a-z | A-Z | = | == | = x | += | - | -- | .. | . | ~ | ~/x | '$x' | "a b" | 'a b' | "a\\nb" | 'a\\nb' | \\n | \\$x | 2>&1`,
  `>/dev/null | > file | >> file | < file | 2>/dev/null | 1 | 0 | 256 | && cd foo | ; cd foo | && | ; | # comment | FOO=bar | A=b c | FOO=cat`,
  `x= | export A=b | export A="$HOME" | " | ' | "x"y | y"x" | 'x' | %s | "%s" | 100% | a,b | {a,b} | ! | a=b | select | true | do | done | foo]`,
  `x* | .* | s/a/b/ | "s/$HOME/x/" | $(nproc) | "$(id)" | \`id\` | -- * | --help | "~/x" | /dev/null | /dev/tcp/x | http_prox="$http_proxi"`,
].flatMap((line) => line.split(" | "));

/** Pieces with a pipe in them, or blanks that count. */
const morePieces = [
  "ls | cat",
  "ps aux | cat",
  "| wc -l",
  "| xargs rm",
  "| grep foo",
  "| tee x",
  "| sh",
  "|| exit 1",
  "|| true",
  "; exit 0",
  "||",
  "|",
  "a  b",
  "a    b",
  "\t",
];

/** The pieces of a line of `String.raw`, in which a pipe of a piece is `\|` and `${` is `\${`. */
const alternatives = (line: string): string[] =>
  line.split(/(?<!\\)(?<!\\\|) \| /).map((piece) => piece.replace(/\\(?=\||\$\{)/g, ""));

/** Tests, groups, branches, substitutions, assignments. */
const compounds = [
  String.raw`[ -f /x ] | [ ! -d "$HOME" ] | [ -n "$HOME" ] | [ -z "$FOO" ] | [ "$HOME" = x ] | [ "$HOME" != "$PATH" ] | [ "$HOME" == x ] | [ x = "$HOME" ]`,
  String.raw`[ $HOME = x ] | [ -f /tmp/* ] | [ -n $HOME ] | [ "$(id)" = root ] | [ -n "$(ls | grep x)" ] | [ "$(id -u)" ] | [ -x "$(which a)" ] | ! [ -f x ]`,
  String.raw`[ -f x ] && | [ -f x ] || | ; ] | [ | ] | ! | if ! grep -q x y; then | if true; then | ; then | ; else | ; elif true; then | ; fi | fi | then | else`,
  String.raw`( | ) | { | ; } | } | $(id) | "$(id)" | "$(id -u)x" | "a $(uname -m) b" | "$(echo a)" | "$(cat x)" | "$(ls \| wc -l)" | "$(cd /x && pwd)" | "$()"`,
  String.raw`"$(cat x > y)" | "$(cat x 2>/dev/null)" | "$(a "$(b)")" | "$(A=b c)" | "$HTTP_PROXY" | A=1; | A=$(id); | A="$(id)"; | ; echo "$A" | && echo "$A"`,
  String.raw`A=a-1 | A=b; | B="$A"; | A="$A" | export A=1 B=2 | export A=1 B="$A" | export C="\${A:-x}" | "\${FOO:-x}" | "\${foo:-x}" | "\${HOME%/*}" | "\${HOME##*/}"`,
  String.raw`"\${foo%x}" | "a$/b" | "a$|b" | "x$)" | find . -exec rm {} \; | find /x -type f -exec chmod 644 {} + | find . -exec sed -i s/a/b/ {} \; | -exec mv {} x \;`,
  String.raw`|| exit 1; | && exit 0; | { echo x; exit 1; } | (cd /x && make) | ( -f x ) | (a -eq b) | } > "$HOME" | ) > file | ) >> file | } 2>/dev/null | fi > file`,
  String.raw`{ cat file; } > file | (exit 1) | {} | { } | () | ( ( a ) ) | ((a)) | f() { | if [ -f x ]; then exit 1; else exit 2; fi | if cd /x; then make; fi`,
].flatMap(alternatives);

/** Loops, cases, and what echo, test and export take. */
const branches = [
  String.raw`for x in a b; do | for x in a b c; do | for x in a; do | for x in *.txt; do | for x in "$HOME"/*; do | for x in $HOME/*; do | for x in a, b; do | for x in "a b" c; do`,
  String.raw`for HOME in a b; do | for x in "$(id)" b; do | for x in $(id); do | for UID in a b; do | for x in "$x" b; do | for x; do | ; done | done | ; done > f | ; done \| cat`,
  String.raw`"$x" | $x | "\${x}" | $x/a | "\${x##*-}" | x= | x=; | ; x= && | x="\${x%a}"; | x=a; | x="a b"; | x=*; | export x | export x; | export A B=c`,
  String.raw`case "$HOME" in | case $http_proxy in | case "\${HOME##*-}" in | case "$(uname -m)" in | case "$HOME/x" in | case x in | a) | a\|b) | 'a') | "a") | *) | a*) | "$HOME") | (a)`,
  String.raw`;; | ; ;; | esac | ; esac | ;& | ;;& | *) exit 1 ;; | *) echo x; exit 1 ;; | case "$HOME" in a) true ;; esac | case "$HOME" in a) true ;; a) false ;; esac | in`,
  String.raw`case "$HOME" in *) exit 1 ;; esac; | case "$HOME" in a) exit 1 ;; *) exit 2 ;; esac; | [ "$HOME" != x ] | [ "\${HOME}x" != ax ] | [ "\${HOME}x" = a ] | [ "$HOME$PATH" = x ]`,
  String.raw`[ "\${HOME}x" != ax ] \|\| [ "\${HOME}x" != bx ] | [ "x$HOME" = xa ] | != | != a | !=a | echo >&2 'x' | echo >&2 x y | echo >> f x | echo x >> f y | echo > f x    y`,
  String.raw`echo -n x | echo -e "a\nb" | echo "a\tb" | echo -E x | echo -ne x | echo "-n" x | echo "- x" | "$HOME"/"$PATH" | "$HOME"_"$PATH" | a"$HOME"b"$PATH"c | "$HOME"$PATH"$x"`,
  String.raw`"a"b"$HOME" | 'a'"$HOME" | "$HOME""$PATH" | "$UID" | $UID | UID=1 | $EUID | $HOSTNAME | $COMPOSER_VERSION | "$OPTIONS" | "$BASHFOO" | $SRANDOM | break | continue`,
].flatMap(alternatives);

/** Comparisons of numbers, `test`, values that are or are not split, what find, tr, printf, set and xargs take. */
const values = [
  String.raw`[ "$HOME" -lt "$PATH" ] | [ "$HOME" -eq 1 ] | [ "$HOME" -eq 01 ] | [ "$HOME" -ge 1.5 ] | [ "$HOME" -gt x ] | [ 1 -eq 2 ] | [ $HOME -lt 1 ] | [ "$HOME" -lt $PATH ]`,
  String.raw`[ "$HOME" -eq 1 ] && [ "$HOME" -eq 2 ] | [ "$HOME" -ne 1 ] \|\| [ "$HOME" -ne 2 ] | [ "$HOME" = a ] && [ "$HOME" = b ] | [ "$HOME" = a ]; [ "$HOME" = b ] | -lt | -eq | -ge`,
  String.raw`test -f x | test ! -f x | test "$HOME" = x | test x"$HOME" = xa | test "x$HOME" = xa | test "$HOME" == x | test -n "$HOME" | test -n $HOME | test "$HOME" > x | test $HOME -lt 1`,
  String.raw`( test -f x ) | test -f x \| cat | test "$HOME" -lt 1 | test "$HOME" -lt b | test -f *.x | test -d "$HOME" && | test a | test "$HOME" | if test -e /x; then | ; test -f x && exit 1;`,
  String.raw`tr a b | tr a-z A-Z | tr 'a-z' x | tr -d '\n' | tr foo bar | tr '[a]' b | tr [a] b | tr -dc 'a-zA-Z0-9' | \| tr '-' '_' | \| tr A-Z a | \| tr -s ' ' | \| tr "$HOME" x`,
  String.raw`find . -name a -o -name b | -delete | -o -name x | -o | find . -name a -o -name b -delete | find . \( -name a -o -name b \) -delete | find . \( -name a -o -iname b -print \) -exec rm {} +`,
  String.raw`find . -exec sh -c 'echo "$1"' -- '{}' + | find . -exec sh -c 'rm {}' \; | find . -exec bash -c "x $HOME" {} \; | find . -exec sed -i "s/$HOME/x/" {} + | find . > x -name y`,
  String.raw`find . -name x 2>/dev/null | find . \| xargs rm | find . \| cpio -o | find . -exec 'a b' {} \; | find . -exec ldd '{}' ';' | find . -exec sed 's/$HOME/$x/' {} + | find . -exec echo '$x' {} +`,
  String.raw`'{}' | ';' | '+' | -exec rm '{}' + | -exec touch -t "$HOME" '{}' + | -exec sh -c 'x "$@"' -- {} + | -newer x | -name '*.x' | -exec chmod "$(id)" {} +`,
  String.raw`printf "%-60s\n" x | printf "%5d %s\n" 1 | printf "$(id)" | printf "%s" "$(id)" | printf "%-s\n" a b | printf "%.2f" 1 | printf "# %-6s #\n" "" | printf '%5s' "$HOME" x | printf "%-60s"`,
  String.raw`set -o errexit -o nounset | set -o pipefail | set -euo pipefail | set -Eeuo pipefail | set -o | set -e x | set -o errexit x | set -eo | set -o foo | set -E | set -eu -o pipefail;`,
  String.raw`\| xargs -r apt-get install --yes | \| xargs -n1 sed -i s/a/b/ | \| xargs -i rm {} | \| xargs -n 1 -i x | \| xargs -0 rm | \| xargs -r -i x | xargs -0 -n1 | xargs sed -i x`,
  String.raw`mkdir -m 755 /a/b | mkdir -pm 755 a/b | mkdir -m755 -p a/b | mkdir --mode=755 a | mkdir -m 0755 -v a | . ./x a b | source ./x y | . x y | *.x`,
  String.raw`echo "$HOME" \| sed s/a/b/ | echo $http_proxy \| wc -c | echo "$HOME" \| grep x | echo "\${HOME}" \| tr a b | echo $HTTP_PROXY \| sed -e 's/a/b/g' | "$(echo "$HOME" \| sed s/a/b/)" | "$(echo $http_proxy \| tr a b)"`,
  String.raw`\| sed s/a/b/ | \| sed -e s,a,b, | \| wc -c | \| wc -m | \| cat | \| grep "a*" | grep "[a" | grep 'x\[' | grep "\[a\]" | grep -F "*" | ~/x | ~/bin/x | ~x | */x | */* | ?/x | echo */x | rm */x`,
  String.raw`-run=^$ x | ^$ x | a^$ | ^$ | $ x | "^$" | \${HTTP_PROXY%/*} | \${http_proxy##*-} | x@\${HTTP_PROXY#v} | \${HOME%/*} | \${foo:-x} | \${HTTP_PROXY:-x} | A=\${HOME%/*}; | A=\${HTTP_PROXY:-x} | HTTP_PROXY=\${HTTP_PROXY%%@*};`,
  String.raw`export A=$HOME | export A=$HTTP_PROXY | export A=$HTTP_PROXY$HOME; | export A=x B=$HTTP_PROXY | export PATH=$PATH:/x | export PATH="$PATH:$HOME" | A=$HOME; | A=x-$HTTP_PROXY; | A="$http_proxy/x";`,
  String.raw`A=x; | A=x && | A='x'; | A="a b"; | A=''; | A=*; | A="*"; | A=$(id); | && A=x; | && A=x && | \|\| A=x; | $A | \${A} | "$A" | $A/x | x$A | export A=x; | export A=x && | && export A=x; | for A in a b; do | in $HOME; do | in $A; do`,
].flatMap(alternatives);

const characters = [..."\"'$*?[]{}()<>|&;#!~=+-,.:@%^/\\ \t0aZ_`"];

/** Changes a script in one to three places: words replaced, moved, dropped, inserted, single characters inserted, parts put into groups. */
export function createMutator(scripts: readonly ShellCheckRequest[], seed: number): () => ShellCheckRequest {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const short = scripts.filter(({ script }) => script.length < 300);
  const words = [...new Set(short.flatMap(({ script }) => script.split(/\s+/)))].filter((word) => word.length < 40);
  const names = commands.split(" ");
  const bits = [...pieces, ...morePieces, ...compounds, ...branches, ...values];

  /** The next script on a line of its own, a list broken into lines, or a comment. */
  const breakLines = (script: string): string => {
    const kind = random();
    if (kind < 0.3) {
      const parts = script.split(" ");
      parts.splice(
        Math.floor(random() * parts.length),
        1,
        pick(["\\\n", "\\\n ", " \\\n  ", " \\\n\n", " \\\n# x\n", " \\\n \\\n", "\\ \n"]),
      );
      return parts.join(pick([" ", " ", ""]) || " ");
    }
    if (kind < 0.55) return `${script}${pick(["\n", "\n\n", "\n  ", "\n\t", " \n"])}${pick(short).script}`;
    if (kind < 0.75)
      return script.replace(
        pick([" && ", "; ", " || ", " | "]),
        pick(["\n", " &&\n", " ||\n  ", " |\n", ";\n", "\n&& "]),
      );
    return script.replace(
      /\n|$/,
      pick([
        "\n# a comment\n",
        " # why\n",
        "\n#!/bin/sh\n",
        "\n#x\n",
        '\n# (a [b] `c` "d\n',
        "# x\n",
        '\n# "x"\n',
        " # (x)",
        "\n# !x\n",
        "\n# -x $y `\n",
      ]),
    );
  };

  /** The script, or a word of it, in a group, a branch, a substitution or a variable. */
  const wrap = (script: string): string => {
    const other = pick(short).script;
    const condition = random() < 0.5 ? pick(compounds) : other;
    const name = pick(["A", "version", "HTTP_PROXY", "_x", "VERSION"]);
    const word = pick(script.split(" "));
    const value = pick([
      "x",
      "a-b_1.0",
      "'x/y'",
      '"x"',
      "'a b'",
      "",
      "*",
      '"$HOME"',
      "$HTTP_PROXY",
      '"$http_proxy-x"',
      "$(id)",
      "${HTTP_PROXY%x}",
      word,
    ]);
    const use = pick([`$${name}`, `\${${name}}`, `"$${name}"`, `x$${name}/y`]);
    return pick([
      () => `${name}=${value}; ${script} ${use}`,
      () => `${name}=${value} && ${script} ${use}`,
      () => `${other} && ${name}=${value}${pick([" &&", ";"])} ${script} ${use}`,
      () => `export ${name}=${value}; ${script} ${use}; ${pick(["", `${name}=${value};`])} ${other}`,
      () => `${name}=x; if ${condition}; then ${name}=${value}; fi; ${script} ${use}`,
      () =>
        `if ${condition}; then ${name}=x; el${pick(["se", `if ${other}; then`])} ${pick([`${name}=${value}`, "exit 1", other])}; fi; ${script} ${use}`,
      () =>
        `case "$HOME" in a) ${name}=${value} ;; b) ${pick([`${name}=y`, other, "exit 1"])} ;; ${pick([`*) ${pick(["exit 1", `echo x; exit 1`, other, `${name}=z`])} ;;`, ""])} esac; ${script} ${use}`,
      () => `{ ${name}=${value}; }${pick([" &&", ";", " ||"])} ${script} ${use}`,
      () =>
        `${pick(["", `${name}=x; `])}( ${pick(["export ", ""])}${name}=${value}; ${script} ${use} )${pick(["", "; make", `; ls "$${name}"`])}`,
      () => `for x in a b; do ${name}=${value}; ${pick([`${script} ${use};`, ""])} done; ${other} ${use}`,
      () =>
        `for x in ${pick([`$${name}`, `\${${name}}`, `"$${name}"`, `$${name} b`])}; do ${script} ${pick(['"$x"', "$x", ""])}; done`,
      () => `${name}=${value}; for x in a b; do ${script} ${use}; ${name}=${pick(["x", "'a b'", "$x", '"$x"'])}; done`,
      () => `${script} ${use} | ${other} ${use}`,
      () => `(${name}=${value}; ${script}); ${name}=x; ${other} ${use}`,
      () => `(${script})`,
      () => `( ${script} ) ${pick(["&&", "||", ";", "|", "> x", ">> x"])} ${other}`,
      () => `{ ${script}; }`,
      () => `${other} ${pick(["&&", "||", ";", "|"])} { ${script}; }`,
      () => `{ ${script}; ${other}; } ${pick(["> x", "| cat", "&& true", "; ls", '> "$HOME/x"', "2>&1"])}`,
      () => `if ${condition}; then ${script}; fi`,
      () => `if ${condition}; then ${script}; else ${other}; fi; ${other}`,
      () => `if ${condition}; then ${pick(["exit 1", other])}; elif ${other}; then ${script}; fi`,
      () => `if ${condition}; then ${other}; else${pick([" ", "\n", "\n  ", "; "])}if ${other}; then ${script}; fi; fi`,
      () => `if ! ${other}; then ${script}; fi`,
      () =>
        `for ${pick(["x", name, "HOME"])} in ${pick(["a b", "a b-c ./d", word, `${word} b`, "*.txt a", '"$HOME"/*'])}; do ${script}; done`,
      () =>
        `for x in a ${word}; do ${script} ${pick(['"$x"', "$x", '"${x}"', "", '"a$x"'])}; ${other}; done; ${pick([other, "$x", '"$x"'])}`,
      () =>
        `case ${pick(['"$HOME"', "$HTTP_PROXY", `"$(${other})"`, word])} in ${pick(["a", "a|b", "'a'", word])}) ${script} ;; esac`,
      () =>
        `${name}=; case "$HOME" in a) ${name}=${word} ;; ${pick(["b", "a", "b|c"])}) ${pick([script, "exit 1", `${name}=c`])};; *) ${pick([other, "exit 1", "exit 2"])} ${pick([";;", "; ;;", ""])} esac; ${script} ${pick([`"$${name}"`, `$${name}`, ""])}`,
      () => `case "$HOME" in\n  a) ${script};;\n  *)\n    ${other}\n    ;;\nesac\n${other}`,
      () => `${name}=${word}; export ${name}; ${script}`,
      () => `${pick(branches)} ${pick(["&&", "||", ";"])} ${script}`,
      () => `${pick(compounds)} ${pick(["&&", "||"])} ${script}`,
      () => script.replace(word, `"$(${other})"`),
      () => script.replace(word, `"${word}$(${other})"`),
      () => `${name}=${pick(['"', ""])}$(${other})${pick(['"', ""])}; ${script} "$${name}"`,
      () => `${name}=${word} && ${script} ${pick([`"$${name}"`, `"\${${name}:-x}"`, `$${name}`])}`,
      () => `export ${name}=${word} B=${pick(["x", `"$${name}"`])} && ${script}`,
      () => script.replace(/; |$/, pick([" || exit 1; ", " || { echo x; exit 1; }; ", "; } || exit 1"])),
    ])();
  };

  const change = (script: string): string => {
    if (random() < 0.15) return breakLines(script);
    if (random() < 0.25) return wrap(script);
    const parts = script.split(" ");
    const at = Math.floor(random() * parts.length);
    const kind = random();
    if (kind < 0.25) parts.splice(at, 0, pick(bits));
    else if (kind < 0.4) parts.splice(at, 1);
    else if (kind < 0.55) parts[at] = pick(words);
    else if (kind < 0.7) parts[at] = pick(names);
    else if (kind < 0.78) parts[0] = pick(names);
    else if (kind < 0.88) parts[at] = pick(bits);
    else if (kind < 0.94) {
      const place = Math.floor(random() * script.length);
      return script.slice(0, place) + pick(characters) + script.slice(place);
    } else {
      const other = Math.floor(random() * parts.length);
      [parts[at], parts[other]] = [parts[other]!, parts[at]!];
    }
    return parts.join(" ");
  };

  /** One of the variables may hold what is split or quoted. */
  const withValue = (variables: ShellCheckRequest["variables"]): ShellCheckRequest["variables"] => {
    if (random() > 0.15) return variables;
    const name = pick(["HTTP_PROXY", "http_proxy", "A", "HOME", "VERSION", "version"]);
    const value = pick(["a b", "*", "a *b", "'a b'", 'a "b"', "a\\b", " ", "[x]"]);
    return [...variables.filter((each) => each.name !== name), { name, value }];
  };

  return () => {
    const origin = pick(short);
    let script = origin.script;
    for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) script = change(script);
    const shell =
      random() < 0.2
        ? pick([
            "/bin/bash",
            "/bin/sh",
            "/bin/ash",
            "/bin/dash",
            "/bin/ksh",
            "/bin/busybox sh",
            "/bin/bash -e",
            "/bin/sh -e",
          ])
        : origin.shell;
    return { shell, variables: withValue(origin.variables), script };
  };
}

const plain = [
  "apt-get update | apt-get install -y curl git | mkdir -p /x/y | cd /x | rm -rf /x/* | make -j4 install | curl -o a https://example.org/b | tar xzf a",
  String.raw`curl https://example.org/b \| tar xz | echo "a b" | echo a  b    c | ./configure --prefix=/usr | chmod +x /x | echo x >> /f | touch a | ls /x | sudo make`,
  "exit 1 | break | continue | { echo x; exit 1; } | if a; then exit 1; fi | if a; then exit 1; else exit 2; fi | if a; then b && exit 1; elif c; then d; fi",
  String.raw`set -e | cd .. | cd - | export A=b | A=b | [ -f /x ] | [ "$A" = b ] | [ "$A" = c ] | ! a | ( a && b ) | true | grep a b \| wc -l | while a; do b && break; done`,
  String.raw`case "$A" in a) b ;; *) exit 1 ;; esac | case "$A" in a) exit 1 ;; *) exit 2 ;; esac | [[ a && b ]] | trap a EXIT | eval "$(a)" | x="$(case a in a) b ;; esac)"`,
  "if a; then b; exit 1; else c; fi | if a; then b; elif c; then exit 1; else exit 2; fi | if a; then break; else continue; fi | then a | fi | ( exit 1 ) | echo a\tb",
].flatMap((line) => alternatives(line));

const joints = [" && ", " && ", " && ", "; ", " ; ", " || ", " | ", "\n", " &&\n", " & "];

/** Puts changed scripts among plain commands, joined by every operator, in lists, branches, loops and groups. */
export function createJoiner(scripts: readonly ShellCheckRequest[], seed: number): () => ShellCheckRequest {
  const mutate = createMutator(scripts, seed);
  const random = randomFrom(seed + 1);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const joined = (...parts: string[]) => parts.reduce((left, right) => left + pick(joints) + right);
  return () => {
    const request = mutate();
    let { script } = request;
    for (let more = Math.floor(random() * 4); more > 0; more--) {
      const other = random() < 0.5 ? pick(plain) : mutate().script;
      script = random() < 0.5 ? joined(script, other) : joined(other, script);
    }
    const shape = random();
    const [a, b, c, d] = [pick(plain), pick(plain), pick(plain), pick(plain)];
    if (shape < 0.1) script = joined(`if ${joined(a, b)}; then ${joined(script, c)}; fi`, d);
    else if (shape < 0.17) script = `for i in a b; do ${joined(a, script, b, c)}; done`;
    else if (shape < 0.24) script = `${a} && { ${joined(b, c, script)}; } && ${d}`;
    return { ...request, script };
  };
}
