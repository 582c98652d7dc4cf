/** What docs/fetch.md says of the files in a folder of answers is held against files that are written. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import {
  type AnswerHead,
  type AnswerNote,
  answerPath,
  isAnswersFolder,
  keepAnswer,
  keepNote,
  prepareFolder,
} from '../../src/fetch/answers-folder.ts';
import type { DatedDocument, ScheduleDocument } from '../../src/fetch/document.ts';
import { lockFolder } from '../../src/fetch/folder-lock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const page = readFileSync(new URL('../../docs/fetch.md', import.meta.url), 'utf8');

/** File → the fields that the page says it has; a row without a file goes on with the one before. */
function toldFields(): ReadonlyMap<string, readonly string[]> {
  const start = page.indexOf('| file | field | is |');
  const rows = page.slice(start, page.indexOf('\n\n', start)).split('\n').slice(2);
  const fields = new Map<string, readonly string[]>();
  let file = '';
  for (const row of rows) {
    const [, name = '', field = ''] = row.split('|').map((cell) => cell.trim());
    file = name || file;
    fields.set(file, [...(fields.get(file) ?? []), ...field.replaceAll('`', '').split(', ')]);
  }
  return fields;
}

test('docs/fetch.md tells each field of the files in a folder of answers', async () => {
  const folder = tempFolder('answer-files');
  const day = gameDate('2023-11-11');
  const head: Required<AnswerHead> = {
    ...{ format: 1, url: 'https://host/path', received_at: '2023-11-11T12:00:00.000Z' },
    ...{ asked_on: day, games: ['0022300001'], etag: '"1"', last_modified: 'now' },
  };
  const note: Required<AnswerNote> = {
    ...{ format: 1, asked_at: '2023-11-11T12:00:00.000Z', asked_on: day },
    ...{ outcome: 'absent', trouble: { kind: 'no_rows' } },
  };
  const kept: ScheduleDocument = { kind: 'schedule', season: 2023 };
  const logs: DatedDocument = {
    ...{ kind: 'logs', season: 2023, date: gameDate('2023-11-10'), gameType: 'regular_season' },
  };
  const clock = {
    ...{ now: () => '2023-11-11T12:00:00.000Z', wallMs: () => 0, elapsedMs: () => 0 },
    ...{ sleep: () => Promise.resolve(), random: () => 0 },
  };
  const holder = { pid: process.pid, host: 'here' };
  const lock = await lockFolder(folder, holder, clock, 0, new AbortController().signal);
  const fieldsOf = (text: string) => Object.keys(JSON.parse(text));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const locked = fieldsOf(read('fetch.lock'));
  lock.release();
  expect([existsSync(join(folder, 'fetch.lock')), isAnswersFolder(folder)]).toEqual([false, false]);
  prepareFolder(folder);
  expect(isAnswersFolder(folder)).toBe(true);
  keepAnswer(folder, kept, head, '{}');
  keepNote(folder, logs, note);

  const told = toldFields();
  expect([...told.keys()]).toEqual([
    ...['`fetch.json`', 'an answer', 'a note', '`pace.json`', '`fetch.lock`'],
  ]);
  expect(told.get('`fetch.json`')).toEqual(fieldsOf(read('fetch.json')));
  const answer = gunzipSync(readFileSync(answerPath(folder, kept))).toString();
  expect(told.get('an answer')).toEqual(fieldsOf(answer));
  expect(told.get('a note')).toEqual(
    fieldsOf(read('logs/2023-24/2023-11-10_regular_season.note.json')),
  );
  expect(told.get('`fetch.lock`')).toEqual(locked);
});
