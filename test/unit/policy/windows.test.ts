import { describe, expect, it } from 'vitest';
import { readPolicy } from '@shared/domain/policy-reading';
import { ok, err, type Result } from '@shared/domain/result';
import { parseRegQuery, subKeysOf } from '../../../src-main/policy/reg-query';
import { readRegistry } from '../../../src-main/policy/registry-content';
import type { RunTool, ToolAnswer } from '../../../src-main/policy/tool';
import { createWindowsSource, REGISTRY_KEY } from '../../../src-main/policy/windows';

const lines = (...all: readonly string[]) => ['', ...all, ''].join('\r\n');
const KEY = String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell`;

/** As `reg.exe query … /s` prints it. */
const RECORDED = lines(
  KEY,
  '    (Standard)    REG_SZ    (Wert nicht gesetzt)',
  '    organisation    REG_SZ    Lindner & Söhne',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\board`,
  '    kind    REG_SZ    rt',
  '    url    REG_SZ    https://rt.example.com/rt',
  '    queue    REG_SZ    Service Board',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\board\fields`,
  '    ref    REG_SZ    ',
  '    impact    REG_SZ    Business impact',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\board\fields\survey`,
  '    1    REG_SZ    S1',
  '    2    REG_SZ    S2',
  '    3    REG_SZ    S3',
  '    4    REG_SZ    S4',
  '    5    REG_SZ    S5',
  '',
  // Names are the same in any case, as an administrator types them.
  String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Deskbell\Features`,
  '    PracticeDesk    REG_DWORD    0x0',
  '    screenshots    REG_DWORD    0x1',
  '    deviceFacts    REG_SZ    false',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\hours`,
  '    timeZone    REG_SZ    Europe/Berlin',
  '    monday    REG_SZ    08:00-12:00, 13:00-17:00',
  '    tuesday    REG_SZ    ',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\hours\holidays`,
  '    10    REG_SZ    2027-01-01 Neujahr',
  '    2    REG_SZ    2026-12-26 Zweiter Weihnachtstag',
  '    1    REG_SZ    2026-12-25 Weihnachten',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\agreement`,
  '    emergencyConfirmMinutes    REG_DWORD    0x1e',
  String.raw`    covered    REG_MULTI_SZ    Mail\0Printers\0The office network`,
  '    notCovered    REG_SZ    ["Private devices"]',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\settings`,
  '    shortcut    REG_SZ    ',
  '    device    REG_SZ    {"consent": "yes", "without": ["user"]}',
  '',
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Deskbell\fallbackMail`,
  '    host    REG_SZ    smtp.example.com',
  '    port    REG_DWORD    0x24b',
  '    security    REG_SZ    starttls',
  '    signIn    REG_DWORD    0x0',
  '    deskAddress    REG_SZ    help@example.com',
  '    billingAddress    REG_SZ    ',
);

const policyOf = (printed: string) => {
  const reading = readRegistry(parseRegQuery(printed, KEY));
  if (reading.kind !== 'found') throw new Error(reading.kind);
  const read = readPolicy(reading.content);
  return { policy: read?.policy, problems: [...reading.problems, ...(read?.problems ?? [])] };
};

