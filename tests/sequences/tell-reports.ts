import { writeCsv } from '../support/write-source.ts';
import { datesOf, some } from './calendar.ts';
import { command, type Scene } from './scene.ts';

const statuses = ['out', 'doubtful', 'questionable', 'probable', 'available'] as const;

/**
 * Loads injury reports and lines of a few dates, other ones with each chance: captured again, corrected, or withdrawn.
 */
export async function tellReports(scene: Scene, chance: number): Promise<void> {
  const { desk, folder, warehouse } = scene;
  const games = await desk.games(desk.truth);
  const dates = new Set(some(datesOf(games), chance % 5, 3));
  const asked = games.filter(({ date }) => dates.has(date));
  const names = await desk.rows(
    `SELECT GAME_ID, PLAYER_NAME, TEAM_ABBREVIATION FROM ${desk.truth.logs} ORDER BY GAME_ID, PLAYER_ID`,
  );
  const drawn = (index: number, of: number) => Math.floor(chance / (index + 1)) % of;
  const reports = names.flatMap(([game, player, team], index) => {
    const own = asked.find(({ id }) => id === game);
    if (!own || drawn(index, 7) !== 0) return [];
    const status = statuses[drawn(index, statuses.length)] ?? 'out';
    const reported = { reported_at: `${own.date}T1${drawn(index, 3)}:00:00Z` };
    return [
      {
        ...{ game_date: own.date, player_name: String(player), team_abbr: String(team) },
        ...{ status, ...reported, DATA_KIND: 'simulated' },
      },
    ];
  });
  const lines = asked.flatMap(({ id, date, home, away }, index) =>
    Array.from({ length: 1 + drawn(index, 3) }, (_, capture) => ({
      ...{ event_id: id, game_date: date, home_team_abbr: home, away_team_abbr: away },
      home_spread: String((drawn(index + capture, 20) - 10) / 2),
      total: String(210 + drawn(index, 20)),
      captured_at: `${date}T1${capture}:30:00Z`,
      DATA_KIND: 'simulated',
    })),
  );
  for (const [source, rows] of [
    ['injuries', reports],
    ['game-lines', lines],
  ] as const) {
    if (rows.length === 0) continue;
    const path = writeCsv(folder, `${source}-${scene.journal.length}.csv`, rows);
    await command(scene, ['ingest', source, path, '--allow-shrink', '--warehouse', warehouse]);
  }
}
