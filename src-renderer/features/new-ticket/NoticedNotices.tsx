import { Copy, Split, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketDraft } from '@shared/domain/draft';
import { splitDraft } from '@shared/domain/split-draft';
import { useApp } from '../../stores/app-store';
import type { DraftEditor } from '../../stores/draft-editor';
import { joinOutage } from '../../stores/join-outage';
import { navigate } from '../../stores/navigation';
import { newRef } from '../../stores/new-ref';
import { Button } from '../../ui/Button';
import { useUi } from '../../ui/environment';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';
import type { NoticeFact } from './notices';

type Fact<Kind extends NoticeFact['kind']> = Extract<NoticeFact, { kind: Kind }>;

/** Several problems in one text: offers a ticket for each (DOMAIN: one problem per ticket). */
export function SeveralProblems(props: {
  readonly fact: Fact<'several'>;
  readonly editor: DraftEditor<TicketDraft>;
  readonly onDismiss: () => void;
}) {
  const { fact, editor, onDismiss } = props;
  const { t } = useTranslation('newTicket');
  const { locale } = useUi();
  const count = fact.texts.length;
  const split = () => {
    const { content } = editor.store.getState();
    editor.edit({ split: splitDraft(content, fact.texts, () => newRef()) });
  };
  return (
    <Notice
      tone="warning"
      icon={Split}
      live="polite"
      title={count === 2 ? t('notice.several.two') : t('notice.several.more')}
      onDismiss={onDismiss}
      actions={
        <>
          <Button size="small" onPress={split}>
            {t('notice.several.split', { count })}
          </Button>
          <Button size="small" tone="quiet" onPress={onDismiss}>
            {t('notice.several.together')}
          </Button>
        </>
      }
    >
      {fact.names === null
        ? t('notice.several.unnamed')
        : t('notice.several.text', {
            names: new Intl.ListFormat(locale, { type: 'conjunction' }).format(fact.names),
          })}
    </Notice>
  );
}

/** One of one's own open tickets tells the same. */
export function ToldAlready(props: { readonly fact: Fact<'similar'>; readonly onDismiss: () => void }) {
  const { fact, onDismiss } = props;
  const { t } = useTranslation('newTicket');
  return (
    <Notice
      icon={Copy}
      live="polite"
      title={t('notice.similar.title')}
      onDismiss={onDismiss}
      actions={
        <>
          <Button size="small" onPress={() => navigate({ screen: 'ticket', key: fact.key })}>
            {t('notice.similar.open')}
          </Button>
          <Button size="small" tone="quiet" onPress={onDismiss}>
            {t('notice.similar.goOn')}
          </Button>
        </>
      }
    >
      <p className="new-ticket__told" dir="auto">
        {fact.number === null ? fact.summary : t('notice.similar.ticket', fact)}
      </p>
      <p>{t('notice.similar.text')}</p>
    </Notice>
  );
}

/** The text may tell of an outage that the desk knows. */
export function KnownOutage(props: { readonly fact: Fact<'outage'>; readonly onDismiss: () => void }) {
  const { fact, onDismiss } = props;
  const { t } = useTranslation('newTicket');
  const announce = useAnnounce();
  const app = useApp();
  const [isPending, setPending] = useState(false);
  const { announcement, joined } = fact;
  const isListed = joined === 'yes' || joined === 'onTheWay';
  const join = async () => {
    setPending(true);
    if (!(await joinOutage(announcement.id))) announce(t('notice.outage.failed'), { tone: 'danger' });
    setPending(false);
  };
  return (
    <Notice
      tone={isListed ? 'good' : 'warning'}
      {...(isListed ? {} : { icon: TriangleAlert })}
      live="polite"
      title={isListed ? t('notice.outage.listed') : t('notice.outage.title')}
      onDismiss={onDismiss}
      {...(isListed
        ? {}
        : {
            actions: (
              <>
                <Button size="small" isPending={isPending} onPress={() => void join()}>
                  {t('notice.outage.join')}
                </Button>
                <Button size="small" tone="quiet" onPress={onDismiss}>
                  {t('notice.outage.other')}
                </Button>
              </>
            ),
          })}
    >
      <p className="new-ticket__told" dir="auto">
        {announcement.title}
      </p>
      <p>
        {isListed
          ? t('notice.outage.listedText')
          : t('notice.outage.text', { desk: app.agreement?.provider ?? t('notice.outage.desk') })}
      </p>
    </Notice>
  );
}
