/**
 * Installs what `npm pack` would publish where Node runs no TypeScript, and uses it like a stranger:
 * `npm run test:package`. Run `npm run build` first.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
// Below node_modules types are not stripped, and the dependencies are found further up.
const place = join(root, 'node_modules', '.backcourt-package');
rmSync(place, { recursive: true, force: true });
mkdirSync(place, { recursive: true });
try {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', place], {
    cwd: root,
    stdio: 'pipe',
  });
  const archive = readdirSync(place).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack made no archive');
  const installed = join(place, 'node_modules', 'backcourt');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(place, archive), '-C', installed, '--strip-components=1']);
  const node = (script: string, ...args: readonly string[]) =>
    execFileSync(process.execPath, [join(installed, script), ...args], {
      cwd: place,
      encoding: 'utf8',
    });
  const use = (...args: readonly string[]) => node(join('bin', 'backcourt.js'), ...args);
  if (!use('--help').includes('backcourt')) throw new Error('the help text is missing');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (use('--version').trim() !== version) throw new Error(`not version ${version}`);
  if (!existsSync(join(installed, 'dist', 'web', 'index.html')))
    throw new Error('the pages are missing');
  const tour = use('demo', '--seasons', '1');
  if (!/player_shot_zone_analysis +\d+\/\d+/.test(tour)) throw new Error(`no grid in:\n${tour}`);
  // A job is compiled module by module, the command into one: both must know the tables by the same versions.
  const range = /--start-date \S+ --end-date \S+/.exec(tour)?.[0].split(' ') ?? [];
  const job = node(
    'dist/backfill_jobs/precompute/ml_feature_store/ml_feature_store_precompute_backfill.js',
    ...[...range, '--warehouse', 'demo.duckdb'],
  );
  if (!job.trimEnd().endsWith('nothing to do')) throw new Error(`a job found work:\n${job}`);
  tryProject(installed);
  const page = await servedPage(join(installed, 'bin', 'backcourt.js'));
  if (!page.includes('<title>Backcourt</title>')) throw new Error(`no page in:\n${page}`);
  console.log(`the package works: ${archive}, a demo of one season ends in the coverage grid`);
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** A project beside the checkout, on the demo: what is exported is there, with its types, and is what the command reads. */
function tryProject(installed: string): void {
  const home = mkdtempSync(join(tmpdir(), 'backcourt-project-'));
  try {
    const inProject = (...args: readonly string[]) =>
      execFileSync(process.execPath, [join(installed, 'bin', 'backcourt.js'), ...args], {
        cwd: join(home, 'mine'),
        encoding: 'utf8',
      });
    mkdirSync(join(home, 'mine'));
    inProject('new', 'project', '.');
    inProject('new', 'table', 'edge', '--each', 'team');
    const tested = inProject('test');
    if (!tested.includes('2 as expected, 0 differ')) throw new Error(`fixtures:\n${tested}`);
    const run = ['run', '--backfill', '--tables', 'shooting_form,edge'];
    const made = inProject(...run, '--warehouse', join(place, 'demo.duckdb'));
    if (!/ 0 blocked, 0 failed/.test(made)) throw new Error(`own tables failed:\n${made}`);
    symlinkSync(join(place, 'node_modules'), join(home, 'mine', 'node_modules'));
    writeFileSync(join(home, 'mine', 'ask.ts'), askScript(join(place, 'demo.duckdb')));
    const asked = execFileSync(process.execPath, ['ask.ts'], {
      cwd: join(home, 'mine'),
      encoding: 'utf8',
    });
    if (asked !== 'asked\n') throw new Error(`the verbs as functions said:\n${asked}`);
    execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')], {
      cwd: join(home, 'mine'),
      stdio: 'inherit',
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What a stranger writes with the verbs as functions; it is type-checked with the project. */
function askScript(warehouse: string): string {
  return `import { checkFixture, openWarehouse, plan, readRows, run, status, UsageError, verify } from 'backcourt/warehouse';
import { gamesBeforeTheDate } from './tables/edge.fixture.ts';

const warehouse = await openWarehouse({ project: '.', warehouse: ${JSON.stringify(warehouse)}, mode: 'write' });
const { expected } = await plan(warehouse);
const { exitCode, written } = await run(warehouse);
const { open } = await status(warehouse);
const { isProven } = await verify(warehouse, { tables: ['edge'], sample: 1 });
const rows = await readRows(warehouse, 'edge', { columns: ['team_abbr', 'scoring_edge'], limit: 2 });
await warehouse.close();
const refused = await openWarehouse({ warehouse: ':memory:' }).then(() => false, (error) => error instanceof UsageError);
const left = open.filter(({ table }) => table === 'edge');
const { differences } = await checkFixture(gamesBeforeTheDate);
const isRight = [expected.units, exitCode, written, left.length, differences.length].every((count) => count === 0) && isProven && rows.length === 2 && refused;
console.log(isRight ? 'asked' : JSON.stringify({ expected, exitCode, written, open, isProven, rows, refused }));
`;
}

/** Starts `serve` on the demo, asks for the first page, stops it. */
async function servedPage(command: string): Promise<string> {
  const args = [command, 'serve', '--port', '0', '--warehouse', 'demo.duckdb'];
  const server = spawn(process.execPath, args, {
    cwd: place,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    for await (const text of server.stdout.setEncoding('utf8')) {
      said += text;
      const url = /shown at (\S+\/),/.exec(said)?.[1];
      if (url !== undefined) return await (await fetch(url)).text();
    }
    throw new Error(`serve ended with: ${said}`);
  } finally {
    server.kill('SIGTERM');
  }
}
