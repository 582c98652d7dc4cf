/** What is to become of a process, given in the environment of `kill-at-step.ts`. */
export type Order =
  /** Nothing: its steps are written to a file. */
  | { readonly kind: 'list'; readonly to: string }
  /** Killed between two steps. */
  | { readonly kind: 'step'; readonly index: number; readonly moment: 'before' | 'after' }
  /** Killed at the first step with this label. */
  | { readonly kind: 'label'; readonly label: string; readonly moment: 'before' | 'after' }
  /** Says `held` at the first step with this label and waits there until stdin is closed. */
  | { readonly kind: 'hold'; readonly label: string; readonly moment: 'before' | 'after' }
  /** Killed so many milliseconds after a step began, in the midst of it if it takes that long. */
  | { readonly kind: 'during'; readonly index: number; readonly afterMs: number }
  /** Killed so many milliseconds after the first step began. */
  | { readonly kind: 'time'; readonly afterMs: number };

/** A statement to the warehouse file, or its closing. */
export interface Step {
  readonly index: number;
  readonly label: string;
  /** When it began, after the first one. */
  readonly startMs: number;
}

export interface StepList {
  readonly steps: readonly Step[];
  readonly totalMs: number;
}
