import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('player_shot_zone_analysis', process.argv.slice(2));
