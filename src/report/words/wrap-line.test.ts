import { expect, test } from 'vitest';
import { wrapLine } from './wrap-line.ts';

test('a line that fits stays as it is, to the last column', () => {
  expect(wrapLine('  one two', 9)).toEqual(['  one two']);
});

test('a longer one is broken between words, and what follows is indented', () => {
  expect(wrapLine('  failed: some rows are not there', 20)).toEqual([
    '  failed: some rows',
    '      are not there',
  ]);
});

test('no word is broken, and none is lost, at any width', () => {
  const line =
    '  player_game_summary  2023-10-24 to 2024-04-14, 120 dates  Only 6/15 days are there';
  for (let width = 1; width <= line.length; width += 1) {
    const lines = wrapLine(line, width);
    expect(lines.join(' ').split(/ +/)).toEqual(line.split(/ +/));
    const words = lines.filter((part) => part.length > width);
    expect(words.every((part) => !part.trim().includes(' ') || width < 24)).toBe(true);
  }
});
