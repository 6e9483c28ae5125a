import { type ResolvedConfig, type Rule, type Severity, severities, type Settings } from "@stagewright/core";
import { preset, type PresetName, presetSettings, rulesByCode } from "@stagewright/rules";
import { hint, nearestName } from "../names.ts";

export type Level = Severity | "on" | "off";

export const levels: readonly Level[] = ["off", "on", ...severities];

/** A level, and perhaps options, for a rule. */
export interface RuleChange {
  /** A rule's name, a code of another tool, or `rule/CODE`. */
  readonly name: string;
  readonly level: Level;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What a configuration comes to for one file, step by step: later ones are laid over earlier ones. */
export interface ConfigStep {
  readonly preset?: PresetName;
  readonly changes?: readonly RuleChange[];
  readonly settings?: Settings;
  /** Laid over the build arguments of the settings, one by one. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly reportUnusedDisableDirectives?: Severity | "off";
  readonly requireReason?: boolean;
  readonly honorPeerComments?: boolean;
}

type Enabled = Map<string, { readonly severity: Severity; readonly options: Readonly<Record<string, unknown>> }>;

/** Puts steps together. Names that are no rule's and no code's are passed over: `isRuleName` tells them. */
export function resolveConfig(steps: readonly ConfigStep[], rules: readonly Rule[]): ResolvedConfig {
  const enabled: Enabled = new Map();
  const codeLevels = new Map<string, Level>();
  let settings: Settings = {};
  let base: PresetName | null = null;
  for (const step of steps) {
    if (step.preset !== undefined) {
      base = step.preset;
      for (const [name, setting] of preset(step.preset)) {
        enabled.set(name, setting);
        codeLevels.delete(`${name}/*`);
      }
      settings = { ...settings, ...presetSettings(step.preset) };
    }
    for (const change of step.changes ?? []) applyChange(change, rules, enabled, codeLevels, base);
    settings = { ...settings, ...step.settings };
    if (step.buildArgs && Object.keys(step.buildArgs).length > 0) {
      settings = { ...settings, buildArgs: { ...settings.buildArgs, ...step.buildArgs } };
    }
  }
  const last = <Key extends keyof ConfigStep>(key: Key) => steps.findLast((step) => step[key] !== undefined)?.[key];
  return {
    rules: enabled,
    settings,
    codeLevels,
    reportUnusedDisableDirectives: last("reportUnusedDisableDirectives") ?? "warning",
    requireReason: last("requireReason") ?? false,
    honorPeerComments: last("honorPeerComments") ?? true,
    codesOf: onlyPeer(steps),
  };
}

/** The peer whose preset is the only one. */
function onlyPeer(steps: readonly ConfigStep[]): ResolvedConfig["codesOf"] {
  const presets = new Set(steps.flatMap((step) => step.preset ?? []));
  const [first] = presets;
  return presets.size === 1 && (first === "hadolint" || first === "buildkit") ? first : null;
}

function applyChange(
  { name, level, options = {} }: RuleChange,
  rules: readonly Rule[],
  enabled: Enabled,
  codeLevels: Map<string, Level>,
  base: PresetName | null,
): void {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule) {
    codeLevels.delete(`${name}/*`);
    const merged = { ...enabled.get(name)?.options, ...options };
    if (level === "off") enabled.delete(name);
    else enabled.set(name, { severity: severityOf(level, rule), options: merged });
    return;
  }
  const code = name.slice(name.indexOf("/") + 1);
  const all = rulesOfCode(code, rules);
  const meant = code === name ? all : all.filter((each) => name.startsWith(`${each.name}/`));
  // A code by itself means that of all its rules, whatever was said of one of them before.
  if (code === name) for (const each of all) codeLevels.delete(`${each.name}/${code}`);
  codeLevels.set(name, level);
  if (level === "off") return;
  for (const each of meant) {
    if (enabled.has(each.name)) continue;
    enabled.set(each.name, {
      severity: severityOf(level, each),
      options: { ...peerOptions(each, code, base), ...options },
    });
    if (tellsApart(each, code)) codeLevels.set(`${each.name}/*`, "off");
  }
}

/** A rule whose findings have one of several codes of a tool each, such as ShellCheck's. */
function tellsApart({ meta: { docs } }: Rule, code: string): boolean {
  const tool = docs.sources.find(({ id }) => id === code)?.tool;
  return tool === undefined || docs.sources.filter((source) => source.tool === tool).length > 1;
}

/** The options with which a rule means what the peer of the preset means by its code. */
function peerOptions({ meta }: Rule, code: string, base: PresetName | null): Readonly<Record<string, unknown>> {
  return meta.docs.sources.find(({ tool, id }) => tool === base && id === code)?.options ?? {};
}

const severityOf = (level: Exclude<Level, "off">, rule: Rule): Severity =>
  level === "on" ? rule.meta.docs.severity : level;

function rulesOfCode(code: string, rules: readonly Rule[]): readonly Rule[] {
  return rulesByCode().get(code) ?? (/^SC\d{4}$/.test(code) ? rules.filter(({ name }) => name === "shellcheck") : []);
}

/** The rules that a name or a code of another tool stands for. */
export function rulesNamed(name: string, rules: readonly Rule[]): readonly Rule[] {
  const own = rules.filter((rule) => rule.name === name);
  return own.length > 0 ? own : rulesOfCode(name.slice(name.indexOf("/") + 1), rules);
}

/** Whether a configuration may name it: a rule, a code of another tool, or `rule/CODE`. */
export function isRuleName(name: string, rules: readonly Rule[]): boolean {
  if (rules.some((rule) => rule.name === name)) return true;
  const [code = "", rule] = name.split("/").reverse();
  const named = rulesOfCode(code, rules);
  return rule === undefined ? named.length > 0 || /^SC\d{4}$/.test(code) : named.some((each) => each.name === rule);
}

export function unknownRule(name: string, rules: readonly Rule[]): string {
  return `There is no rule \`${name}\`${hint(name, namesOf(rules)) || "."}`;
}

const namesOf = (rules: readonly Rule[]): string[] => [...rules.map(({ name }) => name), ...rulesByCode().keys()];

/**
 * `NAME=LEVEL` of the command line, or one sentence that says what is wrong with it. Whether there is such a rule is not asked: configurations may bring it.
 */
export function parseRuleSwitch(text: string, rules: readonly Rule[]): RuleChange | string {
  const [, name = "", sign = "=", level = "on"] = /^(.*?)(?:([=:\s]+)(.*))?$/s.exec(text) ?? [];
  if (sign !== "=") {
    const right = isRuleName(name, rules) ? name : nearestName(name, namesOf(rules));
    const meant = right === null ? "" : `, such as \`${right}=${nearestName(level, levels) ?? "error"}\``;
    return `\`--rule\` takes \`NAME=LEVEL\`${meant}, not \`${text}\`.`;
  }
  if (isLevel(level)) return { name, level };
  return `\`${level}\` is no level of a rule${hint(level, levels) || `; it is one of ${levels.join(", ")}.`}`;
}

const isLevel = (text: string): text is Level => (levels as readonly string[]).includes(text);
