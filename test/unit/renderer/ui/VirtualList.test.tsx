// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualList } from '../../../../src-renderer/ui/VirtualList';

afterEach(cleanup);

interface Thing {
  readonly id: string;
  readonly name: string;
}
const things = (count: number): Thing[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    name: `${index % 2 ? 'Odd' : 'Even'} ${index}`,
  }));
const keyOf = (thing: Thing) => thing.id;
const nameOf = (thing: Thing) => thing.name;

function show(items: readonly Thing[], selectedKey: string | null = null) {
  const onChoose = vi.fn<(key: string, by: string) => void>();
  render(
    <VirtualList
      label="Things"
      items={items}
      keyOf={keyOf}
      nameOf={nameOf}
      renderItem={nameOf}
      selectedKey={selectedKey}
      onChoose={onChoose}
      rowHeight={4}
    />,
  );
  return onChoose;
}
const activeName = () => {
  const id = screen.getByRole('listbox').getAttribute('aria-activedescendant');
  return document.getElementById(id ?? '')?.getAttribute('aria-label');
};

describe('a list of many rows', () => {
  it('draws few of 10,000 rows and tells the whole number', () => {
    show(things(10_000));
    const options = screen.getAllByRole('option');
    expect(options.length).toBeLessThan(60);
    expect(options[0]?.getAttribute('aria-setsize')).toBe('10000');
    expect(options[0]?.getAttribute('aria-posinset')).toBe('1');
  });

  it('moves by arrows, Home and End, and the active row is always in the document', async () => {
    const user = userEvent.setup();
    const onChoose = show(things(10_000));
    screen.getByRole('listbox').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(activeName()).toBe('Odd 1');
    await user.keyboard('{End}');
    expect(activeName()).toBe('Odd 9999');
    await user.keyboard('{ArrowDown}');
    expect(activeName()).toBe('Odd 9999');
    await user.keyboard('{Home}');
    expect(activeName()).toBe('Even 0');
    expect(onChoose.mock.calls.map(([key, by]) => `${key} ${by}`)).toEqual([
      '1 move',
      '2 move',
      '1 move',
      '9999 move',
      '9999 move',
      '0 move',
    ]);
  });

  it('chooses by press, Enter and Space', async () => {
    const user = userEvent.setup();
    const onChoose = show(things(5));
    await user.click(screen.getByRole('option', { name: 'Odd 3' }));
    screen.getByRole('listbox').focus();
    await user.keyboard('{Enter} ');
    expect(onChoose.mock.calls).toEqual([
      ['3', 'press'],
      ['3', 'press'],
      ['3', 'press'],
    ]);
  });

  it('jumps to what is typed', async () => {
    const user = userEvent.setup();
    show(things(30));
    screen.getByRole('listbox').focus();
    await user.keyboard('odd 2');
    expect(activeName()).toBe('Odd 21');
  });

  it('starts at the selected row', () => {
    show(things(10_000), '5000');
    expect(screen.getByRole('option', { selected: true }).getAttribute('aria-label')).toBe('Even 5000');
    expect(activeName()).toBe('Even 5000');
  });
});
