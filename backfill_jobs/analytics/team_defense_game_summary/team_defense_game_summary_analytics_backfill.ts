import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('team_defense_game_summary', process.argv.slice(2));
