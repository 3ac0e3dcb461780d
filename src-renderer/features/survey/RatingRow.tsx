import { useId, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rating, SurveyQuestion } from '@shared/domain/survey';

const RATINGS: readonly Rating[] = [1, 2, 3, 4, 5];

export interface RatingRowProps {
  readonly question: SurveyQuestion;
  readonly value: Rating | null;
  /** The user wanted to send and this one is not answered. */
  readonly isMissing: boolean;
  readonly onChange: (value: number) => void;
  /** A number key: rates and moves on. */
  readonly onKey: (value: number) => void;
}

/** One question: a radio group of five. Arrows move within it, as in every radio group; 1 to 5 rate and move on. */
export function RatingRow({ question, value, isMissing, onChange, onKey }: RatingRowProps) {
  const { t } = useTranslation('survey');
  const id = useId();
  const label = t(`question.${question}`);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[1-5]$/.test(event.key)) {
      event.preventDefault();
      return onKey(Number(event.key));
    }
    const step = stepOf(event);
    if (step === 0) return;
    event.preventDefault();
    const from = RATINGS.indexOf(RATINGS.find((rating) => rating === focusedRating(event)) ?? 1);
    const next = RATINGS[(from + step + RATINGS.length) % RATINGS.length] ?? 1;
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-rating="${next}"]`)?.focus();
  };
  return (
    <div className="survey__row" data-question={question} data-missing={isMissing || undefined}>
      <span id={id} className="survey__question">
        {label}
      </span>
      <div
        role="radiogroup"
        aria-labelledby={id}
        aria-required
        {...(isMissing ? { 'aria-invalid': true, 'aria-describedby': `${id}-needed` } : {})}
        className="survey__ratings"
        onKeyDown={onKeyDown}
      >
        {RATINGS.map((rating) => (
          <button
            key={rating}
            type="button"
            role="radio"
            aria-checked={value === rating}
            aria-label={t(`rating.${rating}`)}
            data-rating={rating}
            tabIndex={value === rating || (value === null && rating === 1) ? 0 : -1}
            className="survey__rating"
            onClick={() => onChange(rating)}
          >
            {rating}
          </button>
        ))}
      </div>
      {isMissing && (
        <span id={`${id}-needed`} className="ui-visually-hidden">
          {t('needed')}
        </span>
      )}
    </div>
  );
}

const focusedRating = (event: KeyboardEvent<HTMLElement>): number =>
  event.target instanceof HTMLElement ? Number(event.target.dataset['rating']) : 1;

/** Arrow keys as in the script's direction. */
function stepOf(event: KeyboardEvent<HTMLElement>): -1 | 0 | 1 {
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  switch (event.key) {
    case 'ArrowRight':
      return isRtl ? -1 : 1;
    case 'ArrowLeft':
      return isRtl ? 1 : -1;
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    default:
      return 0;
  }
}
