"use strict";
const { setFlagsFromString } = require("node:v8");

// V8 optimises a function after so many bytes of its code, or calls of it, on each thread for itself and on the cores that lint. Later, the threads do the same work in less
// CPU time; docs/internals/decisions/worker-threads.md has the figures. It has to stand before anything is loaded: what was compiled under other flags is compiled again.
// Other versions may not know these flags.
const flags = { 11: "--interrupt-budget=1000000", 13: "--invocation-count-for-turbofan=30000" };
const flag = flags[process.versions.v8.split(".")[0]];
if (flag) setFlagsFromString(flag);
