import { withEither } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { answerCsv, answerJson, answerLines, countLine } from '../../report/answer-report.ts';
import { nearestName } from '../../table/nearest-name.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import type { Answer } from '../../warehouse/duckdb/ask.ts';
import { type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { flag, word } from '../options/input.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** More rows than these nobody reads in a terminal, and what was above them is gone. */
const rowsOnScreen = 100;

/** Asks a DuckDB file one SELECT. */
export const queryVerb = defineVerb({
  inputs: {
    sql: word('one SELECT, in quotes'),
    ...warehouseInputs,
    csv: flag('print CSV with a line of names'),
  },
  example: [
    'backcourt query "SELECT * FROM nba_raw.schedule ORDER BY game_date LIMIT 5"',
    'backcourt query "FROM backcourt.runs" --json',
  ],
  async run(context, tables, { sql, warehouse: location, wait: waitSeconds, csv, json }) {
    if (csv && json) throw new UsageError('--csv cannot be combined with --json');
    if (isBlank(sql)) throw new UsageError('which query? it is one SELECT, in quotes');
    if (parseBigQueryLocation(location)) throw notHere(location);
    const open = { location, mode: 'read', create: false, waitSeconds } as const;
    const answer = await withEither(context, tables, open, {
      duckdb: (warehouse) =>
        warehouse.ask(isShowTables(sql) ? tablesSql : sql).catch(refused(tables)),
      bigquery: async (warehouse: Warehouse): Promise<Answer> => {
        throw notHere(warehouse.location);
      },
    });
    if (csv) context.stdout(`${answerCsv(answer).join('\n')}\n`);
    else {
      const most = context.screenWidth === undefined ? undefined : rowsOnScreen;
      const lines = json ? [countLine(answer)] : answerLines(answer, most);
      printReport(context, json, { lines, json: answerJson(answer), isVerbatim: true });
    }
    return 0;
  },
});

/** Where the engine answers of its schema `main` alone, in which there is nothing. */
function isShowTables(sql: string): boolean {
  return /^\s*SHOW\s+TABLES[\s;]*$/i.test(sql);
}

const tablesSql = `SELECT table_schema || '.' || table_name AS name
FROM information_schema.tables
ORDER BY name`;

/** Nothing but comments, blanks and semicolons, for which the engine has no message. */
function isBlank(sql: string): boolean {
  return /^[\s;]*$/.test(sql.replace(/--.*$|\/\*[\s\S]*?\*\//gm, ''));
}

/** What is typed and cannot be carried out is no fault of the program. */
function refused(tables: TableRegistry): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof WarehouseError) || error.kind !== 'definition') throw error;
    throw new UsageError(`the query was refused: ${withOwnTable(error.message, tables)}`);
  };
}

/** The engine offers tables of its own catalogue for one that is none; meant is one of the warehouse. */
function withOwnTable(message: string, tables: TableRegistry): string {
  return message.replace(
    /(Table with name (\S+) does not exist!)(?:\nDid you mean "[^"]*"\?)?/,
    (_, what: string, name: string) => {
      const near = nearestName(
        name,
        tables.all.map((table) => table.name),
      );
      const meant = near === undefined ? undefined : tables.get(near);
      return meant
        ? `${what}\nDid you mean "${qualifiedName(meant)}"?`
        : `${what}\nSHOW TABLES lists those there are.`;
    },
  );
}

function notHere(location: string): UsageError {
  return new UsageError(
    `"${location}": query asks a DuckDB file; BigQuery is asked with its own tools, for example bq query`,
  );
}
