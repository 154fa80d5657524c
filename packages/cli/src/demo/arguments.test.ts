import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it.each([
  [[], { kind: 'run', real: false, json: false }],
  [['--json'], { kind: 'run', real: false, json: true }],
  [['--real'], { kind: 'run', real: true, json: false }],
  [['--real', '--help'], { kind: 'help' }],
  [['-h'], { kind: 'help' }],
])('reads %j', (args, request) => {
  expect(readArguments(args)).toEqual(request);
});

it.each([[['--jsn']], [['json']], [['--json=yes']], [['--json', '--real']]])('takes %j for wrong', (args) => {
  expect(readArguments(args)).toEqual({ kind: 'wrong', why: expect.stringMatching(/\w/) });
});
