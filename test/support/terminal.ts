import { spawnSync } from "node:child_process";

let opened = 0;

/** Whether a program is there; says so on standard error where it is not. */
export function hasProgram(name: string): boolean {
  const isThere = [["--version"], ["-V"]].some((args) => spawnSync(name, args).error === undefined);
  if (!isThere) process.stderr.write(`SKIPPED: ${name} is not installed, so what needs it is not tried.\n`);
  return isThere;
}

/** A real terminal with a shell in it, by way of tmux. */
export interface Terminal {
  type(text: string): void;
  press(key: "Enter" | "Tab"): void;
  /** The screen, lines without blanks at their end, as soon as it shows what is expected; as it is when it does not come to that in six seconds. */
  screen(expected: string | RegExp): string;
}

/** Opens a terminal for as long as `work` takes. */
export function inTerminal<Result>(
  options: { readonly shell: string; readonly cwd: string; readonly columns: number; readonly rows: number },
  work: (terminal: Terminal) => Result,
): Result {
  // A server that ends takes its time to go.
  const server = `stagewright-${process.pid}-${opened++}`;
  const tmux = (...args: string[]) =>
    spawnSync("tmux", ["-L", server, "-f", "/dev/null", ...args], { encoding: "utf8" });
  const size = ["-x", String(options.columns), "-y", String(options.rows)];
  tmux("new-session", "-d", ...size, "-c", options.cwd, options.shell);
  try {
    return work({
      type: (text) => void tmux("send-keys", "-l", text),
      press: (key) => void tmux("send-keys", key),
      screen(expected) {
        let shown = "";
        for (let tries = 0; tries < 60; tries++) {
          shown = tmux("capture-pane", "-p").stdout;
          if (typeof expected === "string" ? shown.includes(expected) : expected.test(shown)) break;
          spawnSync("sleep", ["0.1"]);
        }
        return shown;
      },
    });
  } finally {
    tmux("kill-server");
  }
}
