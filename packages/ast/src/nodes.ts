/**
 * The tree of a Dockerfile.
 *
 * Every node is a plain object with `type`, `range` and `loc`. `range` counts UTF-16 code units from 0, its end is
 * exclusive; in `loc` lines and columns count from 1. What BuildKit's parser says about instructions, words, flags,
 * heredocs and the JSON form is what the nodes hold (moby/buildkit, frontend/dockerfile/parser and /instructions).
 */

/** Start (inclusive) and end (exclusive), in UTF-16 code units from the start of the file. */
export type Range = readonly [start: number, end: number];

/** A place in the file: both numbers count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

interface NodeBase {
  readonly range: Range;
  readonly loc: Location;
}

/** The character that continues a line and escapes another one: `\`, or a backtick after `# escape=`. */
export type Escape = "\\" | "`";

export interface Dockerfile extends NodeBase {
  readonly type: "Dockerfile";
  readonly escape: Escape;
  /** Parser directives at the top of the file, in file order. */
  readonly directives: readonly Directive[];
  /** All instructions in file order; what stages they form is a fact of the core. */
  readonly instructions: readonly Instruction[];
  /** Comments in file order, those between the lines of one instruction included; directives are not among them. */
  readonly comments: readonly Comment[];
  /** What BuildKit refuses, in file order. */
  readonly problems: readonly SyntaxProblem[];
}

/** `# name=value` at the top of the file, as BuildKit recognises it. */
export interface Directive extends NodeBase {
  readonly type: "Directive";
  /** Lower-cased. */
  readonly name: string;
  readonly value: string;
  readonly valueRange: Range;
}

/** From the `#` to the end of its line, without the line end. */
export interface Comment extends NodeBase {
  readonly type: "Comment";
  /** The text after the `#`, as written. */
  readonly value: string;
  /** The comment stands between the lines of a continued instruction. */
  readonly inside: boolean;
}

/** Why BuildKit refuses a file or an instruction; the rest of the file is parsed all the same. */
export interface SyntaxProblem extends NodeBase {
  readonly type: "SyntaxProblem";
  /** One sentence of our own. */
  readonly message: string;
  /** A stable kebab-case name of the kind of problem, such as `unterminated-heredoc`. */
  readonly code: string;
}

/** The word that names an instruction, or `AS` of FROM, or `CMD`/`NONE` of HEALTHCHECK. */
export interface Keyword extends NodeBase {
  readonly type: "Keyword";
  /** As written. */
  readonly value: string;
  /** Upper-cased. */
  readonly name: string;
}

/** `--name` or `--name=value` before the words of an instruction. */
export interface Flag extends NodeBase {
  readonly type: "Flag";
  /** Without the dashes, as written: `from`, `mount`. */
  readonly name: string;
  /** `null` for a flag without `=`. */
  readonly value: Word | null;
}

/**
 * One word as BuildKit splits it.
 *
 * `raw` is the text of the file without continuations and the comments between them; `value` is what remains after quotes and escapes are removed, with variables left as they are
 * written (`$X`, `${X:-y}`). `parts` lie in order and hold the places of variables.
 */
export interface Word extends NodeBase {
  readonly type: "Word";
  readonly raw: string;
  readonly value: string;
  /** The whole word stands in one pair of these quotes. */
  readonly quote: '"' | "'" | null;
  /** Variables that BuildKit would expand here; empty where BuildKit leaves the word alone. */
  readonly variables: readonly Variable[];
}

/** `$NAME`, `${NAME}` or `${NAME:-word}` where BuildKit expands it. */
export interface Variable extends NodeBase {
  readonly type: "Variable";
  readonly name: string;
  readonly braced: boolean;
  /** `:-`, `:+`, `-`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`, or `null`. */
  readonly operator: string | null;
  /** The text after the operator, as written, or `null`. */
  readonly operand: string | null;
  /** Variables inside the operand. */
  readonly variables: readonly Variable[];
}

/** One entry of ENV, LABEL or ARG. */
export interface KeyValue extends NodeBase {
  readonly type: "KeyValue";
  readonly key: Word;
  /** `null` for `ARG NAME`. */
  readonly value: Word | null;
}

/** A string of a JSON array. */
export interface JsonString extends NodeBase {
  readonly type: "JsonString";
  /** With its quotes. */
  readonly raw: string;
  /** Decoded. */
  readonly value: string;
  /** Variables that BuildKit would expand here: in COPY, ADD and VOLUME, not in commands. */
  readonly variables: readonly Variable[];
}

/**
 * Text that was put together from several places of the file: continuations joined, comments between them dropped, leading tabs of a
 * `<<-` heredoc taken off. `sourceOffset` maps an index of `value` to an offset in the file.
 */
export interface MappedText {
  readonly value: string;
  /** Pieces in order; piece i stands verbatim in the file from `offset`, and in `value` from `index` to the next piece's. */
  readonly pieces: readonly { readonly index: number; readonly offset: number }[];
}

/** `RUN`, `CMD`, `ENTRYPOINT`, `HEALTHCHECK CMD` or `SHELL` with a JSON array. */
export interface ExecForm extends NodeBase {
  readonly type: "ExecForm";
  readonly elements: readonly JsonString[];
}

/** The shell text of an instruction, heredoc bodies not included. */
export interface ShellForm extends NodeBase {
  readonly type: "ShellForm";
  readonly text: MappedText;
}

