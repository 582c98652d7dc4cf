import { easternDate, timestampOf } from './dates.ts';
import type { MadeValue } from './source-content.ts';

/** When an answer was asked for. */
export const snapshotColumns = [
  ...['snapshot_ts', 'snapshot_time', 'snapshot_timestamp', 'captured_at', 'timestamp'],
] as const;

/** When a bookmaker has changed an offer: known no later than that. */
export const updateColumns = [
  'last_update',
  'market_last_update',
  'bookmaker_last_update',
] as const;

/** Our names of what the-odds-api and those who write its answers as tables call an event and a time. */
export const oddsNames = {
  event_id: ['event_id', 'id'],
  tipoff_at: 'commence_time',
  captured_at: [...snapshotColumns, ...updateColumns],
} as const;

/** The columns of an offer: one side of a line. */
export const oddsColumns = [
  oddsNames.event_id,
  'commence_time',
  ['bookmaker', 'bookmaker_key'],
  ['market', 'market_key'],
  ['point', 'outcome_point'],
  'home_team',
  'away_team',
] as const;

/** The Eastern day of the beginning of an event. */
export const dayOfEvent: MadeValue = {
  of: 'the day of `commence_time` in the East',
  sql: (theirs) => `CAST(${easternDate(timestampOf(theirs('commence_time')))} AS VARCHAR)`,
};
