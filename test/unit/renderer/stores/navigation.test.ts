import { beforeEach, describe, expect, it } from 'vitest';
import { goBack, navigate, useNavigation } from '../../../../src-renderer/stores/navigation';

const place = () => useNavigation.getState().route;
beforeEach(() => useNavigation.setState({ route: { screen: 'tickets' }, past: [], visit: 0, focus: 'stay' }));

describe('going from place to place', () => {
  it('goes back the way it came, and ends at the list', () => {
    navigate({ screen: 'ticket', key: 'id:1' });
    navigate({ screen: 'settings' });
    goBack();
    expect(place()).toEqual({ screen: 'ticket', key: 'id:1' });
    goBack();
    goBack();
    expect(place()).toEqual({ screen: 'tickets' });
  });

  it('makes no second step of going where one is already', () => {
    navigate({ screen: 'settings' });
    navigate({ screen: 'settings' });
    goBack();
    expect(place()).toEqual({ screen: 'tickets' });
  });

  it('takes the place of the current one when told to, as moving through the list does', () => {
    navigate({ screen: 'ticket', key: 'id:1' });
    navigate({ screen: 'ticket', key: 'id:2' }, { replace: true, focus: 'stay' });
    expect(useNavigation.getState().focus).toBe('stay');
    goBack();
    expect(place()).toEqual({ screen: 'tickets' });
  });

  it('forgets the oldest places rather than growing for ever', () => {
    for (let n = 0; n < 200; n += 1) navigate({ screen: 'ticket', key: `id:${n}` });
    expect(useNavigation.getState().past.length).toBeLessThanOrEqual(50);
  });
});
