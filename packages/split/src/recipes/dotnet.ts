import { absolute, baseName, isInside } from "../paths.ts";
import { ownerOf } from "../runs.ts";
import { type Action, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt, firstOperand, outputFlag, sourceFoldersOf } from "./compiled.ts";

const isDotnet = ({ command }: Action): boolean => command.name === "dotnet";

const publishes = (action: Action): boolean => isDotnet(action) && firstOperand(action) === "publish";

/** `dotnet publish -o FOLDER`, started as `dotnet NAME.dll`. */
export const dotnet: Recipe = {
  name: "dotnet",
  matches: ({ runs }) => runs.some(({ actions }) => actions.some(publishes)),
  owns: isDotnet,
  draft(subject): Draft {
    const { start } = subject;
    const cut = cutAt(subject, publishes);
    const action = cut.actions.findLast(publishes) as Action;
    const folder = outputFolder(action, subject);
    const dll = start.args.find((word) => word.endsWith(".dll"));
    const path = dll === undefined ? null : absolute(dll, subject.state.workdir);
    if (baseName(start.program) !== "dotnet" || path === null || folder === null || !isInside(path, folder)) {
      throw new Refused(
        "start-not-built",
        start.instruction.startLine,
        `\`${start.program}\` does not start what \`dotnet publish\` writes.`,
        "Publish with `-o` and start the DLL in that folder.",
      );
    }
    return {
      base: runtimeOf(subject),
      cut: cut.run,
      carries: [{ from: "build", path: folder, to: folder, owner: ownerOf(cut) }],
      sourceFolders: sourceFoldersOf(subject.runs, isDotnet),
      implied: [],
      assumptions: [],
    };
  },
};

/** The image of the same tag that runs programs. */
function runtimeOf({ image, stage }: Subject): string {
  const { familiar, tag } = image;
  const version = (tag ?? "latest").replace(/-?sdk-?/, (match) =>
    match.startsWith("-") && match.endsWith("-") ? "-" : "",
  );
  if (familiar === "microsoft/dotnet") {
    // The images of one name have a run-time of ASP.NET since 2.1; before that it has a name of its own.
    const old = /^(1\.\d|2\.0)(\.\d+)?(?=-sdk|$)/.exec(tag ?? "")?.[0];
    if (old !== undefined) return `microsoft/aspnetcore:${old}`;
    if (/^\d+\.\d.*sdk/.test(tag ?? "") && !/preview|rc/.test(tag ?? ""))
      return `microsoft/dotnet:${(tag ?? "").replace("sdk", "aspnetcore-runtime")}`;
  }
  const match = /^(.*\/dotnet\/(?:core\/)?)sdk$/.exec(familiar);
  if (!match?.[1]) {
    throw new Refused(
      "no-runtime-image",
      stage.from.startLine,
      `No image is known that has only the run-time of \`${familiar}\`.`,
    );
  }
  // aspnet holds all that runtime holds.
  return `${match[1]}aspnet:${version}`;
}

/** What `-o` names, or the folder that the project's framework and configuration give. */
function outputFolder(action: Action, { context }: Subject): string | null {
  const written = outputFlag(action);
  if (written !== null) return absolute(written, action.cwd);
  const [, project] = action.words.filter((word) => !word.startsWith("-"));
  const projects = (context?.files?.() ?? []).filter((path) => /^[^/]+\.(cs|fs|vb)proj$/.test(path));
  const file = project?.endsWith("proj") === true ? project : projects.length === 1 ? projects[0] : undefined;
  const text = file === undefined ? null : (context?.read(file.replace(/^\.\//, "")) ?? null);
  const framework = /<TargetFramework>\s*([\w.]+)\s*</.exec(text ?? "")?.[1];
  if (file === undefined || framework === undefined || /<(OutputPath|PublishDir|RuntimeIdentifier)>/.test(text ?? ""))
    return null;
  const at = action.words.findIndex((word) => word === "-c" || word === "--configuration");
  const newest = Number(/^net(\d+)\./.exec(framework)?.[1] ?? 0);
  // Since version 8 of the SDK, `publish` is of the release.
  const configuration = at === -1 ? (newest >= 8 ? "Release" : "Debug") : action.words[at + 1];
  const folder = file.includes("/") ? file.replace(/\/[^/]*$/, "/") : "";
  return absolute(`${folder}bin/${configuration ?? ""}/${framework}/publish`, action.cwd);
}
