// Reading WebAssembly's binary format: sections, and the instructions of a function body.

/** A cursor over bytes that reads the format's numbers. */
export class Reader {
  /** @param {Buffer} bytes @param {number} [offset] */
  constructor(bytes, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }
  byte() {
    return this.bytes[this.offset++];
  }
  /** An unsigned LEB128. */
  unsigned() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  /** A signed LEB128 of up to 32 bits. */
  signed() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return byte & 64 ? value - factor * 128 : value;
    }
  }
  skipNumber() {
    while (this.byte() >= 128);
  }
  name() {
    const length = this.unsigned();
    this.offset += length;
    return this.bytes.toString("latin1", this.offset - length, this.offset);
  }
  /** @template T @param {() => T} read @returns {T[]} */
  list(read) {
    return Array.from({ length: this.unsigned() }, read);
  }
}

/** @param {number} value an unsigned number @returns {Buffer} its LEB128 */
export function number(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}

/**
 * @typedef {{ id: number, name: string | null, start: number, end: number }} Section
 * @param {Buffer} bytes
 * @returns {Section[]} start and end are those of the content
 */
export function readSections(bytes) {
  if (bytes.toString("latin1", 0, 8) !== "\0asm\x01\0\0\0") throw new Error("This is no WebAssembly module.");
  const reader = new Reader(bytes, 8);
  const sections = [];
  while (reader.offset < bytes.length) {
    const id = reader.byte();
    const end = reader.unsigned() + reader.offset;
    const start = reader.offset;
    sections.push({ id, name: id === 0 ? reader.name() : null, start, end });
    reader.offset = end;
  }
  return sections;
}

/**
 * Calls `visit` with each instruction from the reader's place to `end`: its opcode, where it starts and ends, and of `i32.const` the number.
 * Throws on what GHC's code generator and clang do not emit for this module.
 *
 * @param {Reader} reader
 * @param {number} end
 * @param {(opcode: number, start: number, end: number, constant: number) => void} visit
 */
export function walkInstructions(reader, end, visit) {
  while (reader.offset < end) {
    const start = reader.offset;
    const opcode = reader.byte();
    let constant = 0;
    if (opcode === 0x41) constant = reader.signed();
    else skipImmediates(reader, opcode);
    visit(opcode, start, reader.offset, constant);
  }
  if (reader.offset !== end)
    throw new Error(`An instruction ends at ${reader.offset}, past its function's end at ${end}.`);
}

/** @param {Reader} reader @param {number} opcode */
function skipImmediates(reader, opcode) {
  const isBlock = opcode >= 0x02 && opcode <= 0x04;
  const isMemoryAccess = opcode >= 0x28 && opcode <= 0x3e;
  const hasIndex =
    opcode === 0x0c ||
    opcode === 0x0d ||
    opcode === 0x10 ||
    opcode === 0x12 ||
    (opcode >= 0x20 && opcode <= 0x26) ||
    opcode === 0xd2;
  const isPlain =
    opcode <= 0x01 ||
    opcode === 0x05 ||
    opcode === 0x0b ||
    opcode === 0x0f ||
    opcode === 0x1a ||
    opcode === 0x1b ||
    (opcode >= 0x45 && opcode <= 0xc4);
  if (isBlock || hasIndex || opcode === 0x42 || opcode === 0x3f || opcode === 0x40 || opcode === 0xd0)
    reader.skipNumber();
  else if (isMemoryAccess || opcode === 0x11 || opcode === 0x13) {
    reader.skipNumber();
    reader.skipNumber();
  } else if (opcode === 0x43) reader.offset += 4;
  else if (opcode === 0x44) reader.offset += 8;
  else if (opcode === 0x0e) for (let targets = reader.unsigned() + 1; targets > 0; targets--) reader.skipNumber();
  else if (opcode === 0x1c) reader.list(() => reader.byte());
  else if (opcode === 0xfc) {
    const extended = reader.unsigned();
    const numbers = extended <= 7 ? 0 : extended === 8 || extended === 10 || extended === 12 || extended === 14 ? 2 : 1;
    for (let index = 0; index < numbers; index++) reader.skipNumber();
  } else if (!isPlain) throw new Error(`Unknown opcode 0x${opcode.toString(16)} at ${reader.offset - 1}.`);
}
