import { expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

it('shows what a terminal would obey, and leaves letters, lines and tabs as they are', () => {
  expect(visibleText('Dončić\tルカ\n\u001b[31mred\u0007\r\u009b2J\u007f\u202etxt.exe')).toBe(
    'Dončić\tルカ\n\\u001b[31mred\\u0007\\u000d\\u009b2J\\u007f\\u202etxt.exe',
  );
});

it('keeps a line of JSON the same value', () => {
  const value = { name: 'a\u001b[2J\u009b\\\u007f\u202e"\n' };
  expect(JSON.parse(visibleText(JSON.stringify(value)))).toEqual(value);
});
