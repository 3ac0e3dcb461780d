import type { DocumentFolder, OpenDocuments } from '../../src-main/platform/documents.types';
import { StorageError } from '../../src-main/platform/documents.types';

/** A disk of JSON texts that outlives what is opened on it, and that can be told to fail. */
export interface MemoryDisk {
  readonly documents: OpenDocuments;
  /** The texts of a folder by name, as they would be after a crash right now; may be changed as a crash or damage would. */
  texts(folder: string): Map<string, string>;
  /** `null`: the disk works. */
  failWith(reason: StorageError['reason'] | null): void;
  /** What happens while a document of a folder is being written. */
  beforeWrite(happens: (folder: string) => Promise<void>): void;
  /** How often something was written. */
  writes(): number;
}

/** Makes an empty disk. */
export function createMemoryDisk(): MemoryDisk {
  const folders = new Map<string, Map<string, string>>();
  let fault: StorageError['reason'] | null = null;
  let writes = 0;
  let meanwhile: (folder: string) => Promise<void> = () => Promise.resolve();
  const folderOf = (name: string): Map<string, string> => {
    const found = folders.get(name) ?? new Map<string, string>();
    folders.set(name, found);
    return found;
  };
  const work = async (): Promise<void> => {
    await Promise.resolve();
    if (fault) throw new StorageError(fault);
  };
  const documents: OpenDocuments = (folder, schema) => {
    type Document = ReturnType<typeof schema.parse>;
    const opened: DocumentFolder<Document> = {
      async loadAll() {
        await work();
        const found = new Map<string, Document>();
        let quarantined = 0;
        for (const [name, text] of [...folderOf(folder)]) {
          try {
            found.set(name, schema.parse(JSON.parse(text)));
          } catch {
            folderOf(folder).delete(name);
            quarantined += 1;
          }
        }
        return { documents: found, quarantined };
      },
      async write(name, document) {
        await meanwhile(folder);
        await work();
        writes += 1;
        folderOf(folder).set(name, JSON.stringify(schema.parse(document)));
      },
      async remove(name) {
        await work();
        folderOf(folder).delete(name);
      },
    };
    return opened;
  };
  return {
    documents,
    texts: (folder) => folderOf(folder),
    failWith: (reason) => void (fault = reason),
    beforeWrite: (happens) => void (meanwhile = happens),
    writes: () => writes,
  };
}
