import { Merge, Send, Trash2 } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SplitPart, TicketDraft } from '@shared/domain/draft';
import { IMPACT, WORKAROUND } from '@shared/domain/intake';
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { joinAll, joinWithPrevious, removePart, type SplitChange } from '@shared/domain/split-draft';
import { isBlank } from '@shared/domain/text';
import { connected, useApp } from '../../stores/app-store';
import type { DraftEditor } from '../../stores/draft-editor';
import { callFaultLine } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ChoiceChips } from '../../ui/ChoiceChips';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { Switch } from '../../ui/Switch';
import { TextArea } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';
import { SavedMark, UnsavedWarning } from './SavedMark';
import { ThisComputer } from './ThisComputer';
import { withShownDevice } from './use-device';
import './split.css';

export interface SplitStepProps {
  readonly editor: DraftEditor<TicketDraft>;
  /** Leaves; the draft and its cuts stay. */
  readonly onClose: () => void;
}

/** One draft that becomes several tickets: the user changes the cuts before anything leaves. */
export function SplitStep({ editor, onClose }: SplitStepProps) {
  const { t } = useTranslation('newTicket');
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const form = useRef<HTMLDivElement>(null);
  const state = useStore(editor.store);
  const [wasAsked, setAsked] = useState(false);
  const parts = state.content.split ?? [];
  const count = parts.length;

  const draft = (): TicketDraft => ({
    id: '',
    createdAt: '',
    updatedAt: '',
    ...editor.store.getState().content,
  });
  const change = (to: SplitChange) => editor.edit(to);
  const edit = (id: string, patch: Partial<SplitPart>) => {
    const { split = [] } = editor.store.getState().content;
    editor.edit({ split: split.map((part) => (part.id === id ? { ...part, ...patch } : part)) });
  };
  const send = async () => {
    setAsked(true);
    const { split = [] } = editor.store.getState().content;
    const wrong = split.findIndex((part) => problemOf(part) !== null || isTooLong(part));
    if (wrong >= 0) return focusPart(form.current, wrong);
    editor.edit({ intake: withShownDevice(editor.store.getState().content.intake) });
    const answer = await editor.sendParts();
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    announce(t('split.sent', { count: answer.value.length }), { tone: 'good' });
    const urgent = answer.value.find(({ write }) => write.kind === 'create' && write.intake.emergency);
    if (urgent) navigate({ screen: 'emergency', key: `ref:${urgent.ref}` }, { replace: true });
    else navigate({ screen: 'tickets' }, { replace: true });
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className="new-ticket split" ref={form} onKeyDownCapture={sendByKey}>
      <div className="split__page">
        <ScreenHeader
          title={t('split.title', { count })}
          description={t('split.text')}
          onClose={onClose}
          actions={<SavedMark saving={state.saving} />}
        />
        <UnsavedWarning
          saving={state.saving}
          text={parts.map(({ problem }) => problem).join('\n\n')}
          onRetry={() => void editor.flush()}
        />
        {parts.map((part, index) => (
          <Part
            key={part.id}
            part={part}
            index={index}
            draft={state.content}
            wasAsked={wasAsked}
            onEdit={(patch) => edit(part.id, patch)}
            actions={
              <>
                {index > 0 && (
                  <Button
                    size="small"
                    tone="quiet"
                    icon={Merge}
                    onPress={() => change(joinWithPrevious(draft(), index))}
                  >
                    {t('split.join', { number: index })}
                  </Button>
                )}
                <Button
                  size="small"
                  tone="quiet"
                  icon={Trash2}
                  aria-label={t('split.removeNumber', { number: index + 1 })}
                  onPress={() => change(removePart(draft(), index))}
                >
                  {t('split.remove')}
                </Button>
              </>
            }
          />
        ))}
        <SharedFacts draft={state.content} />
        <div className="new-ticket__send">
          <Button
            tone="primary"
            size="large"
            icon={Send}
            isPending={state.isSending}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onPress={() => void send()}
          >
            {t('split.send', { count })}
          </Button>
          <Button tone="quiet" onPress={() => change(joinAll(draft()))}>
            {t('split.back')}
          </Button>
        </div>
      </div>
    </div>
  );
}

interface PartProps {
  readonly part: SplitPart;
  readonly index: number;
  readonly draft: Pick<TicketDraft, 'files' | 'split'>;
  readonly wasAsked: boolean;
  readonly onEdit: (patch: Partial<SplitPart>) => void;
  readonly actions: ReactNode;
}

