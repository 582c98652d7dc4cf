/** A file that a new project or table begins with. */
export interface NewFile {
  /** Seen from the folder of the project. */
  readonly path: string;
  readonly text: string;
}

/** @param version of the package. */
export function newProject(name: string, version: string): readonly NewFile[] {
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
          devDependencies: { backcourt: `^${version}`, typescript: '^5.9 || ^6 || ^7' },
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
    newTable('shooting_form', 'player', 'tables'),
  ];
}

/** @param folder of the tables. */
export function newTable(name: string, each: 'player' | 'team', folder: string): NewFile {
  return {
    path: `${folder}/${name}.ts`,
    text: each === 'player' ? ofPlayers(name) : ofTeams(name),
  };
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
