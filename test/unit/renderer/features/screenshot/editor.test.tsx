// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Screenshot, ScreenshotRefusal } from '@shared/domain/screenshot';
import { ScreenshotHost } from '../../../../../src-renderer/features/screenshot/ScreenshotHost';
import { reviewPasted, takeScreenshot } from '../../../../../src-renderer/stores/screenshot';
import { createFakeMain } from '../../fake-main';
import { Stage, startStage } from '../../stage';

const user = userEvent.setup();
let stop = () => {};

/** A window in which main answers a wish for a screenshot so. */
function open(answer: Screenshot, platform: 'linux' | 'darwin' | 'win32' = 'linux') {
  const { bridge } = createFakeMain({ state: { platform } });
  const call: typeof bridge.call = (name, request) =>
    name === 'screenshot.capture'
      ? Promise.resolve({ ok: true, value: answer as never })
      : bridge.call(name, request);
  vi.stubGlobal('deskbell', { ...bridge, call });
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1000, height: 500, close: () => undefined }));
  stop = startStage();
  render(
    <Stage now={new Date()}>
      <ScreenshotHost />
    </Stage>,
  );
}

const png = (): Screenshot => ({ kind: 'taken', name: 'Whole screen', png: new Uint8Array([1]) });
const mark = (name: RegExp) => screen.getByRole('button', { name });

afterEach(() => {
  cleanup();
  stop();
  vi.unstubAllGlobals();
});

describe('the editor by keys alone', () => {
  it('adds, moves, resizes and removes, and takes each back', async () => {
    open(png());
    const taken = takeScreenshot();
    await user.click(await screen.findByRole('button', { name: 'Add a hidden area' }));
    const area = mark(/^Hidden area 1, 250 by 125, 375 from the left, 188 from the top$/);
    await waitFor(() => expect(document.activeElement).toBe(area));

    fireEvent.keyDown(area, { key: 'ArrowRight' });
    mark(/^Hidden area 1, 250 by 125, 385 from/);
    fireEvent.keyDown(area, { key: 'ArrowDown', ctrlKey: true });
    mark(/385 from the left, 189 from/);
    fireEvent.keyDown(area, { key: 'ArrowLeft', shiftKey: true });
    mark(/^Hidden area 1, 240 by 125/);
    fireEvent.keyDown(area, { key: 'z', ctrlKey: true });
    mark(/^Hidden area 1, 250 by 125, 385 from the left, 189/);
    fireEvent.keyDown(area, { key: 'Delete' });
    expect(screen.queryByRole('button', { name: /^Hidden area/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    mark(/^Hidden area 1/);
    await user.click(screen.getByRole('button', { name: 'Remove: Hidden area 1' }));
    expect(screen.queryByRole('button', { name: /^Hidden area/ })).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await taken).toBeNull();
  });

  it('takes held keys as one step', async () => {
    open(png());
    void takeScreenshot();
    await user.click(await screen.findByRole('radio', { name: 'Crop' }));
    await user.click(screen.getByRole('button', { name: 'Add a crop' }));
    const crop = mark(/^Crop, 750 by 375, 125 from the left/);
    fireEvent.keyDown(crop, { key: 'ArrowLeft' });
    fireEvent.keyDown(crop, { key: 'ArrowLeft', repeat: true });
    fireEvent.keyDown(crop, { key: 'ArrowLeft', repeat: true });
    mark(/^Crop, 750 by 375, 95 from/);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    mark(/^Crop, 750 by 375, 125 from/);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
  });

  it('asks before something drawn is lost', async () => {
    open(png());
    const taken = takeScreenshot();
    await user.click(await screen.findByRole('button', { name: 'Add a hidden area' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    mark(/^Hidden area 1/);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(await taken).toBeNull();
  });
});

describe('no picture', () => {
  it.each([
    ['permission', 'darwin', 'Screen & System Audio Recording'],
    ['permission', 'win32', 'Privacy & security'],
    ['portal', 'linux', 'xdg-desktop-portal'],
    ['blank', 'linux', 'locked or asleep'],
    ['failed', 'linux', 'Try again'],
    ['tooOften', 'linux', 'in a minute'],
  ] as const)('says how to go on: %s on %s', async (reason: ScreenshotRefusal, platform, words) => {
    open({ kind: 'refused', reason }, platform);
    const taken = takeScreenshot();
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain(words);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(await taken).toBeNull();
  });
});

describe('what was pasted', () => {
  const file = (name: string, type: string) => ({
    kind: 'file' as const,
    file: new File(['x'], name, { type }),
  });

  it('is looked at when it is a picture, one after the other; the rest goes through', async () => {
    open(png());
    const reviewed = reviewPasted([
      file('image.png', 'image/png'),
      file('notes.txt', 'text/plain'),
      file('other.jpg', 'image/jpeg'),
    ]);
    await screen.findByText(/This is what you pasted/);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await screen.findByText(/This is what you pasted/);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect((await reviewed).map((one) => one.kind === 'file' && one.file.name)).toEqual(['notes.txt']);
  });

  it('goes through as it is when it cannot be read as a picture', async () => {
    open(png());
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('not decodable')));
    const broken = file('image.png', 'image/png');
    expect(await reviewPasted([broken])).toEqual([broken]);
  });
});
