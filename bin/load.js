"use strict";
// Loads the bundle with what V8 compiled when it was built. Node 22 and later have a cache for that; Node 20 would compile all of it at each start.
const { existsSync, readFileSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, resolve } = require("node:path");
const { Script } = require("node:vm");

/** What V8 compiled for runs over few files, and for those over many: that is half as much again, and to read it costs a small run 4 ms. */
const endings = { short: ".cache", long: ".long.cache" };

/** The exports of the command's bundle in a folder. */
exports.load = (folder) => {
  const { short, long } = endings;
  return loadWith(join(folder, "stagewright.js"), readerOf(meansMany(process.argv.slice(2)) ? [long, short] : [short]));
};

/** Runs what a thread that lints does. */
exports.loadWorker = (folder) => loadWith(join(folder, "lint-worker.js"), readerOf([endings.long]));

/** Runs the command and writes down what V8 compiled for it, besides what it did before; `kind` is one of the endings. Of a long run also what a thread that lints needs. */
exports.record = async (folder, kind) => {
  const scripts = new Map();
  const reader = { ...readerOf([endings[kind]]), isScript: isPlain };
  await loadWith(join(folder, "stagewright.js"), reader, scripts).run();
  if (kind === "long") loadWith(join(folder, "lint-worker.js"), reader, scripts);
  for (const [file, script] of scripts) writeFileSync(file + endings[kind], script.createCachedData());
};

/** Folders and long lists are many files. */
const meansMany = (args) =>
  args.length > 20 || args.some((arg) => statSync(arg, { throwIfNoEntry: false })?.isDirectory());

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
  const text = Module.wrap(readFileSync(file, "utf8"));
  for (const cachedData of compiled(file)) {
    const script = new Script(text, { filename: file, cachedData });
    if (!script.cachedDataRejected) return script;
  }
  return new Script(text, { filename: file });
}
