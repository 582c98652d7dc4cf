import { expect, it } from 'vitest';
import { gameDate } from '../../calendar/game-date.ts';
import { reasonJson, remedyJson, toJson } from './json.ts';

it('spells every field in snake_case, at any depth, and leaves values alone', () => {
  const value = {
    runId: 'aB',
    parts: [{ rowsWritten: 1, dataHash: undefined }],
    at: { NO_DATA: 2 },
  };
  expect(toJson(value)).toBe('{"run_id":"aB","parts":[{"rows_written":1}],"at":{"NO_DATA":2}}');
});

it('has a reason and a remedy as data, with their words', () => {
  const date = gameDate('2023-11-15');
  expect(reasonJson({ kind: 'input_missing', table: 'player_box', date })).toEqual({
    kind: 'input_missing',
    table: 'player_box',
    date,
    text: 'player_box has no partition for 2023-11-15',
  });
  expect(remedyJson({ verb: 'ingest', source: 'schedule', files: undefined })).toMatchObject({
    verb: 'ingest',
    command: 'backcourt ingest schedule <file>',
  });
  expect(remedyJson(undefined)).toBeUndefined();
});
