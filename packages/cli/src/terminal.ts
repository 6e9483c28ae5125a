/** How the output is to look. */
export interface Look {
  readonly colors: boolean;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  /** Names may be hyperlinks. */
  readonly links: boolean;
}

/** What a terminal, or that there is none, and the environment allow; `wanted` goes before both. */
export function lookOf(terminal: NodeJS.WriteStream | null, wanted: boolean | null, env: NodeJS.ProcessEnv): Look {
  const forced = env["FORCE_COLOR"];
  const isForced = forced !== undefined && forced !== "0" && forced !== "false";
  const isForbidden = forced === "0" || forced === "false" || (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  const colors = wanted ?? (isForced || (terminal !== null && !isForbidden));
  return {
    colors,
    width: terminal?.columns || 80,
    links: terminal !== null && colors && showsLinks(env),
  };
}

/** Terminals known to show OSC 8 hyperlinks. */
function showsLinks(env: NodeJS.ProcessEnv): boolean {
  if (env["CI"] !== undefined) return false;
  return (
    ["iTerm.app", "WezTerm", "vscode", "ghostty"].includes(env["TERM_PROGRAM"] ?? "") ||
    Number(env["VTE_VERSION"] ?? 0) >= 5000 ||
    /kitty|alacritty|ghostty/.test(env["TERM"] ?? "") ||
    env["WT_SESSION"] !== undefined
  );
}
