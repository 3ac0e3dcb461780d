import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import {
  attach,
  conversation,
  enterPractice,
  fileTicket,
  makeFile,
  messageField,
  openForm,
  openOutbox,
  problemField,
  rows,
} from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** How each screen is looked at. */
const LOOKS = [
  { name: 'light', theme: 'light', width: 1040, height: 720 },
  { name: 'dark', theme: 'dark', width: 1040, height: 720 },
  { name: 'narrow', theme: 'light', width: 360, height: 720 },
  { name: 'wide', theme: 'light', width: 1600, height: 900 },
] as const;
type Look = (typeof LOOKS)[number];
const [USUAL] = LOOKS;

type Stage = { readonly desk: RunningDesk; readonly deskbell: Deskbell; readonly page: Page };

async function start(): Promise<Stage> {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  // Playwright pretends a light system; here the window's own theme counts. What moves is not to be photographed.
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  return { desk, deskbell, page };
}

/** Makes the window look so, and waits until it does. */
async function show({ deskbell, page }: Stage, { theme, width, height }: Look): Promise<void> {
  await deskbell.app.evaluate(
    ({ BrowserWindow, nativeTheme }, look) => {
      nativeTheme.themeSource = look.theme;
      BrowserWindow.getAllWindows()[0]?.setContentSize(look.width, look.height);
    },
    { theme, width, height },
  );
  await page.waitForFunction(
    (look) =>
      innerWidth === look.width &&
      innerHeight === look.height &&
      matchMedia('(prefers-color-scheme: dark)').matches === (look.theme === 'dark'),
    { theme, width, height },
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Looks at what is on screen in every way and keeps the pictures; in one pane with the list instead of the ticket if told. */
async function look(stage: Stage, name: string, { list = false } = {}): Promise<void> {
  for (const one of LOOKS) {
    await test.step(`${name}, ${one.name}`, async () => {
      await show(stage, one);
      if (list && one.name === 'narrow')
        await stage.page.getByRole('button', { name: 'Back', exact: true }).click();
      await keepScreenshot(stage.page, `${name}-${one.name}`);
      expect.soft(await faults(stage.page, one), `${name}, ${one.name}`).toEqual([]);
    });
  }
  await show(stage, USUAL);
}

/** Roles of what can be used; each needs a name. */
const CONTROLS =
  'button|link|textbox|searchbox|checkbox|radio|radiogroup|switch|combobox|listbox|option|tab|menuitem|spinbutton';

/** What is wrong with a screen, in words. */
async function faults(page: Page, { theme }: Look): Promise<string[]> {
  const snapshot = await page.locator('body').ariaSnapshot();
  const nameless = snapshot
    .split('\n')
    .filter((line) => new RegExp(`^\\s*- '?(${CONTROLS})\\b(?! ")`).test(line));
  const seen = await page.evaluate(() => {
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    const box = document.scrollingElement ?? document.documentElement;
    const headings = [...document.querySelectorAll('h1')].filter(isShown);
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    const isVisuallyHidden = (element: Element): boolean => element.closest('.ui-visually-hidden') !== null;
    const outside = [...document.querySelectorAll('button, a, input, textarea, [role=option]')].filter(
      (element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return (
          isShown(element) && !isVisuallyHidden(element) && width > 1 && (left < -1 || right > innerWidth + 1)
        );
      },
    );
    const sideways = [...document.querySelectorAll('main, main *, aside, aside *')].filter(
      (element) =>
        isShown(element) &&
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth + 1,
    );
    const landmarks =
      'main, aside, header, footer, nav, [role=status], [role=log], [role=dialog], [role=alertdialog]';
    const astray = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
        ) &&
        isShown(element) &&
        element.closest(landmarks) === null,
    );
    const nameOf = (element: Element): string =>
      `${element.tagName} ${element.className} "${element.textContent.slice(0, 40)}"`;
    return {
      scrollsSideways: [
        ...(box.scrollWidth > box.clientWidth ? ['the window'] : []),
        ...sideways.map(nameOf),
      ],
      mains: [...document.querySelectorAll('main, [role=main]')].filter(isShown).length,
      headings: headings.map((heading) => heading.textContent.trim()),
      isDark: (red + green + blue) / 3 < 128,
      outside: outside.map(nameOf),
      astray: astray.map(nameOf),
      focus: document.activeElement?.checkVisibility() === true ? '' : 'nowhere',
    };
  });
  return [
    ...nameless.map((line) => `has no name: ${line.trim()}`),
    ...seen.scrollsSideways.map((what) => `scrolls sideways: ${what}`),
    ...seen.outside.map((what) => `outside of the window: ${what}`),
    ...seen.astray.map((what) => `in no landmark: ${what}`),
    ...(seen.mains === 1 ? [] : [`${seen.mains} main landmarks`]),
    ...(seen.headings.length <= 1 && !seen.headings.includes('')
      ? []
      : [`headings: ${seen.headings.join(' | ')}`]),
    ...(seen.isDark === (theme === 'dark') ? [] : [`is ${seen.isDark ? 'dark' : 'light'}`]),
    ...(seen.focus === '' ? [] : [`focus: ${seen.focus}`]),
  ];
}

