/** An option that something stands with, and what it is for what is made today; both as they are typed. */
export interface OtherOption {
  readonly name: string;
  readonly stands: string;
  readonly today: string;
}
