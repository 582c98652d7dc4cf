import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('player_daily_cache', process.argv.slice(2));
