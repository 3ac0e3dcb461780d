import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../stores/calls';
import { Button } from '../../ui/Button';
import { piecesOf } from './links';

/** Longer texts start folded, in UTF-16 units. */
const FOLD_FROM = 2500;
const FOLD_TO = 1500;

/** What somebody wrote: every line as written, web addresses to press, very long texts folded. */
export function MessageText({ text }: { readonly text: string }) {
  const { t } = useTranslation('common');
  const [isWhole, setWhole] = useState(text.length <= FOLD_FROM);
  const shown = isWhole ? text : `${text.slice(0, FOLD_TO).trimEnd()}…`;
  return (
    <div className="ticket__text" dir="auto">
      {piecesOf(shown).map((piece, index) =>
        piece.kind === 'link' ? (
          <a
            key={index}
            href={piece.url}
            dir="ltr"
            onClick={(event) => {
              event.preventDefault();
              void call('app.openExternal', { url: piece.url });
            }}
          >
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
      {text.length > FOLD_FROM && (
        <div>
          <Button size="small" tone="quiet" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
            {t(isWhole ? 'action.less' : 'action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
