import type { Registry } from "../../registry/index.ts";
import { pinFiles } from "../run.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
export const a = digest("a");
export const b = digest("b");

/** Every image has the digest `a`, but `gone` is not there. */
export const fakeRegistry = (): Registry & { readonly asked: string[] } => {
  const asked: string[] = [];
  const unused = () => Promise.reject(new Error("not asked for"));
  return {
    asked,
    digest(reference) {
      asked.push(reference);
      const message = `\`${reference}\` could not be looked up: it is gone.`;
      return Promise.resolve(reference.includes("gone") ? { problem: "not-found", reference, message } : { digest: a });
    },
    answer: unused,
    tags: unused,
    close: () => undefined,
  };
};

/** A file with one image, and one with all that may become of images. */
export const files = [
  { path: "a/Dockerfile", text: `FROM debian:13\nRUN true\n` },
  { path: "b/Dockerfile", text: `ARG TAG=1\nFROM debian:13@${b}\nFROM gone:1\nFROM old:$TAG\nFROM debian:13@${a}\n` },
];

/** Pins them. */
export function run(options: { update?: boolean; check?: boolean } = {}) {
  const registry = fakeRegistry();
  return pinFiles({ files, registryOf: () => registry, update: false, check: false, ...options });
}
