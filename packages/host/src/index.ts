export { type AnswerProvider, answersOf, collectAnswers } from "./answers.ts";
export { ConfigProblem, levels, parseRuleSwitch, resolveConfig, type RuleChange, unknownRule } from "./config/rules.ts";
export { discover, type FoundFile, type PathProblem } from "./discover.ts";
export { dockerfileName } from "./file-names.ts";
export { type FileResult, lintFiles, lintText } from "./lint-files.ts";
export { hint, nearestName } from "./names.ts";
export { decodeText, readText, UnreadableFile } from "./read-text.ts";
