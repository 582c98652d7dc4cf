import { killAtLabelledSteps } from '../kill-at-labelled-steps.ts';

killAtLabelledSteps(['run of everything', 'run after corrections', 'run day by day']);
