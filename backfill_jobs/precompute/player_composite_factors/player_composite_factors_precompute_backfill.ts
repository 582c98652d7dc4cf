import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('player_composite_factors', process.argv.slice(2));
