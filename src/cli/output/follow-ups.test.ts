import { expect, it } from 'vitest';
import { loadTables } from '../../table/table-registry.ts';
import { makeFollowUps } from './follow-ups.ts';

const { computed } = await loadTables();
const job = {
  invocation: { command: 'npx backcourt', self: 'npx node zones_backfill.ts' },
  command: (text: string) => text,
};

it('a job retries its own table; what daily mode has added is retried by run', () => {
  const asked = computed.filter(({ name }) => name === 'team_defense_zone_analysis');
  const flags = {
    backfill: true,
    rewrite: false,
    restateOptions: false,
    option: ['backfill_mode=false', 'min_games=7'],
    allowShrink: false,
    warehouse: './nba.duckdb',
  };
  const { retry } = makeFollowUps(job, flags, computed, asked);
  expect(retry('team_defense_zone_analysis', ['2023-11-15'])).toBe(
    'npx node zones_backfill.ts --dates 2023-11-15 --option backfill_mode=false --option min_games=7',
  );
  expect(retry('player_game_summary', ['2023-11-14'])).toBe(
    'npx backcourt run --tables player_game_summary --backfill --dates 2023-11-14 --option backfill_mode=false',
  );
});
