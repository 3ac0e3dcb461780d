// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { uiEnvironment } from '../../../../src-renderer/app/ui-environment';
import { UiProvider } from '../../../../src-renderer/ui/environment';
import { TimeField } from '../../../../src-renderer/ui/TimeField';
import { createTranslator } from '../../../../src-shared/locales';

afterEach(cleanup);

function Field({ locale, heard }: { readonly locale: string; readonly heard: string[] }) {
  const [time, setTime] = useState('18:05');
  const { t } = createTranslator('en');
  const environment = uiEnvironment({ t, locale, timeZone: 'UTC', platform: 'linux' });
  return (
    <UiProvider environment={environment} now={new Date('2026-03-02T08:42:00Z')}>
      <TimeField
        label="From"
        value={time}
        onChange={(next) => {
          heard.push(next);
          setTime(next);
        }}
      />
    </UiProvider>
  );
}

const parts = () => screen.getAllByRole('spinbutton').map((part) => part.textContent);

describe('TimeField', () => {
  it('tells the time by the 24-hour clock, as everywhere else', () => {
    render(<Field locale="en" heard={[]} />);
    expect(screen.getByRole('group', { name: 'From' })).toBeTruthy();
    expect(parts()).toEqual(['18', '05']);
  });

  it('keeps the clock of a region', () => {
    render(<Field locale="en-US" heard={[]} />);
    expect(parts()).toEqual(['06', '05', 'PM']);
  });

  it('changes part by part with the arrow keys', () => {
    const heard: string[] = [];
    render(<Field locale="en" heard={heard} />);
    const [hour, minute] = screen.getAllByRole('spinbutton');
    fireEvent.keyDown(hour!, { key: 'ArrowUp' });
    fireEvent.keyDown(minute!, { key: 'ArrowDown' });
    expect(heard).toEqual(['19:05', '19:04']);
  });
});
