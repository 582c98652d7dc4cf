import type { MemoryDatabase, Table, TableOptions } from '../googlesql/memory-database.ts';
import { JobError } from './job-error.ts';
import { refuseDdl } from './limits.ts';
import type { CreatedColumn, Ddl, Options } from './parse-ddl.ts';
import { partitionValues, withoutExpired } from './partition-values.ts';
import { refuseRows } from './refuse-rows.ts';
import type { ScriptJob, Shared } from './run-script.ts';
import { onlyValue } from './script-values.ts';

interface Surroundings {
  readonly shared: Shared;
  readonly job: ScriptJob;
  /** Tables of the script alone. */
  readonly temporary: Map<string, Table>;
  view(sql: string): MemoryDatabase;
}

const dayMs = 86_400_000;

/** Carries out a statement about a table. @returns partitions written. @throws JobError */
export async function carryOutDdl(surroundings: Surroundings, ddl: Ddl): Promise<number> {
  const { shared, job, temporary } = surroundings;
  const { database } = shared;
  if (shared.rules().limits) refuseDdl(ddl);
  const known = temporary.get(ddl.table) ?? database.tables().get(ddl.table);
  const metadata = (kind: 'replaces' | 'defines', isPartitioned: boolean) => {
    if (shared.rules().limits) shared.quotas.metadata(ddl.table, kind, isPartitioned, job.now());
  };
  switch (ddl.kind) {
    case 'create':
      return create(surroundings, ddl, known, metadata);
    case 'drop':
      if (!known && !ddl.ifExists)
        throw notFound(shared, `Table ${shared.projectId}:${ddl.table}`, job);
      if (known && !temporary.delete(ddl.table)) {
        metadata('defines', known.partition !== undefined);
        database.drop(ddl.table);
      }
      return 0;
    case 'setOptions': {
      if (!known) throw notFound(shared, `Table ${shared.projectId}:${ddl.table}`, job);
      metadata('defines', known.partition !== undefined);
      const options = await changedOptions(database, known.options, ddl.options);
      // Rows whose time is over are gone, those that are still there stay.
      database.put(ddl.table, withoutExpired({ ...known, options }, Date.now()));
      return 0;
    }
    case 'addColumns': {
      if (!known) throw notFound(shared, `Table ${shared.projectId}:${ddl.table}`, job);
      const added = ddl.columns.filter(
        ({ name }) => !known.columns.some((old) => old.name === name),
      );
      if (added.length === 0) return 0;
      metadata('defines', known.partition !== undefined);
      const scratch = database.branch();
      scratch.create('added', added);
      const columns = [...known.columns, ...(scratch.tables().get('added')?.columns ?? [])];
      const rows = known.rows.map(({ cell }) => ({ cell: [...cell, ...added.map(() => ({}))] }));
      const written = new Map([...(known.written ?? []), ...writtenTypes(added)]);
      database.put(ddl.table, { ...known, columns, rows, written });
      return 0;
    }
    case 'dropColumns': {
      if (!known) throw notFound(shared, `Table ${shared.projectId}:${ddl.table}`, job);
      metadata('defines', known.partition !== undefined);
      const isGone = known.columns.map(({ name }) => ddl.columns.includes(name));
      if (isGone.filter(Boolean).length !== ddl.columns.length) {
        throw new JobError(400, 'invalidQuery', `Column not found: ${ddl.columns.join(', ')}`);
      }
      const left = <T>(all: readonly T[]) => all.filter((_, place) => !isGone[place]);
      const isLeft = (name: string) => !ddl.columns.includes(name);
      database.put(ddl.table, {
        ...known,
        columns: left(known.columns),
        required: new Set([...known.required].filter(isLeft)),
        written: new Map([...(known.written ?? [])].filter(([name]) => isLeft(name))),
        rows: known.rows.map(({ cell }) => ({ cell: left(cell) })),
      });
      return 0;
    }
    case 'dropNotNull': {
      if (!known) throw notFound(shared, `Table ${shared.projectId}:${ddl.table}`, job);
      metadata('defines', known.partition !== undefined);
      const required = new Set([...known.required].filter((name) => name !== ddl.column));
      database.put(ddl.table, { ...known, required });
      return 0;
    }
  }
}

