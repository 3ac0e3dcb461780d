/** The part of Electron's `globalShortcut` that is used. */
export interface ShortcutRegistry {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
}

/** Whether the shortcut works: `taken` when another program has it, or the system takes none. */
export type ShortcutState = 'off' | 'active' | 'taken';

/** Keeps one global shortcut in step with the settings. Returns what became of it. */
export function createShortcut(
  registry: ShortcutRegistry,
  onPressed: () => void,
): (accelerator: string | null) => ShortcutState {
  let current: string | null = null;
  return (accelerator) => {
    if (current !== null) registry.unregister(current);
    current = null;
    if (accelerator === null) return 'off';
    if (!register(registry, accelerator, onPressed)) return 'taken';
    current = accelerator;
    return 'active';
  };
}

/** Electron throws for something that is no accelerator (a damaged settings file). */
function register(registry: ShortcutRegistry, accelerator: string, onPressed: () => void): boolean {
  try {
    return registry.register(accelerator, onPressed);
  } catch {
    return false;
  }
}
