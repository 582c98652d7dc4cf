export type ApiErrorKind = 'bad_request' | 'not_found' | 'locked' | 'absent' | 'outdated' | 'bug';

/** A request that cannot be answered, with what the page is to say of it. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;

  constructor(kind: ApiErrorKind, message: string) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
  }
}
