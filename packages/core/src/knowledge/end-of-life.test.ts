import { describe, expect, it } from "vitest";
import { endOfLifeDate, products, releasesOf, supportedOn } from "./end-of-life.ts";

const known = (image: string) => {
  const [repository = "", tag = ""] = image.split(":");
  return releasesOf(repository, tag).map(({ product, release }) => `${product.name} ${release[0]}`);
};

describe("releasesOf", () => {
  it.each([
    ["docker.io/library/debian:12", ["Debian 12"]],
    ["docker.io/library/debian:12.5-slim", ["Debian 12"]],
    ["docker.io/library/debian:bookworm-20240110-slim", ["Debian 12"]],
    ["docker.io/library/ubuntu:focal", ["Ubuntu 20.04"]],
    ["docker.io/library/alpine:3.1", ["Alpine 3.1"]],
    ["docker.io/library/alpine:3.12.3", ["Alpine 3.12"]],
    ["docker.io/library/python:3.8-slim-buster", ["Python 3.8", "Debian 10"]],
    ["docker.io/library/python:2.7", ["Python 2"]],
    ["docker.io/library/node:18.17.0-alpine3.18", ["Node.js 18", "Alpine 3.18"]],
    ["docker.io/library/node:carbon", ["Node.js 8"]],
    ["docker.io/library/golang:1.2", []],
    ["docker.io/library/golang:1.20", ["Go 1.20"]],
    ["docker.io/library/php:7.2-apache", ["PHP 7.2"]],
    ["docker.io/library/php:7", ["PHP 7"]],
    ["docker.io/library/centos:7.9.2009", ["CentOS 7"]],
    ["docker.io/library/centos:centos7.9.2009", ["CentOS 7"]],
    ["quay.io/centos/centos:stream8", ["CentOS stream8"]],
    ["docker.io/library/amazonlinux:2018.03.0.20230404.0", ["Amazon Linux 1"]],
    ["docker.io/library/amazonlinux:2023", ["Amazon Linux 2023"]],
    ["docker.io/library/tomcat:9-jre8-buster", ["Debian 10"]],
    ["docker.io/library/nginx:1.27-alpine", []],
    ["docker.io/library/debian:latest", []],
    ["docker.io/someone/app:1-buster", []],
    ["docker.io/someone/python:3.8", []],
    ["mcr.microsoft.com/dotnet/sdk:6.0-focal", [".NET 6.0", "Ubuntu 20.04"]],
    ["public.ecr.aws/docker/library/python:3.6", ["Python 3.6"]],
    ["mcr.microsoft.com/mirror/docker/library/debian:10", ["Debian 10"]],
  ])("knows %s", (image, expected) => {
    expect(known(image)).toEqual(expected);
  });
});

describe("the table", () => {
  it("has real dates and no release twice", () => {
    for (const { name, releases } of products) {
      const names = releases.flatMap(([version, , ...others]) => [version, ...others]);
      expect(new Set(names).size, name).toBe(names.length);
      for (const [version, lastDay] of releases) {
        if (lastDay !== null) expect(new Date(lastDay).toISOString().slice(0, 10), `${name} ${version}`).toBe(lastDay);
      }
    }
  });

  it("knows something to move to for each product", () => {
    for (const product of products) {
      expect(supportedOn(product, endOfLifeDate), product.name).not.toEqual([]);
    }
  });
});
