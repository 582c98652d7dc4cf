/**
 * A player's name as a key: Unicode NFKD, combining marks removed, lower case, only a–z and 0–9.
 * `Nikola Jokić` → `nikolajokic`, `Gary Trent Jr.` → `garytrentjr`.
 */
export function playerLookup(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
