/** Why there is no answer that can be used; `report/` makes sentences of it. */
export type Trouble =
  /** The host answered with a status; it may have said when to come again. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAt?: string | undefined }
  | { readonly kind: 'redirect'; readonly status: number; readonly to: string }
  | { readonly kind: 'no_answer'; readonly seconds: number }
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The answer ends before it is whole. */
  | { readonly kind: 'cut_off' }
  /** The answer is longer than any is; how long is not known. */
  | { readonly kind: 'too_long'; readonly bytes: number }
  /** Mostly a page for people. */
  | { readonly kind: 'no_json'; readonly begins: string }
  /** The host answers in another schema. */
  | { readonly kind: 'lacks_field'; readonly field: string }
  | {
      readonly kind: 'ragged_row';
      readonly row: number;
      readonly values: number;
      readonly names: number;
    }
  | { readonly kind: 'other_date'; readonly date: string }
  | { readonly kind: 'other_season'; readonly season: string }
  /** Games that the answer before had, and this one has not. */
  | { readonly kind: 'lost_games'; readonly games: readonly string[] }
  | { readonly kind: 'no_rows' };

/** TRUE for what may be otherwise in a moment. */
export function isPassing(trouble: Trouble): boolean {
  switch (trouble.kind) {
    case 'status':
      return trouble.status === 429 || trouble.status === 408 || trouble.status >= 500;
    case 'no_answer':
    case 'unreachable':
    case 'cut_off':
      return true;
    default:
      return false;
  }
}

/** TRUE for what is said by the host and not by the document: the next document would meet the same. */
export function isOfHost(trouble: Trouble): boolean {
  switch (trouble.kind) {
    case 'status':
      return trouble.status !== 404;
    case 'redirect':
    case 'no_answer':
    case 'unreachable':
    case 'too_long':
    case 'no_json':
      return true;
    default:
      return false;
  }
}
