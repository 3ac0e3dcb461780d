import './StepPips.css';

export interface StepPipsProps {
  /** Steps reached, 0 to `total`. */
  readonly reached: number;
  readonly total?: number;
  /** The step in words, e.g. "Step 4 of 6: with an engineer". Left out where the row says it already. */
  readonly label?: string;
}

/** The ticket's way as six small pips. */
export function StepPips({ reached, total = 6, label }: StepPipsProps) {
  return (
    <span
      className="ui-pips"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {Array.from({ length: total }, (_, index) => (
        <span key={index} className="ui-pips__pip" data-reached={index < reached || undefined} />
      ))}
    </span>
  );
}
