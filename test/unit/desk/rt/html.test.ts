import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfHtml } from '../../../../src-main/desk/rt/html';

describe('HTML as plain text', () => {
  it.each([
    ['nothing', '', ''],
    ['words alone', 'Tea & cake', 'Tea & cake'],
    ['paragraphs and breaks', '<p>One</p><p>Two<br>Three</p>', 'One\n\nTwo\nThree'],
    ['lines of a mail program', '<div>One</div><div><br></div><div>Two</div>', 'One\n\nTwo'],
    ['a list', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>', '\u2022 a\n\u2022 b\n  \u2022 c'],
    ['a numbered list', '<p>Do:</p><ol><li>x</li><li>y</li></ol>', 'Do:\n\n 1. x\n 2. y'],
    [
      'cells of a table',
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
      'a b\nc d',
    ],
    ['a quotation', '<p>Yes.</p><blockquote>Is it on?</blockquote>', 'Yes.\n\n> Is it on?'],
    ['entities', '<p>a&nbsp;&lt;b&gt; &amp; &#8364;</p>', 'a\u00a0<b> & \u20ac'],
    [
      'a link with words',
      '<a href="https://a.example/b?c=1&amp;d=2">here</a>',
      'here (https://a.example/b?c=1&d=2)',
    ],
    ['a link that shows itself', '<a href="https://a.example/">https://a.example/</a>', 'https://a.example/'],
    ['a phone number', '<a href="tel:+15550100">Call</a>', 'Call (tel:+15550100)'],
    ['a picture by its words', '<img src="x" alt="Floor plan">', '[Floor plan]'],
    ['a heading as it is written', '<h1>Next steps</h1>', 'Next steps'],
    ['a comment of a mail program', '<!--[if mso]><p>x</p><![endif]--><p>y</p>', 'y'],
  ])('keeps %s', async (_what, html, text) => expect(await textOfHtml(html)).toBe(text));

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a style', '<style>p { color: red }</style>'],
    ['a title', '<head><title>x</title></head>'],
    ['a frame', '<iframe src="https://evil.example">x</iframe>'],
    ['a picture that runs something', '<img src=x onerror="alert(1)">'],
    ['what is hidden', '<p style="color:red;display: none">x</p><span hidden>x</span>'],
    ['a form', '<input value="x"><textarea>x</textarea><button>x</button>'],
    ['a drawing', '<svg><text>x</text><script>1</script></svg>'],
    ['tags that never end', '<div'.repeat(500)],
  ])('shows nothing of %s', async (_what, html) => expect(await textOfHtml(html)).toBe(''));

  it.each([
    'javascript:alert(1)',
    ' JaVaScript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    '//x',
  ])('makes no link of %s', async (href) =>
    expect(await textOfHtml(`<a href="${href}">words</a>`)).toBe('words'),
  );

  it('ends in time with whatever is nested or endless', { timeout: 60_000 }, async () => {
    for (const html of ['<div>'.repeat(20_000), '<ul><li>'.repeat(2_000), `<p>${'x'.repeat(3_000_000)}</p>`])
      expect((await textOfHtml(html)).length).toBeLessThanOrEqual(1_000_000);
  });

  it('never fails, and never lets a tag or a control character through', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          '<p>',
          '</p>',
          '<ul>',
          '<li>',
          '</ul>',
          '<a href="javascript:x">',
          '<a href="https://x.example">',
          '</a>',
        ],
        ...[
          '<script>',
          '</script>',
          '<style>',
          '<!--',
          '-->',
          '<table><tr><td>',
          '&lt;',
          '&#0;',
          '<',
          '>',
          '"',
          '\u0000',
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => text.replace(/[<>&]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const text = await textOfHtml(pieces.join(''));
        expect(text).not.toMatch(/<\/?(?:p|ul|li|a|script|style|table|tr|td)[\s>]/i);
        expect(text).not.toMatch(/javascript:/i);
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
      }),
    );
  });

  it('keeps words without a tag as they are, but for white space', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/[<>&]/g, ''));
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const squeezed = (one: string) => one.replace(/[\s\p{Cc}\u200b]+/gu, '');
        expect(squeezed(await textOfHtml(text))).toBe(squeezed(text));
      }),
    );
  });
});
