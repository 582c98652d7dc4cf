import { quote } from '../plan/quote.ts';
import { defaultWarehouse } from './default-warehouse.ts';
import type { Invocation } from './surroundings.ts';

/** A command of a message as it can be typed here: how Backcourt is started, what it is told, on which warehouse. */
export function pasteable(
  invocation: Invocation,
  text: string,
  warehouse: string | undefined,
): string {
  return `${invocation.command} ${text}${onWarehouse(invocation, warehouse)}`;
}

/** A variable may say something else where a command is pasted, so that the place is left out without one alone. */
export function onWarehouse({ warehouse: named }: Invocation, place: string | undefined): string {
  const isUsual = place === defaultWarehouse && named === undefined;
  return place === undefined || isUsual ? '' : ` --warehouse ${quote(place)}`;
}
