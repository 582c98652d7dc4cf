/** `backcourt morning` on thirty days in a row, as docs/daily.md tells them. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { addDays, gameDate } from '../../src/calendar/game-date.ts';
import { knownOf } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { alertServer } from '../support/alert-server.ts';
import { backcourt, type CommandResult, prepare } from '../support/run-command.ts';
import { type StandInHost, sendJson, standInHost } from '../support/stand-in-host.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';

const folder = tempFolder('mornings');
const mornings = 30;
const { computed } = await loadTables();
const beforeTheDay = computed.filter((table) => knownOf(table) !== 'after_the_day');

const [answers, warehouse] = ['answers', 'w.duckdb'].map((name) => join(folder, name)) as [
  string,
  string,
];
const on = ['--into', answers, '--warehouse', warehouse];

let host: StandInHost;
/** Days of the story, the first morning first. */
let days: readonly string[];
let gameDates: ReadonlySet<string>;
/** A game that was to be played on one day and is played on another. */
let moved: { readonly game: string; readonly from: string; readonly to: string };
/** A game whose log comes a day late, and the day of a box score that is corrected on the second morning. */
let late: { readonly game: string; readonly date: string };
let corrected: string;
let today = '';

interface Game {
  gameId: string;
  gameStatus: number;
  gameStatusText: string;
  gameDateEst: string;
  gameDateTimeEst: string;
  homeTeam: { score: number };
  awayTeam: { score: number };
}

interface Answer {
  leagueSchedule: { gameDates: { games: Game[] }[] };
  resultSets: { headers: string[]; rowSet: (string | number | null)[][] }[];
}

beforeAll(async () => {
  const files = await writeSimulatedLeague({
    ...{
      directory: folder,
      seasons: 1,
      firstSeasonYear: 2023,
      gamesPerTeam: 40,
      postseason: false,
    },
  });
  const [logs = '', shots = ''] = files;
  const scratch = join(folder, 'games.duckdb');
  await changeFile(
    scratch,
    `CREATE TABLE games AS SELECT substr(GAME_DATE, 1, 10) AS day, GAME_ID, list(DISTINCT TEAM_ABBREVIATION) AS teams FROM '${logs}' GROUP BY ALL`,
  );
  const played = await queryFile(scratch, 'SELECT * FROM games ORDER BY day, GAME_ID');
  const games = played.map(([day, game, teams]) => ({
    ...{ day: String(day), game: String(game), teams: teams as readonly string[] },
  }));
  gameDates = new Set(games.map(({ day }) => day));
  const all = [...gameDates];
  const first = all[24] ?? '';
  days = Array.from({ length: mornings }, (_, index) => addDays(gameDate(first), index));
  expect(days.some((day) => !gameDates.has(day))).toBe(true);

  const isFree = (day: string, teams: readonly string[]) =>
    !games.some((one) => one.day === day && one.teams.some((team) => teams.includes(team)));
  const inStory = (from: number, to: number) =>
    games.filter(({ day }) => day >= (days[from] ?? '') && day < (days[to] ?? ''));
  const found = inStory(5, 8).flatMap(({ game, day, teams }) => {
    const to = days.slice(18, 25).find((one) => gameDates.has(one) && isFree(one, teams));
    return to === undefined ? [] : { game, from: day, to };
  });
  // Their days have games on the next one, so that a morning has something to compute.
  const isFollowed = ({ day }: { readonly day: string }) =>
    gameDates.has(addDays(gameDate(day), 1));
  const [lateGame] = inStory(10, 13).filter(isFollowed);
  const [correctedGame] = inStory(14, 17).filter(isFollowed);
  if (!found[0] || !lateGame || !correctedGame) throw new Error('the league has no such days');
  moved = found[0];
  late = { game: lateGame.game, date: lateGame.day };
  corrected = correctedGame.day;
  const [one, other] = [
    join(folder, 'playergamelogs_moved.parquet'),
    join(folder, 'shotchartdetail_moved.parquet'),
  ];
  await changeFile(
    ':memory:',
    `COPY (SELECT * REPLACE (CASE WHEN GAME_ID = '${moved.game}' THEN '${moved.to}T00:00:00' ELSE GAME_DATE END AS GAME_DATE) FROM '${logs}') TO '${one}' (FORMAT parquet);
     COPY (SELECT * REPLACE (CASE WHEN GAME_ID = '${moved.game}' THEN '${moved.to.replaceAll('-', '')}' ELSE GAME_DATE END AS GAME_DATE) FROM '${shots}') TO '${other}' (FORMAT parquet)`,
  );
  host = await standInHost([one, other]);
  host.misbehave = async (seen, response, honest) => {
    const answer = (await honest()) as Answer;
    if (seen.endpoint === 'scheduleleaguev2') asOfToday(answer);
    else if (seen.endpoint === 'playergamelogs') asFirstKept(answer);
    sendJson(response, answer);
    return true;
  };
  return () => host.close();
});

/** The schedule as it stood on the day: later games are to come, and the one that is moved stands where it stood. */
function asOfToday(answer: Answer): void {
  for (const day of answer.leagueSchedule.gameDates) {
    for (const game of day.games) {
      const isOff =
        game.gameId === moved.game &&
        today >= moved.from &&
        today < addDays(gameDate(moved.to), -5);
      if (game.gameId === moved.game && (isOff || today < moved.from)) {
        game.gameDateEst = game.gameDateEst.replace(moved.to, moved.from);
        game.gameDateTimeEst = game.gameDateTimeEst.replace(moved.to, moved.from);
      }
      if (game.gameDateEst.slice(0, 10) < today && !isOff) continue;
      game.gameStatus = 1;
      game.gameStatusText = isOff ? 'PPD' : '7:30 pm ET';
      game.homeTeam.score = 0;
      game.awayTeam.score = 0;
    }
  }
}

