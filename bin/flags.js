"use strict";
const { setFlagsFromString } = require("node:v8");

// V8 11, that of Node 20, optimises a function after so many bytes of its code have run, on each thread for itself and on the cores that lint. With seven times as many the
// threads do the same work in less CPU time. Later versions have a compiler between and other flags, so they are left alone. It has to stand before anything is loaded:
// what was compiled under other flags is compiled again.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=1000000");
