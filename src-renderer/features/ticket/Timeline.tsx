import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { STEPS, type Visit } from '@shared/domain/ticket';
import { clockOf, daysBetween, whenOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { useNow, useUi } from '../../ui/environment';
import { StepPips } from '../../ui/StepPips';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import { firstName } from './conversation';
import type { TimelineStep } from './timeline';

export interface TimelineProps {
  readonly steps: readonly TimelineStep[];
  readonly visit: Visit | null;
}

/** The six steps with times and names: in a row, or in one pane one line that opens into a list. */
export function Timeline({ steps, visit }: TimelineProps) {
  const { t } = useTranslation(['ticket', 'status']);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const reached = steps.filter((step) => step.state !== 'ahead').length;
  const at = steps[Math.max(0, reached - 1)];
  return (
    <div className="ticket__timeline" data-open={isOpen || undefined}>
      <button
        type="button"
        className="ticket__steps-toggle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <StepPips reached={reached} />
        <span className="ticket__steps-now">
          <strong>{at && t(`status:step.${at.step}`)}</strong>
          <span>{t('steps.where', { n: Math.max(1, reached), count: STEPS.length })}</span>
        </span>
        <VisuallyHidden>{t('steps.showAll')}</VisuallyHidden>
        <ChevronDown aria-hidden size={18} strokeWidth={1.75} />
      </button>
      <ol id={id} className="ticket__steps" aria-label={t('steps.label')}>
        {steps.map((step) => (
          <StepItem key={step.step} step={step} visit={visit} />
        ))}
      </ol>
    </div>
  );
}

function StepItem({ step, visit }: { readonly step: TimelineStep; readonly visit: Visit | null }) {
  const { t } = useTranslation(['ticket', 'status']);
  const { time } = useUi();
  const words = useStepWords(step, visit);
  return (
    <li
      className="ticket__step"
      data-state={step.state}
      {...(step.state === 'current' ? { 'aria-current': 'step' as const } : {})}
    >
      <span className="ticket__step-dot" aria-hidden />
      <span className="ticket__step-name">{t(`status:step.${step.step}`)}</span>
      {step.at !== null && (
        <time className="ticket__step-when" dateTime={step.at} title={time.exact(step.at)} data-numeric>
          {words}
        </time>
      )}
      <VisuallyHidden>{t(`steps.${step.state}`)}</VisuallyHidden>
    </li>
  );
}

/** "9:42"; "9:55, remote"; "10:10, Jonas"; "since 10:31" where it is now. */
function useStepWords(step: TimelineStep, visit: Visit | null): string {
  const { t } = useTranslation('ticket');
  const app = useApp();
  const now = useNow();
  if (step.at === null) return '';
  const isToday = daysBetween(step.at, now, app.timeZone) === 0;
  const when = isToday ? clockOf(step.at, app) : whenOf(step.at, now, app);
  if (step.step === 'reviewed' && visit !== null) return t(`steps.${visit}`, { when });
  if (step.step === 'assigned' && step.by !== null) return t('steps.by', { when, name: firstName(step.by) });
  return step.state === 'current' && step.step === 'working' ? t('steps.since', { when }) : when;
}
