/** Shells that there is a completion script for. */
export const completionShells = ["bash", "zsh", "fish", "powershell"] as const;

export type CompletionShell = (typeof completionShells)[number];
