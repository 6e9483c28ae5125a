/** The names of jars that builds of Java write by default, as the manifests of the project say; without the folder. */

/** The jar of a build with this tool; `read` gives the text of a file of the project, or `null`. `null` where the manifests do not say its name. */
export function jarOf(tool: "maven" | "gradle", read: (name: string) => string | null): string | null {
  const first = (...names: readonly string[]) => names.map(read).find((text) => text !== null) ?? "";
  return tool === "maven"
    ? jarOfMaven(first("pom.xml"))
    : jarOfGradle(first("build.gradle", "build.gradle.kts"), first("settings.gradle", "settings.gradle.kts"));
}

/** The jar of a `pom.xml` in `target`; `null` where it is none, or where its name is put together elsewhere. */
export function jarOfMaven(text: string): string | null {
  const bare = text.replace(/<!--[\s\S]*?-->/g, "");
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(bare)?.[1] ?? "";
  const own = bare.replace(
    /<(parent|dependencies|dependencyManagement|plugins|pluginManagement|profiles|modules|repositories|reporting|extensions)>[\s\S]*?<\/\1>/g,
    "",
  );
  const value = (name: string, from = own) => new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(from)?.[1] ?? null;
  if ((value("packaging") ?? "jar") !== "jar") return null;
  const artifact = value("artifactId");
  const version = value("version") ?? value("version", parent);
  const properties = /<properties>([\s\S]*?)<\/properties>/.exec(own)?.[1] ?? "";
  const known: Readonly<Record<string, string | null>> = { artifactId: artifact, version };
  const name = value("finalName") ?? `${artifact ?? "$"}-${version ?? "$"}`;
  const expanded = name.replace(/\$\{(?:project\.|pom\.)?([\w.-]+)\}/g, (whole, key: string) =>
    Object.hasOwn(known, key) ? (known[key] ?? whole) : (value(key, properties) ?? whole),
  );
  return /[${}]|^$/.test(expanded) ? null : `${expanded}.jar`;
}

/** The jar of a `build.gradle` in `build/libs`; `null` where its name is not plainly said, or where there may be several. */
export function jarOfGradle(build: string, settings: string): string | null {
  const said = /\b(?:archiveFileName|archiveName)\b(?:\.set\(|\s*=)?\s*["']([^"'$]+\.jar)["']/.exec(build)?.[1];
  if (said !== undefined) return said;
  if (/archive\w*|base\s*\{|shadow|classifier/i.test(build)) return null;
  const name = /rootProject\.name\s*=\s*["']([^"'$]+)["']/.exec(settings)?.[1];
  const version = /^\s*version\s*=?\s*["']([^"'$]+)["']/m.exec(build)?.[1];
  if (name === undefined || (version === undefined && /^\s*version\b/m.test(build))) return null;
  return `${name}${version === undefined ? "" : `-${version}`}.jar`;
}
