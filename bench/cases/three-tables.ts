import { isComputed } from '../../src/table/table-registry.ts';
import { bareTableStatements } from '../bare-statements.ts';
import { type BenchContext, rangeFlags } from '../bench-context.ts';
import { atMostTimesBare, type BenchLine } from '../bench-line.ts';
import { measuredSpread, ratioSpread } from '../measurement.ts';
import { withCopy } from '../warehouse-files.ts';
import { measuredPairs } from './measured-pairs.ts';

const asked = [
  'player_game_summary',
  'player_shot_zone_analysis',
  'team_defense_zone_analysis',
] as const;

/** Three tables, with what they are made of, when the files are already loaded. */
export async function threeTables(bench: BenchContext): Promise<readonly BenchLine[]> {
  const loaded = await bench.rawWarehouse();
  const engine = await bench.engine();
  const needed = new Set<string>();
  const visit = (name: string) => {
    const table = engine.world.tables.get(name);
    if (!table || !isComputed(table) || table.phase === 'raw') return;
    needed.add(name);
    for (const input of [...table.inputs.map((own) => own.table), ...(table.after ?? [])]) {
      visit(input);
    }
  };
  for (const name of asked) visit(name);
  const tables = engine.world.tables.computed.filter(({ name }) => needed.has(name));
  const bareLoaded = bench.fresh('bare_loaded');
  bench.progress('three tables');
  await bench.bare(bareLoaded, await bench.bareRaw());
  const statements = bareTableStatements(engine, tables);
  const names = tables.map(({ name }) => name).join(',');
  const run = ['run', '--backfill', '--tables', names, ...rangeFlags(engine.world.calendar.dates)];
  const pairs = await measuredPairs(
    bench.runs,
    () => withCopy(loaded, bench.fresh('three'), (warehouse) => bench.product(warehouse, run)),
    () => withCopy(bareLoaded, bench.fresh('bare_three'), (file) => bench.bare(file, statements)),
  );
  const ratio = ratioSpread(pairs);
  return [
    {
      id: 'h',
      what: 'three tables from loaded files',
      product: measuredSpread(pairs.map((pair) => pair.product)),
      bare: measuredSpread(pairs.map((pair) => pair.bare)),
      ratio,
      targets: [atMostTimesBare(ratio, 1.5)],
      note: names.replaceAll(',', ', '),
    },
  ];
}
