// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReactNode } from 'react';
import type { DeskOffer } from '@shared/domain/board';
import { NO_POLICY } from '@shared/domain/policy-keys';
import type { PolicyView } from '@shared/domain/policy-view';
import { paintBrand } from '../../../../src-renderer/app/brand';
import { ConnectScreen } from '../../../../src-renderer/features/connect/ConnectScreen';
import { NewTicketScreen } from '../../../../src-renderer/features/new-ticket/NewTicketScreen';
import { WelcomeScreen } from '../../../../src-renderer/features/welcome/WelcomeScreen';
import { createFakeMain, type FakeMain, type FakeStart } from '../fake-main';
import { Stage, startStage } from '../stage';

let main: FakeMain;
let stop = () => {};

function show(screenOf: ReactNode, policy: Partial<PolicyView>, start: FakeStart = {}) {
  main = createFakeMain({ ...start, state: { ...start.state, policy: { ...NO_POLICY, ...policy } } });
  const { call } = main.bridge;
  vi.stubGlobal('deskbell', {
    ...main.bridge,
    call: (...args: Parameters<typeof call>) => answers[args[0]]?.(args[1]) ?? call(...args),
  });
  stop = startStage();
  render(<Stage now={new Date('2026-03-02T14:45:00Z')}>{screenOf}</Stage>);
}
const answers: Record<string, ((request: unknown) => unknown) | undefined> = {};
const off = (...names: readonly (keyof PolicyView['features'])[]): Pick<PolicyView, 'features'> => ({
  features: { ...NO_POLICY.features, ...Object.fromEntries(names.map((name) => [name, false])) },
});
const user = userEvent.setup();

afterEach(() => {
  cleanup();
  stop();
  vi.unstubAllGlobals();
  for (const name of Object.keys(answers)) answers[name] = undefined;
});

const place = 'rt.example.com';
const chosen = { desk: { kind: 'rt', place } as const, ...off('otherDesks') };
const offer = (more: Partial<DeskOffer> = {}): DeskOffer => ({
  id: 'o1',
  kind: 'rt',
  name: 'Northside IT',
  place,
  logo: null,
  signIn: { kind: 'password', orToken: true },
  managed: true,
  login: '',
  ...more,
});
const notConnected: FakeStart = { state: { connection: { kind: 'none' } } };

describe('a desk that the organisation has chosen', () => {
  it('is asked for without an address, and no other is offered', async () => {
    const asked: unknown[] = [];
    answers['connection.find'] = (request) => {
      asked.push(request);
      return Promise.resolve({
        ok: true,
        value: { kind: 'found', offers: [offer({ login: 'ada@example.com' })] },
      });
    };
    show(<ConnectScreen onClose={() => undefined} />, chosen, notConnected);
    expect(await screen.findByText('Northside IT')).toBeDefined();
    expect(asked).toEqual([{ address: '' }]);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'User name' }).value).toBe(
      'ada@example.com',
    );
    expect(screen.queryByRole('button', { name: 'Not this one' })).toBeNull();
  });

  it('says what is in its way, and is asked again when the user says so', async () => {
    let isThere = false;
    answers['connection.find'] = () =>
      Promise.resolve({
        ok: true,
        value: isThere
          ? { kind: 'found', offers: [offer()] }
          : { kind: 'nothing', problem: 'unreachable', place },
      });
    show(<ConnectScreen onClose={() => undefined} />, chosen, notConnected);
    await screen.findByText(`Nobody answers at ${place}`);
    expect(screen.queryByRole('button', { name: 'Connect to another desk' })).toBeNull();
    isThere = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Northside IT')).toBeDefined();
  });

  it('lets another be looked for where that is allowed', async () => {
    answers['connection.find'] = () =>
      Promise.resolve({ ok: true, value: { kind: 'nothing', problem: 'unreachable', place } });
    show(<ConnectScreen onClose={() => undefined} />, { desk: chosen.desk }, notConnected);
    await user.click(await screen.findByRole('button', { name: 'Connect to another desk' }));
    expect(
      screen.getByRole('textbox', { name: 'Your work e-mail, or the address of the desk' }),
    ).toBeDefined();
  });

  it('takes nothing but a token where the organisation says so', async () => {
    answers['connection.find'] = () =>
      Promise.resolve({
        ok: true,
        value: {
          kind: 'found',
          offers: [offer({ signIn: { kind: 'password', orToken: true, onlyToken: true } })],
        },
      });
    show(<ConnectScreen onClose={() => undefined} />, chosen, notConnected);
    expect(await screen.findByLabelText('Access token')).toBeDefined();
    expect(screen.queryByLabelText('User name')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Use name and password instead' })).toBeNull();
  });

  it('comes first on the welcome screen; what is not allowed is not there', async () => {
    show(<WelcomeScreen />, { ...chosen, organisation: 'Lindner & Co' }, notConnected);
    const choices = await screen.findByRole('region', { name: 'How would you like to start?' });
    expect(
      within(choices)
        .getAllByRole('button')
        .map((one) => one.textContent),
    ).toEqual([
      'Sign in to your service deskrt.example.com, chosen by Lindner & Co.',
      expect.stringContaining('Try it on the practice desk') as string,
    ]);
    cleanup();
    stop();
    show(<WelcomeScreen />, off('practiceDesk', 'otherDesks'), notConnected);
    expect(
      within(await screen.findByRole('region', { name: 'How would you like to start?' })).queryAllByRole(
        'button',
      ),
    ).toEqual([]);
  });
});

describe('a new ticket', () => {
  const open = async (policy: Partial<PolicyView>) => {
    show(<NewTicketScreen draftId={null} />, policy);
    await screen.findByRole('textbox', { name: 'In your own words' });
  };

  it('takes no files and no pictures where there may be none', async () => {
    await open(off('attachments', 'screenshots'));
    expect(screen.queryByRole('button', { name: 'Attach' })).toBeNull();
    expect(screen.queryByRole('button', { name: /screenshot/i })).toBeNull();
    await user.click(screen.getByRole('textbox', { name: 'In your own words' }));
    const file = new File(['x'], 'a.txt', { type: 'text/plain' });
    await user.paste({
      items: [{ kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null }],
      types: ['Files'],
      getData: () => '',
    } as never);
    expect(main.count('drafts.addFile')).toBe(0);
  });

  it('does not even look at the computer where no facts may go along', async () => {
    await open(off('deviceFacts'));
    expect(main.count('device.collect')).toBe(0);
    expect(screen.queryByRole('button', { name: /this computer/i })).toBeNull();
  });

  it('shows the facts that the organisation has chosen, and leaves them as they are', async () => {
    await open({ settings: ['device'], organisation: 'Lindner & Co' });
    await user.click(await screen.findByRole('button', { name: /this computer/i }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole<HTMLInputElement>('switch').disabled).toBe(true);
    expect(within(dialog).getByText('Managed by Lindner & Co')).toBeDefined();
  });
});

describe('the colours of the organisation', () => {
  const tokens = () => document.documentElement.getAttribute('style') ?? '';

  it('stand in for Deskbell’s own, one for both looks if there is only one, and go without a trace', () => {
    paintBrand('#1f5fbf', null);
    expect(tokens()).toContain('--brand-accent-light: #1f5fbf');
    expect(tokens()).toContain('--brand-accent-dark: #');
    expect(tokens()).not.toContain('--brand-accent-dark: #1f5fbf');
    paintBrand(null, null);
    expect(tokens()).not.toContain('--brand');
  });
});
