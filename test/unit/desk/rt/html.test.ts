import { it } from 'vitest';
import { textOfHtml } from '../../../../src-main/desk/rt/html';
it('x', async () => {
  for (const h of [
    '<p>Hi <b>you</b></p><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>x</li><li>y</li></ol>',
    '<a href="https://a.b/c?x=1&amp;y=2">here</a> <a href="javascript:alert(1)">click</a> <a href="https://a.b">https://a.b</a> <a href="mailto:x@y.z">x@y.z</a><a href=" JaVaScRiPt:alert(1)">z</a>',
    '<script>alert(1)</script><style>x{}</style><img src=x onerror=alert(1) alt="pic"><iframe src=x>in</iframe><svg><text>svg</text></svg><p style="display:none">hid</p>after',
    '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><hr><blockquote>q</blockquote><pre>a\n  b</pre>',
    '<html><head><title>T</title></head><body><div>one</div><div>two<br>three</div></body></html>',
    'plain & text',
    '',
    '<',
    '<div'.repeat(3000),
    '<div>'.repeat(50000) + 'x',
    '<!--[if mso]><p>mso</p><![endif]-->x',
    '<p>&nbsp;</p><p>a</p><p>&nbsp;</p>',
  ]) {
    const t = Date.now();
    console.log(
      JSON.stringify(h.slice(0, 60)),
      '=>',
      JSON.stringify((await textOfHtml(h)).slice(0, 300)),
      Date.now() - t,
    );
  }
});
