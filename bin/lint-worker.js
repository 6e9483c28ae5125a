"use strict";
// What a thread that lints runs.
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");

const dist = join(__dirname, "../dist");
if (enableCompileCache) {
  enableCompileCache();
  require("../dist/lint-worker.js");
} else {
  require("./load.js").loadWorker(dist);
}
