import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '@shared/contract';
import { emailReceipt } from '@shared/domain/by-email';
import type { OutboxItem } from '@shared/domain/outbox';
import { NO_POLICY } from '@shared/domain/policy-keys';
import type { TicketSummary } from '@shared/domain/ticket';
import { createTranslator } from '@shared/locales';
import { firstTrayModel, TRAY_STATES, type TrayEntry } from '../../../src-main/shell/tray-frame';
import { TRAY_LOOKS, trayIconFile, trayLook } from '../../../src-main/shell/tray-icon';
import { badgeCount, trayModel, type TrayInput } from '../../../src-main/shell/tray-model';
import { createWrite, messageWrite, outboxItem, rateWrite } from '../../support/samples';

const { t } = createTranslator('en');

const connected = (over: Partial<Extract<Connection, { kind: 'connected' }>> = {}): Connection => ({
  kind: 'connected',
  board: 'practice',
  place: '',
  signIn: { kind: 'nothing' },
  login: '',
  deskName: 'Northside IT',
  person: { name: 'Ada', email: '', phone: '' },
  reach: 'online',
  lastContactAt: null,
  ...over,
});

const ticket = (over: Partial<TicketSummary> = {}): TicketSummary => ({
  id: '1',
  number: '4127',
  ref: null,
  summary: 'Outlook asks for my password',
  step: 'working',
  statusLabel: 'In progress',
  closed: false,
  withdrawn: false,
  emergency: false,
  visit: null,
  assignee: null,
  createdAt: '2026-03-02T08:00:00.000Z',
  updatedAt: '2026-03-02T08:00:00.000Z',
  question: null,
  survey: 'none',
  ...over,
});

const input = (over: Partial<TrayInput> = {}): TrayInput => ({
  connection: connected(),
  agreement: null,
  offersScreenshots: true,
  tickets: [],
  dismissedSurveys: [],
  unread: 0,
  items: [],
  now: new Date('2026-03-02T09:00:00.000Z'),
  ...over,
});

const labels = (menu: readonly TrayEntry[]): string[] =>
  menu.map((entry) => (entry.kind === 'separator' ? '-' : entry.label));
const asked = { messageId: 'm1', quickAnswers: [] };
const delivered = (item: OutboxItem): OutboxItem => ({
  ...item,
  state: { kind: 'delivered', at: item.acceptedAt, receipt: { ticketId: '9', ticketNumber: '9' } },
});

