import { expect, it } from 'vitest';
import { LruMap } from './lru-map.ts';

it('drops the entry that was set longest ago once it is over its capacity', () => {
  const map = new LruMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 2);
  map.set('a', 3);
  map.set('c', 4);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4]);
});
