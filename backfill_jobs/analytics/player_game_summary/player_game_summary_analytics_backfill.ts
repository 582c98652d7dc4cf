import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('player_game_summary', process.argv.slice(2));
