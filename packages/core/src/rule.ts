import type { Comment, Instruction, Location, Node, NodeOf, NodeType, Range } from "@stagewright/ast";
import { RuleCreator } from "@typescript-eslint/utils/eslint-utils";
import type { Severity } from "./finding.ts";
import type { Answers, Request } from "./requests.ts";
import type { SourceCode } from "./source-code.ts";

export type Category = "correctness" | "security" | "reproducibility" | "size" | "speed" | "style" | "deprecated";

/** A check of another tool that a rule covers. */
export interface RuleSource {
  readonly tool: "hadolint" | "buildkit" | "shellcheck" | "tally";
  /** `DL3020`, `StageNameCasing`, ... */
  readonly id: string;
  /** `same`: the same findings; `narrower`: ours are a part of theirs; `wider`: theirs are a part of ours. */
  readonly match: "same" | "narrower" | "wider";
  /** The tool's own severity, where it is not the rule's; `off` where the tool has it off by default. */
  readonly severity?: Severity | "off";
  /** Options under which the rule means what the tool means; the tool's preset sets them. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** One Dockerfile that the rule reports and, where it helps, the one to write instead; a test runs both. */
export interface RuleExample {
  readonly bad: string;
  readonly good?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** A name such as `api/Dockerfile.dev` where the rule looks at it. */
  readonly filename?: string;
  readonly settings?: Settings;
  /** What the outside world says, for rules that ask it. */
  readonly answers?: Answers;
}

/** Documentation as data: pages, `explain`, hover, SARIF help and the index of codes are made from it. */
export interface RuleDocs {
  /** One line, imperative, without a full stop. */
  readonly description: string;
  /** Markdown, a short paragraph or two. */
  readonly why: string;
  readonly category: Category;
  readonly severity: Severity;
  /** In the preset `recommended`, and so in `strict` too. */
  readonly recommended: boolean;
  /** In the preset `strict` although not recommended. */
  readonly strict?: boolean;
  readonly sources: readonly RuleSource[];
  readonly examples: readonly RuleExample[];
  /**
   * What every fix of the rule is known by. `equal`: same build graph and image configuration in BuildKit. `argued`: it changes the
   * image on purpose and cannot break its build, for the reason given. Present exactly when the rule has fixes.
   */
  readonly fix?: ({ readonly proof: "equal" } | { readonly proof: "argued"; readonly reason: string }) & {
    /** Fixes may add or remove instructions; without it, a fix that does is dropped. */
    readonly changes?: "instructions";
  };
}

/** Where to report: anything that has a range and a location. */
export interface Place {
  readonly range: Range;
  readonly loc: Location;
}

export interface Fix {
  readonly range: [start: number, end: number];
  readonly text: string;
}

/** ESLint's fixer. Ranges are UTF-16 offsets. */
export interface Fixer {
  insertTextBefore(place: { readonly range: Range }, text: string): Fix;
  insertTextAfter(place: { readonly range: Range }, text: string): Fix;
  insertTextBeforeRange(range: Range, text: string): Fix;
  insertTextAfterRange(range: Range, text: string): Fix;
  replaceText(place: { readonly range: Range }, text: string): Fix;
  replaceTextRange(range: Range, text: string): Fix;
  remove(place: { readonly range: Range }): Fix;
  removeRange(range: Range): Fix;
}

/** `null` or an empty list means that there is no repair here. */
export type FixFunction = (fixer: Fixer) => Fix | readonly Fix[] | Iterable<Fix> | null;

export type MessageData = Readonly<Record<string, string | number>>;

export interface SuggestionDescriptor<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: MessageData;
  readonly fix: FixFunction;
}

type Suggest<MessageId extends string> = readonly SuggestionDescriptor<MessageId>[];

interface ReportBase<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: MessageData;
  readonly fix?: FixFunction | null | undefined;
  /** A function is called once, when somebody reads the suggestions: for those that are costly to make. */
  readonly suggest?: Suggest<MessageId> | (() => Suggest<MessageId>) | null | undefined;
  /** Names of other tools for this very finding; without it, the ids of all `sources` of the rule. */
  readonly codes?: readonly string[];
  /** In place of the configured severity: for rules that pass on another tool's levels. */
  readonly severity?: Severity;
  readonly related?: readonly (Place & { readonly message: string })[];
}

/** Give `node` (anything with a range and a location) or `loc`, made by `sourceCode.locate(range)`. */
export type ReportDescriptor<MessageId extends string> = ReportBase<MessageId> &
  ({ readonly node: Place | Comment; readonly loc?: never } | { readonly loc: Location; readonly node?: never });

