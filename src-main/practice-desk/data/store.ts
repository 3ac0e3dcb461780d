import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ok, type Result } from '@shared/domain/result';
import type { DeskClock, DeskLog } from '../types';
import { openJournal, UnreadableJournal, type Journal } from './journal';
import { ONLY_ROW, TABLES, type Row, type TableName } from './tables';

/** The desk's data: read in memory, changed in transactions that are on disk before anybody sees them. */
export interface Store {
  /** Names this set of data; a desk that had to start fresh has another. */
  readonly epoch: string;
  /** Where unreadable data was moved when the desk started; `null`: all was well. */
  readonly movedAside: string | null;
  table<T extends TableName>(name: T): ReadonlyMap<string, Row<T>>;
  /**
   * Runs `change` alone, stores what it did durably, then shows it to everybody. An `err` changes nothing.
   * @throws StorageFailure when the disk would not take it; nothing has changed then
   */
  transact<T, E>(change: (tx: Transaction) => Result<T, E>): Promise<Result<T, E>>;
  /** Calls back after every transaction that changed something, with the changed rows. */
  onCommit(listener: (changes: readonly Change[]) => void): () => void;
  /** Waits for what runs and closes the files. */
  close(): Promise<void>;
}

/** What a transaction may do. It sees its own changes. */
export interface Transaction {
  get<T extends TableName>(table: T, id: string): Row<T> | undefined;
  put<T extends TableName>(table: T, id: string, row: Row<T>): void;
  drop(table: TableName, id: string): void;
  /** The number of a change that clients can see; never given twice. */
  nextSequence(): number;
  /** The next ticket number. */
  nextNumber(): number;
}

/** One changed row; `row` is `null` where it was removed. */
export type Change = { [T in TableName]: { table: T; id: string; row: Row<T> | null } }[TableName];

/** The disk did not take a write. */
export class StorageFailure extends Error {
  constructor(options: ErrorOptions) {
    super('practice desk: not stored', options);
    this.name = 'StorageFailure';
  }
}

const FILE = 'desk.jsonl';
const HEADER = { format: 'deskbell-practice-desk', version: 1 } as const;
const FIRST_NUMBER = 4101;
/** The journal is rewritten when it is at least this big and has grown to several times what it was after the last time. */
const REWRITE_FROM_BYTES = 1024 * 1024;
const REWRITE_GROWTH = 4;

const HeaderSchema = z.object({ format: z.literal(HEADER.format), version: z.literal(HEADER.version) });
const EntrySchema = z.array(
  z.object({
    t: z.enum(Object.keys(TABLES) as [TableName, ...TableName[]]),
    id: z.string(),
    row: z.unknown(),
  }),
);

type Tables = { [T in TableName]: Map<string, Row<T>> };

/** Opens the data in `folder`. Data that cannot be read is moved to `unreadable/` beside it and reported. */
export async function openStore(folder: string, deps: { clock: DeskClock; log: DeskLog }): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await openReadable(folder, deps, null);
  } catch (error) {
    if (!(error instanceof UnreadableJournal)) throw error;
    deps.log.error('practice-desk.unreadable', error, { line: error.line });
    return await openReadable(folder, deps, await moveAside(folder, deps.clock.now()));
  }
}

async function moveAside(folder: string, now: Date): Promise<string> {
  const target = path.join(folder, 'unreadable', now.toISOString().replaceAll(':', '-'));
  await mkdir(path.dirname(target), { recursive: true });
  await mkdir(target);
  await rename(path.join(folder, FILE), path.join(target, FILE));
  return target;
}

async function openReadable(
  folder: string,
  deps: { log: DeskLog },
  movedAside: string | null,
): Promise<Store> {
  const { journal, entries } = await openJournal(path.join(folder, FILE));
  try {
    const tables = load(entries);
    if (!tables.meta.has(ONLY_ROW)) {
      tables.meta.set(ONLY_ROW, { epoch: randomUUID(), sequence: 0, nextNumber: FIRST_NUMBER });
      await journal.rewrite(allLines(tables));
    }
    return createStore(journal, tables, deps, movedAside);
  } catch (error) {
    await journal.close();
    throw error;
  }
}

