/** Everything that a stream of an SDK gives, in order: how its caller reads it to the end. */
export async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
