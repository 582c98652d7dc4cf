import { killAtLabelledSteps } from '../kill-at-labelled-steps.ts';

killAtLabelledSteps(['ingest into nothing', 'ingest of corrections']);