describe('what reg.exe prints', () => {
  it('is a policy, with everything that the registry has no kind of value for', () => {
    const { policy, problems } = policyOf(RECORDED);
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({
      organisation: 'Lindner & Söhne',
      board: {
        kind: 'rt',
        url: 'https://rt.example.com/rt',
        queue: 'Service Board',
        fields: {
          ref: null,
          impact: 'Business impact',
          visit: 'Visit',
          survey: ['S1', 'S2', 'S3', 'S4', 'S5'],
        },
      },
      features: { practiceDesk: false, screenshots: true, deviceFacts: false },
      hours: {
        timeZone: 'Europe/Berlin',
        monday: '08:00-12:00, 13:00-17:00',
        tuesday: '',
        holidays: ['2026-12-25 Weihnachten', '2026-12-26 Zweiter Weihnachtstag', '2027-01-01 Neujahr'],
      },
      agreement: {
        emergencyConfirmMinutes: 30,
        covered: ['Mail', 'Printers', 'The office network'],
        notCovered: ['Private devices'],
      },
      settings: { shortcut: '', device: { consent: 'yes', without: ['user'] } },
      fallbackMail: {
        host: 'smtp.example.com',
        port: 587,
        security: 'starttls',
        signIn: false,
        deskAddress: 'help@example.com',
        billingAddress: null,
      },
    });
  });

  it('keeps the lines of a text together, and names with spaces', () => {
    const tree = parseRegQuery(
      lines(KEY, '    Policy    REG_SZ    {', '  "organisation": "x"', '}', '    a b    REG_SZ    c    d'),
      KEY,
    );
    expect(tree).toEqual({ Policy: '{\n  "organisation": "x"\n}', 'a b': 'c    d' });
  });

  it('has one value with a whole policy, which counts alone', () => {
    const { policy, problems } = policyOf(
      lines(KEY, '    organisation    REG_SZ    y', '    Policy    REG_SZ    {"organisation": "x"}'),
    );
    expect(policy).toEqual({ organisation: 'x' });
    expect(problems).toEqual([{ path: 'organisation', reason: 'beside', expected: 'Policy' }]);
    const broken = parseRegQuery(lines(KEY, '    Policy    REG_SZ    {"organisation"'), KEY);
    expect(readRegistry(broken)).toEqual({ kind: 'failed', fault: 'notReadable' });
  });

  it('names wrong values as they are', () => {
    const { policy, problems } = policyOf(
      lines(
        KEY,
        '    organisation    REG_BINARY    0102',
        '    colour    REG_SZ    red',
        `${KEY}\\features`,
        '    screenshots    REG_DWORD    0x7',
        '    attachments    REG_SZ    no',
      ),
    );
    expect(policy).toEqual({});
    expect(problems.map(({ path, reason }) => [path, reason])).toEqual([
      ['organisation', 'type'],
      ['colour', 'unknown'],
      ['features.screenshots', 'type'],
      ['features.attachments', 'type'],
    ]);
  });

  it('is nothing where another key is told', () =>
    expect(parseRegQuery(lines(`${KEY}ette`, '    a    REG_SZ    b', 'something else'), KEY)).toEqual({}));

  it('tells the keys below', () =>
    expect(
      subKeysOf(
        lines(String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Microsoft`, KEY),
        String.raw`HKEY_LOCAL_MACHINE\Software\Policies`,
      ),
    ).toEqual(['Microsoft', 'Deskbell']));
});

describe('managed settings on Windows', () => {
  /** Answers in the order of the questions, and notes them. */
  const toolOf = (...answers: readonly Result<string | number, 'tool' | 'timedOut'>[]) => {
    const asked: string[] = [];
    const left = [...answers];
    const run: RunTool = async (file, args, options) => {
      asked.push([file, ...args].join(' '));
      expect(options).toEqual({ isVerbatim: true });
      const answer = left.shift() ?? err('tool');
      if (!answer.ok) return answer;
      const { value } = answer;
      return ok<ToolAnswer>(
        typeof value === 'number'
          ? { code: value, output: Buffer.from('') }
          : { code: 0, output: Buffer.from(value, 'utf8') },
      );
    };
    return { asked, read: () => createWindowsSource({ systemRoot: String.raw`C:\Windows`, run }).read() };
  };
  const above = ok(lines(String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Microsoft`, KEY));

  it('are read with the programs of the system and no others', async () => {
    const { asked, read } = toolOf(above, ok(RECORDED));
    expect(await read()).toMatchObject({ kind: 'found', content: { organisation: 'Lindner & Söhne' } });
    expect(asked).toEqual([
      String.raw`C:\Windows\System32\cmd.exe /d /s /c ""C:\Windows\System32\chcp.com" 65001 >nul & "C:\Windows\System32\reg.exe" query "HKEY_LOCAL_MACHINE\Software\Policies" /reg:64"`,
      String.raw`C:\Windows\System32\cmd.exe /d /s /c ""C:\Windows\System32\chcp.com" 65001 >nul & "C:\Windows\System32\reg.exe" query "HKEY_LOCAL_MACHINE\Software\Policies\Deskbell" /s /reg:64"`,
    ]);
    expect(REGISTRY_KEY).toBe(KEY);
  });

  it('are none where the key above has no such key', async () =>
    expect(
      await toolOf(ok(lines(String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Microsoft`))).read(),
    ).toEqual({
      kind: 'absent',
    }));

  it('are not known where the tool is not allowed or fails', async () => {
    expect(await toolOf(ok(1)).read()).toEqual({ kind: 'failed', fault: 'tool' });
    expect(await toolOf(above, ok(1)).read()).toEqual({ kind: 'failed', fault: 'tool' });
    expect(await toolOf(err('timedOut')).read()).toEqual({ kind: 'failed', fault: 'timedOut' });
  });
});
