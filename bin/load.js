"use strict";
// Loads the bundle with what V8 compiled when it was built. Node 22 and later have a cache for that; Node 20 would compile all of it at each start.
const { existsSync, readFileSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, resolve } = require("node:path");
const { Script } = require("node:vm");

/** What V8 compiled for runs over few files, and for those over many: that is twice as much, and with its flags it costs a run over one file 10 ms. */
const endings = { short: ".cache", long: ".long.cache" };

/** The exports of the command's bundle in a folder. */
exports.load = (folder) => {
  const { short, long } = endings;
  const kinds = meansMany(process.argv.slice(2)) ? [long, short] : [short];
  if (kinds.includes(long)) require("./flags.js");
  return loadWith(join(folder, "stagewright.js"), readerOf(kinds));
};

/** Runs what a thread that lints does. */
exports.loadWorker = (folder) => loadWith(join(folder, "lint-worker.js"), readerOf([endings.long]));

/**
 * Runs the command and writes down what V8 compiled for it, besides what it did before; `kind` is one of the endings. Of a long run all functions, called or not, and also
 * what a thread that lints needs.
 */
exports.record = async (folder, kind) => {
  const isLong = kind === "long";
  if (isLong) require("./flags.js");
  const { setFlagsFromString } = require("node:v8");
  if (isLong) setFlagsFromString("--no-lazy");
  const scripts = new Map();
  const reader = { ...readerOf([endings[kind]]), isScript: isPlain };
  await loadWith(join(folder, "stagewright.js"), reader, scripts).run();
  if (isLong) loadWith(join(folder, "lint-worker.js"), reader, scripts);
  // V8 takes what was compiled only under the flags that were set when it was written down.
  if (isLong) setFlagsFromString("--lazy");
  for (const [file, script] of scripts) writeFileSync(file + endings[kind], script.createCachedData());
};

/** Folders, more than five files, long lists and streams are many files; so is the folder that one is in, where options alone are given. */
function meansMany(args) {
  if (args.length > 20 || args.includes("--stdin-ndjson")) return true;
  const found = args.map(statsOf);
  if (found.some((each) => each?.isDirectory()) || found.filter((each) => each).length > 5) return true;
  const [first = "--"] = args;
  const onlyAsks = ["-h", "--help", "-v", "--version"].includes(first);
  return first.startsWith("-") && !onlyAsks && !args.includes("-") && !found.some((each) => each);
}

/** Long values of options, and what names a file below another one, cannot be looked at. */
function statsOf(path) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Knows which files have been compiled, and what V8 made of them, the best first. */
const readerOf = (kinds) => ({
  isScript: (file) => kinds.some((kind) => existsSync(file + kind)),
  *compiled(file) {
    for (const kind of kinds) if (existsSync(file + kind)) yield readFileSync(file + kind);
  },
});

/** Scripts cannot import ES modules without the help of Node's own loader. */
const isPlain = (file) => !/\bimport\(/.test(readFileSync(file, "utf8"));

/** Loads a module and those that it requires, as scripts where that is possible; all of them are in the cache of `require`, so that none is loaded twice. */
function loadWith(file, reader, scripts = new Map()) {
  const known = Module._cache[file];
  if (known) return known.exports;
  if (!reader.isScript(file)) return require(file);
  const module_ = new Module(file, module);
  module_.filename = file;
  Module._cache[file] = module_;
  const script = toScript(file, reader);
  scripts.set(file, script);
  const folder = dirname(file);
  const requireFrom = (id) => (id.startsWith(".") ? loadWith(resolve(folder, id), reader, scripts) : require(id));
  script.runInThisContext().call(module_.exports, module_.exports, requireFrom, module_, file, folder);
  module_.loaded = true;
  return module_.exports;
}

/** V8 refuses what another version compiled, or the same one under other flags, and compiles. */
function toScript(file, { compiled }) {
  const text = wrapped(file);
  for (const cachedData of compiled(file)) {
    const script = new Script(text, { filename: file, cachedData });
    if (!script.cachedDataRejected) return script;
  }
  return new Script(text, { filename: file });
}

/** What `Module.wrap` gives, in one piece: V8 would copy what is put together of several. The build leaves no character but those of ASCII. */
const wrapped = (file) => Buffer.concat([head, readFileSync(file), tail]).toString("latin1");

const [head, tail] = Module.wrapper.map((part) => Buffer.from(part));
