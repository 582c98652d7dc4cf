import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('team_defense_zone_analysis', process.argv.slice(2));
