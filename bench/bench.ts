/**
 * How fast it is, in one command: whole processes of the compiled command against the same SQL run bare.
 *
 *   npm run bench [-- --only a,c --runs 9 --json --out bench.json]
 *   npm run bench -- --scale 4,20,80
 *
 * On the files of BACKCOURT_REAL_DATA where it is set, else on a simulated league of four seasons.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTables } from '../src/table/table-registry.ts';
import type { BenchContext } from './bench-context.ts';
import type { BenchLine } from './bench-line.ts';
import { correctedBoxScore } from './cases/corrected-box-score.ts';
import { correctedCells } from './cases/corrected-cells.ts';
import { dayByDay } from './cases/day-by-day.ts';
import { fullHistory } from './cases/full-history.ts';
import { nothingToDo } from './cases/nothing-to-do.ts';
import { oneDate } from './cases/one-date.ts';
import { statusAndPlan } from './cases/status-and-plan.ts';
import { threeTables } from './cases/three-tables.ts';
import { lineReport } from './line-report.ts';
import { makeContext } from './make-context.ts';
import { type LineId, readArguments } from './read-arguments.ts';
import { measureScale } from './scale.ts';
import { scaleReport } from './scale-report.ts';
import { realFiles, simulatedFiles } from './source-files.ts';

const cases: Readonly<Record<LineId, (bench: BenchContext) => Promise<readonly BenchLine[]>>> = {
  a: fullHistory,
  c: nothingToDo,
  d: oneDate,
  e: dayByDay,
  f: statusAndPlan,
  g: correctedBoxScore,
  h: threeTables,
  i: correctedCells,
};

const asked = readArguments(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'backcourt-bench-'));
const progress = (text: string) => process.stderr.write(`${text} …\n`);
try {
  if (asked.scale.length > 0) await tellScale();
  else await tellLines();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tellLines(): Promise<void> {
  const realData = process.env['BACKCOURT_REAL_DATA'];
  const source = realData ? realFiles(realData) : await simulatedFiles(folder);
  const bench = makeContext(folder, await loadTables(), source, asked.runs, progress);
  const lines: BenchLine[] = [];
  for (const id of asked.only) lines.push(...(await cases[id](bench)));
  const kind = source.source === 'simulated' ? 'simulated' : 'real';
  const setting = {
    ...machine(),
    data: `${kind} data, ${source.files.length} files`,
    runs: asked.runs,
  };
  tell({ ...setting, lines }, lineReport(setting, lines));
}

async function tellScale(): Promise<void> {
  const scale = await measureScale(folder, await loadTables(), asked.scale, progress);
  tell({ ...machine(), ...scale }, scaleReport(machine(), scale.generatorSeconds, scale.lines));
}

function machine() {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return {
    packageVersion: manifest.version,
    node: process.versions.node,
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
  };
}

function tell(result: object, lines: readonly string[]): void {
  const json = JSON.stringify(result, undefined, 2);
  if (asked.out !== undefined) writeFileSync(asked.out, `${json}\n`);
  console.log(asked.json ? json : lines.join('\n'));
}
