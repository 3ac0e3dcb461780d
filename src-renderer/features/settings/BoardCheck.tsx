import { CircleCheck, CircleHelp, ListChecks, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallFault } from '@shared/contract';
import type { BoardCheck as Line } from '@shared/domain/board';
import { call } from '../../stores/calls';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { Skeleton } from '../../ui/Skeleton';
import { useAnnounce } from '../../ui/Toast';
import './board-check.css';

type Result =
  | { readonly kind: 'running' }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'failed'; readonly fault: CallFault };

const ICONS: Readonly<Record<Line['outcome'], LucideIcon>> = {
  good: CircleCheck,
  limited: TriangleAlert,
  missing: TriangleAlert,
  unknown: CircleHelp,
};

/** What somebody has to see to comes first. */
const ORDER: readonly Line['outcome'][] = ['missing', 'limited', 'unknown', 'good'];
const inOrder = (lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome));

/** *Check this board*: what the desk lets this user do, and what an administrator has to add. */
export function BoardCheck() {
  const { t } = useTranslation('connect');
  const announce = useAnnounce();
  const [result, setResult] = useState<Result | null>(null);
  const run = async () => {
    setResult({ kind: 'running' });
    const answer = await call('connection.check');
    setResult(
      answer.ok ? { kind: 'lines', lines: inOrder(answer.value) } : { kind: 'failed', fault: answer.fault },
    );
  };
  const words = useLineWords();
  const copy = async (lines: readonly Line[]) => {
    if (await copyText(lines.map((line) => words(line).asText).join('\n'))) announce(t('check.copied'));
  };
  return (
    <>
      <Button size="small" icon={ListChecks} onPress={() => void run()}>
        {t('check.run')}
      </Button>
      <Dialog
        isOpen={result !== null}
        onClose={() => setResult(null)}
        title={t('check.title')}
        actions={
          <>
            {result?.kind === 'lines' && (
              <Button onPress={() => void copy(result.lines)}>{t('check.copy')}</Button>
            )}
            <Button tone="primary" onPress={() => setResult(null)}>
              {t('check.close')}
            </Button>
          </>
        }
      >
        <div className="board-check">{result !== null && <Outcome result={result} />}</div>
      </Dialog>
    </>
  );
}

function Outcome({ result }: { readonly result: Result }) {
  const { t } = useTranslation('connect');
  const summary = (missing: number, hasUnknown: boolean): string => {
    if (missing > 0) return t('check.someMissing', { count: missing });
    return hasUnknown ? t('check.noneMissing') : t('check.allGood');
  };
  const words = useLineWords();
  switch (result.kind) {
    case 'running':
      return <Skeleton shape="rows" count={6} />;
    case 'failed':
      return (
        <Notice tone="warning" live="assertive">
          {result.fault.kind === 'desk' && result.fault.fault === 'signedOut'
            ? t('check.signedOut')
            : t('check.failed')}
        </Notice>
      );
    case 'lines': {
      const missing = result.lines.filter(({ outcome }) => outcome === 'missing').length;
      return (
        <>
          <p role="status">
            {summary(
              missing,
              result.lines.some(({ outcome }) => outcome === 'unknown'),
            )}
          </p>
          <ul className="board-check__lines">
            {result.lines.map((line) => {
              const Icon = ICONS[line.outcome];
              const { title, outcome, detail } = words(line);
              return (
                <li
                  key={`${line.subject} ${line.name}`}
                  className="board-check__line"
                  data-outcome={line.outcome}
                >
                  <Icon aria-hidden size={18} strokeWidth={1.75} />
                  <div className="board-check__words">
                    <p>{title}</p>
                    {detail !== '' && <p className="board-check__hint">{detail}</p>}
                  </div>
                  <p className="board-check__outcome">{outcome}</p>
                </li>
              );
            })}
          </ul>
        </>
      );
    }
  }
}

/** A line in words; the hint for an administrator stands as the board itself says it. */
function useLineWords() {
  const { t } = useTranslation('connect');
  return ({ subject, name, outcome, effect, hint }: Line) => {
    const isNamed = subject !== 'field' && subject !== 'fieldWrite' && name !== '';
    const title = t(`check.subject.${subject}`, { name }) + (isNamed ? ` (${name})` : '');
    const state = t(`check.outcome.${outcome}`);
    const lacks = outcome === 'missing' || outcome === 'limited' ? effect : 'nothing';
    const detail = [lacks === 'nothing' ? '' : t(`check.effect.${lacks}`), outcome === 'good' ? '' : hint]
      .filter((part) => part !== '')
      .join(' ');
    return { title, outcome: state, detail, asText: [`${state}: ${title}`, detail].join(' ').trim() };
  };
}
