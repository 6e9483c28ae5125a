import type { Finding } from "@stagewright/core";
import type { Configured, Engine } from "./engine.ts";
import { pathOf, type Documents } from "./documents.ts";
import { customized, type Settings } from "./settings.ts";
import type { View } from "./view.ts";

/** How a document is linted. */
export interface Setup {
  readonly settings: Settings;
  readonly configured: Configured;
}

export interface LintingOptions {
  readonly engine: Engine;
  readonly documents: Documents;
  settingsOf(uri: string): Promise<Settings>;
  trusted(): boolean;
  /** New findings of a view are known, or the view has to be shown without any. */
  show(view: View, findings: readonly Finding[]): void;
  /** Something went wrong that is not the user's. */
  failed(what: string, error: unknown): void;
}

/** How long a document has to rest before ShellCheck and registries are asked, in milliseconds. */
const rest = 120;

/**
 * Lints open documents. A change is linted in the next turn of the event loop, so that edits that have already arrived count once; what the
 * outside world knows is asked afterwards, and answers that come too late for their version are dropped.
 */
export class Linting {
  readonly #options: LintingOptions;
  readonly #waiting = new Set<string>();
  readonly #setups = new Map<string, { promise: Promise<Setup>; value: Setup | null }>();
  readonly #findings = new WeakMap<View, { readonly setup: Setup; readonly findings: readonly Finding[] }>();
  readonly #asking = new Map<string, { timer: NodeJS.Timeout; abort: AbortController; done: Promise<void> }>();

  constructor(options: LintingOptions) {
    this.#options = options;
  }

  /** Lint the document soon. */
  schedule(uri: string): void {
    if (this.#waiting.size === 0) setImmediate(() => this.#run());
    this.#waiting.add(uri);
  }

  /** Read settings and configurations again, for one document or for all. */
  reset(uri?: string): void {
    if (uri === undefined) this.#setups.clear();
    else this.#setups.delete(uri);
    for (const { uri: open } of this.#options.documents.open.all()) if (uri === undefined || uri === open) this.schedule(open);
  }

  close(uri: string): void {
    this.#waiting.delete(uri);
    this.#setups.delete(uri);
    this.#stopAsking(uri);
  }

  dispose(): void {
    for (const uri of [...this.#asking.keys()]) this.#stopAsking(uri);
    this.#waiting.clear();
  }

  setup(uri: string): Promise<Setup> {
    const known = this.#setups.get(uri);
    if (known) return known.promise;
    const entry: { promise: Promise<Setup>; value: Setup | null } = { promise: this.#configure(uri), value: null };
    entry.promise.then(
      (value) => (entry.value = value),
      () => undefined,
    );
    this.#setups.set(uri, entry);
    return entry.promise;
  }

  /** The findings of a view; linted once. */
  findings(view: View, setup: Setup): readonly Finding[] {
    const { settings, configured } = setup;
    if (!settings.enable || configured.ignored) return [];
    const known = this.#findings.get(view);
    if (known?.setup === setup) return known.findings;
    const findings = configured.lint(view.source).flatMap((finding) => {
      const severity = customized(finding.rule, finding.severity, settings);
      return severity === null ? [] : [{ ...finding, severity }];
    });
    this.#findings.set(view, { setup, findings });
    return findings;
  }

  /** Resolves when what the outside world is asked about a document has been answered. */
  async settled(uri: string): Promise<void> {
    await this.#asking.get(uri)?.done;
  }

  /** Starts asking the outside world about a view, and forgets what was asked about its earlier versions. */
  ask(view: View, { settings, configured }: Setup): void {
    this.#stopAsking(view.uri);
    if (!settings.enable || configured.ignored) return;
    const abort = new AbortController();
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    abort.signal.addEventListener("abort", finish);
    const timer = setTimeout(() => {
      this.#request(view, { settings, configured }, abort.signal)
        .catch((error: unknown) => this.#options.failed("asking ShellCheck or a registry", error))
        .finally(finish);
    }, rest);
    this.#asking.set(view.uri, { timer, abort, done });
  }

  async #request(view: View, { settings, configured }: Setup, signal: AbortSignal): Promise<void> {
    const { engine, documents } = this.#options;
    const requests = configured.requests(view.source).filter(({ kind }) => kind !== "shellcheck" || settings.shellcheck);
    if (requests.length === 0) return;
    const isNew = await engine.answer(requests, signal);
    if (isNew && !signal.aborted && documents.isCurrent(view)) this.#showAgain(view.uri);
  }

  #showAgain(uri: string): void {
    const view = this.#options.documents.view(uri);
    const setup = this.#setups.get(uri)?.value;
    if (view && setup) this.#options.show(view, this.findings(view, setup));
  }

  #stopAsking(uri: string): void {
    const asked = this.#asking.get(uri);
    if (!asked) return;
    clearTimeout(asked.timer);
    asked.abort.abort();
    this.#asking.delete(uri);
  }

  #run(): void {
    const uris = [...this.#waiting];
    this.#waiting.clear();
    for (const uri of uris) this.#lint(uri);
  }

  #lint(uri: string): void {
    const { documents, show, failed } = this.#options;
    const view = documents.view(uri);
    if (!view) return;
    const known = this.#setups.get(uri)?.value;
    if (!known) {
      this.setup(uri).then(
        () => this.schedule(uri),
        (error: unknown) => failed("reading the configuration", error),
      );
      return;
    }
    show(view, this.findings(view, known));
    this.ask(view, known);
  }

  async #configure(uri: string): Promise<Setup> {
    const { engine, settingsOf, trusted } = this.#options;
    const settings = await settingsOf(uri);
    const configured = await engine.configure(pathOf(uri), { trusted: trusted(), configFile: settings.configFile });
    return { settings, configured };
  }
}
