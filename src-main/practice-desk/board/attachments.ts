import { randomUUID } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import type { Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { UploadSchema, type Person, type Upload } from '@shared/board-api';
import type { Blobs, IncomingBlob } from '../data/blobs';
import type { Store, Transaction } from '../data/store';
import type { Row } from '../data/tables';
import type { DeskClock } from '../types';

/** A file that has arrived. */
export interface ArrivedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** Files of people: staged until a write names them, then part of a ticket. */
export interface Attachments {
  receive(): Promise<IncomingBlob>;
  /** Stages a file. The same key and file give the first upload again. */
  stage(
    person: Person,
    key: Ref | null,
    file: ArrivedFile,
  ): Promise<Result<{ upload: Upload; replayed: boolean }, 'keyReused'>>;
  /** A file of one of the person's tickets. */
  find(person: Person, id: string): Row<'attachment'> | null;
  /** The bytes; `null` where they are lost. */
  read(sha256: string): Promise<ReadStream | null>;
  /** Forgets staged files that no write has named for a day, and removes bytes that nobody names. */
  sweep(): Promise<void>;
}

const STAGED_FOR_MS = 24 * 60 * 60 * 1000;
/** Bytes that arrived a moment ago may still be on their way into the tables. */
const YOUNG_FOR_MS = 60 * 60 * 1000;

/** The files of a desk. */
export function createAttachments(deps: { store: Store; blobs: Blobs; clock: DeskClock }): Attachments {
  const { store, blobs, clock } = deps;
  return {
    receive: () => blobs.receive(),
    read: (sha256) => blobs.read(sha256),
    stage: (person, key, file) =>
      store.transact<{ upload: Upload; replayed: boolean }, 'keyReused'>((tx) => {
        const id = key === null ? randomUUID() : `${person.id}.${key}`;
        const known = tx.get('upload', id);
        if (known)
          return isSame(known, file)
            ? ok({ upload: UploadSchema.parse(known), replayed: true })
            : err('keyReused');
        return ok({ upload: put(tx, id, person, key, file, clock.now()), replayed: false });
      }),
    find(person, id) {
      const row = store.table('attachment').get(id);
      const owner = row && store.table('ticket').get(row.ticketId)?.ownerId;
      return row && owner === person.id ? row : null;
    },
    async sweep() {
      const now = clock.now().getTime();
      await dropStale(store, new Date(now - STAGED_FOR_MS).toISOString());
      const named = [...store.table('upload').values(), ...store.table('attachment').values()];
      // Files carry the time of the disk, not that of the desk's clock.
      await blobs.sweep(new Set(named.map((row) => row.sha256)), new Date(Date.now() - YOUNG_FOR_MS));
    },
  };
}

const isSame = (known: ArrivedFile, file: ArrivedFile): boolean =>
  known.sha256 === file.sha256 && known.name === file.name && known.type === file.type;

function put(
  tx: Transaction,
  id: string,
  person: Person,
  key: Ref | null,
  file: ArrivedFile,
  at: Date,
): Upload {
  const { name, type, size, sha256 } = file;
  tx.put('upload', id, { id, name, type, size, sha256, ownerId: person.id, at: at.toISOString(), key });
  return { id, name, type, size, sha256 };
}

async function dropStale(store: Store, before: string): Promise<void> {
  await store.transact((tx) => {
    for (const [id, upload] of store.table('upload')) if (upload.at < before) tx.drop('upload', id);
    return ok(null);
  });
}
