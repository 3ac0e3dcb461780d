import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyIntake } from '@shared/domain/intake';
import type { Sender } from '@shared/domain/board';
import { ref } from '../../support/samples';
import { outgoingFile } from '../board';
import { startRtServer, type RtServer } from '../rt/rt-server';
import { connectTo } from './client';
import { startMailServer, type MailServer } from './mail-server';

const STARTING = 120_000;

interface RtTicket {
  readonly id: string;
  readonly Subject: string;
  readonly Requestor: readonly { readonly id: string }[];
}
interface RtAttachment {
  readonly Filename: string;
  readonly ContentType: string;
  readonly Content: string;
}

describe('an e-mail at a real Request Tracker', () => {
  let rt: RtServer;
  let server: MailServer;
  let sender: Sender;
  beforeAll(async () => {
    rt = await startRtServer();
    server = await startMailServer();
    const { email } = await rt
      .as('alice')
      .get<{ EmailAddress: string }>('/user/alice')
      .then((user) => ({
        email: user.EmailAddress,
      }));
    sender = { name: 'Alice Ellis', email, phone: '' };
  }, STARTING);
  afterAll(async () => {
    await server?.close();
    await rt?.close();
  });

  /** What arrived last at the mail server goes on to RT, as the provider's mail server would pass it on. */
  const passOn = async (): Promise<void> => {
    const last = server.arrived.at(-1);
    if (!last) throw new Error('Nothing has arrived');
    await rt.mailgate(last.raw);
  };
  const ticketOf = async (subject: string): Promise<RtTicket> => {
    const query = { query: `Subject = '${subject}'`, fields: 'Subject,Requestor' };
    const { items } = await rt.as('root').get<{ items: RtTicket[] }>('/tickets', query);
    expect(items.map((item) => item.Subject)).toEqual([subject]);
    return items[0] as RtTicket;
  };
  const attachmentsOf = async (ticket: RtTicket): Promise<readonly RtAttachment[]> => {
    const { items } = await rt
      .as('root')
      .get<{ items: { id: string }[] }>(`/ticket/${ticket.id}/attachments`, { per_page: '100' });
    return Promise.all(items.map(({ id }) => rt.as('root').get<RtAttachment>(`/attachment/${id}`)));
  };
  const bytesOf = ({ Content }: RtAttachment): Buffer => Buffer.from(Content, 'base64');

  it('becomes a ticket of the user, with its words and files', { timeout: 60_000 }, async () => {
    const desk = connectTo(server.route, { sender });
    const files = [
      outgoingFile('Bildschirm ü.png', Buffer.from([137, 80, 78, 71, 0, 255, 1]), 'image/png'),
      outgoingFile('סורק.txt', Buffer.from('אין נייר\n'), 'text/plain'),
    ];
    const filed = {
      summary: 'The scanner says „nein“',
      intake: {
        ...emptyIntake({ name: 'Bob Brandt', phone: '555 0101', email: 'bob@example.test' }),
        problem: 'Der Scanner sagt nur „nein“ \u{1F5A8}\nund piept.',
        since: 'today' as const,
        emergency: true,
      },
    };
    const create = ref();
    expect((await desk.create({ ...filed, files }, create)).ok).toBe(true);
    await passOn();

    const ticket = await ticketOf('EMERGENCY: The scanner says „nein“');
    // Not the colleague who is to be asked.
    expect(ticket.Requestor.map(({ id }) => id)).toEqual(['alice']);
    const attachments = await attachmentsOf(ticket);
    const body = attachments.find(({ ContentType }) => ContentType === 'text/plain');
    const text = body ? bytesOf(body).toString('utf8') : '';
    expect(text).toContain('Der Scanner sagt nur „nein“ \u{1F5A8}\nund piept.');
    expect(text).toContain('Since when:   Today');
    expect(text).toContain(`[ref ${create}]`);
    const named = attachments.filter(({ Filename }) => Filename);
    expect(named.map(({ Filename }) => Filename).sort()).toEqual(files.map(({ name }) => name).sort());
    const png = named.find(({ Filename }) => Filename.endsWith('.png'));
    expect(png && bytesOf(png)).toEqual(Buffer.from(await (files[0] as (typeof files)[0]).open()));
  });
});
