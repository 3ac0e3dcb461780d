/**
 * A browser without a window, for the pages of an identity provider: follows redirects, keeps cookies, and fills in the forms
 * it meets. Plain JavaScript, so that the system's opener can start it as a program: `node browser.mjs FOLDER URL`.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What whoever sits before it does.
 * @typedef {object} Habits
 * @property {string} login who signs in where nobody is signed in yet
 * @property {'allow' | 'deny' | 'stop'} [answer] `deny`: says no to the provider; `stop`: leaves the page as it is
 *
 * @typedef {{ host: string, path: string, name: string, value: string }} Cookie
 *
 * A page as it is when nothing more is to be done.
 * @typedef {{ url: string, status: number, headers: http.IncomingHttpHeaders, text: string }} Page
 */

const MOST_STEPS = 30;

/**
 * Opens an address and does what the pages ask for.
 * @param {string} address
 * @param {Habits} habits
 * @param {Cookie[]} [cookies] what is remembered of earlier visits; changed in place
 * @returns {Promise<Page>}
 */
export async function browse(address, { login, answer = 'allow' }, cookies = []) {
  let next = { url: address, /** @type {string | undefined} */ form: undefined };
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const page = await load(next.url, cookies, next.form);
    const location = page.headers.location;
    if (page.status >= 300 && page.status < 400 && location) {
      next = { url: new URL(location, page.url).href, form: undefined };
      continue;
    }
    const action = answer === 'stop' ? null : actionOn(page, login, answer);
    if (!action) return page;
    next = action;
  }
  throw new Error('The pages lead nowhere.');
}

/**
 * What to do on a page: the forms of oidc-provider for signing in, consent and signing out; `null`: nothing.
 * @param {Page} page
 * @param {string} login
 * @param {'allow' | 'deny'} answer
 */
function actionOn({ url, text }, login, answer) {
  const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1];
  if (!action) return null;
  const target = new URL(action, url).href;
  if (text.includes('name="logout"')) {
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return { url: target, form: new URLSearchParams({ xsrf, logout: 'yes' }).toString() };
  }
  const prompt = /name="prompt" value="(login|consent)"/.exec(text)?.[1];
  if (!prompt) return null;
  if (answer === 'deny')
    return { url: new URL(/href="([^"]+\/abort)"/.exec(text)?.[1] ?? '', url).href, form: undefined };
  const fields = prompt === 'login' ? { prompt, login, password: 'secret' } : { prompt };
  return { url: target, form: new URLSearchParams(fields).toString() };
}

/**
 * @param {string} address
 * @param {Cookie[]} cookies
 * @param {string} [form]
 * @returns {Promise<Page>}
 */
function load(address, cookies, form) {
  const url = new URL(address);
  const sent = cookies.filter(
    ({ host, path: below }) => host === url.hostname && url.pathname.startsWith(below),
  );
  const headers = {
    'Sec-Fetch-Dest': 'document',
    'Sec-Fetch-Mode': 'navigate',
    Connection: 'close',
    ...(sent.length > 0 ? { Cookie: sent.map(({ name, value }) => `${name}=${value}`).join('; ') } : {}),
    ...(form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method: form === undefined ? 'GET' : 'POST', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => (text += part));
        response.on('end', () => {
          remember(response.headers['set-cookie'] ?? [], url, cookies);
          resolve({ url: address, status: response.statusCode ?? 0, headers: response.headers, text });
        });
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(form);
  });
}

/**
 * @param {string[]} lines
 * @param {URL} url
 * @param {Cookie[]} cookies
 */
function remember(lines, url, cookies) {
  for (const line of lines) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const below = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
    const known = cookies.findIndex(
      (one) => one.host === url.hostname && one.name === name && one.path === below,
    );
    if (known >= 0) cookies.splice(known, 1);
    const isOver = /;\s*expires=Thu, 01 Jan 1970/i.test(line);
    if (!isOver) cookies.push({ host: url.hostname, path: below, name, value });
  }
}

/**
 * As a program: `habits.json` in the folder says what to do, `cookies.json` keeps what is remembered, and `opened.jsonl` has
 * every address that was opened, with the page it ended at.
 * @param {string} folder
 * @param {string} address
 */
async function run(folder, address) {
  const file = (/** @type {string} */ name) => path.join(folder, name);
  const read = (/** @type {string} */ name, /** @type {unknown} */ otherwise) =>
    existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : otherwise;
  const cookies = read('cookies.json', []);
  const { url, status, text } = await browse(address, read('habits.json', { login: 'ada' }), cookies);
  writeFileSync(file('cookies.json'), JSON.stringify(cookies));
  appendFileSync(file('opened.jsonl'), `${JSON.stringify({ address, url, status, text })}\n`);
}

const [program, folder, address] = process.argv.slice(1);
if (program === fileURLToPath(import.meta.url) && folder && address) await run(folder, address);
