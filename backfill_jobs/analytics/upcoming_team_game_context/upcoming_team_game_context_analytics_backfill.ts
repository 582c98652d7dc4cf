import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('upcoming_team_game_context', process.argv.slice(2));
