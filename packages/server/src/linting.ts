import { createSourceCode, type Finding, type Request } from "@stagewright/core";
import type { Configured, Engine } from "./engine.ts";
import { pathOf, type Documents } from "./documents.ts";
import { customized, type Settings } from "./settings.ts";
import type { View } from "./view.ts";

/** How a document is linted. */
export interface Setup {
  readonly settings: Settings;
  readonly configured: Configured;
}

interface Linted {
  readonly setup: Setup;
  readonly findings: readonly Finding[];
  readonly id: number;
}

export interface LintingOptions {
  readonly engine: Engine;
  readonly documents: Documents;
  settingsOf(uri: string): Promise<Settings>;
  trusted(): boolean;
  /** The path of the workspace folder that holds a document. */
  folderOf(uri: string): string | null;
  /** The view has been linted and is still the newest. */
  show(view: View, setup: Setup): void;
  /** The outside world has answered something new about a document that has not changed since. */
  answered(uri: string): void;
  /** Something went wrong that is not the user's. */
  failed(what: string, error: unknown): void;
}

/** How long a document has to rest before ShellCheck and registries are asked, in milliseconds. */
const rest = 120;

/** How often a text is linted to warm up, how much time that may take, and the pause in which messages are heard, in milliseconds. */
const warmUp = { rounds: 60, milliseconds: 1500, pause: 10 };

/** How long edits that come without a pause may put off the first of them, in milliseconds. */
const patience = 30;

/**
 * Lints open documents. A change is linted as soon as no other has arrived with it, so that edits that come at once count once; what the
 * outside world knows is asked afterwards, and answers that come too late for their version are dropped.
 */
export class Linting {
  readonly #options: LintingOptions;
  readonly #waiting = new Set<string>();
  readonly #setups = new Map<string, { promise: Promise<Setup>; value: Setup | null }>();
  readonly #findings = new WeakMap<View, Linted>();
  #count = 0;
  #scheduled = 0;
  #warm = false;
  readonly #asking = new Map<string, { timer: NodeJS.Timeout; abort: AbortController; done: Promise<void> }>();

  constructor(options: LintingOptions) {
    this.#options = options;
  }

