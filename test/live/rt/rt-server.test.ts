import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SETUP } from './rt-process';
import { startRtServer, type RtServer } from './rt-server';
import { MANY } from './rt-template';

const STARTING = 120_000;
const mail = (subject: string): string =>
  `From: Bob Brandt <bob@example.test>\nTo: desk@desk.test\nSubject: ${subject}\nMessage-ID: <${subject}@example.test>\n\nHello.\n`;

describe('the Request Tracker of the tests', () => {
  let rt: RtServer;
  beforeAll(async () => {
    rt = await startRtServer();
  }, STARTING);
  afterAll(() => rt.close());

  const subjects = async (query: string): Promise<readonly string[]> => {
    const { items } = await rt
      .as('root')
      .get<{ items: { Subject: string }[] }>('/tickets', { query, fields: 'Subject' });
    return items.map((item) => item.Subject);
  };

  it('lets everybody in and knows them by name', async () => {
    for (const { name, token } of Object.values(rt.people)) {
      const headers = { Authorization: `token ${token}` };
      const me = await fetch(`${rt.url}/REST/2.0/user/${name}`, { headers });
      expect(await me.json()).toMatchObject({ Name: name });
    }
    const { name, password } = rt.people.alice;
    const basic = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    expect((await fetch(`${rt.url}/REST/2.0/rt`, { headers: { Authorization: basic } })).status).toBe(200);
  });

  it('has very many tickets of carol', async () => {
    const query = { query: "Requestor.Name = 'carol'", per_page: '1' };
    expect(await rt.as('carol').get('/tickets', query)).toMatchObject({ total: MANY });
  });

  it('makes a ticket of a mail and tells its sender by mail', async () => {
    await rt.mailgate(mail('Printer'));
    expect(await subjects("Requestor.Name = 'bob'")).toEqual(['Printer']);
    await vi.waitFor(async () => expect(await rt.sentMail()).toContain('bob@example.test'));
  });

  it(
    'needs nothing more when the set-up of an administrator is repeated',
    { timeout: STARTING },
    async () => {
      const counted =
        'for (qw(RT::CustomFields RT::ACL RT::Scrips RT::Queues)) { my $all = $_->new(RT->SystemUser);';
      const count = (): Promise<string> => rt.perl(`${counted} $all->UnLimit; print $all->Count, " " }`);
      const before = await count();
      const again =
        'print join \' \', $RT::Handle->InsertData("$ENV{DESKBELL_RT_HOME}/etc/deskbell.initialdata")';
      expect(await rt.perl(again)).toContain('Done inserting data');
      expect(await count()).toBe(before);
    },
  );

  it('goes away and comes back at its address with everything it knew', { timeout: STARTING }, async () => {
    await rt.stop();
    await expect(fetch(rt.url)).rejects.toThrow();
    await rt.start();
    expect(await subjects("Requestor.Name = 'bob'")).toEqual(['Printer']);
  });

  it('answers below a path, beside another one, and leaves nothing', { timeout: STARTING }, async () => {
    const other = await startRtServer({ path: '/rt' });
    expect(await other.as('alice').get('/tickets', { query: 'id > 0' })).toMatchObject({ total: 0 });
    await other.mailgate(mail('Below a path'));
    const home = (await other.perl('print $ENV{DESKBELL_RT_HOME}')).trim();
    await other.close();
    expect(existsSync(home)).toBe(false);
    await expect(fetch(other.url)).rejects.toThrow();
  });
});

it('nothing is left of a server whose test was killed', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskbell-rt-run-'));
  const server = "sh -c 'echo $$; sleep 1000'";
  const parent = `
    const { spawn } = require('node:child_process');
    const options = { detached: true, stdio: ['pipe', 'inherit', 'inherit'] };
    spawn('bash', [${JSON.stringify(path.join(SETUP, 'supervise.sh'))}, ${JSON.stringify(folder)}, ...${JSON.stringify(['bash', '-c', server])}], options);
    setInterval(() => {}, 1000);`;
  const test = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(test.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  test.kill('SIGKILL');
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), 15_000);
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 15_000);
});
