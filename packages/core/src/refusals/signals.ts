import { nearest } from "@stagewright/ast";

/** Without `SIG` (github.com/moby/sys/signal, for Linux). */
const names = [
  ...["ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL"],
  ...["PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1"],
  ...["USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX"],
];

const nameForm = new RegExp(`^(?:SIG)?(?:${names.join("|")}|RTMIN\\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$`, "i");

/** As ParseSignal: a name in any case, with or without `SIG`, or any number but 0. */
export function isSignal(text: string): boolean {
  return /^[-+]?\d{1,18}$/.test(text) ? Number(text) !== 0 : nameForm.test(text);
}

export function nearestSignal(text: string): string | null {
  const near = nearest(text.replace(/^SIG/i, ""), names);
  return near === null ? null : `SIG${near}`;
}
