/** Endings of files that are read. */
const read = /\.(parquet|pq)$|\.(csv|tsv|txt|json|jsonl|ndjson)(\.gz)?$/i;

/** Other endings, and what to do with a file that has one. */
const others: readonly (readonly [RegExp, string])[] = [
  [/\.(xlsx|xlsm|xlsb|xls|ods|numbers)$/i, 'it is a workbook; save its sheet as CSV'],
  [
    /\.(zip|7z|rar|tar|tgz|tar\.\w+)$/i,
    'it is an archive; unpack it, and name the files that were in it',
  ],
  [/\.(bz2|xz|zst|lz4|br)$/i, 'it is compressed otherwise than with gzip; unpack it'],
  [
    /\.(feather|arrow|orc|avro|pkl|pickle|rds|rda|rdata|h5|hdf5|dta|sav)$/i,
    'it is of one tool; write it as Parquet or CSV from there',
  ],
  [/\.(db|duckdb|sqlite3?|mdb|accdb)$/i, 'it is a database; write its table as Parquet or CSV'],
  [/\.(html?|xml|pdf|docx?)$/i, 'it is a page for readers; look there for the file itself'],
];

/** Why a file cannot be read, as its ending tells; nothing where it can. */
export function endingFault(path: string): string | undefined {
  if (read.test(path)) return undefined;
  const [, advice] = others.find(([ending]) => ending.test(path)) ?? [];
  const why =
    advice ??
    'it is none of .parquet, .csv, .tsv, .txt, .json, .jsonl and .ndjson, all but the first also with .gz';
  return `${why} (docs/inputs/README.md lists the files that are read)`;
}
