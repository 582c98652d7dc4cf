/** First words of a run's header. */
export function runTitle(backfillMode: boolean): string {
  return backfillMode ? 'backfill of' : 'daily run of';
}
