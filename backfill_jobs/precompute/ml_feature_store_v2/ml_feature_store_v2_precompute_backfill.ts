import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('ml_feature_store_v2', process.argv.slice(2));
