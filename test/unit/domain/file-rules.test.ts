import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../../src-shared/domain/attachment';
import {
  checkFile,
  extensionOf,
  isProgram,
  safeFileName,
  sizeOf,
} from '../../../src-shared/domain/file-rules';

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => new TextEncoder().encode(value);
const PNG = bytes(0x89, 0x50, 0x4e, 0x47);
const EXE = bytes(0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00);

describe('checkFile', () => {
  it('lets an ordinary file go', () => {
    expect(checkFile({ name: 'scan.png', size: 4000, head: PNG })).toBeNull();
  });
  it('names a file without content', () => {
    expect(checkFile({ name: 'scan.png', size: 0, head: bytes() })).toBe('empty');
  });
  it('takes a file of exactly the limit and no byte more', () => {
    expect(checkFile({ name: 'a.zip', size: MAX_FILE_BYTES, head: PNG })).toBeNull();
    expect(checkFile({ name: 'a.zip', size: MAX_FILE_BYTES + 1, head: PNG })).toBe('tooLarge');
  });
  it.each([
    'setup.exe',
    'SETUP.EXE',
    'invoice.pdf.scr',
    'invoice.exe ',
    'invoice.exe.',
    'a\u202efdp.exe',
    'run.ps1',
    'x.AppImage',
    'start.command',
    'a.exe\u0000',
  ])('refuses %j by its name', (name) =>
    expect(checkFile({ name, size: 10, head: text('hello') })).toBe('program'),
  );
  it.each([
    ['a Windows program', EXE],
    ['an ELF program', bytes(0x7f, 0x45, 0x4c, 0x46, 2)],
    ['a Mach-O program', bytes(0xcf, 0xfa, 0xed, 0xfe)],
    ['a script', text('#!/bin/sh\nrm -rf')],
    ['a script with a space', text('#! /usr/bin/env bash')],
  ])('refuses %s whatever it is called', (_what, head) => {
    expect(checkFile({ name: 'holiday.jpg', size: 900, head })).toBe('program');
  });
  it.each([
    [
      'a text that starts with MZ',
      text('MZ is short for Mark Zbikowski, who designed the format of programs'),
    ],
    ['a note that starts with #!', text('#! important')],
    ['a short file', text('M')],
  ])('lets %s go', (_what, head) =>
    expect(checkFile({ name: 'note.txt', size: head.length, head })).toBeNull(),
  );
  it('says that a program is one, even if it is too large as well', () => {
    expect(checkFile({ name: 'setup.exe', size: 200 * 1024 * 1024, head: EXE })).toBe('program');
  });
});

describe('extensionOf', () => {
  it.each([
    ['a.tar.gz', 'gz'],
    ['README', ''],
    ['.bashrc', 'bashrc'],
    ['a.EXE . .', 'exe'],
    ['a. exe', 'exe'],
  ])('%j -> %j', (name, extension) => expect(extensionOf(name)).toBe(extension));
});

describe('safeFileName', () => {
  it.each([
    ['scan.png', 'scan.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\scan.png', 'scan.png'],
    ['a/b/', 'b'],
    ['con', '_con'],
    ['COM1.txt', '_COM1.txt'],
    ['console.log', 'console.log'],
    ['..', 'file'],
    ['', 'file'],
    ['a<b>:"c|?*.txt', 'a_b___c___.txt'],
    ['report\u202efdp.exe', 'reportfdp.exe'],
    [' .hidden. ', 'hidden'],
    ['löwe 🦁.png', 'löwe 🦁.png'],
    ['line\nbreak.txt', 'line break.txt'],
  ])('%j -> %j', (name, safe) => expect(safeFileName(name)).toBe(safe));

  it('keeps the extension of a name that is too long', () => {
    const safe = safeFileName(`${'🦁'.repeat(200)}.png`);
    expect(safe).toMatch(/🦁\.png$/u);
    expect(text(safe).length).toBeLessThanOrEqual(255);
  });

  it('is safe for any name, and the same when applied again', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('..', '/', '\\', 'con', 'nul.', ' ', '.', '\u202e', ':', 'é', '.exe'),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
        (name) => {
          const safe = safeFileName(name);
          expect(safe).not.toBe('');
          expect(safe).not.toMatch(/[/\\<>:"|?*\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]|^[. ]|[. ]$/);
          expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          expect(text(safe).length).toBeLessThanOrEqual(255);
          expect(safeFileName(safe)).toBe(safe);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never turns a program into something else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        fc.pre(!/[/\\]/.test(name));
        expect(isProgram(safeFileName(`a${name}.exe`), PNG)).toBe(true);
      }),
    );
  });
});

describe('sizeOf', () => {
  it.each([
    [1, '1 byte'],
    [340, '340 bytes'],
    [12_300, '12 kB'],
    [3_400_000, '3.4 MB'],
    [26_214_400, '26 MB'],
  ])('%d -> %j', (size, words) => expect(sizeOf(size, 'en')).toBe(words));
});