/** The logs as they stood on the day: one game is late, and an assist was counted too much at first. */
function asFirstKept(answer: Answer): void {
  for (const set of answer.resultSets) {
    const [id, date, assists] = ['GAME_ID', 'GAME_DATE', 'AST'].map((name) =>
      set.headers.indexOf(name),
    ) as [number, number, number];
    const isLate = today <= addDays(gameDate(late.date), 1);
    set.rowSet = set.rowSet.filter((row) => !(isLate && row[id] === late.game));
    const [row] = set.rowSet.filter((one) => String(one[date]).startsWith(corrected));
    if (row && today <= addDays(gameDate(corrected), 1)) row[assists] = Number(row[assists]) + 1;
  }
}

const stats = () => ['--stats-url', host.url];
const dayAfter = (day: string) => addDays(gameDate(day), 1);

test('thirty mornings: exit codes, alerts and rows', async () => {
  today = days[0] ?? '';
  const past = [
    '--start-date',
    [...gameDates][0] ?? '',
    '--end-date',
    addDays(gameDate(today), -2),
  ];
  await prepare(['fetch', ...past, '--ingest', ...stats(), ...on], { today });
  await prepare(['run', '--backfill', ...past, '--warehouse', warehouse], { today });

  const alerts = await alertServer();
  const codes: Record<string, number> = {};
  const alerted: Record<string, { readonly files: readonly object[]; readonly text: string }> = {};
  for (const day of days) {
    today = day;
    const before = alerts.received.length;
    const result: CommandResult = await backcourt(
      ['morning', '--alert-url', alerts.url, ...stats(), ...on],
      { today },
    );
    codes[day] = result.exitCode;
    const [body] = alerts.received.slice(before).map((one) => JSON.parse(one.body));
    if (body) alerted[day] = body;
    const isBad = day === dayAfter(late.date);
    expect(
      [day, result.exitCode, isBad ? '' : result.stderr],
      result.stdout + result.stderr,
    ).toEqual([day, isBad ? 5 : 0, isBad ? '' : expect.not.stringContaining('error')]);
    // The same morning once more has nothing to ask for but what lacks, and nothing to compute.
    if (day === days[3]) {
      const asked = host.requests.length;
      const again = await backcourt(['morning', ...stats(), ...on], { today });
      expect([again.exitCode, host.requests.length - asked]).toEqual([0, 0]);
    }
  }

  // One bad morning of thirty: a log is late, and today is not computed without it.
  expect(Object.keys(alerted)).toEqual([dayAfter(late.date)]);
  expect(alerted[dayAfter(late.date)]).toMatchObject({
    verb: 'morning',
    exit_code: 5,
    failed: [],
    blocked: beforeTheDay.map(({ name }) => ({ table: name, date: dayAfter(late.date) })),
    files: [{ document: 'logs', date: late.date, state: 'absent', games: [late.game] }],
  });
  expect(alerted[dayAfter(late.date)]?.text).toContain('1 document not there');

  // What was to be played on a day that was moved is played on another, once.
  const [[when, count] = []] = await queryFile(
    warehouse,
    `SELECT MIN(CAST(game_date AS VARCHAR)), COUNT(DISTINCT game_date) FROM nba_raw.schedule WHERE nba_game_id = '${moved.game}'`,
  );
  expect([when, Number(count)]).toEqual([moved.to, 1]);

  // Each morning with games has its features, but for the one without results; a day off has none.
  const [features] = beforeTheDay.slice(-1);
  const made = await queryFile(
    warehouse,
    `SELECT CAST(partition_date AS VARCHAR) FROM backcourt.partitions WHERE table_name = '${features?.name}' AND state = 'done' AND partition_date >= DATE '${days[0]}' ORDER BY 1`,
  );
  const due = days.filter((day) => gameDates.has(day) && day !== dayAfter(late.date));
  expect(made.flat()).toEqual(due);
  expect(await tornPartitions(warehouse)).toEqual([]);

  // The files and summaries are those of a backfill over the same answers at the end, the corrected day's too; so are the
  // rows of each morning, but for the one that was blocked. No row of a later day reads an assist.
  today = days.at(-1) ?? '';
  const whole = join(folder, 'whole.duckdb');
  await prepare(['ingest', answers, '--warehouse', whole]);
  const last = addDays(gameDate(today), -1);
  const season = ['--start-date', [...gameDates][0] ?? '', '--end-date', last];
  await prepare(['run', '--backfill', ...season, '--warehouse', whole], { today });
  const [daily, rebuilt] = [await partitionHashes(warehouse), await partitionHashes(whole)];
  const inStory = ([unit]: readonly [string, string]) => {
    const date = unit.split(' ')[1] ?? '';
    return date >= (days[0] ?? '') && date < last;
  };
  const [ours, theirs] = [daily, rebuilt].map((hashes) => new Map([...hashes].filter(inStory))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  const differing = new Set(differingUnits(ours, theirs).map((unit) => unit.split(' ')[1]));
  expect([...differing]).toEqual([dayAfter(late.date)]);
}, 1_800_000);