describe('the tray', () => {
  it.each<[string, TrayInput, string]>([
    ['nobody is connected', input({ connection: { kind: 'none' } }), 'idle'],
    ['all is well', input(), 'idle'],
    ['something was not read', input({ unread: 1 }), 'unread'],
    ['a question waits', input({ tickets: [ticket({ question: asked })] }), 'unread'],
    ['a survey waits', input({ tickets: [ticket({ closed: true, survey: 'waiting' })] }), 'unread'],
    ['something waits to be sent', input({ items: [outboxItem()] }), 'waiting'],
    [
      'the board is away',
      input({ connection: connected({ reach: 'offline' }), items: [outboxItem()] }),
      'offline',
    ],
    ['the session ended', input({ connection: connected({ reach: 'signedOut' }), unread: 1 }), 'signedOut'],
    ['everything was sent', input({ items: [delivered(outboxItem())] }), 'idle'],
  ])('shows when %s', (_when, given, state) => {
    expect(trayModel(given, t).state).toBe(state);
  });

  it('counts nothing that went by e-mail, and shows it among the tickets, behind what waits', () => {
    const at = '2026-03-02T08:30:00.000Z';
    const mailed = outboxItem({ write: createWrite('The fax is mute') });
    const items = [
      { ...mailed, state: { kind: 'delivered' as const, at, receipt: emailReceipt(mailed.ref) } },
      outboxItem({ write: createWrite('No tone'), sequence: 1 }),
    ];
    const given = input({
      connection: connected({ board: 'email' }),
      tickets: [
        ticket({ summary: 'Newer', updatedAt: '2026-03-02T08:45:00.000Z' }),
        ticket({ id: '2', summary: 'Older' }),
        ticket({ id: '3', summary: 'Done', closed: true, updatedAt: '2026-03-02T08:59:00.000Z' }),
      ],
      items,
    });
    const model = trayModel(given, t);
    const shown = labels(model.menu).filter((label) => / · /.test(label));
    expect(shown.map((label) => label.split(' · ')[0])).toEqual([
      'No tone',
      'Newer',
      'The fax is mute',
      'Older',
      'Done',
    ]);
    expect(shown[2]).toBe('The fax is mute · Sent by e-mail');
    expect(model.tooltip).toContain('1 thing waiting to be sent');
    expect(badgeCount(given)).toBe(0);
  });

  it('says in its tooltip what its picture means', () => {
    const given = input({
      connection: connected({ reach: 'offline' }),
      unread: 2,
      items: [outboxItem(), outboxItem(), outboxItem()],
    });
    expect(trayModel(given, t).tooltip).toBe(
      'Deskbell · Practice desk · You are offline · 2 tickets with news · 3 things waiting to be sent',
    );
  });

  it('has everything in its menu, in order', () => {
    const given = input({
      tickets: [
        ticket(),
        ticket({ id: '2', summary: 'Scanner on floor 2', closed: true, survey: 'waiting', step: 'resolved' }),
      ],
      items: [outboxItem({ sequence: 3 })],
      agreement: {
        provider: 'Northside IT',
        customer: '',
        hours: { timeZone: 'UTC', week: [], holidays: [] },
        afterHours: 'included',
        kind: 'traditional',
        emergencyConfirmMinutes: 30,
        callSheet: [{ purpose: 'serviceDesk', name: 'Service desk', phone: '616 555 0140', email: '' }],
        covered: [],
        notCovered: [],
        standing: 'good',
        term: null,
      },
    });
    expect(labels(trayModel(given, t).menu)).toEqual([
      'Practice desk',
      '1 thing waiting to be sent',
      '-',
      'New ticket…',
      'New ticket with a screenshot…',
      '-',
      `The printer on floor 2 is silent · ${t('status:item.queued.word')}`,
      `Outlook asks for my password · ${t('status:row.working')}`,
      `Scanner on floor 2 · ${t('status:row.closed')}`,
      '-',
      'How did we do? Scanner on floor 2',
      '-',
      'Call the service desk: 616 555 0140',
      '-',
      'Open Deskbell',
      'Settings',
      '-',
      'Quit',
    ]);
  });

  it('lists the five latest tickets, open ones first, and what is not sent before them', () => {
    const tickets = Array.from({ length: 8 }, (_, index) =>
      ticket({
        id: String(index),
        summary: `Ticket ${index}`,
        closed: index > 5,
        updatedAt: `2026-03-02T0${index}:00:00.000Z`,
      }),
    );
    const listed = labels(trayModel(input({ tickets, items: [outboxItem()] }), t).menu).filter((label) =>
      label.includes(' · '),
    );
    expect(listed.map((label) => label.split(' · ')[0])).toEqual([
      'The printer on floor 2 is silent',
      'Ticket 5',
      'Ticket 4',
      'Ticket 3',
      'Ticket 2',
    ]);
  });

  it('lists a ticket that was just sent once', () => {
    const item = outboxItem();
    const given = input({ items: [delivered(item)], tickets: [ticket({ ref: item.ref })] });
    expect(labels(trayModel(given, t).menu).filter((label) => label.includes(' · '))).toHaveLength(1);
  });

  it('offers nothing about tickets to somebody who is not connected', () => {
    expect(labels(trayModel(input({ connection: { kind: 'none' } }), t).menu)).toEqual([
      'Open Deskbell',
      'Settings',
      '-',
      'Quit',
    ]);
  });

  it('offers no screenshot where an organisation allows none', () => {
    const without = { ...NO_POLICY, features: { ...NO_POLICY.features, screenshots: false } };
    const menus = [
      firstTrayModel({ connection: connected(), policy: without }, t).menu,
      trayModel(input({ offersScreenshots: false }), t).menu,
    ];
    for (const menu of menus) {
      expect(labels(menu)).toContain('New ticket…');
      expect(labels(menu)).not.toContain('New ticket with a screenshot…');
    }
  });

  it('is called as the organisation calls this program', () => {
    const named = createTranslator('en', undefined, () => 'Helpdesk').t;
    const model = trayModel(input({ connection: { kind: 'none' } }), named);
    expect(model.tooltip).toBe('Helpdesk · Not connected yet');
    expect(labels(model.menu)).toContain('Open Helpdesk');
    expect(firstTrayModel({ connection: { kind: 'none' } }, named).tooltip).toBe('Helpdesk');
  });

  it('begins with the menu it keeps', () => {
    expect(labels(firstTrayModel({ connection: connected() }, t).menu)).toEqual([
      'New ticket…',
      'New ticket with a screenshot…',
      '-',
      'Open Deskbell',
      'Settings',
      '-',
      'Quit',
    ]);
  });

  it('keeps every label on one line and short, whatever a ticket is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (summary) => {
        const { menu, tooltip } = trayModel(input({ tickets: [ticket({ summary })] }), t);
        for (const label of labels(menu)) {
          expect(label).not.toMatch(/[\n\r\u202a-\u202e\u2066-\u2069]/);
          expect(label.length).toBeLessThan(120);
        }
        expect(tooltip.length).toBeLessThanOrEqual(127);
      }),
    );
  });
});

describe('the badge', () => {
  it('counts questions and surveys until they are dealt with', () => {
    const tickets = [
      ticket({ id: '1', question: asked }),
      ticket({ id: '2', closed: true, survey: 'waiting' }),
      ticket({ id: '3', closed: true, survey: 'waiting' }),
      ticket({ id: '4' }),
    ];
    expect(badgeCount(input({ tickets }))).toBe(3);
    expect(badgeCount(input({ tickets, dismissedSurveys: ['3'] }))).toBe(2);
    const answered = outboxItem({ lane: 'id:2', write: rateWrite({ kind: 'board', id: '2' }) });
    expect(badgeCount(input({ tickets, items: [answered] }))).toBe(2);
    const other = outboxItem({ lane: 'id:2', write: messageWrite({ kind: 'board', id: '2' }) });
    expect(badgeCount(input({ tickets, items: [other] }))).toBe(3);
  });
});

describe('the icon', () => {
  const icons = path.resolve(import.meta.dirname, '../../../assets/icons');

  it('exists for every look and state at every scale', () => {
    for (const look of TRAY_LOOKS) {
      for (const state of TRAY_STATES) {
        const file = trayIconFile(icons, look, state);
        for (const scale of ['', '@1.25x', '@1.5x', '@2x', '@3x']) {
          expect(existsSync(file.replace(/\.png$/, `${scale}.png`)), file + scale).toBe(true);
        }
      }
    }
  });

  it.each([
    ['darwin', '', true, 'template'],
    ['win32', '', false, 'light'],
    ['win32', '', true, 'dark'],
    ['linux', 'XFCE', false, 'light-large'],
    ['linux', 'ubuntu:GNOME', false, 'dark-large'],
    ['linux', 'KDE', true, 'dark-large'],
  ] as const)('on %s %s, dark: %s, is the one for a %s panel', (platform, desktop, systemDark, look) => {
    expect(trayLook({ platform, desktop, systemDark })).toBe(look);
  });
});
