/** What of a screen keeps somebody out (WCAG 2.2, levels A and AA), as far as a program can tell. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Gives what is wrong, a line each: the rule, the element, and why. What was only announced is over and gone. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const { axe: tool } = window as unknown as { readonly axe: typeof axe };
    const { violations } = await tool.run(
      { exclude: ['[data-live-announcer]'] },
      { runOnly: { type: 'tag', values } },
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) =>
        [id, html.slice(0, 160), failureSummary.replace(/\s+/g, ' ')].join(' | '),
      ),
    );
    // What is half below the bar of buttons is scrolled into view.
    return found.filter((line) => !/^target-size .*partially obscured/.test(line));
  }, RULES);
}
