import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import type { Discrepancy, Finding } from './finding.ts';

/**
 * Looks at the ledger itself, of all dates of some tables: each has one record, which can be read, and as many
 * exclusions as it tells, each of another entity.
 */
export async function verifyLedger(
  warehouse: Warehouse,
  ledger: LedgerSnapshot,
  tables: readonly TableDefinition[],
  isInRange: (date: GameDate) => boolean,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const finding = (table: string, date: GameDate, what: Discrepancy) =>
    findings.push({ table, date, what, rows: [], cause: 'stored' });
  const names = new Set(tables.map(({ name }) => name));
  const isChosen = (row: Row) => names.has(String(row['table_name'])) && isInRange(dateOf(row));

  const records = await warehouse.query(`
SELECT table_name, CAST(partition_date AS STRING) AS partition_date, COUNT(*) AS records
FROM backcourt.partitions
GROUP BY table_name, partition_date
HAVING COUNT(*) > 1
ORDER BY table_name, partition_date`);
  for (const row of records.filter(isChosen)) {
    const what = { kind: 'several_records', records: Number(row['records']) } as const;
    finding(String(row['table_name']), dateOf(row), what);
  }

  const exclusions = await warehouse.query(`
SELECT table_name, CAST(partition_date AS STRING) AS partition_date, COUNT(*) AS entries, COUNT(DISTINCT entity) AS entities
FROM backcourt.exclusions
GROUP BY table_name, partition_date
ORDER BY table_name, partition_date`);
  const seen = new Set<string>();
  for (const row of exclusions.filter(isChosen)) {
    const [table, date] = [String(row['table_name']), dateOf(row)];
    const [entries, entities] = [Number(row['entries']), Number(row['entities'])];
    seen.add(`${table} ${date}`);
    const recorded = ledger.get(table, date)?.excluded ?? 0;
    if (entries !== entities)
      finding(table, date, { kind: 'doubled_exclusions', entries, entities });
    else if (entries !== recorded) {
      finding(table, date, { kind: 'exclusions_differ', entries, recorded });
    }
  }
  for (const { name } of tables) {
    for (const { date, excluded, damage } of ledger.of(name).values()) {
      if (!isInRange(date)) continue;
      if (damage !== undefined) {
        finding(name, date, { kind: 'record_differs', difference: damage });
      }
      if (excluded > 0 && !seen.has(`${name} ${date}`)) {
        finding(name, date, { kind: 'exclusions_differ', entries: 0, recorded: excluded });
      }
    }
  }
  return findings;
}

function dateOf(row: Row): GameDate {
  return gameDate(String(row['partition_date']));
}
