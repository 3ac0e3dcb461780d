import { Copy, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FEATURES, type ValueType, VALUE_TYPES } from '@shared/domain/policy-keys';
import type { PolicyProblem, PolicyView } from '@shared/domain/policy-view';
import { usePolicy } from '../../stores/policy';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { copyText } from '../../ui/copy-text';
import { LockNote } from '../../ui/LockNote';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';

/** What the organisation manages, what it does not offer, and which of its values are wrong. */
export function ManagedCard() {
  const { t } = useTranslation('settings');
  const policy = usePolicy();
  const { state, organisation, unread } = policy;
  if (state === 'none' && unread === null) return null;
  const title = organisation === null ? t('managed.locked') : t('managed.lockedBy', { organisation });
  return (
    <Card title={title} {...(state === 'none' ? {} : { description: t('managed.text') })}>
      {unread !== null && (
        <Notice tone="warning" title={t(state === 'none' ? 'managed.unreadText' : 'managed.keptText')}>
          {t(`managed.unread.${unread}`)}
        </Notice>
      )}
      <Parts policy={policy} />
      <Problems problems={policy.problems} />
    </Card>
  );
}

function Parts({ policy }: { readonly policy: PolicyView }) {
  const { t } = useTranslation('settings');
  const parts = [
    ...policy.sections.map((section) => t(`managed.section.${section}`)),
    ...policy.settings.map((key) => t(`managed.setting.${key}`)),
  ];
  const off = FEATURES.filter((feature) => !policy.features[feature]);
  return (
    <>
      {parts.length > 0 && (
        <ul className="settings__managed" aria-label={t('managed.parts')}>
          {parts.map((part) => (
            <li key={part}>
              <LockNote>{part}</LockNote>
            </li>
          ))}
        </ul>
      )}
      {off.length > 0 && (
        <dl className="settings__facts">
          <div>
            <dt>{t('managed.off')}</dt>
            <dd>{off.map((feature) => t(`managed.feature.${feature}`)).join(', ')}</dd>
          </div>
        </dl>
      )}
    </>
  );
}

function Problems({ problems }: { readonly problems: readonly PolicyProblem[] }) {
  const { t } = useTranslation('settings');
  const announce = useAnnounce();
  const reasonOf = useReason();
  if (problems.length === 0) return null;
  const copy = async () => {
    const isCopied = await copyText(problems.map((one) => `${one.path}: ${reasonOf(one)}`).join('\n'));
    announce(t(isCopied ? 'managed.copied' : 'managed.copyFailed'), { tone: isCopied ? 'good' : 'danger' });
  };
  return (
    <Notice
      tone="warning"
      icon={TriangleAlert}
      title={t('managed.problems', { count: problems.length })}
      actions={
        <Button size="small" icon={Copy} onPress={() => void copy()}>
          {t('managed.copy')}
        </Button>
      }
    >
      <p>{t('managed.problemsText')}</p>
      <ul className="settings__problems">
        {problems.map((problem) => (
          <li key={problem.path}>
            <code dir="ltr">{problem.path}</code> <span>{reasonOf(problem)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Why a value does not apply, in words. */
function useReason(): (problem: PolicyProblem) => string {
  const { t } = useTranslation('settings');
  return ({ reason, expected }) => {
    if (reason === 'type')
      return t('managed.reason.type', {
        expected: isType(expected) ? t(`managed.type.${expected}`) : expected,
      });
    if (reason === 'format' && expected === '') return t('managed.reason.formatOnly');
    return t(`managed.reason.${reason}`, { expected });
  };
}

const isType = (text: string): text is ValueType => VALUE_TYPES.some((type) => type === text);