/** `<<NAME` in RUN, COPY or ADD; the node's range is that of its body and terminator line. */
export interface Heredoc extends NodeBase {
  readonly type: "Heredoc";
  readonly name: string;
  /** File descriptor before `<<`; 0 when none is written. */
  readonly fd: number;
  /** Variables are expanded: the name is not quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are taken off. */
  readonly chomp: boolean;
  /** The place of the opener, such as `<<-"EOF"`. */
  readonly openerRange: Range;
  /** The body as BuildKit passes it on: for `<<-` with its tabs still there, each line with its line feed. */
  readonly content: string;
  /** The body with tabs taken off for `<<-`, mapped to the file. */
  readonly text: MappedText;
  /** The place of the terminator word. */
  readonly terminatorRange: Range;
  /** Variables in the body where BuildKit expands them (COPY and ADD only). */
  readonly variables: readonly Variable[];
}

interface InstructionBase extends NodeBase {
  readonly keyword: Keyword;
  readonly flags: readonly Flag[];
  /** First and last line as BuildKit counts them, from 1; heredocs belong to it. */
  readonly startLine: number;
  readonly endLine: number;
  /** What BuildKit's parser keeps of the words after flags: what it calls the node's arguments. */
  readonly args: readonly string[];
  /** All text after keyword and flags, continuations joined, without heredoc bodies. */
  readonly text: MappedText;
  /** Why BuildKit refuses the instruction, also listed in the file's problems; `null` when it does not. */
  readonly problem: SyntaxProblem | null;
}

/** An image reference; parts follow the grammar of the OCI distribution reference, variables may stand in any of them. */
export interface ImageReference extends NodeBase {
  readonly type: "ImageReference";
  readonly word: Word;
  /** `reg.io:5000`; `null` for Docker Hub short names and where variables make it unknowable. */
  readonly registry: ImagePart | null;
  /** With its path, without the registry: `library/debian`, as written. */
  readonly repository: ImagePart;
  /** Without the `:`. */
  readonly tag: ImagePart | null;
  /** Without the `@`: `sha256:...`. */
  readonly digest: ImagePart | null;
}

export interface ImagePart extends NodeBase {
  readonly type: "ImagePart";
  /** Unquoted, variables as written. */
  readonly value: string;
}

export interface StageName extends NodeBase {
  readonly type: "StageName";
  /** As written. */
  readonly value: string;
  /** Lower-cased: BuildKit compares names so. */
  readonly name: string;
}

export interface From extends InstructionBase {
  readonly type: "From";
  /** `null` when the instruction has no words. */
  readonly image: ImageReference | null;
  readonly as: Keyword | null;
  readonly stage: StageName | null;
}

export interface Run extends InstructionBase {
  readonly type: "Run";
  readonly command: ShellForm | ExecForm;
  readonly heredocs: readonly Heredoc[];
}

export interface Cmd extends InstructionBase {
  readonly type: "Cmd";
  readonly command: ShellForm | ExecForm;
}

export interface Entrypoint extends InstructionBase {
  readonly type: "Entrypoint";
  readonly command: ShellForm | ExecForm;
}

export interface Shell extends InstructionBase {
  readonly type: "Shell";
  readonly command: ShellForm | ExecForm;
}

export interface Healthcheck extends InstructionBase {
  readonly type: "Healthcheck";
  /** `CMD` or `NONE`; `null` when neither stands there. */
  readonly kind: Keyword | null;
  readonly command: ShellForm | ExecForm | null;
}

interface CopyBase extends InstructionBase {
  /** Without heredocs. */
  readonly sources: readonly (Word | JsonString)[];
  readonly destination: Word | JsonString | null;
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
}

export interface Copy extends CopyBase {
  readonly type: "Copy";
}

export interface Add extends CopyBase {
  readonly type: "Add";
}

interface PairsBase extends InstructionBase {
  readonly pairs: readonly KeyValue[];
}

export interface Env extends PairsBase {
  readonly type: "Env";
  /** `ENV key value` without `=`. */
  readonly legacy: boolean;
}

export interface Label extends PairsBase {
  readonly type: "Label";
  /** `LABEL key value` without `=`. */
  readonly legacy: boolean;
}

export interface Arg extends PairsBase {
  readonly type: "Arg";
}

export interface Workdir extends InstructionBase {
  readonly type: "Workdir";
  readonly path: Word | null;
}

export interface User extends InstructionBase {
  readonly type: "User";
  readonly user: Word | null;
}

export interface Stopsignal extends InstructionBase {
  readonly type: "Stopsignal";
  readonly signal: Word | null;
}

export interface Expose extends InstructionBase {
  readonly type: "Expose";
  readonly ports: readonly Word[];
}

export interface Volume extends InstructionBase {
  readonly type: "Volume";
  readonly paths: readonly (Word | JsonString)[];
  readonly json: boolean;
}

export interface Maintainer extends InstructionBase {
  readonly type: "Maintainer";
  readonly name: Word | null;
}

export interface Onbuild extends InstructionBase {
  readonly type: "Onbuild";
  /** `null` when nothing follows. */
  readonly instruction: Instruction | null;
}

/** A word that is no instruction of BuildKit. */
export interface UnknownInstruction extends InstructionBase {
  readonly type: "UnknownInstruction";
}

export type Instruction =
  | Add
  | Arg
  | Cmd
  | Copy
  | Entrypoint
  | Env
  | Expose
  | From
  | Healthcheck
  | Label
  | Maintainer
  | Onbuild
  | Run
  | Shell
  | Stopsignal
  | UnknownInstruction
  | User
  | Volume
  | Workdir;

export type InstructionType = Instruction["type"];

export type Node =
  | Dockerfile
  | Directive
  | Instruction
  | Keyword
  | Flag
  | Word
  | Variable
  | KeyValue
  | JsonString
  | ExecForm
  | ShellForm
  | Heredoc
  | ImageReference
  | ImagePart
  | StageName;

export type NodeType = Node["type"];

export type NodeOf<Type extends NodeType> = Extract<Node, { type: Type }>;
