import { runBackfillJob } from '../../../src/cli/run-backfill-job.ts';

await runBackfillJob('ml_feature_store', process.argv.slice(2));
