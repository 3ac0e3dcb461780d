import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/Toast';
import { firstName, type Saying } from './conversation';

/** How near the end counts as being there, in CSS pixels. */
const NEAR = 48;
/** How much of an arrived message is read aloud. */
const READ_ALOUD = 300;

/** The boxes of a ticket: all of it, the conversation that may scroll by itself, and what is in that. */
export interface ArrivalPlaces {
  readonly bodyRef: RefObject<HTMLDivElement | null>;
  readonly talkRef: RefObject<HTMLDivElement | null>;
  readonly contentRef: RefObject<HTMLDivElement | null>;
}

/** What came in below where the reader is. */
export interface Arrivals {
  /** Messages that came while the reader was further up. */
  readonly unread: number;
  readonly toEnd: () => void;
}

/**
 * Keeps the reader's place: what comes in scrolls along only if the end was in sight, else it is counted. What the user
 * says is always shown. What comes in is read aloud.
 */
export function useArrivals(sayings: readonly Saying[], places: ArrivalPlaces): Arrivals {
  const { bodyRef, talkRef, contentRef } = places;
  const wasAtEnd = useRef(true);
  const known = useRef<ReadonlySet<string> | null>(null);
  const [unread, setUnread] = useState(0);
  const readAloud = useReadAloud();

  const scroller = useCallback((): HTMLElement | null => {
    const talk = talkRef.current;
    if (talk === null) return null;
    return getComputedStyle(talk).overflowY === 'auto' ? talk : bodyRef.current;
  }, [bodyRef, talkRef]);
  const toEnd = useCallback(() => {
    const element = scroller();
    if (element !== null) element.scrollTop = element.scrollHeight;
    setUnread(0);
  }, [scroller]);

  useLayoutEffect(() => {
    const before = known.current;
    known.current = new Set(sayings.map((saying) => saying.key));
    if (before === null) {
      // In one pane the first look is for the state on top; beside a list the head stays in sight.
      if (scroller() === talkRef.current) toEnd();
      return;
    }
    const fresh = sayings.filter((saying) => !before.has(saying.key));
    if (fresh.length === 0) return;
    const incoming = fresh.filter((saying) => saying.kind === 'message' && !saying.isOwn);
    incoming.forEach(readAloud);
    if (wasAtEnd.current || fresh.some((saying) => saying.kind === 'outgoing')) toEnd();
    else setUnread((count) => count + incoming.length);
  }, [sayings, scroller, toEnd, readAloud, talkRef]);

  useEffect(() => {
    const elements = [bodyRef.current, talkRef.current];
    const look = () => {
      const element = scroller();
      if (element === null) return;
      wasAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      if (wasAtEnd.current) setUnread(0);
    };
    look();
    for (const element of elements) element?.addEventListener('scroll', look, { passive: true });
    // When the window, the notice above, the field below or a message changes its size, the end stays in sight.
    const observer = new ResizeObserver(() => {
      const element = scroller();
      const bar = element === null ? 0 : element.offsetWidth - element.clientWidth;
      bodyRef.current?.style.setProperty('--ticket-bar', `${bar}px`);
      if (wasAtEnd.current && element === talkRef.current) toEnd();
    });
    for (const element of [...elements, contentRef.current]) if (element !== null) observer.observe(element);
    return () => {
      observer.disconnect();
      for (const element of elements) element?.removeEventListener('scroll', look);
    };
  }, [scroller, toEnd, bodyRef, talkRef, contentRef]);

  return { unread, toEnd };
}

function useReadAloud(): (saying: Saying) => void {
  const { t } = useTranslation('ticket');
  const announce = useAnnounce();
  return useCallback(
    (saying) => {
      if (saying.kind !== 'message') return;
      const { author, text } = saying.message;
      const name = author.kind === 'staff' ? firstName(author.staff.name) : author.name;
      announce(t('talk.arrived', { name, text: text.slice(0, READ_ALOUD) }), { isSilent: true });
    },
    [announce, t],
  );
}
