import type { Add, Copy } from "@stagewright/ast";
import { baseName, isInside } from "../paths.ts";
import type { Action, Start, Subject } from "../types.ts";
import type { Segment } from "./segments.ts";
import type { Section } from "./sections.ts";
import type { Output } from "./site.ts";
import type { Survey } from "./survey.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/** What becomes of a part of a RUN. */
export type Class = "build" | "packages" | "upkeep" | "state" | "drop" | "keep";

/** The parts of all RUNs, each with what becomes of it. */
export interface Parts {
  readonly subject: Subject;
  readonly start: Start | null;
  readonly found: Survey;
  readonly sections: readonly Section[];
  readonly outputs: readonly Output[];
  /** Parts that are missing are kept. */
  readonly classes: Map<Segment, Class>;
}

/** It is of that class, or of the other one. */
export function is({ classes }: Parts, segment: Segment, kind: Class, other: Class = kind): boolean {
  const own = classes.get(segment) ?? "keep";
  return own === kind || own === other;
}

/** The paths that a part writes, as far as its words tell. */
export function writesOf({ actions }: Segment): readonly (string | null)[] {
  return actions.flatMap((action) => touchesOf(action).writes);
}

/** A COPY or a part that builds nothing has put it there. */
export function madeByKept(parts: Parts, path: string): boolean {
  const { subject, sections } = parts;
  const { stage } = parts.subject;
  return (
    stage.instructions.some((each) => (each.type === "Copy" || each.type === "Add") && mayBring(each, subject, path)) ||
    sections.some(({ segments }) =>
      segments.some(
        (each) =>
          is(parts, each, "keep", "packages") &&
          each.actions.some(
            (action) =>
              action.command.name !== "rm" &&
              // What is unpacked in the root says nothing of a folder there.
              touchesOf(action).writes.some(
                (written) => written !== null && written !== "/" && isInside(path, written),
              ),
          ),
      ),
    )
  );
}

/** The COPY may put it there; of what goes into the root by its name, nothing else comes. */
function mayBring(instruction: Copy | Add, subject: Subject, path: string): boolean {
  const target = targetOf(instruction, subject) ?? "/-";
  if (target !== "/") return isInside(path, target);
  const isFile = (name: string) => /^[\w./-]*\w\.\w+$/.test(name) && !/\.(tar|tgz|gz|xz|bz2)$/.test(name);
  return instruction.sources.some(({ value }) => !isFile(value) || path === `/${baseName(value)}`);
}

/** The command may read the folder it runs in. */
export const needsPlace = (action: Action): boolean =>
  !touchesOf(action).isKnown &&
  (!placeless.test(action.command.name ?? "") || action.words[0] === "run" || action.words[0] === "link") &&
  !action.command.path.startsWith("/");

/** Commands that are in no table of paths, but do the same wherever they run. */
const placeless =
  /^(useradd|adduser|groupadd|addgroup|usermod|groupmod|chpasswd|passwd|ldconfig|locale-gen|localedef|update-[\w.-]+|a2(en|dis)(mod|site|conf)|systemctl|service|setcap|apt-key|add-apt-repository|dpkg|dpkg-architecture|dpkg-reconfigure|alternatives|debconf-set-selections|docker-php-ext-\w+|pecl|php5?enmod|phpenmod|apt|apt-get|apk|yum|dnf|microdnf|zypper|rpm|npm|corepack|bundle|gem|pip[\d.]*|sync|gpg|for|if|while|do|done)$/;

/** Commands that only print. */
export const noise = new Set(
  "ls pwd echo printf date uname id whoami nproc exit true false : seq break test [ sleep hash".split(" "),
);

/** It unpacks or clones into the folder that it runs in. */
export const isUnpacked = ({ command, words }: Action): boolean =>
  (/^(tar|unzip|bsdtar)$/.test(command.name ?? "") && !words.some((word) => /^(-\w*[Cd]|--directory.*)$/.test(word))) ||
  (command.name === "git" && words.includes("clone"));
