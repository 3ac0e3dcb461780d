import { useEffect, useMemo, useState } from 'react';
import type { TicketDraft } from '@shared/domain/draft';
import { joinedState, ongoingOutages } from '@shared/domain/outage';
import { namesOfParts } from '@shared/domain/problem-names';
import { findProblems } from '@shared/domain/problems/find';
import { LANGUAGES, type Language } from '@shared/domain/problems/lexicon/lexicon';
import { gistOf, isLikeOutage, mostSimilar, type Gist } from '@shared/domain/similar';
import { useApp } from '../../stores/app-store';
import type { ListRow } from '../../stores/list-rows';
import { useOutboxStore } from '../../stores/outbox-store';
import { useListRows } from '../../stores/selectors';
import type { Noticed } from './notices';

/** How long the writing must pause before it is read, in milliseconds: nothing is done while keys are pressed. */
const PAUSE = 350;
/** Gists of own tickets that are remembered. */
const MAX_GISTS = 5_000;

/** What Deskbell notices in the text: several problems, a ticket that tells the same, an outage it may be part of. */
export function useNoticed({ intake }: Pick<TicketDraft, 'intake'>): Noticed {
  const text = useSettled(intake.kind === 'problem' ? intake.problem : '');
  const app = useApp();
  const rows = useListRows();
  const items = useOutboxStore((state) => state.items);
  const language = languageOf(app.locale);
  const parts = useMemo(() => {
    const found = findProblems(text, language);
    return found.kind === 'one' ? null : found.parts;
  }, [text, language]);
  const outage = useMemo(
    () =>
      text.trim() === '' || app.capabilities?.join !== true
        ? null
        : (ongoingOutages(app.announcements).find((one) => isLikeOutage(text, one)) ?? null),
    [text, app.announcements, app.capabilities?.join],
  );
  const similar = useMemo(
    () => (text.trim() === '' ? null : mostSimilar(text, rows.filter(isOpen).map(candidateOf))),
    [text, rows],
  );
  return {
    several: parts && {
      texts: parts.map((part) => part.text),
      names: namesOfParts(parts, language.language),
    },
    outage: outage && { announcement: outage, joined: joinedState(outage, items.values()) },
    similar: similar && {
      key: similar.key,
      summary: summaryOf(similar),
      number: similar.kind === 'ticket' ? similar.ticket.number : null,
    },
  };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return settled;
}

const isOpen = (row: ListRow): boolean => row.kind === 'pending' || !row.ticket.closed;
const summaryOf = (row: ListRow): string =>
  row.kind === 'ticket' ? row.ticket.summary : row.item.write.summary;
const candidateOf = (row: ListRow) => ({ value: row, gist: rememberedGist(summaryOf(row)) });

const gists = new Map<string, Gist>();

function rememberedGist(text: string): Gist {
  const known = gists.get(text);
  if (known !== undefined) return known;
  if (gists.size >= MAX_GISTS) gists.clear();
  const gist = gistOf(text);
  gists.set(text, gist);
  return gist;
}

const HINTS = new Map(LANGUAGES.map((language) => [language as string, { language }]));
const NO_HINT: { readonly language?: Language } = {};
const languageOf = (locale: string): { readonly language?: Language } =>
  HINTS.get(locale.split('-')[0] ?? '') ?? NO_HINT;
