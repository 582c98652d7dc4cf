import { expect, it } from 'vitest';
import { hasLostLetters, restoredName } from './restored-name.ts';

const names = [
  'Luka Dončić',
  'Nikola Jokić',
  'Dāvis Bertāns',
  'Élie Okobo',
  'Dennis Schröder',
  'Ömer Aşık',
  'Tomáš Satoranský',
];

it.each(names)('%s is restored from both encodings, and stays as it is', (name) => {
  const bytes = new TextEncoder().encode(name);
  const windows = new TextDecoder('windows-1252').decode(bytes);
  const latin = String.fromCharCode(...bytes);
  expect([restoredName(windows), restoredName(latin), restoredName(name)]).toEqual([
    name,
    name,
    name,
  ]);
  expect(hasLostLetters(name)).toBe(false);
});

it.each(['Luka Don?i?', 'Luka Don\ufffdi\ufffd', 'Luka DonÄi\u0087'])(
  '%s has lost letters',
  (name) => {
    expect(hasLostLetters(restoredName(name))).toBe(true);
  },
);
