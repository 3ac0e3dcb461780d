import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';

/** A QR code that dials the number from a phone. Dark on light in every theme: cameras want it so. */
export function DialCode({ link, phone }: { readonly link: string; readonly phone: string }) {
  const { t } = useTranslation('emergency');
  const { data, size } = encode(link, { ecc: 'M', border: 3 });
  return (
    <figure className="emergency__code">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('cameraLabel', { phone })}>
        <rect width={size} height={size} fill="#ffffff" />
        <path d={pathOf(data)} fill="#000000" shapeRendering="crispEdges" />
      </svg>
      <figcaption>{t('cameraText')}</figcaption>
    </figure>
  );
}

/** One square for each dark module. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