const LONG_SUMMARY =
  'When I print the quarterly overview from the shared workbook the last column is cut off on every page but the first one';

/** The board's id of a ticket by its summary. */
async function idOf(desk: RunningDesk, summary: string): Promise<string> {
  const find = async () => (await desk.tickets()).find((ticket) => ticket.summary === summary)?.id;
  await expect.poll(find).toBeDefined();
  return (await find()) ?? '';
}

test('welcome, the first list and a new ticket', async () => {
  test.setTimeout(120_000);
  const stage = await start();
  const { page } = stage;
  await look(stage, 'welcome');
  await enterPractice(page);
  await look(stage, 'tickets-empty');

  await openForm(page);
  await look(stage, 'new-ticket-empty');
  await problemField(page).fill('Outlook asks for my password every few minutes. Mail on my phone works.');
  for (const name of ['Today', 'A few of us', 'Work is slower'])
    await page.getByRole('radio', { name }).click();
  await page.getByRole('button', { name: /More that helps/ }).click();
  await page
    .getByRole('textbox', { name: /Did anything change/ })
    .fill('A new docking station since yesterday');
  await look(stage, 'new-ticket-filled');
  await attach(page, [
    makeFile('error.png', 'not really a picture'),
    makeFile(`${'a-very-long-name-of-a-file-'.repeat(5)}.txt`, 'long'),
    makeFile('setup.exe', 'MZ'),
  ]);
  await expect(page.getByRole('status', { name: 'setup.exe is a program' })).toBeVisible();
  await look(stage, 'new-ticket-files');
  await page.getByRole('radio', { name: 'Nothing works' }).click();
  await page.getByRole('radio', { name: 'Everyone' }).click();
  // The number is in sight where the answer was given, further down.
  await expect(page.getByRole('button', { name: 'Call now, +1 202 555 0199' })).toBeInViewport();
  await look(stage, 'new-ticket-emergency');
  await problemField(page).fill('Nothing works any more. '.repeat(5_000));
  await expect(page.getByText('That is a lot of text')).toBeVisible();
  await look(stage, 'new-ticket-long');
});

