import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('upcoming_player_game_context', process.argv.slice(2));
