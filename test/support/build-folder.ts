import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stagewright } from "./command.ts";

/** A folder of its own with the command run in it, for what Compose and Bake files say. */
export class BuildFolder {
  readonly path = mkdtempSync(join(tmpdir(), "stagewright-build-files-"));

  write(name: string, content: string): void {
    mkdirSync(join(this.path, name, ".."), { recursive: true });
    writeFileSync(join(this.path, name), content);
  }

  run(...args: string[]) {
    return stagewright(["--no-config", ...args], { cwd: this.path });
  }

  compact(...args: string[]): string {
    return this.run("--format", "compact", ...args).stdout;
  }

  listed(...args: string[]): string[] {
    return this.run("--list-files", ...args)
      .stdout.split("\n")
      .filter(Boolean);
  }

  settings(path: string): Record<string, unknown> {
    return (JSON.parse(this.run("--print-config", path).stdout) as { settings: Record<string, unknown> }).settings;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