async function create(
  { shared, job, temporary, view }: Surroundings,
  ddl: Extract<Ddl, { readonly kind: 'create' }>,
  known: Table | undefined,
  metadata: (kind: 'replaces' | 'defines', isPartitioned: boolean) => void,
): Promise<number> {
  const { database, rules } = shared;
  const { table: name, isTemporary, select, partition } = ddl;
  const [datasetName = ''] = name.split('.');
  const dataset = shared.datasets.find(datasetName);
  if (!isTemporary && !dataset) {
    throw notFound(shared, `Dataset ${shared.projectId}:${datasetName}`, job);
  }
  if (known && ddl.ifThere === 'keep') return 0;
  if (known && ddl.ifThere === 'fail') {
    throw new JobError(409, 'duplicate', `Already Exists: Table ${shared.projectId}:${name}`);
  }
  if (!isTemporary)
    metadata(ddl.ifThere === 'replace' ? 'replaces' : 'defines', partition !== undefined);
  const options = isTemporary ? {} : await createdOptions(shared, ddl, dataset);
  const made =
    select === undefined
      ? emptyTable(database, ddl)
      : await view(select).tableOf(select, { random: rules().order ? shared.random : undefined });
  const table = { ...made, partition, options };
  refuseRows(rules(), name, { ...table, rows: [] }, { removed: new Set(), added: table.rows });
  if (isTemporary) temporary.set(name, table);
  else database.put(name, withoutExpired(table, Date.now()));
  return partitionValues(table, table.rows).size;
}

function emptyTable(
  database: MemoryDatabase,
  { columns }: Extract<Ddl, { kind: 'create' }>,
): Table {
  const scratch = database.branch();
  scratch.drop('made');
  scratch.create('made', columns);
  const made = scratch.tables().get('made');
  if (!made) throw new Error('a table that was not made');
  return { ...made, written: writtenTypes(columns) };
}

/** Types that say more than what they are of. */
function writtenTypes(columns: readonly CreatedColumn[]): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap(({ name, type }) =>
      type.kind === 'NUMERIC' ? [[name, `NUMERIC(${type.precision}, ${type.scale})`]] : [],
    ),
  );
}

/** Options that are NULL count for nothing: then the dataset decides, as where nothing is said. */
async function createdOptions(
  { database, rules }: Shared,
  { options, partition }: Extract<Ddl, { kind: 'create' }>,
  dataset: ReturnType<Shared['datasets']['find']>,
): Promise<TableOptions> {
  const given = await changedOptions(database, {}, options);
  const isSaid = (name: string) =>
    rules().expirations
      ? (options.get(name) ?? 'NULL').toUpperCase() !== 'NULL'
      : options.has(name);
  const partitionMs = Number(dataset?.defaultPartitionExpirationMs ?? 0);
  const tableMs = Number(dataset?.defaultTableExpirationMs ?? 0);
  const partitionDays =
    partition && partitionMs > 0 && !isSaid('partition_expiration_days')
      ? { partitionDays: partitionMs / dayMs }
      : {};
  // What a dataset says of partitions goes before what it says of tables.
  const expires =
    tableMs > 0 && !isSaid('expiration_timestamp') && !(partition && partitionMs > 0)
      ? { expiresAtMs: Date.now() + tableMs }
      : {};
  return { ...given, ...partitionDays, ...expires };
}

async function changedOptions(
  database: MemoryDatabase,
  { expiresAtMs, partitionDays }: TableOptions,
  given: Options,
): Promise<TableOptions> {
  const read = async (name: string, sql: (text: string) => string, old: number | undefined) => {
    const text = given.get(name);
    if (text === undefined) return old;
    if (text.toUpperCase() === 'NULL') return undefined;
    return Number(onlyValue(await database.query(`SELECT ${sql(text)} AS value`)).value);
  };
  const at = await read('expiration_timestamp', (text) => `UNIX_MILLIS(${text})`, expiresAtMs);
  const days = await read(
    'partition_expiration_days',
    (text) => `CAST(${text} AS FLOAT64)`,
    partitionDays,
  );
  return {
    ...(at === undefined ? {} : { expiresAtMs: at }),
    ...(days === undefined ? {} : { partitionDays: days }),
  };
}

function notFound(_: Shared, what: string, { location }: ScriptJob): JobError {
  return new JobError(404, 'notFound', `Not found: ${what} was not found in location ${location}`);
}
