import { describe, expect, it } from 'vitest';
import { UsageError } from '../../engine/usage-error.ts';
import { loadTables } from '../../table/table-registry.ts';
import { readProcessorOptions } from './processor-options.ts';

const tables = await loadTables();
const named = (...names: readonly string[]) =>
  tables.computed.filter(({ name }) => names.includes(name));
const phase4 = named('team_defense_zone_analysis', 'player_shot_zone_analysis');
const phase3 = named('player_game_summary');

it('nothing given is nothing set', () => {
  expect(readProcessorOptions([], phase4)).toEqual({
    analysisDate: undefined,
    backfillMode: undefined,
    skipDownstreamTrigger: undefined,
    tableOptions: {},
  });
});

it('reads all five options of the manual and the length of the bootstrap', () => {
  expect(
    readProcessorOptions(
      [
        'analysis_date=2023-11-15',
        'backfill_mode=true',
        'skip_downstream_trigger=false',
        'min_games=15',
        'quality_threshold=70',
        'bootstrap_days=0',
      ],
      phase4,
    ),
  ).toEqual({
    analysisDate: '2023-11-15',
    backfillMode: true,
    skipDownstreamTrigger: false,
    tableOptions: { min_games: 15, quality_threshold: 70, bootstrap_days: 0 },
  });
});

describe('a usage error', () => {
  it.each([
    ['no value', ['min_games'], '--option "min_games" is not name=value'],
    ['no name', ['=5'], '--option "=5" is not name=value'],
    ['an unknown option', ['min_game=5'], 'unknown option "min_game"; did you mean "min_games"?'],
    ['one far from all', ['colour=red'], 'unknown option "colour" (known: analysis_date'],
    ['one given twice', ['min_games=5', 'min_games=5'], 'option "min_games" is given twice'],
    ['an empty value', ['min_games='], 'option min_games="" is not a whole number from 1 to 82'],
    ['a fraction', ['min_games=5.5'], 'is not a whole number'],
    ['a word', ['min_games=five'], 'is not a whole number'],
    ['too small', ['min_games=0'], 'from 1 to 82'],
    ['too large', ['min_games=83'], 'from 1 to 82'],
    ['negative', ['quality_threshold=-1'], 'from 0 to 100'],
    ['a second equals sign', ['min_games=5=6'], 'is not a whole number'],
    ['a blank', ['min_games= '], 'is not a whole number'],
    ['another base', ['min_games=0x10'], 'is not a whole number'],
    ['a flag that is neither', ['backfill_mode=yes'], 'is neither true nor false'],
    ['a flag without value', ['skip_downstream_trigger='], 'is neither true nor false'],
  ])('%s', (_, given, message) => {
    expect(() => readProcessorOptions(given, phase4)).toThrow(UsageError);
    expect(() => readProcessorOptions(given, phase4)).toThrow(message);
  });

  it('an option that no chosen table has', () => {
    expect(() => readProcessorOptions(['min_games=5'], phase3)).toThrow('unknown option');
  });

  it('names of JavaScript are no options', () => {
    expect(() => readProcessorOptions(['constructor=5'], phase4)).toThrow('unknown option');
    expect(() => readProcessorOptions(['__proto__=5'], phase4)).toThrow('unknown option');
  });
});
