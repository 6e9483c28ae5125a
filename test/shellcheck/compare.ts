import {
  createShellCheck,
  type ShellCheckOptions,
  type ShellCheckRequest,
  type ShellCheckResult,
} from "@stagewright/shellcheck";

/** Lints with an engine that is closed afterwards. */
export async function lintAll(
  requests: readonly ShellCheckRequest[],
  options: ShellCheckOptions,
): Promise<readonly ShellCheckResult[]> {
  const shellCheck = createShellCheck(options);
  try {
    return await shellCheck.lint(requests);
  } finally {
    await shellCheck.close();
  }
}

/** Requests whose results differ in anything: codes, levels, messages, places, replacements, order. */
export function differences(
  requests: readonly ShellCheckRequest[],
  left: readonly ShellCheckResult[],
  right: readonly ShellCheckResult[],
) {
  return requests.flatMap((request, index) =>
    JSON.stringify(left[index]) === JSON.stringify(right[index])
      ? []
      : [{ request, left: left[index], right: right[index] }],
  );
}