/** The part of ESLint's context that rules may use. */
export interface RuleContext<MessageId extends string, Options> {
  /** The rule's name. */
  readonly id: string;
  readonly filename: string;
  /** One object of options, merged with the defaults. */
  readonly options: readonly [Options];
  readonly sourceCode: SourceCode;
  readonly settings: Readonly<Settings>;
  report(descriptor: ReportDescriptor<MessageId>): void;
}

/** `settings` of the configuration: what several rules share. */
export interface Settings {
  /** Registries that images may come from; entries may begin or end with `*`. */
  readonly trustedRegistries?: readonly string[];
  /** Labels and what their values must look like. */
  readonly labelSchema?: Readonly<Record<string, string>>;
  readonly strictLabels?: boolean;
  /** Stages that are built by name or number, `*` for any text: besides the last one, these are checked as images. */
  readonly targets?: readonly string[];
  /** Stages that something is known to build, whatever they are for: they are used, but not checked as images. */
  readonly usedTargets?: readonly string[];
  /** Names that builds give contexts of their own (`--build-context`): where such a name stands for an image, something else is taken. */
  readonly namedContexts?: readonly string[];
  /** Values of build arguments. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** What base images are known to set may be used; the presets of the peers switch it off. Default `true`. */
  readonly baseImageKnowledge?: boolean;
  /** Commands are looked for behind `sudo`, `env` and the like, by any path, and in scripts of `sh -c`; hadolint does not. Default `true`. */
  readonly lookThrough?: boolean;
  /** How the registries of images are asked. */
  readonly registry?: RegistrySettings;
  /** Where ShellCheck comes from. */
  readonly shellcheck?: { readonly engine?: "auto" | "wasm" | "native" | "off" };
}

export interface RegistrySettings {
  /** They may be asked. Default `false`. */
  readonly online?: boolean;
  /** For each registry (`docker.io`), the hosts or URLs to ask before it, in order. */
  readonly mirrors?: Readonly<Record<string, readonly string[]>>;
  /** Hosts, with their ports, that may be asked over plain HTTP. Loopback always may. */
  readonly insecure?: readonly string[];
}

/** Listener keys are node types, with `:exit` for the way back; each gets its node and the node's parent. */
export type Listeners = {
  readonly [Type in NodeType]?: (node: NodeOf<Type>, parent: Node | null) => void;
} & {
  readonly [Type in NodeType as `${Type}:exit`]?: (node: NodeOf<Type>, parent: Node | null) => void;
};

export interface RuleMeta<MessageId extends string, Options> {
  readonly type: "problem" | "suggestion" | "layout";
  readonly fixable?: "code";
  readonly hasSuggestions?: boolean;
  /** JSON schema of the one options object; `[]` for a rule without options. */
  readonly schema: readonly [] | readonly [object];
  readonly defaultOptions?: readonly [Options];
  readonly docs: RuleDocs;
  readonly messages: Readonly<Record<MessageId, string>>;
  /** Codes of problems of `syntax` that the rule tells itself where it is on, so that they are told once. */
  readonly tells?: readonly string[];
  /** What the rule would like to know from outside. */
  readonly requests?: (sourceCode: SourceCode, options: Options, settings: Settings) => readonly Request[];
}

/** A rule as it is written. `create` is called once a file. */
export interface RuleDefinition<MessageId extends string, Options> {
  readonly name: string;
  readonly meta: RuleMeta<MessageId, Options>;
  create(context: RuleContext<MessageId, Options>): Listeners;
}

/** A rule as hosts, the engine and ESLint use it: what its options and message ids are is no longer known to types. */
export interface Rule {
  readonly name: string;
  readonly meta: Omit<RuleMeta<string, object>, "docs" | "requests"> & {
    readonly docs: RuleDocs & { readonly url: string };
    readonly requests?: (sourceCode: SourceCode, options: never, settings: Settings) => readonly Request[];
  };
  create(context: RuleContext<string, never>): Listeners;
}

/** The page of a rule. */
export const ruleUrl = (name: string): string => `https://stagewright.dev/rules/${name}`;

const creator = RuleCreator<RuleDocs>(ruleUrl);

/**
 * Makes a rule. This is the one border between our types and those of typescript-eslint, which describe JavaScript trees. The engine and ESLint hand over
 * options that are merged with the defaults, so the creator's own merging, which copies them for every file, is passed by.
 */
export function createRule<MessageId extends string, Options = Record<never, never>>(
  definition: RuleDefinition<MessageId, Options>,
): Rule {
  const rule = creator(definition as never) as unknown as Rule;
  return { ...rule, create: definition.create as unknown as Rule["create"] };
}

/** Instructions as ONBUILD holds them or as they stand, for rules that look at both. */
export const unwrapOnbuild = (instruction: Instruction): Instruction =>
  instruction.type === "Onbuild" && instruction.instruction ? instruction.instruction : instruction;

export type { Answers };
