import type { ParsedImage } from "../facts/types.ts";
import { baseImage } from "./base-images.ts";

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

/** Bases for people, agents and builds of others: to hold tools is their purpose. */
const interactive =
  /(^|\/)(jupyter|rocker|gitpod|codercom|vscode|circleci|cimg|jenkins|devcontainers)(\/|$)|android-sdk|jenkins|jupyter|notebook|manylinux|musllinux|dockcross/;

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

/** Images that start a server by themselves; those of other owners by these names do, too. */
const services = new Set(
  "caddy drupal elasticsearch ghost haproxy httpd joomla kong mariadb memcached mongo mysql nextcloud nginx postgis postgres rabbitmq redis solr tomcat traefik varnish wordpress".split(
    " ",
  ),
);

export const isService = ({ familiar }: ParsedImage): boolean => services.has(familiar.split("/").at(-1) ?? "");

/** Words in the names of images that are systems, languages or tool boxes, and no applications. */
const platforms = [
  "base\\w* \\w*build\\w* dev\\w* ci test\\w* tools? toolbox toolchain sdk env environment image runtime workspace playground server core common minimal stack",
  "ubuntu debian alpine centos fedora rhel ubi \\w*linux\\w* \\w*suse\\w* leap tumbleweed rocky busybox arch\\w* raspbian rpi windows cuda cudnn opencl gpu s6 supervisor\\w*",
  "nginx apache httpd lamp lemp python py\\w* scipy numpy \\w*conda node\\w* npm yarn ruby\\w* \\w*rails jruby rvm php java \\w*jdk jre golang go rust perl r r-ver r-base shiny",
  "tidyverse erlang elixir haskell dotnet aspnet\\w* mono swift scala sbt maven gradle lein clojure gcc clang cmake opencv tensorflow pytorch torch caffe mxnet keras v8",
  "jupyter\\w* notebook\\w* datascience ros gazebo texlive latex git docker dind aws\\w* gcloud cloud-sdk kubectl terraform ansible chrome selenium android\\w* flutter qt steamcmd wine vnc desktop",
];

const platform = new RegExp(`(?:^|[/._-])(?:${platforms.join(" ").replaceAll(" ", "|")})(?:$|[/._:-]|\\d)`);

/** An image that is named for neither: what it starts is an application, and images that are built on it start it too. */
export const isApplication = (image: ParsedImage): boolean =>
  image.repository.includes("/") && !image.repository.startsWith("library/") && !platform.test(ownName(image));

/** Without its owner's name. */
const ownName = ({ repository }: ParsedImage): string => repository.slice(repository.indexOf("/") + 1);

/** Official images that are built on `buildpack-deps`, with the compilers of C, unless their tag says otherwise. */
const withCompilers = new Set("buildpack-deps erlang gcc golang haskell node perl pypy python r-base ruby rust swift".split(" ")); // prettier-ignore

/** Whether the image brings compilers of C along; `null` when nothing is known of it. */
export function hasCompilers(image: ParsedImage): boolean | null {
  const tag = image.tag ?? "";
  if (withCompilers.has(image.familiar)) return !/alpine|slim|windows|nanoserver|curl|scm/.test(tag);
  if (image.familiar === "php" || baseKind(image) === "sdk") return true;
  return image.registry === "docker.io" && !image.familiar.includes("/") && baseImage(image) !== null ? false : null;
}
