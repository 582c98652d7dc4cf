import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { type Value, WarehouseError } from '../warehouse.ts';
import { toWarehouseError } from './errors.ts';
import { holdsIntegers } from './read-rows.ts';

/** What a query of somebody else's yields. */
export interface Answer {
  /** As the query calls them; one that comes twice has a number. */
  readonly columns: readonly string[];
  /** Integers are numbers while a number can hold them, in lists too; NUMERIC, dates and times are text. */
  readonly rows: readonly (readonly Value[])[];
}

/**
 * Carries out one statement that only reads.
 * @throws WarehouseError `definition` with the whole message of the engine, for several statements, and for one
 * that would write or set anything: a file that is opened for reading does not keep COPY from writing others.
 */
export async function ask(connection: DuckDBConnection, sql: string): Promise<Answer> {
  const statement = await prepareOne(connection, sql).catch((error: unknown) => {
    throw wholeError(error, sql);
  });
  const reader = await statement.runAndReadAll().catch((error: unknown) => {
    throw wholeError(error, sql);
  });
  const integers = reader.columnTypes().map(holdsIntegers);
  return {
    columns: reader.deduplicatedColumnNames(),
    rows: reader
      .getRowsJson()
      .map((row) => row.map((cell, index) => cellValue(cell as Value, integers[index]))),
  };
}

async function prepareOne(connection: DuckDBConnection, sql: string) {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw refusal(`it is ${statements.count} statements; one can be asked at a time`, sql);
  }
  const statement = await statements.prepare(0);
  if (statement.statementType === StatementType.SELECT) return statement;
  throw refusal('it is no SELECT, and nothing else is carried out', sql);
}

const refusal = (message: string, sql: string) => new WarehouseError('definition', message, sql);

function cellValue(cell: Value, isWhole: boolean | undefined): Value {
  if (isWhole !== true || cell === null) return cell;
  if (typeof cell === 'object') return cell.map((element) => cellValue(element, isWhole));
  const whole = Number(cell);
  return Number.isSafeInteger(whole) ? whole : cell;
}

/** What is wrong with a text that somebody typed is often told in the lines after the first. */
function wholeError(error: unknown, sql: string): WarehouseError {
  if (!(error instanceof Error) || error instanceof WarehouseError)
    return toWarehouseError(error, sql);
  const message = error.message.replace(/^Failed to extract statements: /, '').trim();
  const known = toWarehouseError(new Error(message), sql);
  const isOfText = known.kind === 'statement' || known.kind === 'definition';
  return isOfText ? refusal(message, sql) : known;
}