test('tickets in every state', async () => {
  test.setTimeout(180_000);
  const stage = await start();
  const { desk, page } = stage;
  await enterPractice(page);
  await fileTicket(page, 'The door badge is not read');
  const badge = await idOf(desk, 'The door badge is not read');
  await desk.advance(badge, 'question');
  await expect(page.getByText(/has a question for you/).first()).toBeVisible();
  await look(stage, 'ticket-question');

  await fileTicket(page, LONG_SUMMARY, [makeFile('overview.txt', 'overview')]);
  const overview = await idOf(desk, LONG_SUMMARY);
  await desk.advance(overview, 'working');
  for (let index = 1; index <= 12; index += 1) {
    await desk.reply(overview, {
      text: `Step ${index}: please open the page set-up and tell me what you see there.\nIt should say “fit to width”. https://support.example/print/${'x'.repeat(120)}`,
    });
  }
  await expect(conversation(page).getByText('Step 12:')).toBeVisible();
  await messageField(page).fill('I see it now, and it says 100 %.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(conversation(page).getByText('I see it now')).toBeInViewport();
  await look(stage, 'ticket-long');
  await desk.relabel(overview, 'Waiting for the vendor, see their note from last week');
  await expect(rows(page).filter({ hasText: 'Waiting for the vendor' })).toBeVisible();
  await look(stage, 'ticket-unknown-status');
  await look(stage, 'tickets-few', { list: true });

  await fileTicket(page, 'The shared calendar is empty');
  const calendar = await idOf(desk, 'The shared calendar is empty');
  await desk.advance(calendar, 'resolved');
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeVisible();
  await look(stage, 'ticket-resolved');
  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await expect(page.getByRole('button', { name: 'Rate now' }).first()).toBeVisible();
  await look(stage, 'ticket-closed');

  await page.getByRole('main').getByRole('button', { name: 'Rate now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /how did we do/ })).toBeVisible();
  await look(stage, 'survey-empty');
  for (const key of ['5', '4', '5', '3']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Send ratings' }).click();
  await expect(page.getByText('One answer is missing.')).toBeVisible();
  await look(stage, 'survey-missing');
  await page.keyboard.press('5');
  await page.getByRole('textbox', { name: /Anything to add/ }).fill('Quick and kind.');
  await look(stage, 'survey-filled');
  await page.getByRole('button', { name: 'Send ratings' }).click();
  await expect(page.getByText('Thank you', { exact: true })).toBeVisible();
  await look(stage, 'survey-thanks');
  await page.getByRole('button', { name: 'Back to the tickets' }).click();

  await fileTicket(page, 'I need a second monitor');
  await idOf(desk, 'I need a second monitor');
  await page.getByRole('button', { name: 'More for this ticket' }).click();
  await page.getByRole('menuitem', { name: /don’t need this/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw it' }).click();
  await expect(page.getByText('You withdrew this ticket')).toBeVisible();
  await look(stage, 'ticket-withdrawn');
});

test('a long list, settings, and what waits', async () => {
  test.setTimeout(180_000);
  const stage = await start();
  const { desk, page } = stage;
  await desk.seed(60);
  await enterPractice(page);
  await expect(rows(page).first()).toBeVisible();
  await look(stage, 'tickets-many');
  await page.getByRole('button', { name: 'Find a ticket' }).click();
  await page.getByRole('searchbox').fill('printer');
  await expect(page.getByText(/tickets? found/)).toBeVisible();
  await look(stage, 'tickets-search');
  await page.getByRole('button', { name: 'Close search' }).click();

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Quiet hours' }).click();
  await expect(page.getByRole('group', { name: 'From' })).toBeVisible();
  await look(stage, 'settings');
  await page.getByRole('button', { name: 'Leave the practice desk' }).click();
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible();
  await look(stage, 'settings-sign-out');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close', exact: true }).click();

  await desk.fault({ method: 'POST', path: '/v1/tickets', times: 1, fault: { kind: 'status', status: 422 } });
  await fileTicket(page, 'The phone rings twice');
  await expect(page.getByText('Not accepted, needs your attention').first()).toBeVisible();
  await look(stage, 'ticket-refused');
  await desk.stop();
  await fileTicket(page, LONG_SUMMARY, [makeFile('overview.txt', 'overview')]);
  await expect(page.getByText('Waiting to be sent, safe on this computer').first()).toBeVisible();
  await expect(page.getByText('You are offline').first()).toBeVisible();
  // The buttons come when it waits longer than usual.
  await expect(page.getByRole('main').getByRole('button', { name: 'Send now' })).toBeVisible();
  await look(stage, 'ticket-offline');
  await openOutbox(page);
  await look(stage, 'outbox');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Escape');
  await look(stage, 'tickets-offline', { list: true });

  await desk.start();
  await desk.fault({ method: '*', path: '/v1', times: null, fault: { kind: 'status', status: 401 } });
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByText('You are signed out').first()).toBeVisible();
  await look(stage, 'signed-out');
});

test('following up, people who join or leave, and the call sheet', async () => {
  test.setTimeout(150_000);
  const stage = await start();
  const { desk, page } = stage;
  await enterPractice(page);
  await desk.changeAgreement({
    standing: 'creditHold',
    notCovered: [
      'Private devices and whatever is plugged into them, whoever bought it and wherever it is used',
    ],
  });
  await page
    .getByRole('button', { name: /Who to reach, and what is agreed/ })
    .first()
    .click();
  await expect(page.getByText('Purchases are on hold')).toBeVisible();
  await look(stage, 'call-sheet');

  await openForm(page);
  await page.getByRole('radio', { name: 'A colleague…' }).click();
  await page
    .getByRole('textbox', { name: 'Name of the colleague' })
    .fill('Wilhelmina-Friederike von Hohenstein-Oldenburg');
  await look(stage, 'new-ticket-colleague');
  await page.getByRole('button', { name: 'Somebody joins or leaves' }).click();
  await page
    .getByRole('textbox', { name: 'Name', exact: true })
    .fill('Wilhelmina-Friederike von Hohenstein-Oldenburg');
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByText('Please give the day, as well as you know it.')).toBeVisible();
  await look(stage, 'joining-missing');
  await page.getByRole('radio', { name: 'Somebody leaves' }).click();
  await page.getByRole('radio', { name: 'Automatic reply…' }).click();
  await page.getByRole('spinbutton').first().click();
  await page.keyboard.type('01012020');
  await expect(page.getByRole('status').getByText('This day has passed')).toBeVisible();
  await look(stage, 'leaving-passed');
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.getByRole('button', { name: 'Follow up' }).click();
  await page.getByRole('button', { name: 'Something changed' }).click();
  await page.getByRole('button', { name: 'Send at once' }).click();
  await expect(page.getByText('Write in a few words what is different now.')).toBeVisible();
  await look(stage, 'follow-up');
});

test('finding a desk, signing in, and another desk while connected', async () => {
  test.setTimeout(120_000);
  const stage = await start();
  const { page, desk } = stage;
  const address = page.getByLabel('Your work e-mail, or the address of the desk');
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await expect(address).toBeFocused();
  await look(stage, 'connect-empty');
  await address.fill('127.0.0.1:9');
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await expect(page.getByText('Nobody answers at 127.0.0.1:9')).toBeVisible();
  await look(stage, 'connect-problem');
  await page.getByRole('button', { name: 'My desk only takes e-mail' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Write the name of a mail server.')).toBeVisible();
  await look(stage, 'connect-mail');
  await page.getByRole('button', { name: 'Back to the search' }).click();
  await address.fill(new URL(desk.url).host);
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await expect(page.getByLabel('Your name')).toBeVisible();
  await look(stage, 'connect-sign-in');
  await page.getByLabel('Your name').fill('Ada Ellis');
  await page.getByLabel('Your e-mail address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: 'Check this board' }).click();
  await expect(page.getByText('Everything Deskbell needs is there.')).toBeVisible();
  await look(stage, 'board-check');
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('button', { name: 'Connect to another desk' }).click();
  await look(stage, 'connect-other');
});
