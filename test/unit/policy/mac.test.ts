import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import plist from 'plist';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '@shared/domain/result';
import { createMacSource } from '../../../src-main/policy/mac';
import { parsePlist } from '../../../src-main/policy/plist';
import type { RunTool } from '../../../src-main/policy/tool';

/** As `plutil -convert xml1` prints the managed preferences of a profile. */
const PRINTED = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadUUID</key>
	<string>2E5B9F3C-6C5E-4B0E-8B6C-6C1A7A0B1F10</string>
	<key>_manualProfile</key>
	<true/>
	<key>organisation</key>
	<string>Lindner &amp; S&#xF6;hne &lt;IT&gt;</string>
	<key>features</key>
	<dict>
		<key>practiceDesk</key>
		<false/>
	</dict>
	<key>agreement</key>
	<dict>
		<key>emergencyConfirmMinutes</key>
		<integer>30</integer>
		<key>covered</key>
		<array>
			<string>Mail</string>
			<string></string>
		</array>
	</dict>
	<key>signIn</key>
	<dict/>
	<key>until</key>
	<date>2026-03-02T08:42:00Z</date>
	<key>logo</key>
	<data>
	aGVs
	bG8=
	</data>
</dict>
</plist>
`;

const me = process.getuid?.() ?? 0;
const rules = { owners: [0, me] };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.homedir(), '.deskbell-policy-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: string | Uint8Array) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true, mode: 0o755 });
  writeFileSync(path.join(folder, name), content, { mode: 0o644 });
};
const noTool: RunTool = () => Promise.reject(new Error('not wanted'));
const read = (run: RunTool = noTool, userName = 'ada') =>
  createMacSource({ userName, folder, rules, run }).read();

describe('a property list', () => {
  it('is read as the system prints it', () =>
    expect(parsePlist(PRINTED)).toEqual({
      ok: true,
      value: {
        PayloadUUID: '2E5B9F3C-6C5E-4B0E-8B6C-6C1A7A0B1F10',
        _manualProfile: true,
        organisation: 'Lindner & Söhne <IT>',
        features: { practiceDesk: false },
        agreement: { emergencyConfirmMinutes: 30, covered: ['Mail', ''] },
        signIn: {},
        until: '2026-03-02T08:42:00Z',
        logo: 'aGVsbG8=',
      },
    }));

  it('is read as another program writes it', () => {
    const value = fc.letrec<{ node: plist.PlistValue }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', '')),
        fc.boolean(),
        fc.integer(),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), tie('node'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    })).node;
    fc.assert(
      fc.property(value, (content) => {
        expect(parsePlist(plist.build({ content }))).toEqual({
          ok: true,
          value: { content },
        });
      }),
    );
  });

  it('that is none is refused, whatever it is', () => {
    for (const text of ['', '{}', PRINTED.slice(0, 400), PRINTED.replace('</dict>', ''), '<plist></plist>'])
      expect(parsePlist(text)).toEqual({ ok: false, fault: 'notAPlist' });
    fc.assert(fc.property(fc.string(), (text) => void expect(parsePlist(`<plist>${text}`).ok).toBe(false)));
  });
});

describe('managed settings on macOS', () => {
  it('are none without a profile', async () => expect(await read()).toEqual({ kind: 'absent' }));

  it('are what the profile forces, without the marks of the profile itself', async () => {
    put('org.deskbell.Deskbell.plist', PRINTED);
    const reading = await read();
    expect(reading).toMatchObject({ kind: 'found', content: { organisation: 'Lindner & Söhne <IT>' } });
    expect(JSON.stringify(reading)).not.toMatch(/Payload|_manual/);
  });

  it('are turned round by the system’s own tool where they are stored in binary', async () => {
    put('org.deskbell.Deskbell.plist', Buffer.concat([Buffer.from('bplist00'), Buffer.from([0xd1, 1, 2])]));
    const run: RunTool = async (file, args, options) => {
      expect([file, ...args].join(' ')).toBe('/usr/bin/plutil -convert xml1 -o - -- -');
      expect(Buffer.from(options?.input ?? []).toString('latin1')).toMatch(/^bplist00/);
      return ok({ code: 0, output: Buffer.from(PRINTED) });
    };
    expect(await read(run)).toMatchObject({ kind: 'found', content: { features: { practiceDesk: false } } });
    expect(await read(async () => ok({ code: 1, output: Buffer.from('') }))).toEqual({
      kind: 'failed',
      fault: 'tool',
    });
  });

  it('of the computer count alone; those of the user where there are none', async () => {
    const of = (organisation: string) => plist.build({ organisation });
    put('ada/org.deskbell.Deskbell.plist', of('for Ada'));
    expect(await read()).toMatchObject({ content: { organisation: 'for Ada' } });
    expect(await read(noTool, 'ben')).toEqual({ kind: 'absent' });
    put('org.deskbell.Deskbell.plist', of('for all'));
    expect(await read()).toMatchObject({ content: { organisation: 'for all' } });
  });

  it('are not taken from a file that others may write to, nor from a damaged one', async () => {
    put('org.deskbell.Deskbell.plist', PRINTED);
    chmodSync(path.join(folder, 'org.deskbell.Deskbell.plist'), 0o666);
    expect(await read()).toEqual({ kind: 'failed', fault: 'writable' });
    put('org.deskbell.Deskbell.plist', '<plist><dict>');
    chmodSync(path.join(folder, 'org.deskbell.Deskbell.plist'), 0o644);
    expect(await read()).toEqual({ kind: 'failed', fault: 'notReadable' });
  });

  it('are not looked for outside the folder, whatever the user is called', async () => {
    put('org.deskbell.Deskbell.plist.d/x', '');
    expect(await read(noTool, '../..')).toEqual({ kind: 'absent' });
  });
});
