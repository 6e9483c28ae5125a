import { number, Reader, readSections, walkInstructions } from "./wasm-format.js";

/**
 * Gives GHC's code the jumps it was meant to have.
 *
 * GHC's WebAssembly backend has no tail calls: every Haskell function takes no arguments and returns the table index of the function to go on
 * with, and the loop in `StgRun` calls that one. Here each such `return` becomes a `return_call_indirect`, or a `return_call` where the index is a
 * constant. What used to end the loop is the index 0, so slot 0 of the table gets `StgReturn`, which returns 0. Names and the list of
 * features are dropped.
 *
 * @param {Buffer} bytes a module with a `name` section
 * @returns {{ bytes: Buffer, functions: number, direct: number, indirect: number }}
 */
export function useTailCalls(bytes) {
  const sections = readSections(bytes);
  /** @param {number | string} key */
  const at = (key) => {
    const section = sections.find(({ id, name }) => (typeof key === "string" ? name === key : id === key));
    if (!section) throw new Error(`The module has no section ${key}.`);
    const reader = new Reader(bytes, section.start);
    if (section.name !== null) reader.name();
    return { section, reader };
  };

  const jumpType = findJumpType(at(1).reader);
  const imported = countImportedFunctions(at(2).reader);
  const types = readTypes(at(3).reader);
  const names = readFunctionNames(at("name"));
  const table = readTable(at(9).reader);
  const stgReturn = [...names].find(([, name]) => name === "StgReturn")?.[0];
  if (stgReturn === undefined) throw new Error("The module has no StgReturn.");
  /** @param {number} index */
  const jumps = (index) => types[index - imported] === jumpType && isHaskell(names.get(index) ?? "");

  const counts = { functions: 0, direct: 0, indirect: 0 };
  const indirectJump = Buffer.concat([Buffer.from([0x13]), number(jumpType), Buffer.from([0])]);
  const { section: codeSection, reader } = at(10);
  const bodies = [];
  const functions = reader.unsigned();
  for (let index = imported; index < imported + functions; index++) {
    const size = reader.unsigned();
    const start = reader.offset;
    const end = start + size;
    const body = jumps(index) ? Buffer.concat(rewrite(start, end)) : bytes.subarray(start, end);
    bodies.push(number(body.length), body);
    reader.offset = end;
  }
  if (reader.offset !== codeSection.end) throw new Error("The code section does not end with its last function.");

  /** @param {number} start @param {number} end */
  function rewrite(start, end) {
    counts.functions++;
    const parts = [];
    const body = new Reader(bytes, start);
    body.list(() => [body.unsigned(), body.byte()]);
    let kept = start;
    let constant = { start: -1, end: -1, value: 0 };
    walkInstructions(body, end, (opcode, at, after, value) => {
      if (opcode === 0x41) constant = { start: at, end: after, value };
      if (opcode !== 0x0f) return;
      const target = constant.end === at ? table.get(constant.value) : undefined;
      if (target === undefined) {
        counts.indirect++;
        parts.push(bytes.subarray(kept, at), indirectJump);
      } else {
        counts.direct++;
        parts.push(bytes.subarray(kept, constant.start), Buffer.from([0x12]), number(target));
      }
      kept = after;
    });
    parts.push(bytes.subarray(kept, end));
    return parts;
  }

  const output = [bytes.subarray(0, 8)];
  for (const { id, name, start, end } of sections) {
    if (name === "name" || name === "target_features") continue;
    let content = [bytes.subarray(start, end)];
    if (id === 10) content = [number(functions), Buffer.concat(bodies)];
    if (id === 9) {
      const elements = new Reader(bytes, start);
      const segments = elements.unsigned();
      const slotZero = Buffer.concat([Buffer.from([0, 0x41, 0, 0x0b, 1]), number(stgReturn)]);
      content = [number(segments + 1), bytes.subarray(elements.offset, end), slotZero];
    }
    const length = content.reduce((sum, part) => sum + part.length, 0);
    output.push(Buffer.from([id]), number(length), ...content);
  }
  return { bytes: Buffer.concat(output), ...counts };
}

/** Names of what GHC generated, or wrote in Cmm: code that returns where to go on. @param {string} name */
const isHaskell = (name) =>
  name !== "StgReturn" &&
  (/(_entry|_ret|_fast|_slow)$/.test(name) || /^_blk_/.test(name) || /^(stg_|__stg_gc)/.test(name));

/** The type without parameters and with one i32 as its result. @param {Reader} reader */
function findJumpType(reader) {
  const found = reader
    .list(() => {
      reader.byte();
      const parameters = reader.list(() => reader.byte());
      const results = reader.list(() => reader.byte());
      return parameters.length === 0 && results.length === 1 && results[0] === 0x7f;
    })
    .indexOf(true);
  if (found < 0) throw new Error("The module has no function that could be Haskell's.");
  return found;
}

/** @param {Reader} reader */
function countImportedFunctions(reader) {
  return reader
    .list(() => {
      reader.name();
      reader.name();
      const kind = reader.byte();
      if (kind === 0) reader.unsigned();
      else throw new Error("The module imports something that is no function.");
      return kind;
    })
    .filter((kind) => kind === 0).length;
}

/** @param {Reader} reader */
const readTypes = (reader) => reader.list(() => reader.unsigned());

/** @param {{ section: import("./wasm-format.js").Section, reader: Reader }} place @returns {Map<number, string>} */
function readFunctionNames({ section, reader }) {
  while (reader.offset < section.end) {
    const kind = reader.byte();
    const end = reader.unsigned() + reader.offset;
    if (kind === 1) return new Map(reader.list(() => [reader.unsigned(), reader.name()]));
    reader.offset = end;
  }
  throw new Error("The module does not name its functions.");
}

/** Function indices by slot of the table, of the one active segment that the linker writes. @param {Reader} reader */
function readTable(reader) {
  const segments = reader.unsigned();
  const flags = reader.unsigned();
  const opcode = reader.byte();
  const offset = reader.signed();
  if (segments !== 1 || flags !== 0 || opcode !== 0x41 || reader.byte() !== 0x0b)
    throw new Error("The table is filled in an unknown way.");
  return new Map(reader.list(() => reader.unsigned()).map((target, slot) => [offset + slot, target]));
}
