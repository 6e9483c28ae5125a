import { dirname } from "node:path/posix";

/** The words of a name, in lower case. */
export const wordsIn = (name: string): readonly string[] => name.toLowerCase().split(/[^a-z0-9]+/);

export const slashes = (filename: string): string => filename.replaceAll("\\", "/");

/** The folder of the file, or the nearest one above it that is not named for an architecture, a system or a version. */
export function folderOf(filename: string): string {
  const folders = dirname(slashes(filename)).split("/");
  return folders.findLast((folder) => !plainFolder.test(folder.toLowerCase())) ?? "";
}

const plainFolder =
  /^(?:\.?|\d[\w.-]*|v\d[\w.-]*|latest|stable|main|amd64|arm64\w*|arm32\w*|x86_64|i386|s390x|ppc64le|linux|windows|(?:alpine|debian|ubuntu|fedora|centos)(?:[\d._-]|slim|trusty|xenial|bionic|focal|jammy|noble|wheezy|jessie|stretch|buster|bullseye|bookworm|trixie)*|docker|images?|dockerfiles?)$/;
