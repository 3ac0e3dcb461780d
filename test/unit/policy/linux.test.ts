import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLinuxSource, LINUX_FILE } from '../../../src-main/policy/linux';

const NOBODY = 65_534;
const me = process.getuid?.() ?? 0;
const isRoot = me === 0;
/** Whoever runs the tests stands for the administrator; root does so by itself. */
const owners = isRoot ? [0] : [0, me];

/** The home folder: other than a temporary folder, nobody else may write there or above. */
let root: string;
let file: string;
const read = (from = file, rules = {}) => createLinuxSource(from, { owners, ...rules }).read();
const put = (content: string | Uint8Array, mode = 0o644) => {
  writeFileSync(file, content);
  chmodSync(file, mode);
};

beforeEach(() => {
  root = mkdtempSync(path.join(os.homedir(), '.deskbell-policy-'));
  file = path.join(root, 'etc', 'deskbell', 'policy.json');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  chmodSync(root, 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('managed settings on Linux', () => {
  it('are in the place that the guide names, and there are none here', async () => {
    expect(LINUX_FILE).toBe('/etc/deskbell/policy.json');
    expect(await read(path.join(root, 'elsewhere', 'policy.json'))).toEqual({ kind: 'absent' });
    expect(await read()).toEqual({ kind: 'absent' });
  });

  it('are what the file says', async () => {
    put('{"organisation": "Lindner & Söhne"}');
    expect(await read()).toEqual({
      kind: 'found',
      content: { organisation: 'Lindner & Söhne' },
      problems: [],
    });
  });

  it('may begin with a byte order mark', async () => {
    put('\ufeff{"organisation": "x"}');
    expect(await read()).toMatchObject({ kind: 'found', content: { organisation: 'x' } });
  });

  it.each([
    ['written by its group', 'writable', () => put('{}', 0o664)],
    ['written by everybody', 'writable', () => put('{}', 0o646)],
    [
      'in a folder that its group may write to',
      'writable',
      () => {
        put('{}');
        chmodSync(path.dirname(file), 0o775);
      },
    ],
    [
      'below a folder that everybody may write to, as a temporary one',
      'writable',
      () => {
        put('{}');
        chmodSync(path.join(root, 'etc'), 0o1777);
      },
    ],
    [
      'a link, even to a good file',
      'link',
      () => {
        put('{}');
        renameSync(file, `${file}.real`);
        symlinkSync(`${file}.real`, file);
      },
    ],
    [
      'below a link',
      'link',
      () => {
        put('{}');
        renameSync(path.join(root, 'etc'), path.join(root, 'real'));
        symlinkSync(path.join(root, 'real'), path.join(root, 'etc'));
      },
    ],
    ['a folder', 'notAFile', () => mkdirSync(file)],
    ['a pipe that nobody writes to', 'notAFile', () => execFileSync('mkfifo', ['-m', '644', file])],
    [
      'below a file',
      'notAFile',
      () => {
        rmSync(path.dirname(file), { recursive: true });
        writeFileSync(path.dirname(file), '');
      },
    ],
    ['cut short', 'notReadable', () => put('{"organisation": "Lind')],
    ['empty', 'notReadable', () => put('')],
    ['too deep to be read', 'notReadable', () => put('['.repeat(900_000))],
    ['no text', 'notText', () => put(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))],
    ['far too large', 'tooLarge', () => put(' '.repeat(1024 * 1024 + 1))],
  ])('are not read where the file is %s', async (_what, fault, prepare) => {
    prepare();
    expect(await read()).toEqual({ kind: 'failed', fault });
  });

  it('are not read from the file or the folder of somebody else', async () => {
    put('{}');
    expect(await read(file, { owners: [NOBODY] })).toEqual({ kind: 'failed', fault: 'owner' });
    if (isRoot) {
      chownSync(file, NOBODY, NOBODY);
      expect(await read()).toEqual({ kind: 'failed', fault: 'owner' });
      chownSync(file, 0, 0);
      chownSync(path.dirname(file), NOBODY, 0);
    }
    expect(await read(file, isRoot ? {} : { owners: [0] })).toEqual({ kind: 'failed', fault: 'owner' });
  });

  it('that may not be read are said to be so', async () => {
    put('{}', 0o600);
    if (isRoot) process.seteuid?.(NOBODY);
    else chmodSync(file, 0o000);
    try {
      expect(await read()).toEqual({ kind: 'failed', fault: 'noPermission' });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('are read up to their largest size', async () => {
    put(`{}${' '.repeat(1024 * 1024 - 2)}`);
    expect(await read()).toMatchObject({ kind: 'found' });
  });
});
