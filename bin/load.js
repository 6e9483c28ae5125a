"use strict";
// Loads the bundle with what V8 compiled when it was built. Node 22 and later have a cache for that; Node 20 would compile all of it at each start.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, resolve } = require("node:path");
const { Script } = require("node:vm");

/** The exports of the command's bundle in a folder. */
exports.load = (folder) => loadWith(join(folder, "stagewright.js"), (file) => existsSync(cacheOf(file)));

/** Runs the command and writes down what V8 compiled for it. */
exports.record = async (folder) => {
  const scripts = new Map();
  await loadWith(join(folder, "stagewright.js"), isPlain, scripts).run();
  for (const [file, script] of scripts) writeFileSync(cacheOf(file), script.createCachedData());
};

const cacheOf = (file) => `${file}.cache`;

/** Scripts cannot import ES modules without the help of Node's own loader. */
const isPlain = (file) => !/\bimport\(/.test(readFileSync(file, "utf8"));

/** Loads a module and those that it requires, as scripts where `isScript` says so; all of them are in the cache of `require`, so that none is loaded twice. */
function loadWith(file, isScript, scripts = new Map()) {
  const known = Module._cache[file];
  if (known) return known.exports;
  if (!isScript(file)) return require(file);
  const module_ = new Module(file, module);
  module_.filename = file;
  Module._cache[file] = module_;
  const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData: compiled(file) });
  scripts.set(file, script);
  const folder = dirname(file);
  const requireFrom = (id) => (id.startsWith(".") ? loadWith(resolve(folder, id), isScript, scripts) : require(id));
  script.runInThisContext().call(module_.exports, module_.exports, requireFrom, module_, file, folder);
  module_.loaded = true;
  return module_.exports;
}

/** V8 refuses it where it is of another version, and compiles. */
function compiled(file) {
  try {
    return readFileSync(cacheOf(file));
  } catch {
    return undefined;
  }
}
