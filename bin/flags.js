"use strict";
const { setFlagsFromString } = require("node:v8");

// V8 11, that of Node 20, optimises a function after so many bytes of its code have run, on each thread for itself and on the cores that lint. Later, the threads do the same
// work in less CPU time. It also compiles an expression twice, first into code of its own that it interprets; most are tried so often that the first is lost time.
// docs/internals/decisions/worker-threads.md has the figures. It has to stand before anything is loaded: what was compiled under other flags is compiled again, parts of Node too,
// so that it costs a small run 4 ms. Other versions may not know the flags.
if (process.versions.v8.startsWith("11.")) {
  setFlagsFromString("--interrupt-budget=1000000");
  setFlagsFromString("--no-regexp-tier-up");
}
