import type { Translate } from '@shared/locales';

/** A picture to choose, as the page shows it. */
export interface Choice {
  readonly kind: 'display' | 'window';
  readonly name: string;
}

/** Where the page goes when the user has decided; a place in the page, as there is no script in it. */
export const CANCEL = 'cancel';
/** The place of choice number `index`. */
export const choiceMark = (index: number): string => `choice-${index}`;
/** The number of a choice from its place, or `null` for any other place. */
export function choiceOf(mark: string): number | null {
  const digits = /^choice-(\d{1,4})$/.exec(mark)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What these pages may load: their style and pictures. No script at all. */
export const CAPTURE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The countdown: one number a second, by style alone. */
export function countdownPage(seconds: number, t: Translate, locale: string): string {
  const numbers = Array.from({ length: seconds }, (_, index) => seconds - index)
    .map((number) => `<b>${number}</b>`)
    .join('');
  return page(
    locale,
    t('screenshot:countdown.title'),
    `<body class="countdown"><main>
<p class="number" aria-hidden="true">${numbers}</p>
<p class="words"><strong>${escape(t('screenshot:countdown.title'))}</strong><span>${escape(t('screenshot:countdown.text'))}</span></p>
<a class="button" href="#${CANCEL}">${escape(t('screenshot:choose.cancel'))}</a>
</main></body>`,
  );
}

/** The choice of a display or window; the first one has the focus. */
export function choicePage(choices: readonly Choice[], t: Translate, locale: string): string {
  const numbered = choices.map((choice, index) => ({ ...choice, index }));
  const section = (kind: Choice['kind'], title: string): string => {
    const own = numbered.filter((choice) => choice.kind === kind);
    if (own.length === 0) return '';
    const items = own.map(({ index, name }) => choiceItem(index, name || t('screenshot:choose.unnamed')));
    return `<section aria-label="${escape(title)}"><h2>${escape(title)}</h2><ul>${items.join('')}</ul></section>`;
  };
  const displays = numbered.filter(({ kind }) => kind === 'display').length;
  return page(
    locale,
    t('screenshot:choose.title'),
    `<body class="choice"><header><div><h1>${escape(t('screenshot:choose.title'))}</h1>
<p>${escape(t('screenshot:choose.text'))}</p></div>
<a class="button" href="#${CANCEL}">${escape(t('screenshot:choose.cancel'))}</a></header>
<main>${section('display', t('screenshot:choose.displays', { count: displays }))}${section('window', t('screenshot:choose.windows'))}</main></body>`,
  );
}

const choiceItem = (index: number, name: string): string =>
  `<li><a class="card" href="#${choiceMark(index)}"${index === 0 ? ' autofocus' : ''}>` +
  `<span class="frame"><img alt="" src="/picture/${index}.jpg"></span><span class="name" dir="auto">${escape(name)}</span></a></li>`;

const page = (locale: string, title: string, body: string): string =>
  `<!doctype html><html lang="${escape(locale)}"><head><meta charset="utf-8"><title>${escape(title)}</title>` +
  `<link rel="stylesheet" href="/style.css"></head>${body}</html>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Titles of windows come from anywhere. */
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** The look of both pages, in the window's colours. `{font}` is there when the window's font could be found. */
export const CAPTURE_STYLE = `
@font-face{font-family:'Inter Variable';src:url('/font.woff2') format('woff2');font-weight:100 900}
:root{color-scheme:light dark;--background:#f6f5f2;--surface:#fff;--sunken:#efeeea;--text:#1c1e22;--muted:#5c626c;--line:#e2e0da;--accent:#0b6b63;--on-accent:#fff}
@media (prefers-color-scheme:dark){:root{--background:#141619;--surface:#1c1f23;--sunken:#24282d;--text:#ececed;--muted:#a2a8b1;--line:#2f343a;--accent:#5cc8bb;--on-accent:#0c211f}}
*{box-sizing:border-box;margin:0;padding:0}
html,body{block-size:100%}
body{background:var(--background);color:var(--text);font:14px/20px 'Inter Variable',system-ui,-apple-system,'Segoe UI','Noto Sans',sans-serif;-webkit-font-smoothing:antialiased;overflow-wrap:anywhere;user-select:none}
a{color:inherit;text-decoration:none}
ul{list-style:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.button{display:inline-flex;align-items:center;block-size:36px;padding-inline:14px;border:1px solid var(--line);border-radius:10px;background:var(--surface);font-weight:600;white-space:nowrap}
.button:hover{background:var(--sunken)}
.countdown main{display:grid;grid-template-columns:auto 1fr auto;align-items:center;gap:14px;block-size:100%;padding:14px 16px;border:1px solid var(--line);overflow:hidden}
.number{position:relative;inline-size:44px;block-size:44px;border-radius:50%;background:var(--accent);color:var(--on-accent);font-size:21px;font-variant-numeric:tabular-nums}
.number b{position:absolute;inset:0;display:grid;place-items:center;font-weight:600;opacity:0;animation:one 1s step-end forwards}
.number b:nth-child(2){animation-delay:1s}
.number b:nth-child(3){animation-delay:2s}
.number b:last-child{animation-name:last}
@keyframes one{from{opacity:1}to{opacity:0}}
@keyframes last{from,to{opacity:1}}
.words{display:grid;min-inline-size:0}
.words strong{font-weight:600}
.words span{color:var(--muted);font-size:13px;line-height:18px}
.choice{display:flex;flex-direction:column}
.choice header{display:flex;justify-content:space-between;align-items:start;gap:16px;padding:20px 24px 14px}
h1{font-size:21px;line-height:26px;font-weight:600}
h2{margin-block-end:8px;font-size:14px;font-weight:600}
.choice header p{color:var(--muted);font-size:13px;line-height:18px}
.choice>main{flex:1;display:flex;flex-direction:column;gap:20px;min-block-size:0;padding:6px 24px 24px;overflow:auto}
.choice ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px}
.card{display:flex;flex-direction:column;gap:8px;padding:8px;border:1px solid var(--line);border-radius:12px;background:var(--surface)}
.card:hover{border-color:var(--accent)}
.card:focus{outline:2px solid var(--accent);outline-offset:0;border-color:var(--accent)}
.frame{display:grid;place-items:center;block-size:124px;border-radius:7px;background:var(--sunken);overflow:hidden}
.frame img{max-inline-size:100%;max-block-size:100%}
.name{padding-inline:4px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:550}
@media (forced-colors:active){.card:focus{outline-color:Highlight}}
`;
