// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SurveyDraft } from '@shared/domain/draft';
import { SurveyScreen } from '../../../../src-renderer/features/survey/SurveyScreen';
import { aTicket, createFakeMain, type FakeMain, type FakeStart } from '../fake-main';
import { leaveStage, Stage, startStage } from '../stage';

let main: FakeMain;
let stop = () => {};
const onClose = vi.fn();

async function open(start: FakeStart) {
  main = createFakeMain(start);
  vi.stubGlobal('deskbell', main.bridge);
  stop = startStage();
  render(
    <Stage now={new Date('2026-03-02T15:45:00Z')}>
      <SurveyScreen ticketId="t-4127" onClose={onClose} />
    </Stage>,
  );
  await screen.findByRole('heading', { level: 1 });
}

afterEach(async () => {
  await leaveStage();
  stop();
  onClose.mockReset();
  vi.unstubAllGlobals();
});

const user = userEvent.setup();
const waiting = aTicket({ closed: true, step: 'resolved', survey: 'waiting' });
const draft = () => main.drafts()[0] as SurveyDraft | undefined;

describe('the survey', () => {
  it('is answered with the keys 1 to 5, which move on', async () => {
    await open({ tickets: [waiting] });
    (await screen.findAllByRole('radio'))[0]?.focus();
    await user.keyboard('54321');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /Anything to add/ }));
    await user.click(screen.getByRole('button', { name: 'Send ratings' }));
    await waitFor(() =>
      expect(main.items()[0]?.write).toMatchObject({
        kind: 'rate',
        answers: { overall: 5, time: 4, quality: 3, process: 2, people: 1 },
      }),
    );
    await screen.findByText('Thank you');
  });

  it('moves within a row with the arrows', async () => {
    await open({ tickets: [waiting] });
    (await screen.findAllByRole('radio'))[0]?.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    const group = screen.getByRole('radiogroup', { name: 'How we handled it overall' });
    expect(group.querySelector('[aria-checked="true"]')?.textContent).toBe('3');
  });

  it('goes out complete or not at all, and shows what is missing', async () => {
    await open({ tickets: [waiting] });
    (await screen.findAllByRole('radio'))[0]?.focus();
    await user.keyboard('55');
    await user.click(screen.getByRole('button', { name: 'Send ratings' }));
    await screen.findByText('3 answers are missing.');
    expect(main.items()).toHaveLength(0);
    expect(document.activeElement?.closest('[data-question]')?.getAttribute('data-question')).toBe('quality');
  });

  it('keeps answers for later and brings them back', async () => {
    await open({ tickets: [waiting] });
    (await screen.findAllByRole('radio'))[4]?.click();
    await waitFor(() => expect(draft()?.answers).toEqual({ overall: 5 }));
    await user.click(screen.getByRole('button', { name: 'Later' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(main.count('survey.later')).toBe(1);
    const drafts = main.drafts();
    cleanup();
    stop();
    await open({ tickets: [waiting], drafts });
    await waitFor(() => expect(screen.getAllByRole('radio')[4]?.getAttribute('aria-checked')).toBe('true'));
  });

  it('can be put aside for good', async () => {
    await open({ tickets: [waiting] });
    await user.click(await screen.findByRole('button', { name: 'Not this one' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(main.count('survey.dismiss')).toBe(1);
  });

  it.each(['none', 'answered'] as const)('offers nothing to rate when the board says %s', async (survey) => {
    await open({ tickets: [{ ...waiting, survey }] });
    expect(screen.queryByRole('radio')).toBeNull();
  });
});
