/** A file that a new project or table begins with. */
export interface NewFile {
  /** Seen from the folder of the project. */
  readonly path: string;
  readonly text: string;
}

/** @param dependency where the package is, as npm writes it: a range of versions, or `file:…`. */
export function newProject(name: string, dependency: string): readonly NewFile[] {
  return [
    {
      path: 'backcourt.config.ts',
      text: `import { defineProject } from 'backcourt';

export const project = defineProject({ warehouse: 'nba.duckdb' });
`,
    },
    {
      path: 'package.json',
      text: `${JSON.stringify(
        {
          name,
          private: true,
          type: 'module',
          scripts: { test: 'backcourt test', typecheck: 'tsc' },
          devDependencies: { backcourt: dependency, typescript: '^5.9 || ^6 || ^7' },
        },
        undefined,
        2,
      )}
`,
    },
    {
      path: 'tsconfig.json',
      text: `${JSON.stringify(
        {
          compilerOptions: {
            target: 'ES2024',
            module: 'NodeNext',
            strict: true,
            noEmit: true,
            erasableSyntaxOnly: true,
            allowImportingTsExtensions: true,
            skipLibCheck: true,
          },
          include: ['*.ts', 'tables'],
        },
        undefined,
        2,
      )}
`,
    },
    { path: '.gitignore', text: 'node_modules/\n*.duckdb\n*.duckdb.wal\n' },
    ...newTable('shooting_form', 'player', 'tables'),
  ];
}

/** A table and a fixture of it. @param folder of the tables. */
export function newTable(
  name: string,
  each: 'player' | 'team',
  folder: string,
): readonly NewFile[] {
  const [table, fixture] =
    each === 'player'
      ? [ofPlayers(name), fixtureOfPlayers(name)]
      : [ofTeams(name), fixtureOfTeams(name)];
  return [
    { path: `${folder}/${name}.ts`, text: table },
    { path: `${folder}/${name}.fixture.ts`, text: fixture },
  ];
}

function ofPlayers(name: string): string {
  return `import { average, lastGames, playerTable, rank, rate, seasonToDate, trend } from 'backcourt';

export const table = playerTable({
  name: '${name}',
  purpose: 'How a player has been shooting, and how much his team lets him.',
  measures: [
    rate('three_pt_pct_last_10', {
      of: 'player_game_summary.three_pt_makes',
      per: 'three_pt_attempts',
      over: lastGames(10),
      times: 100,
      decimals: 1,
      unit: '%',
    }),
    average('fg_attempts_avg_season', {
      of: 'player_game_summary.fg_attempts',
      over: seasonToDate,
      decimals: 1,
      unit: 'attempts per game',
    }),
    trend('points_trend', {
      of: 'player_game_summary.points',
      short: lastGames(5),
      long: seasonToDate,
      decimals: 1,
    }),
    rank('shooter_rank', { of: 'fg_attempts_avg_season', among: 'team', first: 'highest' }),
  ],
});
`;
}

function ofTeams(name: string): string {
  return `import { average, difference, lastGames, streak, teamTable } from 'backcourt';

export const table = teamTable({
  name: '${name}',
  purpose: 'How a team has been scoring, beside what its opponent allows.',
  measures: [
    average('points_avg_last_10', {
      of: 'team_offense_game_summary.points_scored',
      over: lastGames(10),
      decimals: 1,
      unit: 'points per game',
    }),
    average('opponent_allowed_avg_last_10', {
      of: 'team_defense_game_summary.points_allowed',
      whose: 'opponent',
      over: lastGames(10),
      decimals: 1,
      unit: 'points per game',
    }),
    difference('scoring_edge', { of: 'points_avg_last_10', minus: 'opponent_allowed_avg_last_10' }),
    streak('wins_in_a_row', { of: 'team_offense_game_summary', where: { win_flag: true } }),
  ],
});
`;
}

function fixtureOfPlayers(name: string): string {
  return `import { fixture } from 'backcourt';

export const gamesBeforeTheDate = fixture({
  table: '${name}',
  date: '2024-12-21',
  rows: {
    upcoming_player_game_context: [
      { universal_player_id: '1', team_abbr: 'BOS' },
      { universal_player_id: '2', team_abbr: 'BOS' },
    ],
    player_game_summary: [
      { universal_player_id: '1', game_date: '2024-12-17', three_pt_makes: 2, three_pt_attempts: 5, fg_attempts: 10, points: 20 },
      { universal_player_id: '1', game_date: '2024-12-19', three_pt_makes: 3, three_pt_attempts: 4, fg_attempts: 15, points: 23 },
      // The game of the date counts for nothing.
      { universal_player_id: '1', game_date: '2024-12-21', three_pt_makes: 9, three_pt_attempts: 9, fg_attempts: 30, points: 60 },
    ],
  },
  expected: [
    {
      universal_player_id: '1',
      three_pt_pct_last_10: 55.6,
      fg_attempts_avg_season: 12.5,
      points_trend: 0,
      shooter_rank: 1,
    },
    { universal_player_id: '2', three_pt_pct_last_10: null, shooter_rank: null },
  ],
});
`;
}

function fixtureOfTeams(name: string): string {
  return `import { fixture } from 'backcourt';

export const gamesBeforeTheDate = fixture({
  table: '${name}',
  date: '2024-12-21',
  rows: {
    upcoming_team_game_context: [{ team_abbr: 'BOS', opponent_team_abbr: 'CHI' }],
    team_offense_game_summary: [
      { team_abbr: 'BOS', game_date: '2024-12-17', points_scored: 110, win_flag: false },
      { team_abbr: 'BOS', game_date: '2024-12-19', points_scored: 121, win_flag: true },
      // The game of the date counts for nothing.
      { team_abbr: 'BOS', game_date: '2024-12-21', points_scored: 160, win_flag: true },
    ],
    team_defense_game_summary: [{ team_abbr: 'CHI', game_date: '2024-12-19', points_allowed: 112 }],
  },
  expected: [
    {
      team_abbr: 'BOS',
      points_avg_last_10: 115.5,
      opponent_allowed_avg_last_10: 112,
      scoring_edge: 3.5,
      wins_in_a_row: 1,
    },
  ],
});
`;
}
