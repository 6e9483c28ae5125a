export function useTailCalls(bytes: Buffer): {
  readonly bytes: Buffer;
  readonly functions: number;
  readonly direct: number;
  readonly indirect: number;
};
