import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  type ServiceClientConstructor,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/**
 * Google's own GoogleSQL analyzer and reference implementation, as a process on the loopback
 * address. What it accepts and computes is what defines BigQuery's SQL.
 */
export interface GoogleSqlService {
  /** Type-checks one statement. @throws GoogleSqlError with BigQuery's own message. */
  analyze(sql: string, catalog: Catalog): Promise<void>;
  /** The same, and the statement as GoogleSQL has understood it. */
  resolve(sql: string, catalog: Catalog): Promise<ResolvedTree>;
  /** Evaluates a query. @throws GoogleSqlError when it is wrong, or fails on the data it meets. */
  evaluate(
    sql: string,
    catalog: Catalog,
    content: Readonly<Record<string, readonly Cells[]>>,
  ): Promise<Evaluated>;
  stop(): Promise<void>;
}

export type TypeName =
  | 'TYPE_STRING'
  | 'TYPE_INT64'
  | 'TYPE_DOUBLE'
  | 'TYPE_BOOL'
  | 'TYPE_DATE'
  | 'TYPE_TIMESTAMP'
  | 'TYPE_NUMERIC'
  | 'TYPE_ARRAY';

export interface GoogleSqlType {
  readonly typeKind: TypeName;
  readonly arrayType?: { readonly elementType: GoogleSqlType };
}

export interface GoogleSqlColumn {
  readonly name: string;
  readonly type: GoogleSqlType;
}

/** The tables a statement may name; those of a dataset stand in a catalog of their own. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
  readonly datasets: Readonly<Record<string, readonly CatalogTable[]>>;
}

export interface CatalogTable {
  readonly name: string;
  readonly columns: readonly GoogleSqlColumn[];
}

/** A value as `value.proto` has it: no field at all is NULL. */
export interface Cell {
  readonly stringValue?: string;
  readonly int64Value?: string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly dateValue?: number;
  readonly timestampValue?: { readonly seconds: string; readonly nanos?: number };
  readonly numericValue?: Uint8Array;
  readonly arrayValue?: { readonly element?: readonly Cell[] };
}

export interface Cells {
  readonly cell: readonly Cell[];
}

export interface Evaluated {
  readonly columns: readonly GoogleSqlColumn[];
  readonly rows: readonly Cells[];
}

/** A node of an analyzed statement: what it is called leads to what it has. */
export interface ResolvedTree {
  readonly [name: string]: unknown;
}

export class GoogleSqlError extends Error {
  readonly sql: string;
  /** The statement itself is wrong, whatever the data. */
  readonly isAnalysis: boolean;

  constructor(message: string, sql: string, isAnalysis: boolean) {
    super(message);
    this.name = 'GoogleSqlError';
    this.sql = sql;
    this.isAnalysis = isAnalysis;
  }
}

const invalidArgument = 3;
const deepestTree = 5_000;
const statementKinds = [
  'QUERY',
  'INSERT',
  'DELETE',
  'UPDATE',
  'MERGE',
  'CREATE_TABLE',
  'CREATE_SCHEMA',
];
/** What BigQuery's SQL has of GoogleSQL's features; what is not here is refused. */
const features = [
  ...['ANALYTIC_FUNCTIONS', 'NUMERIC_TYPE', 'PARAMETERIZED_TYPES', 'INTERVAL_TYPE'],
  ...['CREATE_TABLE_NOT_NULL', 'CREATE_TABLE_FIELD_ANNOTATIONS', 'CREATE_TABLE_PARTITION_BY'],
  ...['CREATE_TABLE_CLUSTER_BY'],
  ...['ORDER_BY_IN_AGGREGATE', 'LIMIT_IN_AGGREGATE', 'HAVING_IN_AGGREGATE'].map(version('1_1')),
  ...['NULL_HANDLING_MODIFIER_IN_AGGREGATE', 'NULL_HANDLING_MODIFIER_IN_ANALYTIC'].map(
    version('1_1'),
  ),
  ...['SELECT_STAR_EXCEPT_REPLACE', 'FOR_SYSTEM_TIME_AS_OF', 'WITH_ON_SUBQUERY'].map(
    version('1_1'),
  ),
  ...['SAFE_FUNCTION_CALL', 'CIVIL_TIME', 'WEEK_WITH_WEEKDAY'].map(version('1_2')),
  ...['QUALIFY', 'PIVOT', 'UNPIVOT', 'IS_DISTINCT', 'WITH_RECURSIVE', 'LIKE_ANY_SOME_ALL'].map(
    version('1_3'),
  ),
  ...['DECIMAL_ALIAS', 'ADDITIONAL_STRING_FUNCTIONS', 'NULLS_FIRST_LAST_IN_ORDER_BY'].map(
    version('1_3'),
  ),
  ...['DATE_TIME_CONSTRUCTORS', 'EXTENDED_DATE_TIME_SIGNATURES', 'DATE_ARITHMETICS'].map(
    version('1_3'),
  ),
  ...['FORMAT_IN_CAST', 'OMIT_INSERT_COLUMN_LIST', 'COLUMN_DEFAULT_VALUE', 'REPEAT'].map(
    version('1_3'),
  ),
  ...['ALLOW_CONSECUTIVE_ON', 'ALLOW_REGEXP_EXTRACT_OPTIONALS'].map(version('1_3')),
  ...['WITH_EXPRESSION'].map(version('1_4')),
].map((name) => `FEATURE_${name}`);

function version(number: string): (name: string) => string {
  return (name) => `V_${number}_${name}`;
}

