import type { ParsedImage } from "../facts/types.ts";

/** What makes an image a tool box: an SDK whose tools a finished program does not need, or a JDK, which some programs do. */
export type BaseKind = "sdk" | "jdk" | null;

const sdks = new Set(
  "golang rust maven gradle sbt clojure gcc haskell swift crystallang/crystal nimlang/nim dart elixir mono hseeberger/scala-sbt ekidd/rust-musl-builder rustlang/rust".split(
    " ",
  ),
);

const jdks = new Set(
  "openjdk java eclipse-temurin adoptopenjdk amazoncorretto ibmjava azul/zulu-openjdk bellsoft/liberica-openjdk-alpine".split(
    " ",
  ),
);

/** Bases for people and agents: to hold tools is their purpose. */
const interactive =
  /(^|\/)(jupyter|rocker|gitpod|codercom|vscode|circleci|cimg|jenkins|devcontainers)(\/|$)|android-sdk|jenkins|jupyter|notebook/;

export function baseKind({ registry, repository, familiar, tag }: ParsedImage): BaseKind {
  const version = tag ?? "";
  if (registry === "mcr.microsoft.com")
    return /(^|\/)(dotnet\/(core\/)?sdk|dotnet\/framework\/sdk)$/.test(repository) ? "sdk" : null;
  if (/^microsoft\/(dotnet|aspnetcore-build)$/.test(familiar))
    return familiar.endsWith("build") || version.includes("sdk") ? "sdk" : null;
  if (familiar === "nvidia/cuda") return version.includes("devel") ? "sdk" : null;
  if (familiar === "buildpack-deps") return /curl|scm/.test(version) ? null : "sdk";
  if (familiar === "swift" && version.includes("slim")) return null;
  if (sdks.has(familiar)) return "sdk";
  return jdks.has(familiar) && !/jre/.test(version) ? "jdk" : null;
}

/** Of the same makers, but made to serve an application. */
const serving = /^rocker\/shiny/;

export const isInteractive = ({ familiar }: ParsedImage): boolean =>
  interactive.test(familiar) && !serving.test(familiar);

/** Official images that start a server by themselves. */
const services = new Set(
  "caddy drupal elasticsearch ghost haproxy httpd joomla kong mariadb memcached mongo mysql nextcloud nginx postgis/postgis postgres rabbitmq redis solr tomcat traefik varnish wordpress".split(
    " ",
  ),
);

export const isService = ({ familiar }: ParsedImage): boolean => services.has(familiar);
