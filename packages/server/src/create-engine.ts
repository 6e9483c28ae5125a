import { baseRequests, collectRequests, fix, lintSource } from "@stagewright/core";
import {
  BuildFiles,
  carriesBuildTools,
  collectAnswers,
  Configs,
  type FileConfig,
  registryProvider,
  settledAnswers,
  shellCheckProvider,
} from "@stagewright/host";
import { type Built, builtAnyhow, builtOf, splitFile } from "@stagewright/host/split";
import { rules } from "@stagewright/rules";
import { createPinner } from "./create-pinner.ts";
import type { ConfigureOptions, Configured, Engine } from "./engine.ts";

/** ShellChecks at a time: each takes 25 MB and more, and an editor has other work for the cores. */
const mostWorkers = 1;

/** The linter with the host's configurations and answers; `report` hears why something of the outside world is not to be had. */
export function createEngine(report: (message: string) => void): Engine {
  const providers = [shellCheckProvider({ workers: mostWorkers }, report), registryProvider({}, report)];
  const pinner = createPinner();
  const configs = new Map<string, Configs>();
  const builds = new BuildFiles();
  /** By absolute path. */
  const built = new Map<string, Built>();

  function configsFor(options: ConfigureOptions, isolated: boolean): Configs {
    const { trusted, configFile, folder } = options;
    const key = JSON.stringify([trusted, configFile, folder, isolated]);
    let known = configs.get(key);
    if (!known) {
      known = new Configs({
        rules,
        trusted,
        isolated,
        file: isolated ? null : configFile,
        env: process.env,
        cwd: folder ?? process.cwd(),
      });
      configs.set(key, known);
    }
    return known;
  }

  return {
    pinner,
    splitter(source, file) {
      if (!carriesBuildTools(source, "low", file ?? undefined)) return null;
      const known = file === null ? undefined : built.get(file);
      const plan = splitFile(source, file, known ?? builtAnyhow);
      return plan.status === "refused" ? null : { text: plan.text, assumptions: plan.assumptions.join("\n") };
    },
    async configure(file, options) {
      const filename = file ?? "Dockerfile";
      const own = configsFor(options, file === null);
      const fileConfig = file === null ? await own.of(filename) : await builds.of(filename, await own.of(filename));
      if (file !== null) {
        built.set(file, await builtOf(file, fileConfig, builds));
      }
      return configured(filename, fileConfig, problemsOf(fileConfig, own.problems));
    },
    forget() {
      configs.clear();
      builds.forget();
    },
    async answer(requests, { file, settings, signal }, known) {
      const kinds = [...new Set(requests.map(({ kind }) => kind))];
      const asked = kinds.map(async (kind) => {
        const own = requests.filter((request) => request.kind === kind);
        known(
          await collectAnswers(
            own,
            file ?? "Dockerfile",
            providers,
            (file !== null && built.get(file)?.context) || undefined,
            settings,
            signal,
          ),
        );
        known(settledAnswers(own, providers));
      });
      await Promise.all(asked);
    },
    async dispose() {
      await Promise.all([...providers.map((provider) => provider.close?.()), pinner.close()]);
    },
  };
}

/** Problems of a file's configuration, those of files that it extends included as far as they are known by then. */
function problemsOf({ source }: FileConfig, problems: readonly string[]): string[] {
  return source === null ? [] : problems.filter((problem) => problem.startsWith(`${source}:`));
}

function configured(
  filename: string,
  { source, ignored, config, rules: all }: FileConfig,
  problems: string[],
): Configured {
  return {
    problems,
    ignored,
    shown: {
      source,
      rules: Object.fromEntries(config.rules),
      codes: Object.fromEntries(config.codeLevels),
      settings: config.settings,
    },
    settings: config.settings,
    rules: new Map(all.map((rule) => [rule.name, rule])),
    lint: (sourceCode) => lintSource(sourceCode, { filename, rules: all, config }),
    requests: (sourceCode) => [...baseRequests(sourceCode), ...collectRequests(sourceCode, all, config)],
    fixed: ({ text, answers }, only) => {
      const fixed = fix(text, { filename, rules: all, config, answers, only }).text;
      return fixed === text ? null : fixed;
    },
  };
}
