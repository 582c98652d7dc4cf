import { setTimeout } from 'node:timers/promises';
import type { Timing } from '../../src/warehouse/bigquery/timing.ts';

/** Nobody waits between two requests, but others get their turn. */
export const instantTiming: Timing = { sleep: () => setTimeout(0), random: () => 0 };
