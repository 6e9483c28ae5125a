import type { Node, NodeOf, NodeType } from "./nodes.ts";

/** The keys of a node that hold nodes or arrays of nodes. */
type ChildKey<N> = {
  [Key in keyof N]-?: Exclude<N[Key], null> extends Node | readonly Node[] ? Key : never;
}[keyof N];

/** For each node type the keys of its children in the order of the file; a key that holds no node is a type error. */
export const visitorKeys = {
  Dockerfile: ["directives", "instructions"],
  Directive: [],
  Keyword: [],
  Flag: ["value"],
  Word: ["variables"],
  Variable: ["variables"],
  KeyValue: ["key", "value"],
  JsonString: ["variables"],
  ExecForm: ["elements"],
  ShellForm: [],
  Heredoc: ["variables"],
  ImageReference: ["word", "registry", "repository", "tag", "digest"],
  ImagePart: [],
  StageName: [],
  From: ["keyword", "flags", "image", "as", "stage"],
  Run: ["keyword", "flags", "command", "heredocs"],
  Cmd: ["keyword", "flags", "command"],
  Entrypoint: ["keyword", "flags", "command"],
  Shell: ["keyword", "flags", "command"],
  Healthcheck: ["keyword", "flags", "kind", "command"],
  Copy: ["keyword", "flags", "sources", "destination", "heredocs"],
  Add: ["keyword", "flags", "sources", "destination", "heredocs"],
  Env: ["keyword", "flags", "pairs"],
  Label: ["keyword", "flags", "pairs"],
  Arg: ["keyword", "flags", "pairs"],
  Workdir: ["keyword", "flags", "path"],
  User: ["keyword", "flags", "user"],
  Stopsignal: ["keyword", "flags", "signal"],
  Expose: ["keyword", "flags", "ports"],
  Volume: ["keyword", "flags", "paths"],
  Maintainer: ["keyword", "flags", "name"],
  Onbuild: ["keyword", "flags", "instruction"],
  UnknownInstruction: ["keyword", "flags"],
} as const satisfies { readonly [Type in NodeType]: readonly ChildKey<NodeOf<Type>>[] };
