/** An error as the table of Google's documentation has it. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
}

/** Something that goes wrong with the next jobs whose SQL matches. */
export interface Fault {
  readonly sql: RegExp;
  readonly times: number;
  /** How many of these jobs pass before it happens; none unless given. */
  readonly skip?: number;
  readonly happens: /** The job begins, and fails with this. */
    | ({ readonly kind: 'answer' } & Refusal)
    /** jobs.insert is refused with this, and there is no job. */
    | ({ readonly kind: 'refused' } & Refusal)
    /** The failure already stands in the answer of jobs.insert. */
    | ({ readonly kind: 'failedAtOnce' } & Refusal)
    /** The job is carried out, but its insertion is answered with 503. */
    | { readonly kind: 'insertLost' }
    /** The work is done, but the answer that says so is lost once. */
    | { readonly kind: 'lostAnswer' }
    /** The next question after the job is answered with this; the job does not care. */
    | ({ readonly kind: 'pollFails' } & Refusal)
    /** The connection of jobs.insert or of the next question is reset once; only `poll` leaves a job. */
    | { readonly kind: 'reset'; readonly at: 'insert' | 'poll' }
    /** The connection breaks, before or after the work was done, and every later one with it. */
    | { readonly kind: 'break'; readonly when: 'before' | 'after' };
}

export interface Faults {
  inject(fault: Fault): void;
  /** The fault of a job, which counts it. */
  take(sql: string): Fault['happens'] | undefined;
  heal(): void;
}

export function makeFaults(): Faults {
  let faults: { readonly fault: Fault; left: number; skip: number }[] = [];
  return {
    inject: (fault) => void faults.push({ fault, left: fault.times, skip: fault.skip ?? 0 }),
    take: (sql) => {
      const found = faults.find(({ fault, left }) => left > 0 && fault.sql.test(sql));
      if (!found) return undefined;
      if (found.skip > 0) {
        found.skip -= 1;
        return undefined;
      }
      found.left -= 1;
      return found.fault.happens;
    },
    heal: () => {
      faults = [];
    },
  };
}
