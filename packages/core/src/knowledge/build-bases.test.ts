import { expect, test } from "vitest";
import { parseImage } from "../facts/image-reference.ts";
import type { ParsedImage } from "../facts/types.ts";
import { hasCompilers, isApplication, isService } from "./build-bases.ts";

const ask = <Answer>(question: (image: ParsedImage) => Answer, text: string): Answer | undefined => {
  const image = parseImage(text);
  return image ? question(image) : undefined;
};

test.each([
  ["python:3.13", true],
  ["python:3.13-slim", false],
  ["node:22-alpine", false],
  ["buildpack-deps:curl", false],
  ["php:8.4-fpm", true],
  ["nvidia/cuda:12.0-devel-ubuntu22.04", true],
  ["debian:13", false],
  ["nginx", false],
  ["example/app", null],
  ["ghcr.io/example/app", null],
])("%s has compilers: %s", (text, expected) => {
  expect(ask(hasCompilers, text)).toBe(expected);
});

test.each([
  ["homeassistant/home-assistant", true],
  ["ghcr.io/example/scheduler:2", true],
  ["example/scheduler:2-alpine", true],
  ["linuxserver/sabnzbd", true],
  ["ghcr.io/linuxserver/sabnzbd", true],
  ["example/ubuntu-base", false],
  ["example/python3", false],
  ["registry.opensuse.org/opensuse/leap", false],
  ["debian", false],
])("%s is named for an application: %s", (text, expected) => {
  expect(ask(isApplication, text)).toBe(expected);
});

test.each([
  ["nginx:1.29", true],
  ["example/nginx", true],
  ["postgis/postgis:17-3.5", true],
  ["example/nginx-config", false],
  ["debian", false],
])("%s starts a server: %s", (text, expected) => {
  expect(ask(isService, text)).toBe(expected);
});
