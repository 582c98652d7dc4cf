import { pick, type Random } from './random.ts';

const FIRST_NAMES =
  `Aaric Abel Adisa Alaric Amari Anders André Anselm Ansel Armand Asher Augustin Basile Beckett Benoît
  Bertil Boone Bram Brock Caius Calder Callum Cashton Cédric Chidi Cole Colby Conrad Corbin Cyrus Dacian
  Dag Damir D'Marco D'Shawn Davor Declan Demba Desh Dorian Drago Edmond Efe Egor Elio Emeka Émile Enzo
  Esteban Ezra Fabrice Felix Ferran Finnegan Florián Gaël Garrick Goran Graham Gustavo Hakeem Hollis
  Ibrahima Ignacio Ismaël Ivo Jabril Jarek Jasper Jean-Luc Joaquín Jorah Jotham Kaelen Kasimir Keanu Kellan
  Kelvin Kofi Kwame Lamin Landry Leandro Leif Lennox Loïc Luca Malachi Mamadou Marek Mateus Matéo Maxence
  Milan Moïse Nando Nash Nereo Nico Niklas Obi Odin Omari Orson Oscar Osei Pavel Percy Petar Quade Quentin
  Rafael Raúl Remi Rhett Roman Rory Ruben Sacha Samson Sébastien Seydou Silas Stellan Tae-Yang Tariq Tendai
  Théo Tiago Tobias Tomáš Ty-Shon Ulises Uroš Vance Vedran Viktor Wendell Wes Xander Yannick Yusuf Zane Zoltán`.split(
    /\s+/,
  );

const LAST_NAMES =
  `Abara Abernethy Acheampong Adeyinka Agbaje Albrecht Ångström Antonov Arceneaux Ashdown Aubry Baptista
  Barkley-Stone Beaumont Bellweather Berisha Bielak Blackwood Boateng Bouchard Brankovich Brightwater
  Camara-Lopez Carrow Castellan Červenka Chukwu Clairmont Colquitt Corrigan Cresswell Čović D'Amico
  D'Orsay Dabrowski Danquah Delacroix Deveraux Diarra-Smith Dimitrov Đurović Dragomir Dunmore Eberhardt
  Ekwueme El-Amin Espinosa Eyenga-Moreau Fairweather Fenwick Fernández Fitzgibbon Fontaine Freyr Galloway
  Garnier Gbeho Gentry-Cole Gómez Gravesend Grimaldi Gustafsson Hadley Halvorsen Harrowgate Hawthorne
  Holloman Horvat Iglesias Ilić Inoue Ivanović Jankowski Jessup Kallström Kanté-Bell Kasprzak Kettering
  Kilbride Kingsolver Koroma Kouyaté Kratochvíl Lachance Langford Larkspur Lavoie Leclair Lindqvist
  Lockridge Lovelace Lucero Mabry Macalister MacTavish Mansfield Marchetti Márquez Matuszak M'Bala
  Mbeki-Ford McAvoy Mendonça Merriweather Montclair Müller N'Dour N'Guessan Nakamura Navarro Nikolov
  Norrington Nováček O'Bannon-Reed O'Dell O'Hanlon Obradović Oduya Okonjo Okwara Ordóñez Osgood Östberg
  Pasternak Pemberton Peña Petrescu Pickering Popović Quarshie Quimby Radcliffe Rasmussen Redfern Renaud
  Ridgeway Rocha Rosenthal Rutledge Saint-Clair Salazar Sandoval Šarić-Novak Schreiber Sedgwick Sidibé
  Solberg Somerset St.-Pierre Stanhope Sorokin Szabó Tavares Tembo Thackeray Thorvald Tremblay Underhill
  Valdés Van-Houten Vandermeer Vasquez Villareal Voronin Wainwright Waverly Whitlock Winslet Wojcik
  Yardley Yeboah Zabala Zeller-Ruiz Živković Zuberi`.split(/\s+/);

const SUFFIXES = ['Jr.', 'II', 'III', 'IV'] as const;
const SUFFIX_CHANCE = 0.05;

/** An invented name: first and last, with an accent, a hyphen, an apostrophe or a suffix now and then. */
export function playerName(random: Random): string {
  const name = `${pick(FIRST_NAMES, random)} ${pick(LAST_NAMES, random)}`;
  return random.chance(SUFFIX_CHANCE) ? `${name} ${pick(SUFFIXES, random)}` : name;
}
