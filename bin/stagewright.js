#!/usr/bin/env node
"use strict";
const { enableCompileCache } = require("node:module");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

// The build lies in dist; this file is there before it, so that npm can link the command.
const dist = join(__dirname, "../dist");
if (!existsSync(dist)) {
  console.error("stagewright: it is not built yet; run `npm run build` in its folder.");
  process.exitCode = 2;
} else if (enableCompileCache) {
  enableCompileCache();
  require("../dist/stagewright.js").run();
} else {
  require("./load.js").load(dist).run();
}
