import { describe, expect, test } from "vitest";
import { parseImage } from "../facts/image-reference.ts";
import { baseImage } from "./base-images.ts";

function known(text: string) {
  const image = parseImage(text);
  return image && baseImage(image);
}

const sha256 = `sha256:${"a1".repeat(32)}`;

describe("baseImage", () => {
  test.each([
    ["debian", "debian", "apt", "dash"],
    ["debian:trixie-slim", "debian", "apt", "dash"],
    ["ubuntu:24.04", "ubuntu", "apt", "dash"],
    ["alpine:3.22", "alpine", "apk", "ash"],
    ["busybox", "busybox", null, "ash"],
    ["fedora:42", "fedora", "dnf", "bash"],
    ["rockylinux:9", "redhat", "dnf", "bash"],
    ["centos:7", "redhat", "yum", "bash"],
    ["centos", "redhat", "dnf", "bash"],
    ["amazonlinux:2", "redhat", "yum", "bash"],
    ["amazonlinux:2023", "redhat", "dnf", "bash"],
    ["opensuse/leap:15", "suse", "zypper", "bash"],
    ["archlinux", "arch", "pacman", "bash"],
    ["node:22", "debian", "apt", "dash"],
    ["node:22-alpine", "alpine", "apk", "ash"],
    ["node:22-bookworm-slim", "debian", "apt", "dash"],
    [`python:3.13-alpine@${sha256}`, "alpine", "apk", "ash"],
    ["docker.io/library/golang:1.26", "debian", "apt", "dash"],
    ["public.ecr.aws/docker/library/golang:1.26-alpine", "alpine", "apk", "ash"],
    ["mirror.gcr.io/library/python:3", "debian", "apt", "dash"],
    ["arm64v8/node:22", "debian", "apt", "dash"],
    ["openjdk:8-jdk", "debian", "apt", "dash"],
    ["openjdk:17", "redhat", "dnf", "bash"],
    ["openjdk:17-jdk-slim", "debian", "apt", "dash"],
    ["openjdk:17-jdk-alpine", "alpine", "apk", "ash"],
    ["eclipse-temurin:21", "ubuntu", "apt", "dash"],
    ["eclipse-temurin:21-ubi9-minimal", "redhat", "dnf", "bash"],
    ["maven:3.9-eclipse-temurin-21", "ubuntu", "apt", "dash"],
    ["maven:3-openjdk-17", "redhat", "dnf", "bash"],
    ["maven:3-jdk-8", "debian", "apt", "dash"],
    ["mcr.microsoft.com/dotnet/sdk:8.0", "debian", "apt", "dash"],
    ["mcr.microsoft.com/dotnet/sdk:10.0", "ubuntu", "apt", "dash"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "alpine", "apk", "ash"],
    ["mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled", "distroless", null, null],
    ["mcr.microsoft.com/dotnet/runtime:8.0-azurelinux3.0", "azurelinux", "tdnf", "bash"],
    ["mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022", "windows", null, "cmd"],
    ["mcr.microsoft.com/windows/servercore:ltsc2022", "windows", null, "cmd"],
    ["mcr.microsoft.com/dotnet/framework/sdk:4.8", "windows", null, "cmd"],
    ["python:3.13-windowsservercore-ltsc2022", "windows", null, "powershell"],
    ["gcr.io/distroless/static-debian12", "distroless", null, null],
    ["cgr.dev/chainguard/wolfi-base", "wolfi", "apk", "ash"],
    ["registry.access.redhat.com/ubi9/ubi-minimal", "redhat", "microdnf", "bash"],
    ["registry.access.redhat.com/ubi9", "redhat", "dnf", "bash"],
    ["example.org/team/app:1-alpine", "alpine", "apk", "ash"],
    ["quay.io/centos/centos:stream9", "redhat", "dnf", "bash"],
  ])("of %s", (text, distribution, packageManager, shell) => {
    expect(known(text)).toMatchObject({ distribution, packageManager, shell });
  });

  test.each(["example.org/team/app", "team/app:1", "prom/windows-exporter:1", "constructor"])(
    "is null for %s",
    (text) => {
      expect(known(text)).toBeNull();
    },
  );

  test("knows where bash is", () => {
    expect(known("debian")?.hasBash).toBe(true);
    expect(known("alpine")?.hasBash).toBe(false);
    expect(known("bash:5")?.hasBash).toBe(true);
    expect(known("bash:5")?.shell).toBe("ash");
  });

  test("knows ENV, workdir and user", () => {
    expect(known("alpine")).toMatchObject({ env: [], completeEnv: true, workdir: "/", root: true });
    expect(known("golang")).toMatchObject({ workdir: "/go", root: true, completeEnv: false });
    expect(known("golang")?.env).toContain("GOPATH");
    expect(known("eclipse-temurin:21")?.env).toContain("JAVA_HOME");
    expect(known("nginxinc/nginx-unprivileged")?.root).toBe(false);
    expect(known("gcr.io/distroless/static:nonroot")?.root).toBe(false);
    expect(known("golang:1.26-nanoserver")).toMatchObject({ root: null, workdir: null });
    expect(known("mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled")?.root).toBe(false);
  });
});
