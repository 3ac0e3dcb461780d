import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf, record, type KeyPress } from '../../../../../src-renderer/features/settings/accelerator';

const press = (code: string, modifiers = '', key = code): KeyPress => ({
  key,
  code,
  ctrlKey: modifiers.includes('C'),
  altKey: modifiers.includes('A'),
  shiftKey: modifiers.includes('S'),
  metaKey: modifiers.includes('M'),
});

describe('choosing a shortcut by pressing it', () => {
  it.each([
    ['F12', 'C', 'linux', 'CommandOrControl+F12'],
    ['KeyN', 'CA', 'win32', 'CommandOrControl+Alt+N'],
    ['KeyN', 'CS', 'linux', 'CommandOrControl+Shift+N'],
    ['Digit4', 'MA', 'darwin', 'Command+Alt+4'],
    ['KeyH', 'C', 'darwin', 'Control+H'],
    ['F15', '', 'linux', 'F15'],
    ['Space', 'CA', 'linux', 'CommandOrControl+Alt+Space'],
  ] as const)('takes %s with %s on %s', (code, modifiers, platform, accelerator) => {
    expect(record(press(code, modifiers), platform)).toEqual({ kind: 'accepted', accelerator });
  });

  it.each([
    ['a letter alone', press('KeyN'), 'needsModifier'],
    ['a function key that programs use', press('F5'), 'needsModifier'],
    ['a capital letter', press('KeyN', 'S'), 'shiftOnly'],
    ['modifiers on the way', press('ControlLeft', 'C', 'Control'), 'incomplete'],
    ['a key that no accelerator names', press('IntlBackslash', 'C'), 'unknown'],
    ['Escape', press('Escape'), 'cancel'],
  ] as const)('answers %s', (_, pressed, kind) => {
    expect(record(pressed, 'linux')).toEqual({ kind });
  });

  it('keeps copy and paste, and the system’s own keys', () => {
    expect(record(press('KeyC', 'C'), 'linux').kind).toBe('reserved');
    expect(record(press('KeyV', 'M'), 'darwin').kind).toBe('reserved');
    expect(record(press('F4', 'A'), 'win32').kind).toBe('reserved');
  });

  it('never accepts something without a modifier but an extra function key', () => {
    fc.assert(
      fc.property(fc.constantFrom('KeyA', 'Digit1', 'F1', 'F12', 'F13', 'Space', 'Home'), (code) => {
        expect(record(press(code), 'linux').kind === 'accepted').toBe(code === 'F13');
      }),
    );
  });

  it('writes keys as the platform does', () => {
    expect(keysOf('CommandOrControl+F12', 'linux')).toBe('Ctrl + F12');
    expect(keysOf('CommandOrControl+Alt+N', 'darwin')).toBe('⌘⌥N');
    expect(keysOf('Super+PageUp', 'win32')).toBe('Windows + Page Up');
  });
});