/** One of the tickets: what differs by problem is asked here, and only here. */
function Part({ part, index, draft, wasAsked, onEdit, actions }: PartProps) {
  const { t } = useTranslation('newTicket');
  const problem = problemOf(part);
  const error = problem === 'tooLong' ? t('problem.tooLong') : wasAsked && problem ? t('split.empty') : null;
  const lineError = (text: string, max: number) =>
    text.length > max ? t('tooLong', { length: text.length, max }) : null;
  return (
    <Card title={t('split.part', { number: index + 1 })}>
      <div className="split__part" data-part={index}>
        <TextArea
          label={t('split.problem')}
          isLabelHidden
          rows={2}
          value={part.problem}
          onChange={(text) => onEdit({ problem: text })}
          error={error}
        />
        <ChoiceChips
          label={t('impact.label')}
          choices={IMPACT.map((value) => ({ value, label: t(`impact.${value}`) }))}
          value={part.impact}
          onChange={(impact) => onEdit({ impact })}
          more={{
            when: IMPACT,
            label: t('impact.text'),
            placeholder: t('impact.placeholder'),
            text: part.lostFunction,
            onTextChange: (lostFunction) => onEdit({ lostFunction }),
            error: lineError(part.lostFunction, MAX_LINE_LENGTH),
          }}
        />
        <ChoiceChips
          label={t('workaround.label')}
          choices={WORKAROUND.map((value) => ({ value, label: t(`workaround.${value}`) }))}
          value={part.workaround}
          onChange={(workaround) => onEdit({ workaround })}
          more={{
            when: ['some'],
            label: t('workaround.text'),
            placeholder: t('workaround.placeholder'),
            text: part.workaroundText,
            onTextChange: (workaroundText) => onEdit({ workaroundText }),
            error: lineError(part.workaroundText, MAX_TEXT_LENGTH),
          }}
        />
        <PartFiles part={part} index={index} draft={draft} onEdit={onEdit} />
        <div className="split__actions">{actions}</div>
      </div>
    </Card>
  );
}

/** Which of the attached files go along with this ticket. One that no ticket takes goes with the first. */
function PartFiles({ part, index, draft, onEdit }: Omit<PartProps, 'wasAsked' | 'actions'>) {
  const { t } = useTranslation('newTicket');
  if (draft.files.length === 0) return null;
  const named = new Set((draft.split ?? []).flatMap(({ files }) => files));
  const goes = (sha256: string) => part.files.includes(sha256) || (index === 0 && !named.has(sha256));
  const choose = (sha256: string, isChosen: boolean) =>
    onEdit({
      files: isChosen ? [...new Set([...part.files, sha256])] : part.files.filter((one) => one !== sha256),
    });
  return (
    <fieldset className="split__files">
      <legend className="ui-field__label">{t('split.files')}</legend>
      {draft.files.map(({ sha256, name }) => (
        <Switch
          key={`${sha256} ${name}`}
          label={name}
          isSelected={goes(sha256)}
          onChange={(isChosen) => choose(sha256, isChosen)}
        />
      ))}
    </fieldset>
  );
}

/** What every ticket gets alike, said once. */
function SharedFacts({ draft }: { readonly draft: Pick<TicketDraft, 'intake'> }) {
  const { t } = useTranslation('newTicket');
  const person = connected(useApp())?.person;
  const { since, sinceText, affected, affectedText, restarted, recentChange, triedText, contact } =
    draft.intake;
  const whom = [contact.name || person?.name, contact.phone].filter((one) => one && !isBlank(one)).join(', ');
  const facts: readonly (readonly [string, string])[] = [
    [t('since.label'), since === 'other' ? sinceText : since === null ? '' : t(`since.${since}`)],
    [
      t('affected.label'),
      [affected === null ? '' : t(`affected.${affected}`), affectedText]
        .filter((one) => one !== '')
        .join(': '),
    ],
    [t('change.label'), recentChange],
    [t('restarted.label'), restarted === null ? '' : t(`restarted.${restarted}`)],
    [t('tried.label'), triedText],
    [t('contact.label'), whom],
  ];
  const given = facts.filter(([, value]) => !isBlank(value));
  return (
    <Card title={t('split.shared')}>
      {given.length > 0 && (
        <dl className="split__shared">
          {given.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <ThisComputer />
    </Card>
  );
}

const problemOf = ({ problem }: SplitPart): 'empty' | 'tooLong' | null =>
  isBlank(problem) ? 'empty' : problem.length > MAX_TEXT_LENGTH ? 'tooLong' : null;
const isTooLong = ({ lostFunction, workaroundText }: SplitPart): boolean =>
  lostFunction.length > MAX_LINE_LENGTH || workaroundText.length > MAX_TEXT_LENGTH;

/** After the errors are shown. */
function focusPart(form: HTMLElement | null, index: number): void {
  requestAnimationFrame(() => {
    const part = form?.querySelector<HTMLElement>(`[data-part="${index}"]`);
    (part?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? part?.querySelector('textarea'))?.focus();
  });
}
