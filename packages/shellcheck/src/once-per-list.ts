/** Remembers what follows from a list of variables as long as the list is there: the scripts of a file have the same one mostly. */
export function oncePerList<List extends readonly unknown[], Result>(
  of: (list: List) => Result,
): (list: List) => Result {
  const known = new WeakMap<List, { readonly result: Result }>();
  return (list) => {
    let found = known.get(list);
    if (!found) known.set(list, (found = { result: of(list) }));
    return found.result;
  };
}
