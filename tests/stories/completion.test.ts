import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { verbList } from '../../src/cli/verb-list.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { linesOf } from '../support/lines.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('completion');
const script = join(folder, 'completion.bash');
const { all, computed } = await loadTables();
const names = (tables: readonly { readonly name: string }[]) => tables.map(({ name }) => name);

beforeAll(async () => {
  writeFileSync(script, (await prepare(['completion', 'bash'])).stdout);
});

/** What bash offers for the last word of a line, of which the words before are typed. */
function offered(...words: readonly string[]): readonly string[] {
  const ask = `source "$0" && complete -p backcourt >&2 && COMP_WORDS=(backcourt "$@") COMP_CWORD=$# && _backcourt && printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['-c', ask, script, ...words], { encoding: 'utf8' });
  expect([run.status, run.stderr]).toEqual([0, 'complete -o default -F _backcourt backcourt\n']);
  return linesOf(run.stdout).filter((line) => line !== '');
}

test('verbs, by what they begin with', () => {
  expect(offered('')).toEqual(['help', ...names(verbList)]);
  expect(offered('ex')).toEqual(['explain', 'export']);
  expect(offered('help', 'des')).toEqual(['describe']);
});

test.each(names(verbList))('every flag that %s takes', async (verb) => {
  const { stdout } = await backcourt([verb, '--help']);
  const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
  expect([...offered(verb, '--')].sort()).toEqual(flags.sort());
});

test('tables: behind a verb that takes one, and between the commas of a list', () => {
  expect(offered('describe', '')).toEqual(names(all));
  expect(offered('export', 'player_b')).toEqual(['player_box']);
  expect(offered('diff', '')).toEqual(names(computed));
  expect(offered('diff', 'player_daily_cache', '')).toEqual([]);
  expect(offered('verify', '--tables', 'player_b')).toEqual(['player_box']);
  expect(offered('run', '--tables', 'player_box')).toEqual([]);
  expect(offered('run', '--tables', 'player_game_summary,ml_')).toEqual([
    'player_game_summary,ml_feature_store',
    'player_game_summary,ml_feature_store_v2',
  ]);
});

test('files are left to the shell', () => {
  expect(offered('run', '--warehouse', 'n')).toEqual([]);
  expect(offered('ingest', 'n')).toEqual([]);
});

test('a shell that nobody knows', async () => {
  const { exitCode, stderr } = await backcourt(['completion', 'tcsh']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('none of bash, zsh, fish')]);
});