function createStore(
  journal: Journal,
  tables: Tables,
  deps: { log: DeskLog },
  movedAside: string | null,
): Store {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  let queue: Promise<unknown> = Promise.resolve();
  let sizeAfterRewrite = journal.size;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  async function commit(changes: readonly Change[]): Promise<void> {
    try {
      await journal.append(changes.map((change) => ({ t: change.table, id: change.id, row: change.row })));
    } catch (error) {
      throw new StorageFailure({ cause: error });
    }
    for (const change of changes) apply(tables, change);
    if (journal.size > Math.max(REWRITE_FROM_BYTES, REWRITE_GROWTH * sizeAfterRewrite)) void inTurn(compact);
  }

  async function compact(): Promise<void> {
    if (journal.size <= Math.max(REWRITE_FROM_BYTES, REWRITE_GROWTH * sizeAfterRewrite)) return;
    try {
      await journal.rewrite(allLines(tables));
    } catch (error) {
      deps.log.error('practice-desk.compaction', error);
    }
    sizeAfterRewrite = journal.size;
  }

  async function run<T, E>(change: (tx: Transaction) => Result<T, E>): Promise<Result<T, E>> {
    const { tx, changes } = createTransaction(tables);
    const result = change(tx);
    const made = changes();
    if (!result.ok || made.length === 0) return result;
    await commit(made);
    for (const listener of listeners) listener(made);
    return result;
  }

  return {
    epoch: tables.meta.get(ONLY_ROW)?.epoch ?? '',
    movedAside,
    table: (name) => tables[name],
    transact: (change) => inTurn(() => run(change)),
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => inTurn(() => journal.close()),
  };
}

function createTransaction(tables: Tables): { tx: Transaction; changes: () => Change[] } {
  const changed = new Map<string, Change>();
  const keyOf = (table: TableName, id: string): string => `${table} ${id}`;

  function get<T extends TableName>(table: T, id: string): Row<T> | undefined {
    const change = changed.get(keyOf(table, id));
    if (change) return (change.row as Row<T> | null) ?? undefined;
    return tables[table].get(id);
  }

  function record(change: Change): void {
    const key = keyOf(change.table, change.id);
    changed.delete(key);
    changed.set(key, change);
  }

  function count(field: 'sequence' | 'nextNumber'): number {
    const meta = get('meta', ONLY_ROW);
    if (!meta) throw new Error('practice desk: no meta row');
    const next = meta[field] + 1;
    record({ table: 'meta', id: ONLY_ROW, row: { ...meta, [field]: next } });
    return field === 'sequence' ? next : meta.nextNumber;
  }

  const tx: Transaction = {
    get,
    put: (table, id, row) => record({ table, id, row } as Change),
    drop: (table, id) => record({ table, id, row: null }),
    nextSequence: () => count('sequence'),
    nextNumber: () => count('nextNumber'),
  };
  return { tx, changes: () => [...changed.values()] };
}

/** Puts a row last in its table, so that a table is always in the order of changes. */
function apply(tables: Tables, change: Change): void {
  const table = tables[change.table] as Map<string, unknown>;
  table.delete(change.id);
  if (change.row !== null) table.set(change.id, change.row);
}

function load(entries: readonly unknown[]): Tables {
  const tables: Tables = {
    meta: new Map(),
    person: new Map(),
    session: new Map(),
    ticket: new Map(),
    write: new Map(),
    upload: new Map(),
    attachment: new Map(),
    agreement: new Map(),
    announcements: new Map(),
  };
  const [header, ...rest] = entries;
  if (header === undefined) return tables;
  if (!HeaderSchema.safeParse(header).success) throw new UnreadableJournal(1);
  rest.forEach((entry, index) => loadEntry(tables, entry, index + 2));
  return tables;
}

function loadEntry(tables: Tables, entry: unknown, line: number): void {
  const parsed = EntrySchema.safeParse(entry);
  if (!parsed.success) throw new UnreadableJournal(line);
  for (const { t, id, row } of parsed.data) {
    const checked = row === null ? ok(null) : TABLES[t].safeParse(row);
    if ('success' in checked && !checked.success) throw new UnreadableJournal(line);
    apply(tables, { table: t, id, row: 'success' in checked ? checked.data : null } as Change);
  }
}

function* allLines(tables: Tables): Generator<unknown> {
  yield HEADER;
  for (const name of Object.keys(tables) as TableName[]) {
    for (const [id, row] of tables[name]) yield [{ t: name, id, row }];
  }
}
