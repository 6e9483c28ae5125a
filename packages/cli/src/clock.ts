/** Milliseconds since some moment, for differences. `performance` does the same, but is a part of Node that takes a millisecond to load. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
