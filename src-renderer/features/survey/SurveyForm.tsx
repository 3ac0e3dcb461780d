import { CircleAlert } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyDraft } from '@shared/domain/draft';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { isRating, SURVEY_QUESTIONS, type SurveyQuestion } from '@shared/domain/survey';
import { unanswered } from '@shared/domain/survey-rules';
import type { TicketSummary } from '@shared/domain/ticket';
import { call } from '../../stores/calls';
import { createDraftEditor } from '../../stores/draft-editor';
import { callFaultLine } from '../../stores/fault-words';
import { useDraftStore } from '../../stores/small-stores';
import { useDraftEditor } from '../../stores/use-draft-editor';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { TextArea } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';
import { RatingRow } from './RatingRow';

export interface SurveyFormProps {
  readonly ticket: TicketSummary;
  readonly onClose: () => void;
}

/** Five rows and a few words; answers are kept as they are given. */
export function SurveyForm({ ticket, onClose }: SurveyFormProps) {
  const { t } = useTranslation(['survey', 'common']);
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const form = useRef<HTMLDivElement>(null);
  const [wasAsked, setAsked] = useState(false);
  const [isDismissing, setDismissing] = useState(false);
  const [editor, state] = useDraftEditor(() => surveyEditor(ticket.id));
  useStoredAnswers(ticket.id, () => void editor.open());
  const { answers, comment } = state.content;
  const missing = unanswered(answers);
  const isTooLong = comment.length > MAX_TEXT_LENGTH;

  const rate = (question: SurveyQuestion, value: number) => {
    if (!isRating(value)) return;
    editor.edit({ answers: { ...editor.store.getState().content.answers, [question]: value } });
  };
  const rateByKey = (question: SurveyQuestion, value: number) => {
    rate(question, value);
    focusNext(form.current, question);
  };
  useNumberKeys((value) => {
    const first = unanswered(editor.store.getState().content.answers)[0];
    if (first !== undefined) rateByKey(first, value);
  });
  const send = async () => {
    setAsked(true);
    const first = unanswered(editor.store.getState().content.answers)[0];
    if (first !== undefined) return focusRow(form.current, first);
    if (isTooLong) return;
    const answer = await editor.send();
    if (!answer.ok) announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    void send();
  };
  const putOff = async () => {
    const answer = await call('survey.later', { ticketId: ticket.id });
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    announce(t('putOff'));
    onClose();
  };
  const dismiss = async () => {
    setDismissing(true);
    const answer = await call('survey.dismiss', { ticketId: ticket.id });
    setDismissing(false);
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    await editor.discard();
    onClose();
  };

  return (
    <div className="survey__form" ref={form} onKeyDownCapture={sendByKey}>
      {state.saving.kind === 'failed' && (
        <Notice tone="warning" live="assertive">
          {t('notSaved')}
        </Notice>
      )}
      <div className="survey__rows">
        {SURVEY_QUESTIONS.map((question) => (
          <RatingRow
            key={question}
            question={question}
            value={answers[question] ?? null}
            isMissing={wasAsked && missing.includes(question)}
            onChange={(value) => rate(question, value)}
            onKey={(value) => rateByKey(question, value)}
          />
        ))}
      </div>
      <TextArea
        label={t('comment')}
        isOptional
        rows={2}
        value={comment}
        onChange={(text) => editor.edit({ comment: text })}
        error={isTooLong ? t('tooLong', { length: comment.length, max: MAX_TEXT_LENGTH }) : null}
      />
      <div className="survey__buttons">
        <Button
          tone="primary"
          isPending={state.isSending}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onPress={() => void send()}
        >
          {t('send')}
        </Button>
        <Button tone="quiet" onPress={() => void putOff()}>
          {t('common:action.later')}
        </Button>
        <Button tone="quiet" isPending={isDismissing} onPress={() => void dismiss()}>
          {t('never')}
        </Button>
        {wasAsked && missing.length > 0 ? (
          <span className="survey__missing" role="alert">
            <CircleAlert aria-hidden size={16} strokeWidth={1.75} />
            {t('incomplete', { count: missing.length })}
          </span>
        ) : (
          <span className="survey__kept" role="status">
            {state.saving.kind === 'saved' && t('kept')}
          </span>
        )}
      </div>
    </div>
  );
}

function surveyEditor(ticketId: string) {
  return createDraftEditor<SurveyDraft>({
    blank: { kind: 'survey', ticketId, answers: {}, comment: '' },
    open: () => call('drafts.create', { kind: 'survey', ticketId }),
    isLazy: true,
    merge: (stored, typed) => ({
      ...typed,
      answers: { ...stored.answers, ...typed.answers },
      comment: typed.comment === '' ? stored.comment : typed.comment,
    }),
  });
}

/** Answers given before, e.g. before a restart, come back. */
function useStoredAnswers(ticketId: string, open: () => void): void {
  const stored = useDraftStore(({ drafts }) =>
    drafts.find((draft) => draft.kind === 'survey' && draft.ticketId === ticketId),
  )?.id;
  const latest = useRef(open);
  useEffect(() => {
    if (stored !== undefined) latest.current();
  }, [stored]);
}

/** Keys 1 to 5 rate the first open question wherever the focus is, as long as nobody is typing; in a row they are the row's. */
function useNumberKeys(onNumber: (value: number) => void): void {
  const rate = useEffectEvent(onNumber);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      const isTaken =
        target instanceof Element &&
        target.closest('input, textarea, [role="radiogroup"], [role="dialog"]') !== null;
      if (isTaken || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!/^[1-5]$/.test(event.key)) return;
      event.preventDefault();
      rate(Number(event.key));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

const rowOf = (form: HTMLElement | null, question: SurveyQuestion) =>
  form?.querySelector<HTMLElement>(`[data-question="${question}"]`) ?? null;

/** The chosen number of a row, else its first. */
function focusRow(form: HTMLElement | null, question: SurveyQuestion): void {
  const row = rowOf(form, question);
  (
    row?.querySelector<HTMLElement>('[aria-checked="true"]') ??
    row?.querySelector<HTMLElement>('[role="radio"]')
  )?.focus();
}

/** After the last question the words are next. */
function focusNext(form: HTMLElement | null, question: SurveyQuestion): void {
  const next = SURVEY_QUESTIONS[SURVEY_QUESTIONS.indexOf(question) + 1];
  if (next !== undefined) focusRow(form, next);
  else form?.querySelector('textarea')?.focus();
}
