import { easternDate } from '../files/dates.ts';
import type { IngestNotice } from '../files/ingest-report.ts';
import { givenPlayer } from '../names/resolve-players.ts';
import type { Loaded } from './loaded.ts';

/** Names that nobody of the two teams has, and reports of a day whose tip-off nobody knows. */
export async function reportNotices(loaded: Loaded): Promise<readonly IngestNotice[]> {
  return [
    ...(await unknownPlayers(loaded, 'player_props')),
    ...(await unknownPlayers(loaded, 'injuries')),
    ...(await withoutTipoff(loaded)),
    ...(await withoutReportTime(loaded)),
  ];
}

async function unknownPlayers(
  { writer, source }: Loaded,
  table: 'player_props' | 'injuries',
): Promise<readonly IngestNotice[]> {
  const reports = source(table);
  if (!reports) return [];
  const rows = await writer.warehouse.query(`
SELECT ${givenPlayer} AS player, COUNT(*) AS row_count
FROM ${reports.relation} AS given
WHERE ${reports.keep} AND is_unknown_player
GROUP BY player
ORDER BY row_count DESC, player`);
  if (rows.length === 0) return [];
  const count = rows.reduce((sum, row) => sum + Number(row['row_count']), 0);
  const examples = rows.map((row) => `${row['player']} ${row['row_count']}`);
  return [{ kind: 'unknown_player', table, count, examples }];
}

async function withoutReportTime({ writer, source }: Loaded): Promise<readonly IngestNotice[]> {
  const reports = source('injuries');
  if (!reports) return [];
  const [row] = await writer.warehouse.query(
    `SELECT COUNT(*) AS row_count FROM ${reports.relation} AS given WHERE ${reports.keep} AND is_time_assumed`,
  );
  const count = Number(row?.['row_count'] ?? 0);
  return count > 0 ? [{ kind: 'no_report_time', table: 'injuries', count, examples: [] }] : [];
}

/** Without a tip-off only what was reported before the day can be known before the game. */
async function withoutTipoff({ writer, source, future }: Loaded): Promise<readonly IngestNotice[]> {
  const reports = source('injuries');
  if (!reports) return [];
  const [row] = await writer.warehouse.query(`
SELECT COUNT(*) AS row_count
FROM ${reports.relation} AS given
WHERE ${reports.keep}
  AND ${easternDate('reported_at')} = game_date
  AND game_date IN (SELECT game_date FROM ${future('schedule')} AS game WHERE tipoff_at IS NULL)`);
  const count = Number(row?.['row_count'] ?? 0);
  return count > 0 ? [{ kind: 'no_tipoff', table: 'injuries', count, examples: [] }] : [];
}
