/**
 * Lookups of players as bookmakers and injury reports write them → as the box scores do. Both sides
 * are lookups: lower case, letters and digits only.
 */
export const playerAliases: ReadonlyMap<string, string> = new Map([
  ['bjbostonjr', 'brandonboston'],
  ['brucebrownjr', 'brucebrown'],
  ['carltoncarrington', 'bubcarrington'],
  ['derrickjones', 'derrickjonesjr'],
  ['herbjones', 'herbertjones'],
  ['isaiahstewartii', 'isaiahstewart'],
  ['jameshuff', 'jayhuff'],
  ['jimmybutler', 'jimmybutleriii'],
  ['moewagner', 'moritzwagner'],
  ['nicolasclaxton', 'nicclaxton'],
  ['paulreedjr', 'paulreed'],
  ['ronholland', 'ronaldhollandii'],
]);
