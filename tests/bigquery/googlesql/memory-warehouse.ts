import { googlesqlDialect } from '../../../src/warehouse/sql/googlesql-dialect.ts';
import { type Warehouse, WarehouseError } from '../../../src/warehouse/warehouse.ts';
import { GoogleSqlError } from './googlesql-service.ts';
import { decodeRows, type MemoryDatabase } from './memory-database.ts';

/** A warehouse whose every statement GoogleSQL evaluates, for runs without the REST interface between. */
export function makeMemoryWarehouse(database: MemoryDatabase): Warehouse {
  return {
    location: 'memory',
    dialect: googlesqlDialect,
    query: (sql) => translated(async () => decodeRows(await database.query(sql))),
    stage: (name, select) => translated(() => database.createAs(name, select)),
    dropStage: async (name) => database.drop(name),
    commit: (statements) =>
      translated(async () => {
        const before = database.snapshot();
        try {
          for (const statement of statements) await database.change(statement);
        } catch (error) {
          database.restore(before);
          throw error;
        }
      }),
    exportRows: () => Promise.reject(new Error('nothing is exported here')),
    close: async () => {},
  };
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GoogleSqlError)) throw error;
    const kind = error.isAnalysis ? 'definition' : 'statement';
    throw new WarehouseError(kind, error.message, error.sql);
  }
}
