#!/usr/bin/env node
// The build lies in dist; this file is here before it, so that npm can link the command.
import module from "node:module";

module.enableCompileCache?.();
const { run } = await import("../dist/stagewright.js");
await run();
