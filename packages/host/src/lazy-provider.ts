import type { ShellCheckOptions } from "@stagewright/shellcheck";
import type { AnswerProvider } from "./answers.ts";
import type { RegistryOptions } from "./registry/index.ts";
import { unsettledOnly } from "./unsettled-only.ts";

/**
 * ShellCheck's answers, as `./shellcheck.ts` gives them, about scripts that are not known to be clean; nothing but the filter is loaded before a script needs
 * ShellCheck itself.
 */
export const shellCheckProvider = (options: ShellCheckOptions, report: (message: string) => void): AnswerProvider =>
  unsettledOnly(
    lazyProvider("shellcheck", async () => (await import("./shellcheck.ts")).shellCheckProvider(options, report)),
  );

/**
 * What registries know of images, for all files or (`bySettings`) for those whose configuration has `registry.online`; opens no socket before a rule that is on
 * has an image to ask about.
 */
export const registryProvider = (
  options: RegistryOptions & { readonly bySettings?: boolean },
  report: (message: string) => void,
): AnswerProvider => ({
  ...lazyProvider("image", async () => {
    const { createRegistries, imageProvider, registryCacheFolder } = await import("./registry/index.ts");
    const registries = createRegistries({
      offline: false,
      cacheDirectory: registryCacheFolder(process.env),
      ...options,
    });
    return imageProvider(registries, ({ message }) => report(message));
  }),
  serves: ({ registry }) => options.bySettings !== true || registry?.online === true,
});

/** A provider that is loaded when the first file has something to ask it. */
function lazyProvider(kind: AnswerProvider["kind"], load: () => Promise<AnswerProvider>): AnswerProvider {
  let loading: Promise<AnswerProvider> | null = null;
  return {
    kind,
    answer: async (requests, filename, settings, signal) =>
      (await (loading ??= load())).answer(requests, filename, settings, signal),
    close: async () => (await loading)?.close?.(),
  };
}