type Call = (method: string, request: object) => Promise<unknown>;

/** Starts the server on a free port; the caller stops it. */
export async function startGoogleSql(): Promise<GoogleSqlService> {
  const folder = serverFolder();
  const port = await freePort();
  const child = spawn(join(folder, 'remote_server.so'), ['localhost', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await listening(child);
  const { call, readTree, close } = connect(folder, port);
  const given = (await call('GetLanguageOptions', {
    maximumFeatures: false,
    languageVersion: 'VERSION_1_0',
  })) as object;
  const languageOptions = {
    ...given,
    enabledLanguageFeatures: features,
    supportedStatementKinds: statementKinds.map((kind) => `RESOLVED_${kind}_STMT`),
    productMode: 'PRODUCT_EXTERNAL',
  };
  const options = { languageOptions, defaultTimezone: 'UTC' };
  const run = async (method: string, sql: string, request: object) => {
    try {
      return await call(method, request);
    } catch (error) {
      const { code, details } = error as ServiceError;
      throw new GoogleSqlError(details, sql, method === 'Analyze' && code === invalidArgument);
    }
  };
  return {
    analyze: async (sql, catalog) => {
      const simpleCatalog = catalogMessage(catalog, languageOptions);
      await run('Analyze', sql, { sqlStatement: sql, options, simpleCatalog });
    },
    resolve: async (sql, catalog) => {
      const simpleCatalog = catalogMessage(catalog, languageOptions);
      const bytes = await run('Analyze', sql, { sqlStatement: sql, options, simpleCatalog });
      return (readTree(bytes as Buffer) as AnalyzeAnswer).resolvedStatement ?? {};
    },
    evaluate: async (sql, catalog, content) => {
      const simpleCatalog = catalogMessage(catalog, languageOptions);
      const tableContent = Object.fromEntries(
        Object.entries(content).map(([name, row]) => [name, { tableData: { row } }]),
      );
      const answer = (await run('EvaluateQuery', sql, {
        sql,
        options,
        simpleCatalog,
        tableContent,
      })) as EvaluateAnswer;
      return {
        columns: answer.prepared.columns ?? [],
        rows: (answer.content?.tableData?.row ?? []).map(({ cell = [] }) => ({ cell })),
      };
    },
    stop: async () => {
      close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

interface AnalyzeAnswer {
  readonly resolvedStatement?: ResolvedTree;
}

interface EvaluateAnswer {
  readonly prepared: { readonly columns?: readonly GoogleSqlColumn[] };
  readonly content?: { readonly tableData?: { readonly row?: readonly Partial<Cells>[] } };
}

function catalogMessage({ tables, datasets }: Catalog, languageOptions: object): object {
  let id = 0;
  const message = ({ name, columns }: CatalogTable) => {
    id += 1;
    return { name, serializationId: id, column: columns };
  };
  return {
    name: 'warehouse',
    builtinFunctionOptions: { languageOptions },
    table: tables.map(message),
    catalog: Object.entries(datasets).map(([name, own]) => ({ name, table: own.map(message) })),
  };
}

function serverFolder(): string {
  const manifest = import.meta.resolve('@fivetrandevelopers/zetasql/package.json');
  return join(dirname(fileURLToPath(manifest)), 'lib', 'zetasql');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the GoogleSQL server ended with ${code}`)));
    child.once('error', reject);
    child.stdout?.on('data', (text) => {
      if (/Server listening/.test(String(text))) resolve();
    });
  });
}

/** A tree may be deeper than the reader allows by itself; the loader keeps the reader to itself. */
function allowDeepTrees(): void {
  const load = createRequire(import.meta.resolve('@grpc/proto-loader'));
  const { Reader, util } = load('protobufjs') as {
    readonly Reader: { recursionLimit: number };
    readonly util: { recursionLimit: number };
  };
  Reader.recursionLimit = deepestTree;
  util.recursionLimit = deepestTree;
}

/** The package's own client lacks the calls that evaluate; the raw service has them. */
function connect(
  folder: string,
  port: number,
): { readonly call: Call; readTree(answer: Buffer): object; close(): void } {
  allowDeepTrees();
  const protos = join(folder, 'protos');
  const definition = loadSync(join(protos, 'local_service.proto'), {
    keepCase: false,
    longs: String,
    enums: String,
    includeDirs: [protos],
  });
  const loaded = loadPackageDefinition(definition);
  const zetasql = loaded['zetasql'] as GrpcObject;
  const localService = zetasql['local_service'] as GrpcObject;
  const Client = localService['ZetaSqlLocalService'] as ServiceClientConstructor;
  const unlimited = {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  };
  const client = new Client(`localhost:${port}`, credentials.createInsecure(), unlimited);
  return {
    call: (name, request) =>
      new Promise((resolve, reject) => {
        const method = Client.service[name];
        if (!method) throw new Error(`no call ${name}`);
        // To read the tree of an analyzed statement takes long, and hardly anybody does.
        const read = name === 'Analyze' ? (answer: Buffer) => answer : method.responseDeserialize;
        client.makeUnaryRequest<object, unknown>(
          method.path,
          method.requestSerialize,
          read,
          request,
          (error, answer) => (error ? reject(error) : resolve(answer)),
        );
      }),
    readTree: (answer) => {
      const method = Client.service['Analyze'];
      if (!method) throw new Error('no call Analyze');
      return method.responseDeserialize(answer) as object;
    },
    close: () => client.close(),
  };
}
