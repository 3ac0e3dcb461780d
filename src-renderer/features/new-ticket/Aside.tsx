import { Copy, Phone, Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TicketDraft } from '@shared/domain/draft';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { isBlank, summarise } from '@shared/domain/text';
import { clockOf } from '@shared/domain/time-words';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import type { DraftEditor } from '../../stores/draft-editor';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { copyText } from '../../ui/copy-text';
import { useNow, useUi } from '../../ui/environment';
import { formatBytes } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';
import { KnownOutage, SeveralProblems, ToldAlready } from './NoticedNotices';
import { MAX_NOTICES, noticeKey, noticesFor, telLink, type NoticeFact } from './notices';
import { RestartNotice } from './RestartNotice';
import { ThisComputer } from './ThisComputer';
import { useNoticed } from './use-noticed';

/** More than this are never dismissed in one draft; the oldest are forgotten. */
const MAX_DISMISSED = 200;
/** The suggestion of a restart among the notices put away. */
const RESTART = 'restart';

export interface AsideProps {
  readonly editor: DraftEditor<TicketDraft>;
  readonly onChangeContact: () => void;
}

/** Beside the form: what Deskbell noticed, and what goes along. */
export function Aside({ editor, onChangeContact }: AsideProps) {
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
        <FactNotice key={noticeKey(fact)} fact={fact} editor={editor} onDismiss={() => dismiss(fact)} />
      ))}
      <RestartNotice
        editor={editor}
        maySuggest={facts.length < MAX_NOTICES && !dismissed.has(RESTART)}
        onDismiss={() =>
          editor.edit({ dismissedNotices: [...dismissedNotices, RESTART].slice(-MAX_DISMISSED) })
        }
      />
      <GoesAlong editor={editor} onChangeContact={onChangeContact} />
    </aside>
  );
}

interface FactProps<Fact extends NoticeFact = NoticeFact> {
  readonly fact: Fact;
  readonly editor: DraftEditor<TicketDraft>;
  readonly onDismiss: () => void;
}

function FactNotice({ fact, editor, onDismiss }: FactProps) {
  switch (fact.kind) {
    case 'emergency':
      return <CallFirst fact={fact} onDismiss={onDismiss} />;
    case 'hold':
      return <OnHold fact={fact} />;
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

function CallFirst({ fact, onDismiss }: Pick<FactProps<Fact<'emergency'>>, 'fact' | 'onDismiss'>) {
  const { t } = useTranslation(['newTicket', 'common']);
  const announce = useAnnounce();
  const app = useApp();
  const { phone, terms, reason } = fact;
  const copy = async (number: string) => {
    const isCopied = await copyText(number);
    announce(t(isCopied ? 'notice.emergency.copied' : 'notice.emergency.copyFailed'), {
      tone: isCopied ? 'good' : 'danger',
    });
  };
  return (
    <Notice
      tone="danger"
      icon={Siren}
      live="polite"
      title={t('common:callFirst.title')}
      onDismiss={onDismiss}
      actions={
        phone !== null && (
          <>
            <Button
              size="small"
              tone="danger"
              icon={Phone}
              aria-label={t('notice.emergency.callNumber', { phone })}
              onPress={() => void call('app.openExternal', { url: telLink(phone) })}
            >
              {t('notice.emergency.call')}
            </Button>
            <Button size="small" icon={Copy} onPress={() => void copy(phone)}>
              {t('common:action.copy')}
            </Button>
          </>
        )
      }
    >
      <p>
        {t(`common:callFirst.reason.${reason}`)}. {t('notice.emergency.first')}
      </p>
      {phone === null ? (
        <p>{t('notice.emergency.noNumber')}</p>
      ) : (
        <p className="new-ticket__phone" data-numeric dir="ltr">
          {phone}
        </p>
      )}
      <p className="new-ticket__quiet">
        {terms.kind === 'openNow'
          ? t('notice.emergency.terms.openNow', { until: clockOf(terms.until, app) })
          : t(`notice.emergency.terms.${terms.kind}`)}
      </p>
    </Notice>
  );
}

function OnHold({ fact }: Pick<FactProps<Fact<'hold'>>, 'fact'>) {
  const { t } = useTranslation('newTicket');
  const app = useApp();
  const desk = app.agreement?.provider ?? '';
  const { billing } = fact;
  const contact =
    billing === null
      ? ''
      : [billing.name, unbroken(billing.phone)].filter((part) => !isBlank(part)).join(', ');
  return (
    <Notice tone="warning" live="polite" title={t('notice.hold.title')}>
      {contact === '' ? t('notice.hold.nobody', { desk }) : t('notice.hold.text', { desk, contact })}
    </Notice>
  );
}

function LongText({ fact, editor }: Pick<FactProps<Fact<'long'>>, 'fact' | 'editor'>) {
  const { t } = useTranslation('newTicket');
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
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
        <Button size="small" isPending={isBusy} onPress={() => void attach()}>
          {t('notice.long.attach')}
        </Button>
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

function GoesAlong({ editor, onChangeContact }: AsideProps) {
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