  /** Lint the document soon. */
  schedule(uri: string): void {
    this.#scheduled++;
    if (this.#waiting.size === 0) this.#runAfter(performance.now() + patience, 0);
    this.#waiting.add(uri);
  }

  /**
   * Runs when a turn of the event loop has brought nothing new. The connection handles one message a turn and queues the next one behind
   * what the first has queued, so two turns have to pass.
   */
  #runAfter(deadline: number, seen: number): void {
    setImmediate(() => {
      if (seen === this.#scheduled || performance.now() > deadline) this.#run();
      else this.#runAfter(deadline, this.#scheduled);
    });
  }

  /** Settings and configurations are read again. */
  reset(): void {
    this.#setups.clear();
    for (const uri of [...this.#asking.keys()]) this.stopAsking(uri);
  }

  /** The document is linted while its user types; so is one whose settings are not known yet. */
  lintsOnType(uri: string): boolean {
    return this.#setups.get(uri)?.value?.settings.run !== "onSave";
  }

  close(uri: string): void {
    this.#waiting.delete(uri);
    this.#setups.delete(uri);
    this.stopAsking(uri);
  }

  dispose(): void {
    for (const uri of [...this.#asking.keys()]) this.stopAsking(uri);
    this.#waiting.clear();
  }

  setup(uri: string): Promise<Setup> {
    const known = this.#setups.get(uri);
    if (known) return known.promise;
    const entry: { promise: Promise<Setup>; value: Setup | null } = { promise: this.#configure(uri), value: null };
    entry.promise.then(
      (value) => {
        entry.value = value;
        if (this.#setups.get(uri) === entry) this.#options.documents.useSettings(uri, value.configured.settings);
      },
      () => undefined,
    );
    this.#setups.set(uri, entry);
    return entry.promise;
  }

  /** The findings of a view; linted once. */
  findings(view: View, setup: Setup): readonly Finding[] {
    return this.#linted(view, setup).findings;
  }

  /** Differs when findings may differ. */
  resultId(view: View, setup: Setup): string {
    return String(this.#linted(view, setup).id);
  }

  #linted(view: View, setup: Setup): Linted {
    const known = this.#findings.get(view);
    if (known?.setup === setup) return known;
    const linted = { setup, findings: this.#lintNow(view, setup), id: ++this.#count };
    this.#findings.set(view, linted);
    return linted;
  }

  #lintNow(view: View, { settings, configured }: Setup): Finding[] {
    if (!settings.enable || configured.ignored) return [];
    return configured.lint(view.source).flatMap((finding) => {
      const severity = customized(finding.rule, finding.severity, settings);
      if (severity === finding.severity) return [finding];
      return severity === null ? [] : [{ ...finding, severity }];
    });
  }

  /** Resolves when what the outside world is asked about a document has been answered. */
  async settled(uri: string): Promise<void> {
    await this.#asking.get(uri)?.done;
  }

  /** Asks the outside world what it has not answered yet about a view, and forgets what was asked about its earlier versions. */
  ask(view: View, { settings, configured }: Setup): void {
    this.stopAsking(view.uri);
    if (!settings.enable || configured.ignored) return;
    const file = pathOf(view.uri);
    const asked = configured.requests(view.source).filter(({ kind }) => this.#mayAsk(kind, settings, configured, file));
    const open = asked.filter((request) => view.source.answers.get(request) === undefined);
    if (open.length === 0) return;
    const abort = new AbortController();
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    abort.signal.addEventListener("abort", finish);
    const { engine, documents, answered, failed } = this.#options;
    const known = (answers: ReadonlyMap<string, unknown>): void => {
      if (abort.signal.aborted || answers.size === 0 || !documents.isCurrent(view)) return;
      documents.addAnswers(view.uri, answers, asked);
      answered(view.uri);
    };
    const timer = setTimeout(() => {
      engine
        .answer(open, { file, settings: configured.settings, signal: abort.signal }, known)
        .catch((error: unknown) => failed("asking ShellCheck or a registry", error))
        .finally(finish);
    }, rest);
    this.#asking.set(view.uri, { timer, abort, done });
  }

  #mayAsk(kind: Request["kind"], settings: Settings, configured: Configured, file: string | null): boolean {
    if (kind === "shellcheck") return settings.shellcheck;
    // What a file names is up to who wrote it, and its host would learn that the file has been opened.
    if (kind === "image") {
      return (settings.registry || configured.settings.registry?.online === true) && this.#options.trusted();
    }
    return file !== null;
  }

  /** Answers to what was asked about the document come too late from now on. */
  stopAsking(uri: string): void {
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
    show(view, known);
    this.ask(view, known);
    this.warmUp(view, known);
  }

  /** Once, for the first document: lints it again and again while nobody waits, so that all is compiled by the time that somebody types. */
  warmUp({ source: { text } }: View, { settings, configured }: Setup): void {
    if (this.#warm || !settings.enable || configured.ignored) return;
    this.#warm = true;
    let [rounds, spent] = [0, 0];
    const round = (): void => {
      const start = performance.now();
      configured.lint(createSourceCode(text, { settings: configured.settings }));
      spent += performance.now() - start;
      if (++rounds < warmUp.rounds && spent < warmUp.milliseconds) setTimeout(round, warmUp.pause).unref();
    };
    setTimeout(round, warmUp.pause).unref();
  }

  async #configure(uri: string): Promise<Setup> {
    const { engine, settingsOf, trusted, folderOf } = this.#options;
    const settings = await settingsOf(uri);
    const configured = await engine.configure(pathOf(uri), {
      trusted: trusted(),
      configFile: settings.configFile,
      folder: folderOf(uri),
    });
    return { settings, configured };
  }
}
