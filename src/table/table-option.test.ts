import { describe, expect, it } from 'vitest';
import {
  bootstrapDays,
  effectiveOptions,
  minGames,
  qualityThreshold,
  rowOptionsText,
} from './table-option.ts';

const declared = [qualityThreshold, bootstrapDays, minGames];

describe('effectiveOptions', () => {
  it('are the defaults of the specification', () => {
    expect(effectiveOptions(declared, {})).toEqual({
      quality_threshold: 0,
      bootstrap_days: 7,
      min_games: 5,
    });
  });

  it('take what is given, zero included, and nothing that is not declared', () => {
    expect(effectiveOptions(declared, { min_games: 8, bootstrap_days: 0, other: 3 })).toEqual({
      quality_threshold: 0,
      bootstrap_days: 0,
      min_games: 8,
    });
    expect(effectiveOptions([], { min_games: 8 })).toEqual({});
  });
});

describe('rowOptionsText', () => {
  it('holds the options that change rows, sorted by name, whatever their order', () => {
    const options = effectiveOptions(declared, { min_games: 8, bootstrap_days: 14 });
    const text = '{"min_games":8,"quality_threshold":0}';
    expect(rowOptionsText(declared, options)).toBe(text);
    expect(rowOptionsText(declared.toReversed(), options)).toBe(text);
  });

  it('is the empty object for a table without such options', () => {
    expect(rowOptionsText([], {})).toBe('{}');
    expect(rowOptionsText([bootstrapDays], { bootstrap_days: 14 })).toBe('{}');
  });

  it('leaves the declaration in its order', () => {
    rowOptionsText(declared, {});
    expect(declared).toEqual([qualityThreshold, bootstrapDays, minGames]);
  });
});
