import { type Maker, type Makers, step } from "./made.ts";
import { buildOf, packageKind } from "@stagewright/core";
import { javaBase } from "../bases.ts";
import { jarOf as manifestJar } from "../manifests.ts";
import { absolute, baseName } from "../paths.ts";
import { assume } from "../proof/obligations.ts";
import { type Action, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt, movesOf, sourceFoldersOf } from "./compiled.ts";

const compiles = ({ command }: Action): boolean => buildOf(command)?.jvm ?? false;

/** Maven, Gradle and the like, started as `java -jar FILE`. */
export const jvm: Recipe = {
  name: "jvm",
  matches: ({ runs }) => runs.some(({ actions }) => actions.some(compiles)),
  owns: ({ command }) => buildOf(command)?.jvm === true || /^(mvnw?|gradlew?)$/.test(command.name ?? ""),
  draft(subject): Draft {
    const { imageText, image } = subject;
    const cut = cutAt(subject, compiles);
    const base = javaBase(image) ?? (installsJdk(subject) ? imageText : null);
    if (base === null) {
      throw new Refused(
        "no-runtime-image",
        subject.stage.from.startLine,
        `No image is known that has only the run-time of \`${imageText}\`.`,
        "Name an image whose tag has the version of Java.",
      );
    }
    const jar = absolute(namedJar(jarOf(subject), subject), subject.state.workdir);
    if (jar === null) throw refuseJar(subject);
    const sourceFolders = sourceFoldersOf(subject.runs, compiles);
    const made = movesOf(subject.runs).some(({ to }) => to === jar);
    const inBuild =
      sourceFolders.some((folder) => jar.startsWith(`${folder}/`)) && /\/(target|build\/libs|out)\//.test(jar);
    if (!made && !inBuild) throw refuseJar(subject);
    return {
      base,
      cut: lastOf(subject, jar) ?? cut.run,
      carries: [{ from: "build", path: jar, to: jar, owner: null }],
      sourceFolders,
      implied: [],
      assumptions: [
        ...(isFat(subject) ? [] : [assume(`\`${baseName(jar)}\` holds the libraries that it needs.`, "O5")]),
        ...(base === imageText ? [] : [assume(`\`${base}\` runs what \`${imageText}\` ran.`, "O6", "O7")]),
      ],
    };
  },
};

/** The JDK is a package, which the last stage has as a JRE. */
const installsJdk = ({ runs }: Subject): boolean =>
  runs.some((step) => step.packages.names.some((name) => packageKind(name) === "jdk"));

/** A later RUN may move the jar. */
function lastOf({ runs }: Subject, jar: string) {
  return movesOf(runs).findLast(({ to }) => to === jar)?.run.run ?? null;
}

function jarOf(subject: Subject): string {
  const { program, args } = subject.start;
  if (baseName(program) === "mvn" || baseName(program) === "gradle" || /^(mvnw|gradlew)$/.test(baseName(program))) {
    throw new Refused(
      "starts-by-build-tool",
      subject.start.instruction.startLine,
      `\`${program}\` starts the program, so the image needs it.`,
      "Start the program that is built with `java -jar`.",
    );
  }
  const index = args.indexOf("-jar");
  const path = args[index + 1];
  if (baseName(program) !== "java" || index === -1 || path === undefined) throw refuseJar(subject);
  return path;
}

/** `target/*.jar` stands for the jar that the manifest names. */
function namedJar(path: string, { context }: Subject): string {
  const glob = /^(.*?(?:(target)|build\/libs)\/)[\w.-]*\*[\w.-]*\.jar$/.exec(path);
  if (!glob || !context) return path;
  const name = manifestJar(glob[2] === undefined ? "gradle" : "maven", (file) => context.read(file));
  return name === null ? path : `${glob[1] ?? ""}${name}`;
}

const refuseJar = ({ start }: Subject): Refused =>
  new Refused(
    "start-not-built",
    start.instruction.startLine,
    "The file is not seen to build the jar that it starts.",
    "Start it as `java -jar` with the path at which the build writes it.",
  );

/** The manifest of the build makes one jar with everything in it. */
function isFat({ context }: Subject): boolean {
  const text = ["pom.xml", "build.gradle", "build.gradle.kts"].map((name) => context?.read(name) ?? "").join("\n");
  return /spring-boot|springframework\.boot|maven-shade|maven-assembly|shadow|quarkus.*uber/.test(text);
}

const maven: Maker = (action) => {
  const { words, cwd } = action;
  if (words.some((word) => /^(-v|-version|--version)$/.test(word))) return step;
  const goal = words.find((word) => /^(install|dependency:[\w-]+)$/.test(word));
  return goal === undefined
    ? { kind: "place", folder: cwd }
    : { kind: "paths", paths: ["/root/.m2/repository"], folder: cwd };
};

/** Where Maven works, and its repository. */
export const jvmMakers: Makers = [[/^mvnw?$/, maven]];
