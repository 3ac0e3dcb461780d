import { cleanText } from '@shared/domain/text';

/** The longest HTML looked at, in UTF-16 units: what lies beyond is cut off. */
const MAX_HTML_LENGTH = 1_000_000;
/** What shows nothing, or something other than words. */
const SKIPPED = [
  ...[
    'script',
    'style',
    'template',
    'head',
    'title',
    'noscript',
    'iframe',
    'frame',
    'object',
    'embed',
    'applet',
  ],
  ...['svg', 'math', 'canvas', 'audio', 'video', 'map', 'button', 'input', 'select', 'textarea', 'datalist'],
];
const SAFE_LINK = /^(?:https?|mailto|tel):/i;

/**
 * The words of an engineer's HTML as plain text: paragraphs, lists and links stay, everything that runs, loads or hides
 * goes. Never throws, whatever the HTML.
 */
export async function textOfHtml(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  const text = convert(html.slice(0, MAX_HTML_LENGTH), {
    wordwrap: false,
    limits: { maxDepth: 200, maxChildNodes: 20_000, maxInputLength: MAX_HTML_LENGTH, ellipsis: '\u2026' },
    selectors: [
      ...SKIPPED.map((selector) => ({ selector, format: 'skip' })),
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      { selector: 'img', options: { linkBrackets: false, ignoreHref: true }, format: 'alt' },
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['td', 'th'].map((selector) => ({ selector, format: 'cell' })),
      { selector: 'ul', options: { itemPrefix: '\u2022 ' } },
      {
        selector: 'a',
        options: { linkBrackets: ['(', ')'], hideLinkHrefIfSameAsText: true, pathRewrite: safeLink },
      },
      { selector: '[hidden]', format: 'skip' },
      { selector: '[style*="display:none"i]', format: 'skip' },
      { selector: '[style*="display: none"i]', format: 'skip' },
    ],
    formatters: {
      cell: (element, walk, builder) => {
        walk(element.children, builder);
        builder.addInline(' ');
      },
      alt: (element, _walk, builder) => {
        const alt = (element.attribs as Readonly<Record<string, string | undefined>>)['alt'] ?? '';
        if (alt !== '') builder.addInline(`[${alt}]`);
      },
    },
  });
  return cleanText(text)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Only what opens in a browser, a mail program or a phone; anything else is no link at all. */
const safeLink = (href: string): string => (SAFE_LINK.test(href.trim()) ? href.trim() : '');
