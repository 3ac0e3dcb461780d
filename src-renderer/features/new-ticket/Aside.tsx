import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TicketDraft } from '@shared/domain/draft';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { isBlank, summarise } from '@shared/domain/text';
import { connected, useApp } from '../../stores/app-store';
import { useOffers } from '../../stores/policy';
import type { DraftEditor } from '../../stores/draft-editor';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { useNow, useUi } from '../../ui/environment';
import { formatBytes } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';
import { CallFirst } from './CallFirst';
import { canWait } from './emergency-mark';
import { KnownOutage, SeveralProblems, ToldAlready } from './NoticedNotices';
import { MAX_NOTICES, noticeKey, noticesFor, type NoticeFact } from './notices';
import { RestartNotice } from './RestartNotice';
import { ThisComputer } from './ThisComputer';
import { CreditNote, OnHold } from './StandingNotices';
import { TriageNote } from './TriageNote';
import { useNoticed } from './use-noticed';

/** More than this are never dismissed in one draft; the oldest are forgotten. */
const MAX_DISMISSED = 200;
/** The suggestion of a restart among the notices put away. */
const RESTART = 'restart';

export interface AsideProps {
  readonly editor: DraftEditor<TicketDraft>;
  readonly onChangeContact: () => void;
  /** Calls about an emergency, with the ticket filed along. */
  readonly onCallNow: () => void;
}

/** Beside the form: what Deskbell noticed, and what goes along. */
export function Aside({ editor, onChangeContact, onCallNow }: AsideProps) {
  const { t } = useTranslation('newTicket');
  const content = useStore(editor.store, (state) => state.content);
  const { intake, dismissedNotices = [] } = content;
  const app = useApp();
  const now = useNow();
  const noticed = useNoticed(content);
  const dismissed = new Set(dismissedNotices);
  const facts = noticesFor({ intake, agreement: app.agreement, now, dismissed, noticed });
  const dismiss = (fact: NoticeFact) =>
    editor.edit({
      dismissedNotices: [...new Set([...dismissedNotices, noticeKey(fact)])].slice(-MAX_DISMISSED),
    });
  return (
    <aside className="new-ticket__aside" aria-label={t('notice.region')}>
      {facts.map((fact) => (
        <FactNotice
          key={noticeKey(fact)}
          fact={fact}
          editor={editor}
          onDismiss={() => dismiss(fact)}
          onCallNow={onCallNow}
        />
      ))}
      <RestartNotice
        editor={editor}
        maySuggest={facts.length < MAX_NOTICES && !dismissed.has(RESTART)}
        onDismiss={() =>
          editor.edit({ dismissedNotices: [...dismissedNotices, RESTART].slice(-MAX_DISMISSED) })
        }
      />
      <TriageNote intake={intake} />
      <GoesAlong editor={editor} onChangeContact={onChangeContact} />
    </aside>
  );
}

interface FactProps<Fact extends NoticeFact = NoticeFact> {
  readonly fact: Fact;
  readonly editor: DraftEditor<TicketDraft>;
  readonly onDismiss: () => void;
}

function FactNotice({ fact, editor, onDismiss, onCallNow }: FactProps & Pick<AsideProps, 'onCallNow'>) {
  switch (fact.kind) {
    case 'emergency':
      return <CallFirst fact={fact} onCall={onCallNow} onCanWait={() => canWait(editor)} />;
    case 'hold':
      return <OnHold fact={fact} />;
    case 'credit':
      return <CreditNote fact={fact} onDismiss={onDismiss} />;
    case 'long':
      return <LongText fact={fact} editor={editor} />;
    case 'several':
      return <SeveralProblems fact={fact} editor={editor} onDismiss={onDismiss} />;
    case 'similar':
      return <ToldAlready fact={fact} onDismiss={onDismiss} />;
    case 'outage':
      return <KnownOutage fact={fact} onDismiss={onDismiss} />;
  }
}

type Fact<Kind extends NoticeFact['kind']> = Extract<NoticeFact, { kind: Kind }>;

function LongText({ fact, editor }: Pick<FactProps<Fact<'long'>>, 'fact' | 'editor'>) {
  const { t } = useTranslation('newTicket');
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
  const offersFiles = useOffers('attachments');
  const attach = async () => {
    setBusy(true);
    const name = t('attach.textFile');
    if (await moveIntoFile(editor, name, (rest) => `${rest}\n\n${t('notice.long.rest', { name })}`)) {
      announce(t('notice.long.done', { name }), { tone: 'good' });
    }
    setBusy(false);
  };
  return (
    <Notice
      tone="warning"
      live="polite"
      title={t('notice.long.title')}
      actions={
        offersFiles && (
          <Button size="small" isPending={isBusy} onPress={() => void attach()}>
            {t('notice.long.attach')}
          </Button>
        )
      }
    >
      {t('notice.long.text', { length: fact.length, max: MAX_TEXT_LENGTH })}
    </Notice>
  );
}

/** Puts the whole text into a file and leaves its beginning; changes nothing if the file cannot be taken. */
async function moveIntoFile(
  editor: DraftEditor<TicketDraft>,
  name: string,
  restOf: (beginning: string) => string,
): Promise<boolean> {
  const content = () => editor.store.getState().content;
  const text = content().intake.problem;
  const before = content().files.length;
  await editor.addFiles([{ kind: 'file', file: new File([text], name, { type: 'text/plain' }) }]);
  if (content().files.length === before) return false;
  editor.edit({ intake: { ...content().intake, problem: restOf(summarise(text)) } });
  return true;
}

function GoesAlong({ editor, onChangeContact }: Omit<AsideProps, 'onCallNow'>) {
  const { t } = useTranslation('newTicket');
  const { locale } = useUi();
  const { intake, files } = useStore(editor.store, (state) => state.content);
  const person = connected(useApp())?.person;
  const { name, phone } = intake.contact;
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <Card title={t('along.title')}>
      <ul className="new-ticket__along">
        {person !== undefined && <li dir="auto">{t('along.from', { name: person.name })}</li>}
        {intake.affected === 'colleague' && !isBlank(intake.affectedText) && (
          <li dir="auto">{t('along.colleague', { name: intake.affectedText.trim() })}</li>
        )}
        <li dir="auto">
          {isBlank(name) && isBlank(phone)
            ? t('along.nobody')
            : isBlank(phone)
              ? t('along.contact', { name })
              : t('along.contactBoth', {
                  name: isBlank(name) ? (person?.name ?? '') : name,
                  phone: unbroken(phone),
                })}
        </li>
        <li>
          {files.length === 0
            ? t('along.noFiles')
            : t('along.files', { count: files.length, size: formatBytes(bytes, locale) })}
        </li>
      </ul>
      <div>
        <button type="button" className="new-ticket__link" onClick={onChangeContact}>
          {t('along.change')}
        </button>
      </div>
      <ThisComputer />
    </Card>
  );
}

/** A phone number stays on one line. */
const unbroken = (phone: string): string => phone.trim().replace(/ +/g, '\u00a0');
