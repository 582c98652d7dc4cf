/** Commands that a person can paste, made by the caller who knows how it was started. */
export interface FollowUps {
  /** Retries the failed dates of one table. */
  retry(table: string, dates: readonly string[]): string;
  /** What is typed after `backcourt`, as a whole command that can be pasted here. */
  command(text: string): string;
}
