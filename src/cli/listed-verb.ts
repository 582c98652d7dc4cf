import type { Verb } from './verb.ts';

/** What `Look` and `Prove` do is only read. */
export type VerbGroup = 'Look' | 'Work' | 'Prove' | 'Move';

/** A verb as the help of the whole command shows it, which must not wait for the modules of any. */
export interface ListedVerb {
  readonly name: string;
  readonly group: VerbGroup;
  /** What it does, in one line of a terminal. */
  readonly says: string;
  readonly load: () => Promise<Verb>;
}
