import { expect, test, type Locator, type Page } from '@playwright/test';
import { cleanUp, launchDeskbell } from '../support/app';
import { startDesk, stopDesks } from '../support/practice-desk';
import { conversation, messageField, problemField, rows } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** More stops than any screen has. */
const MOST_STOPS = 40;

/** Goes on with Tab until the control has the focus, which is then to be seen. */
async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await hasFocus(control)) return expectFocusRing(control);
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not reach ${control.toString()}`);
}

const hasFocus = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element === document.activeElement).catch(() => false);

/** How far around a control its ring may be drawn: the field of a message has it around its whole box. */
const NEAR = 6;

/** The focus is visible: a ring around the control, its active row, or the box it stands in. */
async function expectFocusRing(control: Locator): Promise<void> {
  const isMarked = await control.evaluate((element, near) => {
    const places = [element, document.getElementById(element.getAttribute('aria-activedescendant') ?? '')];
    for (let one = element.parentElement; one !== null && places.length < near; one = one.parentElement)
      places.push(one);
    return [...places, ...element.children].some((one) => {
      if (one === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
  }, NEAR);
  expect(isMarked, `the focus on ${control.toString()} can be seen`).toBe(true);
}

test('from the first start to the survey without a mouse', async () => {
  test.setTimeout(90_000);
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();

  await expect(button('Try it on the practice desk')).toBeVisible();
  await tabTo(page, button('Try it on the practice desk'));
  await page.keyboard.press('Enter');
  await expect(button('New ticket')).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(problemField(page)).toBeFocused();
  await page.keyboard.type('The drawing program closes by itself');
  await tabTo(page, page.getByRole('radio', { name: 'Just now' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Today' })).toBeChecked();
  await page.keyboard.press('Control+Enter');
  await expect(
    page.getByRole('heading', { level: 1, name: 'The drawing program closes by itself' }),
  ).toBeFocused();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id, details } = await desk.onlyTicket();
  expect(JSON.stringify(details)).toContain('Today');

  await desk.advance(id, 'question');
  const answer = (await desk.onlyTicket()).question?.quickAnswers[0] ?? '';
  const quick = page.getByRole('button', { name: answer, exact: true });
  await expect(quick).toBeVisible();
  await tabTo(page, quick);
  await page.keyboard.press('Enter');
  await expect(conversation(page).getByText(answer, { exact: true })).toBeVisible();
  await tabTo(page, messageField(page));
  await page.keyboard.type('It happens when I save.');
  await page.keyboard.press('Control+Enter');
  await expect(conversation(page).getByText('It happens when I save.')).toBeVisible();
  await expect(messageField(page)).toBeFocused();

  await page.keyboard.press('Escape');
  const list = page.getByRole('listbox', { name: 'My tickets' });
  await expect(list).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveAttribute('aria-selected', 'true');

  await desk.advance(id, 'resolved');
  await expect(button('It works, thank you')).toBeVisible();
  await tabTo(page, button('It works, thank you'));
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await desk.onlyTicket()).closed).toBe(true);
  await expect(button('Rate now')).toBeVisible();
  await tabTo(page, button('Rate now'));
  await page.keyboard.press('Enter');
  const overall = page.getByRole('radiogroup', { name: 'How we handled it overall' });
  await expect(overall).toBeVisible();
  for (const key of ['5', '4', '5', '3', '5']) await page.keyboard.press(key);
  await expect(overall.getByRole('radio', { name: '5' })).toBeChecked();
  await expect(page.getByRole('textbox', { name: /Anything to add/ })).toBeFocused();
  await page.keyboard.type('Quick and kind');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Thank you', { exact: true })).toBeVisible();
  await expect.poll(async () => (await desk.onlyTicket()).survey).toBe('answered');
  await tabTo(page, button('Back to the tickets'));
  await page.keyboard.press('Enter');
  await expect(button('New ticket')).toBeVisible();
});

test('the list, the search, the settings and dialogs answer to keys', async () => {
  const desk = await startDesk();
  await desk.seed(30);
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await tabTo(page, page.getByRole('button', { name: 'Try it on the practice desk' }));
  await page.keyboard.press('Enter');
  const list = page.getByRole('listbox', { name: 'My tickets' });
  await expect(rows(page).first()).toBeVisible();
  await tabTo(page, list);
  await page.keyboard.press('ArrowDown');
  const second = await rows(page).nth(1).getAttribute('aria-label');
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  const heading = page.getByRole('main').getByRole('heading', { level: 1 });
  await expect.poll(async () => second?.startsWith((await heading.textContent()) ?? '-')).toBe(true);
  await page.keyboard.press('End');
  await expect(rows(page).last()).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Control+f');
  const search = page.getByRole('searchbox', { name: 'Search my tickets' });
  await expect(search).toBeFocused();
  await page.keyboard.type('nothing has these words');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(rows(page).first()).toBeVisible();

  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused();
  const hide = page.getByRole('switch', { name: 'Hide details' });
  await tabTo(page, hide);
  await page.keyboard.press('Space');
  await expect(hide).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeHidden();

  await page.keyboard.press('Control+n');
  await page.keyboard.type('A ticket I do not need');
  const discard = page.getByRole('button', { name: 'Discard draft' });
  await tabTo(page, discard);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Discard this draft?' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(discard).toBeFocused();
  await expect(problemField(page)).toHaveValue('A ticket I do not need');
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Discard' }));
  await page.keyboard.press('Enter');
  await expect(problemField(page)).toBeHidden();
});
