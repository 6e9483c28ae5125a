/** Works on several items at a time, at most `ahead`, and gives the results in the order of the items. */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  ahead: number,
): AsyncGenerator<Result> {
  const waiting: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // A rejection waits for its turn, too.
    result.catch(() => undefined);
    waiting.push(result);
    if (waiting.length >= ahead) yield (await waiting.shift()) as Result;
  }
  for (const result of waiting) yield await result;
}
