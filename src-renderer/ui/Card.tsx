import { useId, type ReactNode } from 'react';
import './Card.css';

export interface CardProps {
  readonly title?: string;
  /** Quiet words under the title. */
  readonly description?: string;
  readonly children?: ReactNode;
}

/** A surface for things that belong together. With a title it is a named region. */
export function Card({ title, description, children }: CardProps) {
  const id = useId();
  return (
    <section className="ui-card" {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title !== undefined && (
        <h2 id={id} className="ui-card__title">
          {title}
        </h2>
      )}
      {description !== undefined && <p className="ui-card__description">{description}</p>}
      {children}
    </section>
  );
}
