import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAnswer, writeAnswer } from './answer-file.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'backcourt-answer-file-'));
  folder = join(parent, 'answers');
});
afterEach(() => rmSync(parent, { recursive: true }));

const question = '{"asked":"status"}';
const answer = {
  exitCode: 5,
  spoken: [
    { stream: 'stdout', text: 'two\nlines, "quoted"\n' },
    { stream: 'stderr', text: 'ünïcode end\n' },
    { stream: 'stdout', text: '' },
  ],
} as const;

it('gives back what was kept, in its order', () => {
  writeAnswer(folder, { question, ...answer });
  expect(readAnswer(folder, question)).toEqual(answer);
});

it('knows nothing of another question', () => {
  writeAnswer(folder, { question, ...answer });
  expect(readAnswer(folder, '{"asked":"plan"}')).toBeUndefined();
});

it('is of the user alone', () => {
  writeAnswer(folder, { question, ...answer });
  chmodSync(folder, 0o777);
  expect(readAnswer(folder, question)).toBeUndefined();
  writeAnswer(folder, { question: 'another', ...answer });
  expect(readdirSync(folder)).toHaveLength(1);
});

it('follows no link that somebody has laid', () => {
  const elsewhere = join(parent, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, folder);
  writeAnswer(folder, { question, ...answer });
  expect(readdirSync(elsewhere)).toEqual([]);
});

it('is not half an answer, wherever a file was cut off', () => {
  writeAnswer(folder, { question, ...answer });
  const path = join(folder, readdirSync(folder)[0] ?? '');
  for (let length = readFileSync(path).length - 1; length >= 0; length -= 1) {
    truncateSync(path, length);
    expect(readAnswer(folder, question), `${length} bytes`).toBeUndefined();
  }
});

it('forgets the oldest of many', () => {
  for (let number = 0; number < 40; number += 1) {
    writeAnswer(folder, { question: `${number}`, ...answer });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (readFileSync(path, 'utf8').startsWith(`${number}\n`)) utimesSync(path, number, number);
    }
  }
  expect(readdirSync(folder)).toHaveLength(30);
  expect(readAnswer(folder, '9')).toBeUndefined();
  expect(readAnswer(folder, '10')).toEqual(answer);
});

it('keeps nothing that is larger than what it would spare', () => {
  const spoken = [{ stream: 'stdout', text: 'x'.repeat(5_000_000) }] as const;
  writeAnswer(folder, { question, exitCode: 0, spoken });
  expect(readAnswer(folder, question)).toBeUndefined();
});
