import { expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { gameDate } from '../calendar/game-date.ts';
import { storedColumns } from '../table/provenance.ts';
import { qualifiedName } from '../table/table-definition.ts';
import { loadTables } from '../table/table-registry.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import { exportSelect } from './export-select.ts';

test('labels are of the game that the row is about, and not of another one of that date', async () => {
  const warehouse = await openMemoryWarehouse();
  try {
    const tables = await loadTables();
    const table = tables.get('ml_feature_store');
    const actual = tables.get('player_game_summary');
    if (!table || !actual) throw new Error('a table is gone');
    await warehouse.commit(createStatements([table, actual]));
    // What a row holds besides is not what this is about.
    for (const target of [table, actual]) {
      for (const column of storedColumns(target)) {
        await warehouse.write(
          `ALTER TABLE ${qualifiedName(target)} ALTER COLUMN ${column.name} DROP NOT NULL`,
        );
      }
    }
    const day = "DATE '2025-02-03'";
    await warehouse.commit([
      `INSERT INTO nba_predictions.ml_feature_store (universal_player_id, game_date, nba_game_id)
VALUES ('1', ${day}, 'of his old team'), ('2', ${day}, 'of his old team'), ('1', ${day}, 'not finished')`,
      // He was traded and has played for the new team; another one has played where he was expected.
      `INSERT INTO nba_analytics.player_game_summary (universal_player_id, game_date, nba_game_id, is_active, points)
VALUES ('1', ${day}, 'of his new team', TRUE, 31), ('2', ${day}, 'of his old team', TRUE, 7)`,
    ]);
    const date = gameDate('2025-02-03');
    const rows = await warehouse.query(
      exportSelect(warehouse.dialect, {
        table,
        format: 'parquet',
        start: date,
        end: date,
        withLabels: true,
        exact: false,
        defaultsAsNull: false,
      }),
    );
    const labels = rows.map((row) =>
      [row['universal_player_id'], row['nba_game_id'], row['played'], row['actual_points']].join(
        ' ',
      ),
    );
    expect(labels.sort()).toEqual([
      '1 not finished  ',
      '1 of his old team false ',
      '2 of his old team true 7',
    ]);
  } finally {
    await warehouse.close();
  }
});

test('a default can be NULL in the file, and nothing else is', async () => {
  const warehouse = await openMemoryWarehouse();
  try {
    const table = (await loadTables()).get('ml_feature_store');
    if (!table) throw new Error('the table is gone');
    await warehouse.commit(createStatements([table]));
    for (const column of storedColumns(table)) {
      await warehouse.write(
        `ALTER TABLE ${qualifiedName(table)} ALTER COLUMN ${column.name} DROP NOT NULL`,
      );
    }
    await warehouse.write(`INSERT INTO nba_predictions.ml_feature_store
  (universal_player_id, game_date, features, default_feature_indices)
VALUES ('1', DATE '2025-02-03', list_transform(range(25), lambda x: x + 0.5), [0, 24])`);
    const date = gameDate('2025-02-03');
    const values = async (defaultsAsNull: boolean) => {
      const [row = {}] = await warehouse.query(
        exportSelect(warehouse.dialect, {
          ...{ table, format: 'parquet', start: date, end: date },
          ...{ withLabels: false, exact: false, defaultsAsNull },
        }),
      );
      const names = table.columns.flatMap(({ elements }) => elements ?? []);
      return names.map((name) => row[name]);
    };
    const all = Array.from({ length: 25 }, (_, index) => index + 0.5);
    expect(await values(false)).toEqual(all);
    expect(await values(true)).toEqual([null, ...all.slice(1, 24), null]);
  } finally {
    await warehouse.close();
  }
});
