import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../src-main/platform/documents.types';
import { createSpool } from '../../../src-main/platform/spool';

let folder = '';
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'spool-')), 'files');
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

const bytesOf = (text: string) => new TextEncoder().encode(text);
const UNKNOWN = 'a'.repeat(64);

describe('the spool', () => {
  it('gives back any bytes under their SHA-256', async () => {
    const spool = createSpool(folder);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const sha256 = await spool.put(bytes);
        expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(new Uint8Array(await createSpool(folder).read(sha256))).toEqual(bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the same bytes once, also when they come at the same time', async () => {
    const spool = createSpool(folder);
    await Promise.all([spool.put(bytesOf('x')), spool.put(bytesOf('x')), spool.put(bytesOf('y'))]);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('knows what it has', async () => {
    const spool = createSpool(folder);
    expect(await spool.has(UNKNOWN)).toBe(false);
    expect(await spool.has(await spool.put(bytesOf('x')))).toBe(true);
    await expect(spool.read(UNKNOWN)).rejects.toThrow();
  });

  it('never gives out damaged bytes, and mends them when they come again', async () => {
    const spool = createSpool(folder);
    const sha256 = await spool.put(bytesOf('right'));
    await writeFile(path.join(folder, sha256), 'wrong');
    await expect(spool.read(sha256)).rejects.toThrow();
    await spool.put(bytesOf('right'));
    expect(new Uint8Array(await spool.read(sha256))).toEqual(bytesOf('right'));
  });

  it('reads nothing outside its folder', async () => {
    await expect(createSpool(folder).read('../../etc/passwd')).rejects.toThrow();
    await expect(createSpool(folder).has('..')).rejects.toThrow();
  });

  it('sweeps what is not in use and what was half-written, and nothing else', async () => {
    const spool = createSpool(folder);
    const used = await spool.put(bytesOf('used'));
    const unused = await spool.put(bytesOf('unused'));
    await writeFile(path.join(folder, '.partial-left-behind'), 'hal');
    await spool.sweep(new Set([used]));
    expect(await readdir(folder)).toEqual([used]);
    expect(await spool.has(unused)).toBe(false);
    await createSpool(path.join(folder, 'none')).sweep(new Set());
  });

  it('is private to the user', async () => {
    const sha256 = await createSpool(folder).put(bytesOf('x'));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, sha256))).mode & 0o777).toBe(0o600);
  });

  it('says why a file could not be stored', async () => {
    await writeFile(folder, 'a file in the way');
    await expect(createSpool(folder).put(bytesOf('x'))).rejects.toBeInstanceOf(StorageError);
  });
});
