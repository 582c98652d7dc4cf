/**
 * Lets this process work while a query runs. The query has ended when this has, whatever went wrong: a
 * warehouse must not be closed under it.
 */
export async function meanwhile<Q, W>(query: Promise<Q>, work: () => W): Promise<readonly [Q, W]> {
  try {
    const worked = work();
    return [await query, worked];
  } finally {
    await query.catch(() => undefined);
  }
}
