import { type ChildProcess, spawn } from 'node:child_process';
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
const statementKinds = [
  'QUERY',
  'INSERT',
  'DELETE',
  'UPDATE',
  'MERGE',
  'CREATE_TABLE',
  'CREATE_SCHEMA',
];
const features = [
  'FEATURE_ANALYTIC_FUNCTIONS',
  'FEATURE_V_1_3_QUALIFY',
  'FEATURE_NUMERIC_TYPE',
  'FEATURE_PARAMETERIZED_TYPES',
  'FEATURE_INTERVAL_TYPE',
  'FEATURE_CREATE_TABLE_NOT_NULL',
  'FEATURE_CREATE_TABLE_FIELD_ANNOTATIONS',
  'FEATURE_CREATE_TABLE_PARTITION_BY',
  'FEATURE_CREATE_TABLE_CLUSTER_BY',
];

interface LanguageOptions {
  readonly enabledLanguageFeatures: readonly string[];
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
  const { call, close } = connect(folder, port);
  const given = (await call('GetLanguageOptions', {
    maximumFeatures: true,
    languageVersion: 'VERSION_CURRENT',
  })) as LanguageOptions;
  const languageOptions = {
    ...given,
    enabledLanguageFeatures: [...new Set([...given.enabledLanguageFeatures, ...features])],
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

/** The package's own client lacks the calls that evaluate; the raw service has them. */
function connect(folder: string, port: number): { readonly call: Call; close(): void } {
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
        // The tree of an analyzed statement is deeper than the reader allows, and nobody reads it.
        const read = name === 'Analyze' ? (answer: Buffer) => answer : method.responseDeserialize;
        client.makeUnaryRequest<object, unknown>(
          method.path,
          method.requestSerialize,
          read,
          request,
          (error, answer) => (error ? reject(error) : resolve(answer)),
        );
      }),
    close: () => client.close(),
  };
}
