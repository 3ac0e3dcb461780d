import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfHtml } from '../../../../src-main/desk/rt/html';

describe("an engineer's HTML as text", () => {
  it('keeps lists, links and line breaks', async () => {
    const text = await textOfHtml(
      '<p>Hi <b>you</b></p><ul><li>a</li><li>b</li></ul><a href="https://a.b/c?x=1&amp;y=2">here</a><br>end',
    );
    for (const part of ['Hi you', '• a', '• b', 'here (https://a.b/c?x=1&y=2)', 'end'])
      expect(text).toContain(part);
  });

  it('gives nothing of scripts, styles and links that are no links', async () => {
    const text = await textOfHtml(
      '<script>alert(1)</script><style>x{}</style><a href=" JaVaScRiPt:alert(1)">z</a><!--c-->after',
    );
    expect(text).toContain('after');
    expect(text).not.toMatch(/alert|javascript|x\{\}|<|-->/i);
  });

  it('leaves plain words as they are, and bears markup that never ends', async () => {
    expect(await textOfHtml('plain &amp; text')).toBe('plain & text');
    expect(await textOfHtml('')).toBe('');
    expect((await textOfHtml('<div>'.repeat(20_000))).length).toBeLessThan(100);
  });

  it('never throws, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (html) => {
        expect(typeof (await textOfHtml(html))).toBe('string');
      }),
    );
  });
});
