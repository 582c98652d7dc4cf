import { expect, it } from 'vitest';
import { qualifyNames } from './qualify-names.ts';

const location = { projectId: 'some-project', prefix: 'dev', region: 'EU' };
const staged = new Map([['staged_x', 'some-project.dev_backcourt.staged_x_a1']]);
const qualify = (sql: string) => qualifyNames(location, sql, staged);

it.each([
  ['FROM nba_raw.shots AS shot', 'FROM `some-project.dev_nba_raw.shots` AS shot'],
  ['DELETE FROM backcourt.runs', 'DELETE FROM `some-project.dev_backcourt.runs`'],
  ['FROM staged_x AS staged', 'FROM `some-project.dev_backcourt.staged_x_a1` AS staged'],
  ['FROM staged_xy', 'FROM staged_xy'],
  ['shot.player_id, nba_raw', 'shot.player_id, nba_raw'],
  [
    "'see nba_raw.shots' || nba_raw.shots",
    "'see nba_raw.shots' || `some-project.dev_nba_raw.shots`",
  ],
  ["'it\\'s nba_raw.shots'", "'it\\'s nba_raw.shots'"],
  ["'a\\\\', nba_raw.shots", "'a\\\\', `some-project.dev_nba_raw.shots`"],
])('%s', (sql, expected) => {
  expect(qualify(sql)).toBe(expected);
});

it('leaves a project without a prefix its names', () => {
  expect(qualifyNames({ ...location, prefix: '' }, 'nba_raw.shots', new Map())).toBe(
    '`some-project.nba_raw.shots`',
  );
});
