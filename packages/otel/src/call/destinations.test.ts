import { expect, test } from 'vitest';
import { unnamedHosts } from './destinations.ts';

test('a host that nobody has named is spoken of once, with what to write', () => {
  const said: string[] = [];
  const note = unnamedHosts((line) => said.push(line));
  for (const host of ['127.0.0.1:8080', 'llm.internal', '127.0.0.1:8080']) note(host);
  expect(said).toHaveLength(2);
  expect(said[0]).toContain("hosts: { '127.0.0.1:8080': 'openai' }");
});

test('an app that makes up hosts neither fills the log nor the memory', () => {
  let lines = 0;
  const note = unnamedHosts(() => (lines += 1));
  for (let n = 0; n < 1_000; n++) note(`tenant-${n}.internal`);
  note('tenant-0.internal');
  expect(lines).toBe(256);
});
